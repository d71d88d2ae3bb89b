"""Who is next: the one rule of order, for windows, screens and estimates alike (C2, C3).

For a window, primary queues come before secondary ones. Within them: priority, put first, back from hold or
transferred, appointment that is due, arrival. The fairness ratio counts per queue, so that ordinary people move on
however many have priority.

`rank` turns a ticket into a tuple that sorts in that order; a `Line` is one queue in that order, fairness included;
`next_for` picks for one window.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
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

    The sequence settles ties within a queue; those of transferred and returned tickets the number does, see `_key`.
    """
    if ticket.place is not None:
        return ticket.place
    if ticket.priority_group is not None:
        return (PRIORITY, ticket.issued_at.timestamp(), ticket.sequence)
    if ticket.put_first_at is not None:
        return (PUT_FIRST, ticket.put_first_at.timestamp(), ticket.sequence)
    if ticket.precedence_at is not None:
        return (PRECEDENCE, ticket.issued_at.timestamp(), ticket.sequence)
    if ticket.appointment_at is not None:
        return (APPOINTMENT, ticket.appointment_at.timestamp(), ticket.sequence)
    return (ARRIVAL, ticket.issued_at.timestamp(), ticket.sequence)


def _key(ticket: Ticket) -> tuple[Place, str]:
    """What lines are sorted by: two people never share a place."""
    return rank(ticket), ticket.number


def is_priority(ticket: Ticket) -> bool:
    """Whether the fairness ratio counts a call of this ticket as a priority call."""
    return ticket.place is None and ticket.priority_group is not None


def callable_at(ticket: Ticket, now: datetime) -> bool:
    """Whether a window may call it by order now: waiting, and its appointment has begun (B2)."""
    return ticket.state == WAITING and (ticket.appointment_at is None or ticket.appointment_at <= now)


def in_order(tickets: Iterable[Ticket]) -> list[Ticket]:
    """The tickets by rank: the order that every `waiting` keeps to."""
    return sorted(tickets, key=_key)


def put_in_order(line: list[Ticket], ticket: Ticket) -> None:
    """Let a ticket take its place in a line that is in order."""
    insort(line, ticket, key=_key)


def ahead_of(ticket: Ticket, line: Sequence[Ticket]) -> int:
    """How many of a line in order stand before this ticket."""
    return bisect_left(line, _key(ticket), key=_key)


def behind(ticket: Ticket, line: Sequence[Ticket]) -> Sequence[Ticket]:
    """Those of a line in order who stand behind this ticket."""
    return line[bisect_right(line, _key(ticket), key=_key) :]


def place_behind(line: Sequence[Ticket], count: int, now: datetime) -> Place:
    """The fixed place directly behind the `count`-th of those who may be called now, or behind the last of them.

    `now`, when the person returned, orders several who return behind the same one. Behind nobody (`count` 0) is
    directly before the first.
    """
    able = [ticket for ticket in line if callable_at(ticket, now)]
    if not able:
        return (ARRIVAL, now.timestamp())
    if count == 0:
        *first, last = rank(able[0])
        return (*first, last - 1, now.timestamp())
    return (*rank(able[min(count, len(able)) - 1]), now.timestamp())


class Line:
    """One queue's people in the order in which they would be called now, fairness included.

    `tickets` must be in order of rank; they are looked at only as far as heads are taken. `offered` may leave some
    of them out.
    """

    def __init__(
        self,
        tickets: Sequence[Ticket],
        turn: Turn,
        rules: Priority,
        now: datetime,
        offered: Callable[[Ticket], bool] | None = None,
    ) -> None:
        def able() -> Iterator[Ticket]:
            return (t for t in tickets if callable_at(t, now) and (offered is None or offered(t)))

        self._favoured = _favoured(able())
        self._ordinary = (ticket for ticket in able() if not is_priority(ticket))
        self._first_favoured = next(self._favoured, None)
        self._first_ordinary = next(self._ordinary, None)
        self._turn = turn
        self._rules = rules

    def head(self) -> Ticket | None:
        """Whom the queue offers next."""
        favoured, ordinary = self._first_favoured, self._first_ordinary
        if favoured is None or ordinary is None:
            return favoured or ordinary
        if self._turn.owes_ordinary(self._rules) or rank(ordinary) < rank(favoured):
            return ordinary
        return favoured

    @property
    def owes_ordinary(self) -> bool:
        """Whether the fairness ratio puts an ordinary person before somebody with priority who waits."""
        return self._first_favoured is not None and self._turn.owes_ordinary(self._rules)

    def take(self) -> Ticket:
        """Call the head: it leaves the line and the ratio moves on. IndexError when nobody is there."""
        head = self.head()
        if head is None:
            raise IndexError("nobody is in line")
        favoured = head is self._first_favoured
        if favoured:
            self._first_favoured = next(self._favoured, None)
        else:
            self._first_ordinary = next(self._ordinary, None)
        self._turn = self._turn.after(priority=favoured, rules=self._rules)
        return head

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


def offered_to(
    window: int, clerk: str | None, in_service: Callable[[int], bool], on_duty: Callable[[str], bool]
) -> Callable[[Ticket], bool]:
    """Whom this window may call: who waits for another window or another person that is in service is left to them."""

    def offered(ticket: Ticket) -> bool:
        wanted_clerk, wanted = ticket.preferred_clerk, ticket.preferred_window
        if wanted_clerk is not None and wanted_clerk != clerk and on_duty(wanted_clerk):
            return False
        return wanted is None or wanted == window or not in_service(wanted)

    return offered


def _favoured(line: Iterable[Ticket]) -> Iterator[Ticket]:
    """People with priority; the order puts them first, so the rest of the line need not be looked at."""
    for ticket in line:
        if rank(ticket)[0] > PRIORITY:
            return
        if is_priority(ticket):
            yield ticket
