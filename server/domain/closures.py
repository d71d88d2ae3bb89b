"""Temporary closures, filed in advance with reason, period and where the staff go (clause 3.2.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import singledispatch

from server.domain import events
from server.domain.errors import Refused
from server.domain.events import Event, Reason
from server.domain.journal import Entry
from server.domain.windows import WindowState

FILED, APPROVED, RUNNING, OVER, WITHDRAWN = "filed", "approved", "running", "over", "withdrawn"


@dataclass(frozen=True)
class Closure:
    """One closure from filing to its end. Times are UTC."""

    id: str
    business_day: date
    window: int
    reason: Reason
    staff_to: Reason
    begins_at: datetime
    ends_at: datetime
    filed_at: datetime
    filed_by: str
    state: str = FILED
    approved_at: datetime | None = None
    approved_by: str | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None

    def concerns(self, day: date | None) -> bool:
        """Whether it was filed on that day or is not over."""
        return self.business_day == day or self.state in {FILED, APPROVED, RUNNING}


def filed(event: events.ClosureFiled, entry: Entry) -> Closure:
    """The closure that this filing makes; a manager's own is approved with it."""
    closure = Closure(
        event.closure,
        entry.business_day,
        event.at_window,
        event.reason,
        event.staff_to,
        event.begins_at,
        event.ends_at,
        entry.at,
        entry.actor,
    )
    return _approved(closure, entry) if event.approved else closure


@singledispatch
def evolve(event: Event, closure: Closure, entry: Entry) -> Closure:
    """The closure after `event`."""
    return closure


@evolve.register
def _(event: events.ClosureApproved, closure: Closure, entry: Entry) -> Closure:
    return _approved(closure, entry)


@evolve.register
def _(event: events.ClosureWithdrawn, closure: Closure, entry: Entry) -> Closure:
    return replace(closure, state=WITHDRAWN, ended_at=entry.at)


@evolve.register
def _(event: events.ClosureBegan, closure: Closure, entry: Entry) -> Closure:
    return replace(closure, state=RUNNING, began_at=entry.at)


@evolve.register
def _(event: events.ClosureEnded, closure: Closure, entry: Entry) -> Closure:
    return replace(closure, state=OVER, ended_at=entry.at)


def _approved(closure: Closure, entry: Entry) -> Closure:
    return replace(closure, state=APPROVED, approved_at=entry.at, approved_by=entry.actor)


def approve(closure: Closure) -> events.ClosureApproved:
    """The centre agrees."""
    _require(closure, FILED)
    return events.ClosureApproved(closure.id)


def withdraw(closure: Closure) -> Event:
    """It will not take place, or ends before its time."""
    _require(closure, FILED, APPROVED, RUNNING)
    if closure.state == RUNNING:
        return events.ClosureEnded(closure.id, closure.window)
    return events.ClosureWithdrawn(closure.id)


def due(closure: Closure, window: WindowState, now: datetime) -> Event | None:
    """What time makes due: it begins when the window has no visit any more; it ends; unapproved it lapses."""
    if closure.state == RUNNING:
        return events.ClosureEnded(closure.id, closure.window) if now >= closure.ends_at else None
    if closure.state in {FILED, APPROVED} and now >= closure.ends_at:
        return events.ClosureWithdrawn(closure.id)
    if closure.state == APPROVED and now >= closure.begins_at and window.ticket is None and window.closure is None:
        return events.ClosureBegan(closure.id, closure.window, closure.ends_at)
    return None


def _require(closure: Closure, *states: str) -> None:
    if closure.state not in states:
        raise Refused("wrong_state", number=closure.id, state=closure.state)
