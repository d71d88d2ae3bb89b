"""Closures, incidents and leaves as rows for staff. Words that people wrote are not in them; ledgers look those up."""

from __future__ import annotations

from server.domain.closures import Closure
from server.domain.incidents import QUIET, Incident
from server.domain.leaves import Leave
from server.domain.plan import HallPlan
from server.services.rows import Row
from server.services.times import local_iso, local_iso_or_none


def closure_row(plan: HallPlan, closure: Closure) -> Row:
    """A closure from filing to its end."""
    return {
        "id": closure.id,
        "window": closure.window,
        "state": closure.state,
        "reason": closure.reason.code,
        "staff_to": closure.staff_to.code,
        "begins_at": local_iso(plan, closure.begins_at),
        "ends_at": local_iso(plan, closure.ends_at),
        "filed_at": local_iso(plan, closure.filed_at),
        "filed_by": closure.filed_by,
        "approved_at": local_iso_or_none(plan, closure.approved_at),
        "approved_by": closure.approved_by,
        "began_at": local_iso_or_none(plan, closure.began_at),
        "ended_at": local_iso_or_none(plan, closure.ended_at),
    }


def incident_row(plan: HallPlan, incident: Incident) -> Row:
    """An incident, a fault or a call for help, with who looks after it."""
    window = plan.window_by_number.get(int(incident.place)) if incident.place.isdigit() else None
    return {
        "id": incident.id,
        "type": incident.type,
        "quiet": incident.type in QUIET,
        "place": incident.place,
        "zone": window.zone if window else incident.place if incident.place in plan.zone_by_id else None,
        "state": incident.state,
        "reporter": incident.reporter,
        "reported_at": local_iso(plan, incident.reported_at),
        "taken_by": incident.taken_by,
        "taken_at": local_iso_or_none(plan, incident.taken_at),
        "closed_by": incident.closed_by,
        "closed_at": local_iso_or_none(plan, incident.closed_at),
    }


def leave_row(leave: Leave) -> Row:
    """A planned leave."""
    return {
        "id": leave.id,
        "staff": leave.staff,
        "first_day": leave.first_day.isoformat(),
        "last_day": leave.last_day.isoformat(),
        "withdrawn": leave.withdrawn,
    }
