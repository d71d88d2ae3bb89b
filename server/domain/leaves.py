"""Planned leave (clause 3.2.1): whose windows are without them on which days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from server.domain import events
from server.domain.events import Event
from server.domain.journal import Entry


@dataclass(frozen=True)
class Leave:
    """Leave of one person, both days included."""

    id: str
    business_day: date
    staff: str
    first_day: date
    last_day: date
    filed_by: str
    withdrawn: bool = False

    def concerns(self, day: date | None) -> bool:
        """Whether it is of that day or still to come."""
        return day is None or self.last_day >= day

    def covers(self, day: date) -> bool:
        """Whether the person is away on `day`."""
        return not self.withdrawn and self.first_day <= day <= self.last_day


def filed(event: events.LeaveFiled, entry: Entry) -> Leave:
    """The leave that this filing makes."""
    return Leave(event.leave, entry.business_day, event.staff, event.first_day, event.last_day, entry.actor)


def evolve(event: Event, leave: Leave, entry: Entry) -> Leave:
    """The leave after `event`."""
    return replace(leave, withdrawn=True) if isinstance(event, events.LeaveWithdrawn) else leave
