"""Incidents, faults and calls for help, from the report to the end (clauses 4.2.2.6, 5.2.5, appendix H)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import singledispatch

from server.domain import events
from server.domain.errors import Refused
from server.domain.events import Event
from server.domain.journal import Entry

TYPES = ("dispute", "disorder", "illness", "equipment", "power", "lift", "fire", "fault", "help")
"""争吵, 秩序混乱, 突发疾病, 设备故障, 停电, 电梯故障, 火情; a fault of a device; a call for the area lead."""

QUIET = frozenset({"fault", "help"})
"""For whoever is near, not for the centre's head."""

OPEN, TAKEN, CLOSED = "open", "taken", "closed"


@dataclass(frozen=True)
class Incident:
    """One incident. Words about it are in the notes; here are only their ids."""

    id: str
    business_day: date
    type: str
    place: str
    reporter: str
    reported_at: datetime
    note: str | None = None
    state: str = OPEN
    taken_by: str | None = None
    taken_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    closing_note: str | None = None

    def concerns(self, day: date | None) -> bool:
        """Whether it is of that day or not over."""
        return self.business_day == day or self.state != CLOSED


def reported(event: events.IncidentReported, entry: Entry) -> Incident:
    """The incident that this report opens."""
    day, at = entry.business_day, entry.at
    return Incident(event.incident, day, event.type, event.place, event.reporter, at, event.note)


@singledispatch
def evolve(event: Event, incident: Incident, entry: Entry) -> Incident:
    """The incident after `event`."""
    return incident


@evolve.register
def _(event: events.IncidentTaken, incident: Incident, entry: Entry) -> Incident:
    return replace(incident, state=TAKEN, taken_by=event.staff, taken_at=entry.at)


@evolve.register
def _(event: events.IncidentClosed, incident: Incident, entry: Entry) -> Incident:
    closed = replace(incident, state=CLOSED, closed_by=event.staff, closed_at=entry.at)
    return replace(closed, closing_note=event.note)


def take(incident: Incident, staff: str) -> events.IncidentTaken:
    """Somebody looks after it."""
    if incident.state != OPEN:
        raise Refused("wrong_state", number=incident.id, state=incident.state)
    return events.IncidentTaken(incident.id, staff)


def close(incident: Incident, staff: str, note: str | None) -> events.IncidentClosed:
    """It is over."""
    if incident.state == CLOSED:
        raise Refused("wrong_state", number=incident.id, state=incident.state)
    return events.IncidentClosed(incident.id, staff, note)
