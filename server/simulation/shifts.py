"""When a window is to be staffed: the plan's sessions and noon duties as stretches of one clerk's day.

Those present at closing are served (延时服务, 4.3.4). At noon that is so where the hall file counts noon as a closing,
but a clerk stands up for lunch in time to be back: whoever is left then keeps number and place for the afternoon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.domain import duty, hours
from server.domain.plan import HallPlan

LUNCH = timedelta(minutes=45)
"""The least a clerk has over noon, who is not on noon duty."""

EARLY = timedelta(minutes=10)
"""Nobody is at the window earlier than this before they have to be."""

DAYS_AHEAD = 400


@dataclass(frozen=True)
class Stretch:
    """A clerk's time at the window. `leaves_by` is when they go at the latest; None when it is once all are served."""

    opens: datetime
    closes: datetime
    leaves_by: datetime | None


def stretches(plan: HallPlan, window: int, day: date) -> tuple[Stretch, ...]:
    """When `window` is planned on business day `day`, in order; what adjoins is one."""
    joined: list[tuple[datetime, datetime]] = []
    for begins, ends in _planned(plan, window, day):
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    returns = [*(begins for begins, _ in joined[1:]), None]
    return tuple(
        Stretch(begins, ends, _leaves_by(plan, ends, back))
        for (begins, ends), back in zip(joined, returns, strict=False)
    )


def _planned(plan: HallPlan, window: int, day: date) -> Iterator[tuple[datetime, datetime]]:
    sessions = hours.day_sessions(plan, day)
    opening = hours.opening_hours(plan, day)
    on_duty = window in duty.noon_duty_windows(plan, day)
    for place, (session, (opens, closes)) in enumerate(zip(sessions, opening, strict=True)):
        if window in duty.windows_in_session(plan, day, session.name):
            yield opens, closes
        if on_duty and place + 1 < len(opening):
            yield closes, opening[place + 1][0]


def _leaves_by(plan: HallPlan, ends: datetime, returns: datetime | None) -> datetime | None:
    if returns is None:
        return None
    return max(ends, returns - LUNCH) if plan.hours.after_hours.lunch_counts_as_closing else ends


def on_post(plan: HallPlan, stretch: Stretch) -> datetime:
    """When the clerk has to be at the window (3.2.2)."""
    return stretch.opens - timedelta(minutes=plan.hours.staff_on_post_minutes_before)


def begun(plan: HallPlan, window: int, now: datetime) -> Stretch | None:
    """The last stretch of this business day that has begun, or for which the clerk may be here already."""
    today = stretches(plan, window, hours.business_date(plan, now))
    return next((each for each in reversed(today) if on_post(plan, each) - EARLY <= now), None)


def upcoming(plan: HallPlan, window: int, now: datetime) -> Stretch | None:
    """The next stretch that has not ended; None when there is none within 400 days."""
    today = hours.business_date(plan, now)
    for ahead in range(DAYS_AHEAD):
        for each in stretches(plan, window, today + timedelta(days=ahead)):
            if each.closes > now:
                return each
    return None
