"""Which business day it is, and when the hall is open on it (§4 of the design: the cut, seasons, holidays).

A moment (`now`) is an aware datetime of any zone; what comes back is in the hall's own zone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from server.domain.plan import HallPlan, Season, Session

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def business_date(plan: HallPlan, now: datetime) -> date:
    """The day that `now` belongs to: until the cut (04:00) it is still yesterday's."""
    local = now.astimezone(plan.zone_info)
    return local.date() if local.time() >= plan.hours.day_reset else local.date() - ONE_DAY


def at(plan: HallPlan, day: date, clock: time) -> datetime:
    """The moment when the hall's clock shows `clock` on the calendar date `day`."""
    return datetime.combine(day, clock, tzinfo=plan.zone_info)


def day_begins(plan: HallPlan, day: date) -> datetime:
    """The cut at which business day `day` begins."""
    return at(plan, day, plan.hours.day_reset)


def day_ends(plan: HallPlan, day: date) -> datetime:
    """The cut at which business day `day` ends and the next begins."""
    return day_begins(plan, day + ONE_DAY)


def is_workday(plan: HallPlan, day: date) -> bool:
    """Monday to Friday but for public holidays; and the make-up days (调休上班) around them."""
    if day in plan.calendar.makeup_workdays:
        return True
    return day.weekday() < SATURDAY and day not in plan.calendar.closed


def is_open_saturday(plan: HallPlan, day: date) -> bool:
    """周六不打烊: a Saturday with Saturday's own hours, not a holiday and not made up as a workday."""
    if day.weekday() != SATURDAY or is_workday(plan, day):
        return False
    return plan.hours.saturday.enabled and day not in plan.calendar.closed


def is_appointment_only(plan: HallPlan, day: date) -> bool:
    """Whether only booked visits are served on `day`."""
    return is_open_saturday(plan, day) and plan.hours.saturday.appointment_only


def day_sessions(plan: HallPlan, day: date) -> tuple[Session, ...]:
    """The opening hours of `day` in order; empty when the hall is closed."""
    if is_open_saturday(plan, day):
        return plan.hours.saturday.sessions
    return season_of(plan, day).sessions if is_workday(plan, day) else ()


def season_of(plan: HallPlan, day: date) -> Season:
    """The season `day` falls in. The last that fits wins, so that a summer may stand under the whole year."""
    for season in reversed(plan.hours.seasons):
        if _covers(season, (day.month, day.day)):
            return season
    raise LookupError(f"no season of the hall file covers {day}")


def _covers(season: Season, month_day: tuple[int, int]) -> bool:
    if season.first <= season.last:
        return season.first <= month_day <= season.last
    return month_day >= season.first or month_day <= season.last


def calendar_known(plan: HallPlan, year: int) -> bool:
    """Whether the holidays of `year` are in the hall file; an unknown year works by weekdays alone.

    A closed day in January proves nothing: the New Year break is announced with the old year.
    """
    return any(day.year == year and day.month > 1 for day in plan.calendar.closed)
