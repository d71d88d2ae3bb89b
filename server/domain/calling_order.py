"""Who is next: the one rule of order, for windows, screens and estimates alike (C2, C3).

For a window, primary queues come before secondary ones. Within them: priority, put first, back from hold or
transferred, appointment that is due, arrival. The fairness ratio counts per queue, so that ordinary people move on
however many have priority.

`rank` turns a ticket into a tuple that sorts in that order; `next_for` picks for one window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from server.domain.plan import Priority
from server.domain.tickets import WAITING, Place, Ticket

PRIORITY, PUT_FIRST, PRECEDENCE, APPOINTMENT, ARRIVAL = 0.0, 1.0, 2.0, 3.0, 4.0


@dataclass(frozen=True)
class Turn:
    """How many priority and ordinary people a queue called since the fairness ratio last began anew."""

    priority: int = 0
    ordinary: int = 0

    def after(self, *, priority: bool, rules: Priority) -> Turn:
        """The turn after one more call."""
        if priority:
            return Turn(self.priority + 1, self.ordinary)
        if self.priority < rules.max_consecutive_priority:
            return Turn()
        served = self.ordinary + 1
        return Turn() if served >= rules.then_normal else Turn(self.priority, served)

    def owes_ordinary(self, rules: Priority) -> bool:
        """Whether the next call must be an ordinary person, if one is waiting."""
        return self.priority >= rules.max_consecutive_priority


def rank(ticket: Ticket) -> Place:
    """The ticket's place in line as a tuple: smaller is earlier. It does not depend on the time of asking.

    The last elements settle ties: sequence within the queue, so that two people never share a place.
    """
    if ticket.place is not None:
        return ticket.place
    if ticket.priority_group is not None:
        return (PRIORITY, ticket.issued_at.timestamp(), ticket.sequence)
    if ticket.precedence_at is not None:
        return (PRECEDENCE, ticket.issued_at.timestamp(), ticket.sequence)
    if ticket.appointment_at is not None:
        return (APPOINTMENT, ticket.appointment_at.timestamp(), ticket.sequence)
    return (ARRIVAL, ticket.issued_at.timestamp(), ticket.sequence)


def is_priority(ticket: Ticket) -> bool:
    """Whether the fairness ratio counts a call of this ticket as a priority call."""
    return ticket.place is None and ticket.priority_group is not None


def callable_at(ticket: Ticket, now: datetime) -> bool:
    """Whether a window may call it by order now: waiting, and its appointment has begun (B2)."""
    return ticket.state == WAITING and (ticket.appointment_at is None or ticket.appointment_at <= now)


def in_line(tickets: Iterable[Ticket], now: datetime) -> list[Ticket]:
    """The tickets that may be called now, in order of rank, fairness left aside."""
    return sorted((ticket for ticket in tickets if callable_at(ticket, now)), key=rank)


def ahead_of(ticket: Ticket, waiting: Iterable[Ticket]) -> int:
    """How many of the waiting stand before this ticket."""
    mine = rank(ticket)
    return sum(1 for other in waiting if other.id != ticket.id and rank(other) < mine)


def place_behind(waiting: Iterable[Ticket], count: int, at: datetime, now: datetime) -> Place:
    """The fixed place directly behind the `count`-th of the waiting, or behind the last when there are fewer.

    `at` is when the returning person comes, which orders several who return behind the same one.
    """
    line = in_line(waiting, now)
    if not line:
        return (ARRIVAL, at.timestamp())
    return (*rank(line[min(count, len(line)) - 1]), at.timestamp())


def order_of_queue(tickets: Iterable[Ticket], turn: Turn, rules: Priority, now: datetime) -> Iterator[Ticket]:
    """The tickets of one queue in the order in which they would be called, fairness included."""
    line = in_line(tickets, now)
    favoured = [ticket for ticket in line if is_priority(ticket)]
    ordinary = [ticket for ticket in line if not is_priority(ticket)]
    while favoured or ordinary:
        if favoured and ordinary:
            from_favoured = not turn.owes_ordinary(rules) and rank(favoured[0]) < rank(ordinary[0])
        else:
            from_favoured = bool(favoured)
        ticket = (favoured if from_favoured else ordinary).pop(0)
        turn = turn.after(priority=from_favoured, rules=rules)
        yield ticket


def next_for(
    window: int,
    groups: Iterable[tuple[str, ...]],
    waiting: Callable[[str], Iterable[Ticket]],
    turn: Callable[[str], Turn],
    prefers_other: Callable[[Ticket, int], bool],
    rules: Priority,
    now: datetime,
) -> Ticket | None:
    """The ticket this window calls next, or None.

    `groups` are the window's queues in order of preference: (primary…), (secondary…). `waiting` and `turn` answer per
    queue. `prefers_other(ticket, window)` tells that a ticket waits for another window that is open.
    """
    for queues in groups:
        heads = [
            head
            for queue in queues
            if (head := _head(waiting(queue), turn(queue), window, prefers_other, rules, now)) is not None
        ]
        if heads:
            return min(heads, key=rank)
    return None


def _head(
    tickets: Iterable[Ticket],
    turn: Turn,
    window: int,
    prefers_other: Callable[[Ticket, int], bool],
    rules: Priority,
    now: datetime,
) -> Ticket | None:
    """Whom a queue offers to this window: the first in order who does not wait for another open window."""
    first: Ticket | None = None
    first_ordinary: Ticket | None = None
    for ticket in tickets:
        if not callable_at(ticket, now) or prefers_other(ticket, window):
            continue
        if first is None or rank(ticket) < rank(first):
            first = ticket
        if not is_priority(ticket) and (first_ordinary is None or rank(ticket) < rank(first_ordinary)):
            first_ordinary = ticket
    if first is not None and first_ordinary is not None and is_priority(first) and turn.owes_ordinary(rules):
        return first_ordinary
    return first
