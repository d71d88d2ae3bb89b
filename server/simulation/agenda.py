"""What is going to happen, by hall time: one list for everybody, so that a simulated day has one order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Action = Callable[[datetime], None]
"""Something to do; it is told the hall's time at which it is done, which may be later than planned."""


@dataclass(order=True)
class Appointment:
    """An action planned for a moment; the earlier planned goes first at the same moment."""

    when: datetime
    order: int
    action: Action = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """It will not happen."""
        self.cancelled = True


class Agenda:
    """All appointments that are still to come."""

    def __init__(self) -> None:
        self._heap: list[Appointment] = []
        self._order = count()

    def at(self, when: datetime, action: Action) -> Appointment:
        """Plan `action` for the hall time `when`."""
        appointment = Appointment(when, next(self._order), action)
        heappush(self._heap, appointment)
        return appointment

    def next_at(self) -> datetime | None:
        """When the next thing happens; None when nothing is planned."""
        while self._heap and self._heap[0].cancelled:
            heappop(self._heap)
        return self._heap[0].when if self._heap else None

    def take_due(self, now: datetime) -> Action | None:
        """The first action that is due, taken off the list; None when there is time to rest."""
        moment = self.next_at()
        return heappop(self._heap).action if moment is not None and moment <= now else None
