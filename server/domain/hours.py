"""The hall's day: its phase, when numbers are given out, and from when service counts as after hours (延时服务).

All of it follows from the plan and the moment; nothing here is stored. The one fact that the plan cannot know,
whether people are still here when their closing time has come, is the argument `anyone_left`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from server.domain.days import (
    ONE_DAY,
    at,
    business_date,
    calendar_known,
    day_begins,
    day_ends,
    day_sessions,
    is_appointment_only,
    is_workday,
)
from server.domain.duty import noon_duty_queues
from server.domain.plan import HallPlan

__all__ = [
    "Phase",
    "Stretch",
    "after_hours_stretches",
    "business_date",
    "calendar_known",
    "closing_at",
    "day_begins",
    "day_ends",
    "day_sessions",
    "is_appointment_only",
    "is_noon",
    "is_workday",
    "issuing_open",
    "next_change",
    "next_issuing",
    "next_opening",
    "opening_hours",
    "phase",
    "phase_until",
]

Phase = Literal["before_open", "open", "closing_soon", "lunch", "after_hours", "closed"]

Stretch = tuple[datetime, datetime]
"""From the first moment (included) to the second (not included), in the hall's zone."""

LONGEST_CLOSURE_DAYS = 400
"""How far ahead an opening is looked for; a plan without one in this time has none."""


def opening_hours(plan: HallPlan, day: date) -> tuple[Stretch, ...]:
    """When the windows are open on business day `day`, in order."""
    return tuple((at(plan, day, s.opens), at(plan, day, s.closes)) for s in day_sessions(plan, day))


def phase(plan: HallPlan, now: datetime, *, anyone_left: bool) -> Phase:
    """What part of the day it is.

    `anyone_left`: somebody whose queue's closing time has come is still waiting or being served. People of queues
    that are served over noon do not count at lunch. Nobody is asked for before the first closing of the day.
    """
    hours = opening_hours(plan, business_date(plan, now))
    if not hours:
        return "closed"
    if now < hours[0][0]:
        return "before_open"
    if now >= hours[-1][1]:
        return "after_hours" if anyone_left else "closed"
    for opens, closes in hours:
        if opens <= now < closes:
            soon = closes - timedelta(minutes=plan.hours.after_hours.notice_lead_minutes)
            return "closing_soon" if now >= soon and _counts_as_closing(plan, closes, hours) else "open"
    return "after_hours" if anyone_left and plan.hours.after_hours.lunch_counts_as_closing else "lunch"


def phase_until(plan: HallPlan, now: datetime, *, anyone_left: bool) -> datetime | None:
    """The moment people want to know in this phase: when the windows open next, or, while they are open, close.

    None in after-hours service behind the last closing: it lasts until everybody has been served.
    """
    today = opening_hours(plan, business_date(plan, now))
    current = phase(plan, now, anyone_left=anyone_left)
    if current in {"open", "closing_soon"}:
        return next(closes for opens, closes in today if opens <= now < closes)
    if current == "after_hours" and now >= today[-1][1]:
        return None
    return next_opening(plan, now, by_appointment=True)


def next_change(plan: HallPlan, now: datetime) -> datetime:
    """The next moment after `now` at which the phase, the giving of numbers or the business day may change."""
    day = business_date(plan, now)
    return min(moment for moment in _moments(plan, day) if moment > now)


def _moments(plan: HallPlan, day: date) -> Iterator[datetime]:
    hours = opening_hours(plan, day)
    lead = timedelta(minutes=plan.hours.after_hours.notice_lead_minutes)
    for opens, closes in hours:
        yield from (opens, closes)
        if _counts_as_closing(plan, closes, hours):
            yield max(opens, closes - lead)
    yield from (begins for begins, _ in _issuing(plan, day))
    if hours:
        yield at(plan, day, plan.hours.after_hours.hard_stop)
    yield day_ends(plan, day)


def issuing_open(plan: HallPlan, now: datetime, queue: str | None = None) -> bool:
    """Whether numbers of `queue` (a prefix; None asks for any queue) are given out to people without a booking.

    From `kiosk_open_minutes_before` each opening until its closing. At lunch only for the queues which a window on
    noon duty has as primary ones. Never on a day that is by appointment only.
    """
    day = business_date(plan, now)
    if any(begins <= now < ends for begins, ends in _issuing(plan, day)):
        return True
    if not is_noon(plan, now) or is_appointment_only(plan, day):
        return False
    on_duty = noon_duty_queues(plan, day)
    return bool(on_duty) if queue is None else queue in on_duty


def is_noon(plan: HallPlan, now: datetime) -> bool:
    """Whether it is between two sessions of a day."""
    stretches = opening_hours(plan, business_date(plan, now))
    return any(closes <= now < opens for (_, closes), (opens, _) in pairwise(stretches))


def _issuing(plan: HallPlan, day: date) -> tuple[Stretch, ...]:
    """When every queue gives numbers on `day`; kiosks never open before the session before has closed."""
    if is_appointment_only(plan, day):
        return ()
    lead = timedelta(minutes=plan.hours.kiosk_open_minutes_before)
    earliest = day_begins(plan, day)
    stretches = []
    for opens, closes in opening_hours(plan, day):
        stretches.append((max(earliest, opens - lead), closes))
        earliest = closes
    return tuple(stretches)


def next_opening(plan: HallPlan, now: datetime, *, by_appointment: bool = False) -> datetime | None:
    """When the windows open next, after `now`; days by appointment only are passed over unless asked for.

    None when nothing opens within 400 days.
    """
    for day in _days_from(plan, now):
        if by_appointment or not is_appointment_only(plan, day):
            for opens, _ in opening_hours(plan, day):
                if opens > now:
                    return opens
    return None


def next_issuing(plan: HallPlan, now: datetime) -> datetime | None:
    """When kiosks begin again to give numbers for every queue, after `now`; None when not within 400 days."""
    for day in _days_from(plan, now):
        for begins, _ in _issuing(plan, day):
            if begins > now:
                return begins
    return None


def _days_from(plan: HallPlan, now: datetime) -> Iterator[date]:
    today = business_date(plan, now)
    return (today + number * ONE_DAY for number in range(LONGEST_CLOSURE_DAYS))


def closing_at(plan: HallPlan, now: datetime, queue: str | None = None) -> datetime | None:
    """The closing time that concerns somebody in `queue` at `now`; None when today's last has passed.

    Noon is a closing when the hall file says so, but not for a queue that is served over noon.
    """
    day = business_date(plan, now)
    hours = opening_hours(plan, day)
    over_noon = queue is not None and queue in noon_duty_queues(plan, day)
    for _, closes in hours:
        if closes > now and (closes == hours[-1][1] or (not over_noon and _counts_as_closing(plan, closes, hours))):
            return closes
    return None


def after_hours_stretches(plan: HallPlan, day: date, *, noon_duty: bool = False) -> tuple[Stretch, ...]:
    """When service on business day `day` counts as after hours (clause 4.3.4.4), in order.

    From the last closing until the cut, and over noon if the hall file counts it as closing; a window on
    `noon_duty` works its ordinary time then.
    """
    hours = opening_hours(plan, day)
    if not hours:
        return ()
    counts = plan.hours.after_hours.lunch_counts_as_closing and not noon_duty
    breaks = [(closes, opens) for (_, closes), (opens, _) in pairwise(hours)] if counts else []
    return (*breaks, (hours[-1][1], day_ends(plan, day)))


def _counts_as_closing(plan: HallPlan, closes: datetime, hours: tuple[Stretch, ...]) -> bool:
    return closes == hours[-1][1] or plan.hours.after_hours.lunch_counts_as_closing
