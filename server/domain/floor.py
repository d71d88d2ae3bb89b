"""The floor: the hall as it stands, folded from the journal.

It holds today's tickets, the windows, sign-ons, pauses, closures, incidents, leaves and queue counters. A `Draft`
(`draft.py`) is the floor with the changes of one unit of work laid over it; only when that work is on disk is it
merged into the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from server.domain.attendance import Pause, SignOn
from server.domain.calling_order import Turn, ahead_of, put_in_order
from server.domain.closures import Closure
from server.domain.events import WALK_IN, TicketCalled, TicketCalledAgain
from server.domain.incidents import Incident
from server.domain.leaves import Leave
from server.domain.steps import LastStep
from server.domain.tickets import FLAGS_FROM_ISSUE, OPEN, WAITING, Ticket
from server.domain.windows import WindowState

if TYPE_CHECKING:
    from server.domain.draft import Draft


@dataclass(frozen=True)
class QueueState:
    """What a queue remembers: the business day's last number, and where the fairness ratio stands."""

    prefix: str
    business_day: date
    last_sequence: int = 0
    turn: Turn = field(default_factory=Turn)


@dataclass(frozen=True)
class DayState:
    """The business day and the phase that was last told to everyone; `issuing` when kiosks give numbers."""

    business_day: date | None = None
    phase: str = "closed"
    phase_until: datetime | None = None
    issuing: bool = False
    evacuation: bool = False


CALLS_KEPT = 60
"""Calls of the whole hall in a picture: enough that the screen of a quiet zone has its own after a reload (D4)."""


@dataclass(frozen=True)
class CallMade:
    """One call as screens show it; each call again is one more. `seq` is its entry in the journal."""

    seq: int
    ticket: str
    number: str
    queue: str
    window: int
    at: datetime
    calls: int
    flags: tuple[str, ...]


def is_shown(call: TicketCalled | TicketCalledAgain) -> bool:
    """Whether screens show a call: not that of somebody who came without a number and is at the window."""
    return not (isinstance(call, TicketCalled) and call.chosen == WALK_IN)


def call_made(seq: int, ticket: Ticket) -> CallMade:
    """The call that has just made `ticket` what it is. It shows only flags that a ticket never gets later."""
    at = ticket.last_called_at or ticket.issued_at
    flags = tuple(flag for flag in ticket.flags if flag in FLAGS_FROM_ISSUE)
    return CallMade(seq, ticket.id, ticket.number, ticket.queue, ticket.window or 0, at, ticket.calls, flags)


def of_day(known: QueueState | None, prefix: str, day: date | None) -> QueueState:
    """The queue's state on this business day; yesterday's numbers and turns do not count."""
    return known if known is not None and known.business_day == day else QueueState(prefix, day or date.min)


class View(Protocol):
    """What rules and rows may ask, of the floor or of a draft alike."""

    def ticket(self, ticket_id: str) -> Ticket | None: ...
    def by_token(self, token: str) -> Ticket | None: ...
    def by_number(self, number: str) -> Ticket | None: ...
    def waiting(self, queue: str) -> Sequence[Ticket]:
        """Who waits in a queue, in order of rank."""
        ...

    def all_tickets(self) -> Iterator[Ticket]: ...
    def window(self, number: int) -> WindowState: ...
    def all_windows(self) -> Iterable[WindowState]: ...
    def queue(self, prefix: str) -> QueueState: ...
    def last_step(self, window: int) -> LastStep | None:
        """What may be taken back at a window."""
        ...

    def every(self, collection: str) -> Iterator[Any]:
        """All `closures`, `incidents` or `leaves` that are of today or still to come."""
        ...

    @property
    def day(self) -> DayState: ...


