"""A ticket: a visit in line. Its state, and how each event changes it.

Which verb may be used in which state is in `ticket_verbs.py`; the order in `calling_order.py`.
Number, token and first arrival never change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, singledispatch

from server.domain import canonical, events
from server.domain.events import Event, Promise
from server.domain.journal import Entry

WAITING, CALLED, SERVING, HELD = "waiting", "called", "serving", "held"
MISSED, DONE, CANCELLED, EXPIRED = "missed", "done", "cancelled", "expired"

STATES = (WAITING, CALLED, SERVING, HELD, MISSED, DONE, CANCELLED, EXPIRED)
ACTIVE = frozenset({CALLED, SERVING})
"""At a window now."""
OPEN = frozenset({WAITING, CALLED, SERVING, HELD, MISSED})
"""Still the hall's concern; the others are final."""

FLAGS_FROM_ISSUE = ("priority", "appointment", "manual")
"""What screens mark; the other flags come with what happens later and concern staff only."""

Place = tuple[float, ...]
"""A place in line: compared as a tuple, smaller is called earlier. See `calling_order`."""


@dataclass(frozen=True)
class Ticket:
    """One visit. Times are aware UTC datetimes."""

    id: str
    token: str
    business_day: date
    queue: str
    """Where it waits now; a transfer changes it."""
    series: str
    """The queue whose numbers it was taken from."""
    sequence: int
    number: str
    issued_at: datetime
    channel: str
    state: str = WAITING
    item: str | None = None
    items: tuple[str, ...] = ()
    priority_group: str | None = None
    appointment_at: datetime | None = None
    manual: bool = False
    device: str | None = None
    print: str = "pending"
    print_problem: str | None = None
    promise: Promise | None = None
    after_hours: bool = False
    after_hours_choice: str | None = None
    window: int | None = None
    clerk: str | None = None
    first_responsible: str | None = None
    called_at: datetime | None = None
    last_called_at: datetime | None = None
    calls: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    outcome: str | None = None
    case_number: str | None = None
    missed_at: datetime | None = None
    times_missed: int = 0
    times_returned: int = 0
    held_until: datetime | None = None
    precedence_at: datetime | None = None
    """Since when it goes before newcomers, because it was held, given back or transferred."""
    preferred_window: int | None = None
    preferred_clerk: str | None = None
    """Whom it was transferred to in person."""
    joint_window: int | None = None
    """The window that took a joint case (联办) in and gets it back, with the queue it had there."""
    joint_queue: str | None = None
    put_first_at: datetime | None = None
    place: Place | None = None
    """A fixed place in line after a return; otherwise the order follows from the other fields."""
    transfers: int = 0
    on_the_way: bool = False

    @cached_property
    def is_open(self) -> bool:
        return self.state in OPEN

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """What screens and slips mark, in the order they show it."""
        marks = (
            ("priority", self.priority_group is not None),
            ("appointment", self.appointment_at is not None),
            ("manual", self.manual),
            ("returned", self.times_returned > 0),
            ("transferred", self.transfers > 0),
            ("put_first", self.put_first_at is not None),
        )
        return tuple(name for name, holds in marks if holds)


def issued(event: events.TicketIssued, entry: Entry) -> Ticket:
    """The ticket that this issue makes."""
    return Ticket(
        id=event.ticket,
        token=event.token,
        business_day=entry.business_day,
        queue=event.queue,
        series=event.queue,
        sequence=event.sequence,
        number=event.number,
        issued_at=entry.at,
        channel=event.channel,
        item=event.item,
        items=event.items,
        priority_group=event.priority_group,
        appointment_at=event.appointment_at,
        manual=event.manual,
        device=event.device,
        print=event.print,
        promise=event.promise,
        after_hours=event.after_hours,
        after_hours_choice=event.after_hours_choice,
    )


@singledispatch
def evolve(event: Event, ticket: Ticket, entry: Entry) -> Ticket:
    """The ticket as it is after `event`; events that do not concern tickets leave it alone."""
    return ticket


