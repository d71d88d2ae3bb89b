"""Which windows the plan wants staffed: by session, on Saturdays, and over noon (午间值班)."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

from server.domain.days import at, business_date, day_sessions, is_open_saturday
from server.domain.floor import View
from server.domain.plan import HallPlan, Window


def planned_windows(plan: HallPlan, now: datetime) -> frozenset[int]:
    """Windows that should be open at this moment; none before the first opening and after the last closing."""
    day = business_date(plan, now)
    sessions = day_sessions(plan, day)
    for session in sessions:
        if at(plan, day, session.opens) <= now < at(plan, day, session.closes):
            return windows_in_session(plan, day, session.name)
    for before, after in pairwise(sessions):
        if at(plan, day, before.closes) <= now < at(plan, day, after.opens):
            return noon_duty_windows(plan, day)
    return frozenset()


def planned_from_now(plan: HallPlan, now: datetime) -> frozenset[int]:
    """Windows that should be open now or later on this business day: whoever is not among them serves nobody today."""
    day = business_date(plan, now)
    sessions = day_sessions(plan, day)
    planned = [windows_in_session(plan, day, s.name) for s in sessions if at(plan, day, s.closes) > now]
    if any(at(plan, day, after.opens) > now for after in sessions[1:]):
        planned.append(noon_duty_windows(plan, day))
    return frozenset().union(*planned)


def serving_today(plan: HallPlan, view: View, now: datetime) -> frozenset[int]:
    """Windows that should be open now or later today and are not closed by a filing until the end of the day."""
    day = business_date(plan, now)
    closings = [at(plan, day, session.closes) for session in day_sessions(plan, day)]
    closed = {
        number
        for number in plan.window_by_number
        if closings and (until := view.window(number).closed_until) is not None and until >= closings[-1]
    }
    return planned_from_now(plan, now) - closed


def windows_in_session(plan: HallPlan, day: date, session: str) -> frozenset[int]:
    """Windows planned for one session of a day; a window without a plan of its own is planned in every session."""
    return frozenset(
        window.number for window in _windows_of_day(plan, day) if window.sessions is None or session in window.sessions
    )


def noon_duty_windows(plan: HallPlan, day: date) -> frozenset[int]:
    """Windows that stay open between the sessions of `day`."""
    duty = plan.hours.noon_duty_windows
    return frozenset(window.number for window in _windows_of_day(plan, day) if window.number in duty)


def noon_duty_queues(plan: HallPlan, day: date) -> frozenset[str]:
    """Queues served over noon: the primary ones of the windows on duty. Their secondary ones are no promise."""
    windows = noon_duty_windows(plan, day)
    return frozenset(queue for number in windows for queue in plan.window_by_number[number].primary)


def _windows_of_day(plan: HallPlan, day: date) -> tuple[Window, ...]:
    chosen = plan.hours.saturday.windows
    if is_open_saturday(plan, day) and chosen:
        return tuple(window for window in plan.windows if window.number in chosen)
    return plan.windows