@dataclass
class Floor:
    """The hall after entry `seq`. Changed only by `merge`."""

    seq: int = 0
    chain: str = ""
    tickets: dict[str, Ticket] = field(default_factory=dict)
    windows: dict[int, WindowState] = field(default_factory=dict)
    queues: dict[str, QueueState] = field(default_factory=dict)
    sign_ons: dict[str, SignOn] = field(default_factory=dict)
    pauses: dict[str, Pause] = field(default_factory=dict)
    closures: dict[str, Closure] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    leaves: dict[str, Leave] = field(default_factory=dict)
    steps: dict[int, LastStep | None] = field(default_factory=dict)
    """What may be taken back, by window; known since the start of this process."""
    calls: tuple[CallMade, ...] = ()
    """The latest calls, newest first."""
    day: DayState = field(default_factory=DayState)
    _waiting: dict[str, list[Ticket]] = field(default_factory=dict)
    _of_clerk: dict[str, dict[str, Ticket]] = field(default_factory=dict)
    _by_token: dict[str, str] = field(default_factory=dict)
    _by_number: dict[str, str] = field(default_factory=dict)

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self.tickets.get(ticket_id)

    def by_token(self, token: str) -> Ticket | None:
        return self.tickets.get(self._by_token.get(token, ""))

    def by_number(self, number: str) -> Ticket | None:
        return self.tickets.get(self._by_number.get(number, ""))

    def waiting(self, queue: str) -> Sequence[Ticket]:
        return self._waiting.get(queue, ())

    def tickets_of_clerk(self, clerk: str) -> Iterable[Ticket]:
        """The visits of today that this clerk was the last to call."""
        return self._of_clerk.get(clerk, {}).values()

    def all_tickets(self) -> Iterator[Ticket]:
        return iter(self.tickets.values())

    def window(self, number: int) -> WindowState:
        return self.windows.get(number) or WindowState(number)

    def all_windows(self) -> Iterable[WindowState]:
        return self.windows.values()

    def queue(self, prefix: str) -> QueueState:
        return of_day(self.queues.get(prefix), prefix, self.day.business_day)

    def last_step(self, window: int) -> LastStep | None:
        return self.steps.get(window)

    def every(self, collection: str) -> Iterator[Any]:
        yield from getattr(self, collection).values()

    def merge(self, draft: Draft) -> None:
        """Take over what a draft changed; call it only once the draft is on disk."""
        self.seq, self.chain, self.day = draft.seq, draft.chain, draft.day
        for ticket in draft.tickets.values():
            self.put_ticket(ticket)
        self.windows.update(draft.windows)
        self.queues.update(draft.queues)
        self.sign_ons.update(draft.sign_ons)
        self.pauses.update(draft.pauses)
        self.closures.update(draft.closures)
        self.incidents.update(draft.incidents)
        self.leaves.update(draft.leaves)
        self.steps.update(draft.steps)
        self.calls = draft.calls
        if draft.new_day:
            self._forget_the_past()

    def put_ticket(self, ticket: Ticket) -> None:
        """Keep a ticket and its place in the indexes."""
        before = self.tickets.get(ticket.id)
        if before is not None:
            self._take_out(before)
        if ticket.state == WAITING:
            put_in_order(self._waiting.setdefault(ticket.queue, []), ticket)
        if ticket.clerk is not None:
            self._of_clerk.setdefault(ticket.clerk, {})[ticket.id] = ticket
        self.tickets[ticket.id] = ticket
        if before is None:
            self._by_token[ticket.token] = ticket.id
            self._by_number[ticket.number] = ticket.id

    def _take_out(self, before: Ticket) -> None:
        if before.state == WAITING:
            line = self._waiting[before.queue]
            del line[ahead_of(before, line)]
        if before.clerk is not None:
            self._of_clerk[before.clerk].pop(before.id, None)

    def _forget_the_past(self) -> None:
        """A new business day: what is over is in the tables, the floor keeps today and what is still open."""
        today = self.day.business_day
        kept = [t for t in self.tickets.values() if t.business_day == today or t.state in OPEN]
        self.tickets, self._waiting, self._by_token, self._by_number, self._of_clerk = {}, {}, {}, {}, {}
        for ticket in kept:
            self.put_ticket(ticket)
        self.sign_ons = {s.id: s for s in self.sign_ons.values() if s.business_day == today or s.ended_at is None}
        self.pauses = {p.id: p for p in self.pauses.values() if p.business_day == today or p.ended_at is None}
        self.closures = {c.id: c for c in self.closures.values() if c.concerns(today)}
        self.incidents = {i.id: i for i in self.incidents.values() if i.concerns(today)}
        self.leaves = {leave.id: leave for leave in self.leaves.values() if leave.concerns(today)}
