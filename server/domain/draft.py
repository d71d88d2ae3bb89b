"""A draft of the floor: what one unit of work makes of it, by folding in one entry of the journal after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from server.domain import attendance, closures, events, incidents, leaves, tickets, windows
from server.domain.attendance import Pause, SignOn
from server.domain.calling_order import Turn, put_in_order
from server.domain.closures import Closure
from server.domain.floor import CALLS_KEPT, Floor, QueueState, call_made, is_shown, of_day
from server.domain.incidents import Incident
from server.domain.journal import Entry
from server.domain.leaves import Leave
from server.domain.steps import UNDOABLE, LastStep
from server.domain.tickets import WAITING, Ticket
from server.domain.windows import WindowState

Make = Callable[[Any, Entry], Any]
Change = Callable[[Any, Any, Entry], Any]

RECORDS: dict[str, tuple[str, type[events.Event], Make, Change]] = {
    "pause": ("pauses", events.WindowPaused, attendance.paused, attendance.evolve_pause),
    "closure": ("closures", events.ClosureFiled, closures.filed, closures.evolve),
    "incident": ("incidents", events.IncidentReported, incidents.reported, incidents.evolve),
    "leave": ("leaves", events.LeaveFiled, leaves.filed, leaves.evolve),
}
"""Things with a life of their own: the field that names one, where they are kept, which event opens one, and how it
is made and changed."""


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
        self.closures: dict[str, Closure] = {}
        self.incidents: dict[str, Incident] = {}
        self.leaves: dict[str, Leave] = {}
        self.steps: dict[int, LastStep | None] = {}

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
        return of_day(self.queues.get(prefix) or self.base.queues.get(prefix), prefix, self.day.business_day)

    def last_step(self, window: int) -> LastStep | None:
        return self.steps[window] if window in self.steps else self.base.last_step(window)

    def every(self, collection: str) -> Iterator[Any]:
        """All of `closures`, `incidents` or `leaves`, as they are now."""
        yield from {**getattr(self.base, collection), **getattr(self, collection)}.values()

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
        self._attend(event, entry)
        for name in RECORDS:
            if (record_id := getattr(event, name, None)) is not None:
                self._change_record(name, record_id, event, entry)
        self._pass_time(event)

    def _issue(self, event: events.TicketIssued, entry: Entry) -> None:
        self.tickets[event.ticket] = tickets.issued(event, entry)
        before = of_day(self.queue(event.queue), event.queue, entry.business_day)
        self.queues[event.queue] = replace(before, last_sequence=max(before.last_sequence, event.sequence))

    def _change_ticket(self, ticket_id: str, event: events.Event, entry: Entry) -> None:
        before = self.ticket(ticket_id)
        if before is None:
            raise KeyError(f"entry {entry.seq} ({entry.kind}) is about ticket {ticket_id}, which is not on the floor")
        ticket = self.tickets[ticket_id] = tickets.evolve(event, before, entry)
        if isinstance(event, (events.TicketCalled, events.TicketCalledAgain)) and is_shown(event):
            self.calls = (call_made(entry.seq, ticket), *self.calls)[:CALLS_KEPT]
        if isinstance(event, events.TicketCalled) and event.turn is not None:
            before_call = of_day(self.queue(event.queue), event.queue, entry.business_day)
            self.queues[event.queue] = replace(before_call, turn=Turn(*event.turn))
        self._remember_step(event, before, ticket, entry)

    def _remember_step(self, event: events.Event, before: Ticket, after: Ticket, entry: Entry) -> None:
        """What may be taken back at the window; a call or an undo leaves nothing to take back."""
        if isinstance(event, UNDOABLE):
            self.steps[event.window] = LastStep(entry.kind, before, after, entry.at)
        elif isinstance(event, (events.TicketCalled, events.StepUndone)):
            self.steps[event.window] = None

    def _attend(self, event: events.Event, entry: Entry) -> None:
        """Sign-ons as intervals: one begins, one ends, or one ends as another begins."""
        if isinstance(event, (events.SignedOff, events.WindowRelieved, events.WindowSuspended)):
            before = self.sign_ons.get(event.sign_on) or self.base.sign_ons[event.sign_on]
            self.sign_ons[event.sign_on] = attendance.ended(event, before, entry)
        if isinstance(event, events.SignedOn):
            self.sign_ons[event.sign_on] = attendance.signed_on(event, entry)
        elif isinstance(event, events.WindowRelieved):
            self.sign_ons[event.next_sign_on] = attendance.relieved(event, entry)

    def _change_record(self, name: str, record_id: str, event: events.Event, entry: Entry) -> None:
        collection, opens, make, change = RECORDS[name]
        kept = getattr(self, collection)
        if isinstance(event, opens):
            kept[record_id] = make(event, entry)
        else:
            before = kept.get(record_id) or getattr(self.base, collection)[record_id]
            kept[record_id] = change(event, before, entry)

    def _pass_time(self, event: events.Event) -> None:
        """What concerns the whole hall."""
        if isinstance(event, events.DayBegan):
            self.day, self.new_day, self.calls = replace(self.day, business_day=event.day), True, ()
            self.steps = dict.fromkeys((*self.base.steps, *self.steps))
        elif isinstance(event, events.PhaseChanged):
            self.day = replace(self.day, phase=event.phase, phase_until=event.until, issuing=event.issuing)
        elif isinstance(event, (events.EvacuationBegan, events.EvacuationEnded)):
            self.day = replace(self.day, evacuation=isinstance(event, events.EvacuationBegan))
