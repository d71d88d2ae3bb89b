"""Tickets, windows and clerks driven at random, with a clock that runs and jumps: what must hold always, holds.

Hypothesis chooses the commands; every one goes through the use cases to a database. After each the invariants of
DESIGN §3 are looked at, at the end of each run the journal is folded again and the board is painted anew.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.domain import closures
from server.domain.calling_order import in_order
from server.domain.errors import REFUSALS, Refused
from server.domain.tickets import (
    ACTIVE,
    CALLED,
    CANCELLED,
    DONE,
    EXPIRED,
    HELD,
    MISSED,
    SERVING,
    WAITING,
    Ticket,
)
from server.services import access, arranging, attendance, calling, ticketing, visits
from server.services.board import AUDIENCE_OF_VIEW, Board
from server.services.estimating import Estimates
from tests.halls import CLERK_OF
from tests.living_hall import MANAGER, LivingHall, staff
from tests.news_fold import Row

RUNS, STEPS = 58, 200
"""Together more than ten thousand steps."""

LEGAL = {
    WAITING: {WAITING, CALLED, CANCELLED, EXPIRED, SERVING, MISSED, HELD},
    CALLED: {CALLED, SERVING, MISSED, WAITING, EXPIRED},
    SERVING: {SERVING, DONE, HELD, WAITING, CALLED},
    HELD: {HELD, WAITING, CANCELLED, EXPIRED, SERVING},
    MISSED: {MISSED, CALLED, WAITING, CANCELLED, EXPIRED},
    DONE: {DONE, SERVING},
    CANCELLED: {CANCELLED},
    EXPIRED: {EXPIRED},
}
"""DESIGN §5, from one step of the machine to the next; undo turns the steps of a clerk round."""

LASTING = ("id", "token", "number", "sequence", "series", "issued_at", "business_day", "channel")

windows = st.sampled_from((1, 2, 3, 4))
clerks = st.sampled_from(tuple(CLERK_OF.values()))
queues = st.sampled_from("ABNS")
picks = st.integers(0, 50)
seen: Counter[str] = Counter()


class HallMachine(RuleBasedStateMachine):
    """A hall of four windows on an ordinary day and the days after it."""

    def __init__(self) -> None:
        super().__init__()
        self._place = tempfile.TemporaryDirectory()
        self.hall = LivingHall(f"sqlite:///{Path(self._place.name) / 'hall.db'}", now="2026-11-24T09:30:00+08:00")
        self.refusals: list[Refused] = []
        self._before: dict[str, Ticket] = {}
        self._day = self.hall.floor.day.business_day
        for window in (1, 2, 3):
            self.hall.sign_on(window)

    def teardown(self) -> None:
        try:
            assert self.hall.faults() == []
            self._board_is_as_painted_anew()
        finally:
            self.hall.close()
            self._place.cleanup()

    def attempt(self, deed: Callable[[], Any]) -> None:
        """Do it, or be refused in words that people understand."""
        seen["steps"] += 1
        try:
            deed()
        except Refused as refused:
            self.refusals.append(refused)

    def arrange(self, use_case: Callable[[Any], Any]) -> None:
        self.attempt(lambda: self.hall.arrange(use_case, MANAGER))

    def number(self, pick: int) -> str:
        """One of the tickets on the floor, by chance."""
        known = list(self.hall.floor.all_tickets())
        return known[pick % len(known)].number if known else "A999"

    def one(self, collection: str, pick: int) -> str:
        known = list(getattr(self.hall.floor, collection))
        return known[pick % len(known)] if known else "none"

    # people come and time passes

    @rule(queue=queues, favoured=st.booleans())
    def issue(self, queue: str, favoured: bool) -> None:
        self.attempt(
            lambda: self.hall.issue(queue, priority_group="老年人" if favoured else None, after_hours_choice="wait")
        )

    @rule(queue=st.sampled_from("AB"))
    def issue_one_more(self, queue: str) -> None:
        self.attempt(lambda: self.hall.issue(queue, after_hours_choice="wait"))

    @rule(pick=picks, what=st.sampled_from((ticketing.return_to_line, ticketing.on_the_way, ticketing.reprint)))
    def holder(self, pick: int, what: Callable[..., Ticket]) -> None:
        ticket = self.hall.floor.by_number(self.number(pick))
        if ticket is not None:
            self.attempt(lambda: self.hall.holder(what, ticket))

    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        ticket = self.hall.floor.by_number(self.number(pick))
        if ticket is not None:
            self.attempt(lambda: self.hall.cancel(ticket))

    @rule(seconds=st.sampled_from((1, 20, 45, 61, 240, 700, 901)))
    def time_passes(self, seconds: int) -> None:
        self.attempt(lambda: self.hall.let_pass(seconds=seconds))

    @rule(hours=st.sampled_from((1, 4, 19)), often=st.integers(0, 9))
    def much_time_passes(self, hours: int, often: int) -> None:
        if often == 0:
            self.hall.let_pass(hours=hours)

    # what is usual at a window

    @rule(window=windows)
    def go_on(self, window: int) -> None:
        """Whatever comes next there."""
        state = self.hall.floor.window(window).state
        usual: dict[str, Callable[[int], Any]] = {
            "closed": self.hall.sign_on,
            "open": self.hall.call_next,
            "calling": self.hall.start,
            "serving": self.hall.finish,
            "paused": self.hall.resume,
        }
        self.attempt(lambda: usual[state](window))

    @rule(window=windows)
    def go_on_further(self, window: int) -> None:
        self.go_on(window)

    @rule(window=windows)
    def go_on_again(self, window: int) -> None:
        self.go_on(window)

    @rule(window=windows, clerk=clerks)
    def sign_on(self, window: int, clerk: str) -> None:
        self.attempt(lambda: self.hall.sign_on(window, clerk))

    @rule(window=windows)
    def sign_off(self, window: int) -> None:
        self.attempt(lambda: self.hall.sign_off(window))

    @rule(window=windows, clerk=clerks)
    def somebody_elses_window(self, window: int, clerk: str) -> None:
        self.attempt(lambda: self.hall.act(staff(clerk), lambda work: visits.start(work, window)))

    @rule(window=windows)
    def miss(self, window: int) -> None:
        self.attempt(lambda: self.hall.call_three_times_and_miss(window))

    @rule(window=windows)
    def undo(self, window: int) -> None:
        self.attempt(lambda: self.hall.undo(window))

    @rule(window=windows, minutes=st.sampled_from((1, 10)))
    def hold(self, window: int, minutes: int) -> None:
        self.attempt(lambda: self.hall.hold(window, minutes))

    @rule(window=windows)
    def give_back(self, window: int) -> None:
        self.attempt(lambda: self.hall.give_back(window))

    @rule(window=windows, pick=picks)
    def call_one(self, window: int, pick: int) -> None:
        self.attempt(lambda: self.hall.call_one(window, self.number(pick)))

    @rule(window=windows, pick=picks)
    def ready(self, window: int, pick: int) -> None:
        self.attempt(lambda: self.hall.at_window(visits.ready, window, self.number(pick)))

    @rule(window=windows)
    def walk_in(self, window: int) -> None:
        self.attempt(lambda: self.hall.at_window(calling.walk_in, window, None, None))

    @rule(window=windows, queue=queues)
    def transfer_to_queue(self, window: int, queue: str) -> None:
        self.attempt(lambda: self.hall.transfer(window, queue=queue))

    @rule(window=windows, to=windows, joint=st.booleans())
    def transfer_to_window(self, window: int, to: int, joint: bool) -> None:
        self.attempt(lambda: self.hall.transfer(window, window=to, joint=joint))

    @rule(window=windows, to=clerks)
    def transfer_to_person(self, window: int, to: str) -> None:
        self.attempt(lambda: self.hall.transfer(window, clerk=to))

    # absences

    @rule(window=windows)
    def pause(self, window: int) -> None:
        self.attempt(lambda: self.hall.pause(window, minutes=5))

    @rule(window=windows)
    def withdraw_pause(self, window: int) -> None:
        self.attempt(
            lambda: self.hall.act(self.hall.clerk_at(window), lambda work: attendance.withdraw_pause(work, window))
        )

    @rule(window=windows, clerk=clerks)
    def relieve(self, window: int, clerk: str) -> None:
        self.attempt(lambda: self.hall.relieve(window, clerk))

    @rule(window=windows)
    def acknowledge(self, window: int) -> None:
        self.arrange(lambda work: attendance.acknowledge(work, window))

    @rule(clerk=clerks, often=st.integers(0, 3))
    def leaver(self, clerk: str, often: int) -> None:
        if often == 0:
            self.attempt(lambda: self.hall.deactivate(clerk))
            self.arrange(lambda work: access.record_restored(work, clerk))

    # arrangements

    @rule(window=windows, after=st.sampled_from((0, 10)), minutes=st.sampled_from((1, 30)), approved=st.booleans())
    def file_closure(self, window: int, after: int, minutes: int, approved: bool) -> None:
        begins = self.hall.clock.moment + timedelta(minutes=after)
        ends = begins + timedelta(minutes=minutes)
        self.attempt(lambda: self.hall.file_closure(window, begins.isoformat(), ends.isoformat(), approved=approved))

    @rule(pick=picks, what=st.sampled_from((arranging.approve_closure, arranging.withdraw_closure)))
    def decide_closure(self, pick: int, what: Callable[..., Any]) -> None:
        self.arrange(lambda work: what(work, self.one("closures", pick)))

    @rule(window=windows, queue=st.sampled_from(("A", "N", None)))
    def lend(self, window: int, queue: str | None) -> None:
        self.arrange(lambda work: attendance.lend(work, window, queue))

    @rule(pick=picks)
    def put_first(self, pick: int) -> None:
        self.arrange(lambda work: calling.put_first(work, self.number(pick), "她说很急"))

    @rule(queue=queues, to=queues)
    def move_queue(self, queue: str, to: str) -> None:
        self.arrange(lambda work: arranging.move_queue(work, queue, to, "人员调配"))

    @rule(pick=picks)
    def incident(self, pick: int) -> None:
        if pick % 2:
            self.arrange(lambda work: arranging.report_incident(work, "help", None, "请来一下"))
        else:
            self.arrange(lambda work: arranging.close_incident(work, self.one("incidents", pick), None))

    @rule(on=st.sampled_from((True, False, False)))
    def evacuation(self, on: bool) -> None:
        self.arrange(lambda work: arranging.evacuate(work, on=on))

    @rule(often=st.integers(0, 5))
    def restart(self, often: int) -> None:
        """What the floor knows, it knows again after a restart; only what may be taken back is forgotten."""
        if often:
            return
        before = known(self.hall)
        self.hall.reopen()
        assert known(self.hall) == before

    # what always holds

    @invariant()
    def a_window_and_its_visit_know_of_each_other(self) -> None:
        floor = self.hall.floor
        active = [ticket for ticket in floor.all_tickets() if ticket.state in ACTIVE]
        at = {ticket.window: ticket for ticket in active}
        assert len(at) == len(active), "two visits at one window"
        for window in floor.all_windows():
            visit = at.get(window.number)
            assert window.ticket == (visit.id if visit else None)
            assert window.serving is (visit is not None and visit.state == SERVING)
            assert visit is None or window.clerk is not None
            assert visit is None or window.pause is None

    @invariant()
    def one_clerk_one_window_one_sign_on(self) -> None:
        floor = self.hall.floor
        manned = [window for window in floor.all_windows() if window.sign_on is not None]
        assert len({window.clerk for window in manned}) == len(manned)
        lasting = {s.id: (s.window, s.clerk) for s in floor.sign_ons.values() if s.ended_at is None}
        assert lasting == {window.sign_on: (window.number, window.clerk) for window in manned}
        pauses = {p.id: p.window for p in floor.pauses.values() if p.ended_at is None}
        assert pauses == {window.pause: window.number for window in manned if window.pause is not None}

    @invariant()
    def numbers_have_no_gaps_and_nobody_is_lost(self) -> None:
        floor = self.hall.floor
        if floor.day.business_day != self._day:
            self._day, self._before = floor.day.business_day, {}
        for queue in "ABNS":
            given = sorted(t.sequence for t in floor.all_tickets() if t.series == queue)
            assert given == list(range(1, len(given) + 1))
            assert floor.queue(queue).last_sequence == len(given)
        for ticket_id, before in self._before.items():
            now = floor.tickets[ticket_id]
            assert now.state in LEGAL[before.state], f"{before.number}: {before.state} → {now.state}"
            assert [getattr(now, name) for name in LASTING] == [getattr(before, name) for name in LASTING]
        self._before = dict(floor.tickets)

    @invariant()
    def lines_are_in_order(self) -> None:
        floor = self.hall.floor
        for queue in "ABNS":
            line = [t for t in floor.all_tickets() if t.queue == queue and t.state == WAITING]
            assert list(floor.waiting(queue)) == in_order(line)

    @invariant()
    def a_closed_window_has_its_closure(self) -> None:
        floor = self.hall.floor
        running = {c.id: c.window for c in floor.closures.values() if c.state == closures.RUNNING}
        assert running == {window.closure: window.number for window in floor.all_windows() if window.closure}
        assert not [window for window in floor.all_windows() if window.closure and window.clerk]

    @invariant()
    def a_refusal_has_a_code_and_all_its_facts(self) -> None:
        for refused in self.refusals:
            seen[refused.code] += 1
            assert refused.code in REFUSALS
            assert "—" not in refused.message, f"{refused.code} lacks a fact that its sentence tells"
        self.refusals.clear()

    @invariant()
    def the_board_has_every_news(self) -> None:
        assert self.hall.board.seq == self.hall.floor.seq

    def _board_is_as_painted_anew(self) -> None:
        now = self.hall.clock.now()
        fresh = Board(self.hall.plan, self.hall.floor, Estimates(self.hall.plan))
        fresh.paint(now)
        for view in AUDIENCE_OF_VIEW:
            shown, painted = (without_estimates(board.picture(view, now)) for board in (self.hall.board, fresh))
            assert shown == painted, view


def known(hall: LivingHall) -> dict[str, Any]:
    """What the floor knows of today, without its memory of what may be taken back."""
    floor = hall.floor
    names = ("seq", "chain", "tickets", "sign_ons", "pauses", "closures", "incidents", "calls", "day")
    lines = {queue: [ticket.id for ticket in floor.waiting(queue)] for queue in "ABNS"}
    queues_now = {queue: floor.queue(queue) for queue in "ABNS"}
    at_windows = {window.number: window for window in floor.all_windows()}
    return {name: getattr(floor, name) for name in names} | {"l": lines, "q": queues_now, "w": at_windows}


def without_estimates(picture: Row) -> Row:
    """The picture as the rules make it; tickets have no order of their own. What can be undone is told by steps."""
    queues_shown = [{name: value for name, value in row.items() if name != "estimate"} for row in picture["queues"]]
    return {**picture, "queues": queues_shown, "tickets": {row["id"]: row for row in picture.get("tickets", ())}}


def test_whatever_people_do_and_however_time_passes_what_must_hold_holds() -> None:
    seen.clear()
    machine = HallMachine.TestCase
    machine.settings = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),  # the time is bounded, whatever is found
        suppress_health_check=list(HealthCheck),
    )
    machine("runTest").runTest()
    assert seen["steps"] >= 10_000
    expected = {"window_busy", "window_paused", "not_yours", "wrong_state", "nothing_to_undo", "evacuation"}
    assert expected <= set(seen), f"rarely refused: {dict(seen)}"
