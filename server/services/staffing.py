"""Staff against windows, and planned leave, as staff see them (clauses 3.2.1, 5.1.2)."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from server.domain import duty, hours
from server.domain.floor import View
from server.domain.plan import HallPlan
from server.services import arrangement_rows
from server.services.rows import Row

STAFF_RATIO = 1.2
"""Staff for each window (clause 5.1.2)."""

CHANGED_BY = frozenset({"LeaveFiled", "LeaveWithdrawn"})
"""Beside the phases of the day, by which the number of planned windows changes."""


def told(plan: HallPlan, view: View, now: datetime) -> Row:
    """What a picture for staff says of them."""
    return {"staffing": staffing(plan, view, now), "leaves": leaves(plan, view, now)}


def staffing(plan: HallPlan, view: View, now: datetime) -> Row:
    """Who is there against how many windows should be open, by the rule of 1 : 1.2 (clause 5.1.2); planned leave."""
    day = hours.business_date(plan, now)
    away = sorted({leave.staff for leave in view.every("leaves") if leave.covers(day)})
    here = [person for person in plan.staff if person.active and person.role in {"clerk", "guide"}]
    planned = len(duty.planned_windows(plan, now))
    return {
        "windows": planned,
        "staff": len([person for person in here if person.id not in away]),
        "wanted": ceil(planned * STAFF_RATIO),
        "on_leave": away,
    }


def leaves(plan: HallPlan, view: View, now: datetime) -> list[Row]:
    """Planned leave of today and of the days to come, soonest first (clause 3.2.1)."""
    day = hours.business_date(plan, now)
    coming = [leave for leave in view.every("leaves") if leave.concerns(day) and not leave.withdrawn]
    return [arrangement_rows.leave_row(leave) for leave in sorted(coming, key=lambda leave: leave.first_day)]
