"""A morning of 4,000 tickets in a data folder: what a restart, a rebuild and a verification have to cope with.

Made with the hall's own use cases, many to a transaction, so that it takes seconds. Nobody has an account yet: the
demo's first start opens them.
"""

from __future__ import annotations

import itertools
import random
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from server import hall_file
from server.bootstrap import open_folder, open_storage
from server.domain import hours
from server.domain.plan import HallPlan
from server.services import attendance, calling, issuing, ticketing, timekeeping, visits
from server.services.estimating import Estimates
from server.services.issuing import Wish
from server.services.visits import Destination
from server.services.work import Actor, Work
from server.settings import read_settings

if TYPE_CHECKING:
    from server.adapters.storage import SqlStorage

OPENS = datetime.fromisoformat("2026-11-24T09:00:00+08:00")
AFTER = "2026-11-24T14:30:00+08:00"
"""When a server may go on with it: the afternoon, everybody of the morning gone."""
MINUTES = 175
KIOSK = Actor("device", "K1", "kiosk")


def fill(data: Path, tickets: int = 4000) -> None:
    """Write the morning into a new data folder."""
    settings = read_settings("demo", {}, {"data": str(data)})
    plan = hall_file.read(settings.hall_file)
    storage = open_storage(settings, plan, open_folder(settings))
    try:
        _Morning(plan, storage).pass_by(tickets)
    finally:
        storage.close()


class _Morning:
    """Forty-two windows that serve everybody who comes, two minutes a visit, with what else happens in a hall."""

    def __init__(self, plan: HallPlan, storage: SqlStorage) -> None:
        self._plan = plan
        self._storage = storage
        self._estimates = Estimates(plan)
        self._dice = random.Random(4000)
        self._clerks = {w.number: Actor("staff", w.default_staff or "", "clerk") for w in plan.windows}
        self._oddities = itertools.cycle(("hold", "transfer", "give back", "pause", "cancel", *["finish"] * 45))

    def pass_by(self, tickets: int) -> None:
        with self._work(OPENS - timedelta(minutes=5)) as work:
            timekeeping.begin_day_if_due(work)
            for number, clerk in self._clerks.items():
                attendance.sign_on(replace(work, actor=clerk), number)
        wishes = deque(self._wishes(tickets))
        for minute in range(MINUTES):
            now = OPENS + timedelta(minutes=minute)
            self._minute(now, [wishes.popleft() for _ in range(min(len(wishes), -(-tickets // MINUTES)))])
        for minute in range(MINUTES, MINUTES + 5):
            self._minute(OPENS + timedelta(minutes=minute), [])
        self._go_home(OPENS + timedelta(minutes=MINUTES + 5))

    def _wishes(self, tickets: int) -> Iterator[Wish]:
        """As many people for a queue as there are windows that have it first."""
        queues = [queue for window in self._plan.windows for queue in window.primary]
        for index in range(tickets):
            yield Wish(
                queue=self._dice.choice(queues),
                priority_group="老年人" if index % 20 == 0 else None,
                after_hours_choice="wait",
                paperless=index % 3 == 0,
            )

    def _minute(self, now: datetime, wishes: list[Wish]) -> None:
        self._estimates.refresh(self._storage.floor, now)
        with self._work(now) as work:
            for wish in wishes:
                ticket = issuing.issue(work, wish)
                ticketing.report_print(work, ticket.token, None)
            for number, clerk in self._clerks.items():
                if number % 2 == now.minute % 2:
                    self._next_visit(replace(work, actor=clerk), number)

    def _next_visit(self, work: Work, number: int) -> None:
        """End the present visit in one way or another, and begin the next."""
        if work.draft.window(number).pause is not None:
            attendance.resume(work, number)
        if work.draft.window(number).ticket is not None:
            self._end_visit(work, number, next(self._oddities))
        window = work.draft.window(number)
        if window.pause is None and calling.call_next(work, number) is not None:
            visits.start(work, number)

    def _end_visit(self, work: Work, number: int, how: str) -> None:
        match how:
            case "hold":
                visits.hold(work, number, "补充材料", 5)
            case "transfer":
                visits.transfer(work, number, Destination(queue="A"), "业务不符")
            case "give back":
                visits.give_back(work, number, "叫错号")
            case "cancel":
                visits.finish(work, number, "其他", (), None)
                waiting = [*work.draft.waiting("B")]
                if waiting:
                    ticketing.cancel(work, waiting[-1].token, "不办了")
            case _:
                if how == "pause":
                    attendance.pause(work, number, "临时离岗", 5)
                visits.finish(work, number, "受理", (), None)

    def _go_home(self, now: datetime) -> None:
        with self._work(now) as work:
            for number, clerk in self._clerks.items():
                mine = replace(work, actor=clerk)
                if work.draft.window(number).pause is not None:
                    attendance.resume(mine, number)
                if work.draft.window(number).ticket is not None:
                    visits.finish(mine, number, "受理", (), None)
                attendance.sign_off(mine, number)

    @contextmanager
    def _work(self, now: datetime) -> Iterator[Work]:
        """A kiosk's work at `now`, committed at the end."""
        at = now.astimezone(UTC)
        with self._storage.unit_of_work() as uow:
            yield Work(self._plan, at, at, hours.business_date(self._plan, at), KIOSK, uow, self._estimates)
            uow.commit()
