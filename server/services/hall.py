"""The hall: one use case at a time, then the world is told.

`do` is the way in for everything that changes the hall, whoever asks: a page, a simulated visitor, the clock.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from server.domain import deadlines, hours
from server.domain.errors import Refused
from server.domain.journal import Entry
from server.domain.plan import HallPlan
from server.domain.tickets import Ticket
from server.services.announcing import Announcer
from server.services.beats import Beats
from server.services.board import Board
from server.services.estimating import Estimates
from server.services.ports import Clock, Remembered, Storage, UnitOfWork
from server.services.timekeeping import begin_day_if_due, do_one_due
from server.services.work import CLOCK, Actor, Work

log = logging.getLogger(__name__)

Body = dict[str, Any]
UseCase = Callable[[Work], Any]
ToBody = Callable[[Work, Any], Body]


@dataclass(frozen=True)
class Request:
    """What came in, as far as a repeat must be known again: `id` may be missing, `body` is what was asked."""

    id: str | None = None
    body: Any = None
    status: int = 200

    @property
    def fingerprint(self) -> str:
        """Equal for equal bodies."""
        text = json.dumps(self.body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Happened:
    """What one unit of work did: its entries in order, and the tickets they changed as they were before."""

    entries: list[Entry]
    before: dict[str, Ticket]
    now: datetime


@dataclass
class Hall:
    """Everything the use cases of one hall need. `followers` are told after each commit, in order."""

    plan: HallPlan
    clock: Clock
    storage: Storage
    estimates: Estimates
    board: Board
    announcer: Announcer
    beats: Beats
    public_url: str
    identity_key: bytes
    """The key of today's identity hashes, from outside the database."""
    demo: bool = False
    followers: list[Callable[[Happened], None]] = field(default_factory=list)

    def do(self, actor: Actor, use_case: UseCase, to_body: ToBody, request: Request | None = None) -> tuple[int, Body]:
        """Run a use case and answer with its body; a repeated request is answered as it was the first time.

        Raises `Refused`; then nothing has changed.
        """
        asked = request or Request()
        now = self.clock.now()
        day = hours.business_date(self.plan, now)
        with self.storage.unit_of_work() as uow:
            if asked.id and (known := uow.recall(day, str(actor), asked.id)) is not None:
                return _repeat(known, asked)
            work = self._work(uow, actor, now)
            begin_day_if_due(work)
            body = to_body(work, use_case(work))
            if asked.id:
                answer = json.dumps(body, ensure_ascii=False)
                uow.remember(day, str(actor), asked.id, Remembered(asked.fingerprint, asked.status, answer))
            happened = self._commit(uow, now)
        self._tell(happened)
        return asked.status, body

    def watch(self) -> bool:
        """Let the clock do one due thing; True when there may be more."""
        now = self.clock.now()
        if not deadlines.first_due(self.plan, self.storage.floor, now):
            return False
        with self.storage.unit_of_work() as uow:
            more = do_one_due(self._work(uow, CLOCK, now))
            happened = self._commit(uow, now) if more else None
        if happened is not None:
            self._tell(happened)
        return more

    def _work(self, uow: UnitOfWork, actor: Actor, now: datetime) -> Work:
        day = hours.business_date(self.plan, now)
        real = datetime.fromtimestamp(self.clock.wall(), UTC)
        return Work(self.plan, now, real, day, actor, uow, self.estimates)

    def _commit(self, uow: UnitOfWork, now: datetime) -> Happened:
        before = {
            ticket_id: known
            for ticket_id in uow.draft.tickets
            if (known := uow.draft.base.ticket(ticket_id)) is not None
        }
        return Happened(uow.commit(), before, now)

    def _tell(self, happened: Happened) -> None:
        """A follower that fails is logged and the next one told: what has happened stays, and was answered."""
        if not happened.entries:
            return
        for follower in self.followers:
            try:
                follower(happened)
            except Exception:
                log.exception("after %s: %s failed", happened.entries[-1].kind, follower)


def _repeat(known: Remembered, asked: Request) -> tuple[int, Body]:
    if known.fingerprint != asked.fingerprint:
        raise Refused("request_id_reused", field="request_id")
    return known.status, json.loads(known.answer)
