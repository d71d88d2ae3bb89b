"""The floor: the hall as it stands, folded from the journal, and drafts of what it becomes.

`Floor` holds today's tickets, the windows, sign-ons, pauses and queue counters. A `Draft` is the floor with the
changes of one unit of work laid over it; only when that work is on disk is the draft merged into the floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol

from server.domain import attendance, events, tickets, windows
from server.domain.attendance import Pause, SignOn
from server.domain.calling_order import Turn, ahead_of, put_in_order
from server.domain.journal import Entry
from server.domain.tickets import FLAGS_FROM_ISSUE, OPEN, WAITING, Ticket
from server.domain.windows import WindowState


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


def call_made(seq: int, ticket: Ticket) -> CallMade:
    """The call that has just made `ticket` what it is. It shows only flags that a ticket never gets later."""
    at = ticket.last_called_at or ticket.issued_at
    flags = tuple(flag for flag in ticket.flags if flag in FLAGS_FROM_ISSUE)
    return CallMade(seq, ticket.id, ticket.number, ticket.queue, ticket.window or 0, at, ticket.calls, flags)


def _of_day(known: QueueState | None, prefix: str, day: date | None) -> QueueState:
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
        return _of_day(self.queues.get(prefix), prefix, self.day.business_day)

    def draft(self) -> Draft:
        """A draft to change, on top of this floor."""
        return Draft(self)

    def merge(self, draft: Draft) -> None:
        """Take over what a draft changed; call it only once the draft is on disk."""
        self.seq, self.chain, self.day = draft.seq, draft.chain, draft.day
        for ticket in draft.tickets.values():
            self.put_ticket(ticket)
        self.windows.update(draft.windows)
        self.queues.update(draft.queues)
        self.sign_ons.update(draft.sign_ons)
        self.pauses.update(draft.pauses)
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


class Draft:
    """The floor as one unit of work sees and changes it. Reads fall through to the floor where nothing changed."""

    def __init__(self, base: Floor) -> None:
        self.base = base
        self.seq = base.seq
        self.chain = base.chain
        self.day = base.day
        self.calls = base.calls
        self.new_day = False
        self.tickets: dict[str, Ticket] = {}
        self.windows: dict[int, WindowState] = {}
        self.queues: dict[str, QueueState] = {}
        self.sign_ons: dict[str, SignOn] = {}
        self.pauses: dict[str, Pause] = {}

    # reading

    def ticket(self, ticket_id: str) -> Ticket | None:
        return self.tickets.get(ticket_id) or self.base.ticket(ticket_id)

    def by_token(self, token: str) -> Ticket | None:
        return self._fresh(self.base.by_token(token), lambda t: t.token == token)

    def by_number(self, number: str) -> Ticket | None:
        return self._fresh(self.base.by_number(number), lambda t: t.number == number)

    def waiting(self, queue: str) -> Sequence[Ticket]:
        if not self.tickets:
            return self.base.waiting(queue)
        kept = [ticket for ticket in self.base.waiting(queue) if ticket.id not in self.tickets]
        for ticket in self.tickets.values():
            if ticket.queue == queue and ticket.state == WAITING:
                put_in_order(kept, ticket)
        return kept

    def all_tickets(self) -> Iterator[Ticket]:
        for ticket in self.base.all_tickets():
            if ticket.id not in self.tickets:
                yield ticket
        yield from self.tickets.values()

    def window(self, number: int) -> WindowState:
        return self.windows.get(number) or self.base.window(number)

    def all_windows(self) -> Iterator[WindowState]:
        """Every window that anything ever happened at."""
        for number in {*self.base.windows, *self.windows}:
            yield self.window(number)

    def queue(self, prefix: str) -> QueueState:
        return _of_day(self.queues.get(prefix) or self.base.queues.get(prefix), prefix, self.day.business_day)

    def _fresh(self, found: Ticket | None, matches: Any) -> Ticket | None:
        if found is not None:
            return self.ticket(found.id)
        return next((ticket for ticket in self.tickets.values() if matches(ticket)), None)

    # changing

    def apply(self, entry: Entry) -> None:
        """Fold one entry of the journal in: the only way anything on the floor changes."""
        event = entry.event
        self.seq = entry.seq
        if (window := getattr(event, "window", None)) is not None:
            self.windows[window] = windows.evolve(event, self.window(window), entry)
        if isinstance(event, events.TicketIssued):
            self._issue(event, entry)
        elif (ticket_id := getattr(event, "ticket", None)) is not None:
            self._change_ticket(ticket_id, event, entry)
        elif isinstance(event, (events.SignedOn, events.SignedOff)):
            self._attend(event, entry)
        elif (pause_id := getattr(event, "pause", None)) is not None:
            self._change_pause(pause_id, event, entry)
        elif isinstance(event, events.DayBegan):
            self.day, self.new_day, self.calls = replace(self.day, business_day=event.day), True, ()
        elif isinstance(event, events.PhaseChanged):
            self.day = replace(self.day, phase=event.phase, phase_until=event.until, issuing=event.issuing)

    def _issue(self, event: events.TicketIssued, entry: Entry) -> None:
        self.tickets[event.ticket] = tickets.issued(event, entry)
        before = _of_day(self.queue(event.queue), event.queue, entry.business_day)
        self.queues[event.queue] = replace(before, last_sequence=max(before.last_sequence, event.sequence))

    def _change_ticket(self, ticket_id: str, event: events.Event, entry: Entry) -> None:
        before = self.ticket(ticket_id)
        if before is None:
            raise KeyError(f"entry {entry.seq} ({entry.kind}) is about ticket {ticket_id}, which is not on the floor")
        ticket = self.tickets[ticket_id] = tickets.evolve(event, before, entry)
        if isinstance(event, (events.TicketCalled, events.TicketCalledAgain)):
            self.calls = (call_made(entry.seq, ticket), *self.calls)[:CALLS_KEPT]
        if isinstance(event, events.TicketCalled) and event.turn is not None:
            before_call = _of_day(self.queue(event.queue), event.queue, entry.business_day)
            self.queues[event.queue] = replace(before_call, turn=Turn(*event.turn))

    def _attend(self, event: events.SignedOn | events.SignedOff, entry: Entry) -> None:
        if isinstance(event, events.SignedOn):
            self.sign_ons[event.sign_on] = attendance.signed_on(event, entry)
        else:
            before = self.sign_ons.get(event.sign_on) or self.base.sign_ons[event.sign_on]
            self.sign_ons[event.sign_on] = attendance.signed_off(event, before, entry)

    def _change_pause(self, pause_id: str, event: events.Event, entry: Entry) -> None:
        if isinstance(event, events.WindowPaused):
            self.pauses[pause_id] = attendance.paused(event, entry)
        else:
            before = self.pauses.get(pause_id) or self.base.pauses[pause_id]
            self.pauses[pause_id] = attendance.evolve_pause(event, before, entry)
