"""Who is next: the one rule of order, for windows, screens and estimates alike (C2, C3).

For a window, primary queues come before secondary ones. Within them: priority, put first, back from hold or
transferred, appointment that is due, arrival. The fairness ratio counts per queue, so that ordinary people move on
however many have priority.

`rank` turns a ticket into a tuple that sorts in that order; a `Line` is one queue in that order, fairness included;
`next_for` picks for one window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


class Line:
    """One queue's people in the order in which they would be called now, fairness included."""

    def __init__(self, tickets: Iterable[Ticket], turn: Turn, rules: Priority, now: datetime) -> None:
        line = in_line(tickets, now)
        self._favoured = deque(ticket for ticket in line if is_priority(ticket))
        self._ordinary = deque(ticket for ticket in line if not is_priority(ticket))
        self._turn = turn
        self._rules = rules

    def head(self) -> Ticket | None:
        """Whom the queue offers next."""
        if not self._favoured or not self._ordinary:
            return next(iter(self._favoured or self._ordinary), None)
        if self._turn.owes_ordinary(self._rules) or rank(self._ordinary[0]) < rank(self._favoured[0]):
            return self._ordinary[0]
        return self._favoured[0]

    def take(self) -> Ticket:
        """Call the head: it leaves the line and the ratio moves on. IndexError when nobody is there."""
        head = self.head()
        favoured = head is not None and is_priority(head)
        taken = (self._favoured if favoured else self._ordinary).popleft()
        self._turn = self._turn.after(priority=favoured, rules=self._rules)
        return taken

    def __iter__(self) -> Iterator[Ticket]:
        """Everybody in order; the line is used up."""
        while self.head() is not None:
            yield self.take()


def next_of(groups: Iterable[Sequence[str]], lines: Mapping[str, Line]) -> str | None:
    """The queue from which a window with these `groups` of queues, (primary…) then (secondary…), calls next.

    Between queues of one group the earlier rank decides. None when all are empty.
    """
    for queues in groups:
        heads = [(rank(head), queue) for queue in queues if (head := lines[queue].head()) is not None]
        if heads:
            return min(heads)[1]
    return None


def next_for(groups: Iterable[Sequence[str]], lines: Mapping[str, Line]) -> Ticket | None:
    """The ticket that a window with these groups of queues calls next, or None."""
    queue = next_of(groups, lines)
    return None if queue is None else lines[queue].head()


def offered_to(window: int, tickets: Iterable[Ticket], in_service: Callable[[int], bool]) -> Iterator[Ticket]:
    """Those of `tickets` this window may call: who waits for another window that is in service is left to it."""
    for ticket in tickets:
        preferred = ticket.preferred_window
        if preferred is None or preferred == window or not in_service(preferred):
            yield ticket