@evolve.register
def _(event: events.TicketCalled, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(
        ticket,
        state=CALLED,
        window=event.window,
        clerk=event.clerk,
        first_responsible=ticket.first_responsible or event.clerk,
        preferred_clerk=None,
        called_at=entry.at,
        last_called_at=entry.at,
        calls=1,
        started_at=None,
        held_until=None,
    )


@evolve.register
def _(event: events.TicketCalledAgain, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, calls=event.calls, last_called_at=entry.at)


@evolve.register
def _(event: events.ServiceStarted, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, state=SERVING, started_at=entry.at)


@evolve.register
def _(event: events.TicketFinished, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(
        ticket,
        state=DONE,
        finished_at=entry.at,
        outcome=event.outcome,
        items=event.items or ticket.items,
        case_number=event.case_number,
        after_hours=event.after_hours,
    )


@evolve.register
def _(event: events.OpinionGiven, ticket: Ticket, entry: Entry) -> Ticket:
    back = {"queue": event.queue, "preferred_window": event.back_to, "joint_window": None}
    return _back_in_line(ticket, precedence_at=entry.at, **back)


@evolve.register
def _(event: events.TicketMoved, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, queue=event.queue, place=None, preferred_window=None, transfers=ticket.transfers + 1)


@evolve.register
def _(event: events.TicketPutFirst, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, put_first_at=entry.at, place=None)


@evolve.register
def _(event: events.StepUndone, ticket: Ticket, entry: Entry) -> Ticket:
    before: Ticket = canonical.load(Ticket, event.before)
    return before


@evolve.register
def _(event: events.TicketMissed, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, state=MISSED, missed_at=entry.at, times_missed=ticket.times_missed + 1, on_the_way=False)


@evolve.register
def _(event: events.TicketReturned, ticket: Ticket, entry: Entry) -> Ticket:
    return _back_in_line(ticket, place=event.behind, times_returned=ticket.times_returned + 1)


@evolve.register
def _(event: events.TicketHeld, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, state=HELD, held_until=event.due_at)


@evolve.register
def _(event: events.HoldEnded, ticket: Ticket, entry: Entry) -> Ticket:
    return _back_in_line(ticket, precedence_at=entry.at, preferred_window=ticket.window, place=None)


@evolve.register
def _(event: events.TicketGivenBack, ticket: Ticket, entry: Entry) -> Ticket:
    return _back_in_line(ticket, precedence_at=entry.at, preferred_window=None, place=None)


@evolve.register
def _(event: events.TicketTransferred, ticket: Ticket, entry: Entry) -> Ticket:
    return _back_in_line(
        ticket,
        queue=event.queue,
        precedence_at=entry.at,
        preferred_window=event.to_window,
        preferred_clerk=event.to_clerk,
        joint_window=event.window if event.joint else ticket.joint_window,
        joint_queue=ticket.queue if event.joint else ticket.joint_queue,
        place=None,
        transfers=ticket.transfers + 1,
    )


@evolve.register
def _(event: events.TicketCancelled, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, state=CANCELLED, finished_at=entry.at, held_until=None)


@evolve.register
def _(event: events.TicketExpired, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, state=EXPIRED, finished_at=entry.at, held_until=None)


@evolve.register
def _(event: events.TicketPrinted, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, print="printed", print_problem=None)


@evolve.register
def _(event: events.PrintFailed, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, print="failed", print_problem=event.problem)


@evolve.register
def _(event: events.ReprintAsked, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, print="pending", print_problem=None)


@evolve.register
def _(event: events.VisitorOnTheWay, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, on_the_way=True)


@evolve.register
def _(event: events.AfterHoursChosen, ticket: Ticket, entry: Entry) -> Ticket:
    return replace(ticket, after_hours_choice=event.choice)


def _back_in_line(ticket: Ticket, **changes: object) -> Ticket:
    """Waiting again, as nobody's at no window; `changes` say with which place."""
    cleared: dict[str, object] = {
        "state": WAITING,
        "window": None,
        "clerk": None,
        "called_at": None,
        "last_called_at": None,
        "calls": 0,
        "started_at": None,
        "held_until": None,
        "on_the_way": False,
    }
    return replace(ticket, **(cleared | changes))  # type: ignore[arg-type]
