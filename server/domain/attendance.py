"""Sign-ons and pauses as intervals: what the attendance and absence ledgers are made of (3.2.2, 3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import singledispatch

from server.domain import events
from server.domain.events import Event, Reason
from server.domain.journal import Entry


@dataclass(frozen=True)
class SignOn:
    """A clerk at a window from sign-on to sign-off; `ended_at` is None while it lasts."""

    id: str
    business_day: date
    window: int
    clerk: str
    began_at: datetime
    ended_at: datetime | None = None
    ended_by_clock: bool = False


@dataclass(frozen=True)
class Pause:
    """A short absence and what was done about it; `ended_at` is None while it lasts."""

    id: str
    business_day: date
    window: int
    clerk: str
    reason: Reason
    began_at: datetime
    until: datetime
    limit_at: datetime
    warned_at: datetime | None = None
    escalated_at: datetime | None = None
    acknowledged_at: datetime | None = None
    ended_at: datetime | None = None
    overrun_seconds: int = 0


def signed_on(event: events.SignedOn, entry: Entry) -> SignOn:
    """The interval that this sign-on opens."""
    return SignOn(event.sign_on, entry.business_day, event.window, event.clerk, entry.at)


def relieved(event: events.WindowRelieved, entry: Entry) -> SignOn:
    """The interval that a relief opens for the clerk who takes over."""
    return SignOn(event.next_sign_on, entry.business_day, event.window, event.next_clerk, entry.at)


def ended(event: Event, session: SignOn, entry: Entry) -> SignOn:
    """The interval as a sign-off, a relief or a suspension closes it."""
    return replace(session, ended_at=entry.at, ended_by_clock=getattr(event, "by_clock", False))


def paused(event: events.WindowPaused, entry: Entry) -> Pause:
    """The absence that this pause opens. It is reported to the area lead with the same event (报备)."""
    return Pause(
        event.pause,
        entry.business_day,
        event.window,
        event.clerk,
        event.reason,
        entry.at,
        event.until,
        event.limit_at,
    )


@singledispatch
def evolve_pause(event: Event, pause: Pause, entry: Entry) -> Pause:
    """The absence after `event`."""
    return pause


@evolve_pause.register
def _(event: events.PauseWarned, pause: Pause, entry: Entry) -> Pause:
    return replace(pause, warned_at=entry.at)


@evolve_pause.register
def _(event: events.PauseEscalated, pause: Pause, entry: Entry) -> Pause:
    return replace(pause, escalated_at=entry.at)


@evolve_pause.register
def _(event: events.PauseAcknowledged, pause: Pause, entry: Entry) -> Pause:
    return replace(pause, acknowledged_at=entry.at)


@evolve_pause.register
def _(event: events.WindowResumed, pause: Pause, entry: Entry) -> Pause:
    return replace(pause, ended_at=entry.at, overrun_seconds=event.overrun_seconds)
