"""What is arranged ahead or reported: closures (3.2.4), leave (3.2.1), incidents (4.2.2.6), evacuation (H.7)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.domain import closures, events, incidents, ticket_verbs
from server.domain.closures import Closure
from server.domain.errors import Refused
from server.domain.incidents import Incident
from server.domain.leaves import Leave
from server.services.announcing import evacuation_announcements
from server.services.work import Work

CLOSURE_REASONS = ("业务调整", "阶段性办理", "设备检修", "人员调配", "离岗超时")
STAFF_DESTINATIONS = ("其他窗口", "后台办理", "培训", "休假")
LONGEST_CLOSURE = timedelta(days=366)


@dataclass(frozen=True)
class Filing:
    """A closure as it is filed."""

    window: int
    begins_at: datetime
    ends_at: datetime
    reason: str
    staff_to: str


def file_closure(work: Work, filing: Filing, *, approved: bool) -> Closure:
    """File a closure with reason, period and where the staff go; a manager's own is approved with it."""
    work.window_plan(filing.window)
    if filing.ends_at <= max(filing.begins_at, work.now) or filing.ends_at - filing.begins_at > LONGEST_CLOSURE:
        raise Refused("invalid", field="until", reason="结束时间不对", reason_en="it must end after it begins")
    closure_id = secrets.token_hex(8)
    reason = work.reason(filing.reason, CLOSURE_REASONS)
    staff_to = work.reason(filing.staff_to, STAFF_DESTINATIONS)
    work.record(
        events.ClosureFiled(
            closure_id, filing.window, reason, filing.begins_at, filing.ends_at, staff_to, approved=approved
        )
    )
    return _closure(work, closure_id)


def approve_closure(work: Work, closure_id: str) -> Closure:
    """The centre agrees."""
    work.record(closures.approve(_closure(work, closure_id)))
    return _closure(work, closure_id)


def withdraw_closure(work: Work, closure_id: str) -> Closure:
    """It will not take place, or ends now."""
    work.record(closures.withdraw(_closure(work, closure_id)))
    return _closure(work, closure_id)


def _closure(work: Work, closure_id: str) -> Closure:
    found: Closure | None = next((c for c in work.draft.every("closures") if c.id == closure_id), None)
    if found is None:
        raise Refused("not_found")
    return found


def report_incident(work: Work, kind: str, place: str | None, note: str | None) -> Incident:
    """Tell the centre's head at once, with the place; by default where the reporter is signed on."""
    if kind not in incidents.TYPES:
        names = "、".join(incidents.TYPES)
        raise Refused("invalid", field="type", reason=f"只能是 {names}", reason_en=f"it must be one of {names}")
    incident_id = secrets.token_hex(8)
    where = place or _where(work)
    kept = work.uow.note(work.day, note) if note else None
    work.record(events.IncidentReported(incident_id, kind, where, str(work.actor), kept))
    return _incident(work, incident_id)


def _where(work: Work) -> str:
    here = next((w.number for w in work.draft.all_windows() if w.clerk == work.actor.id), None)
    if here is not None:
        return str(here)
    kiosk = work.plan.kiosk_by_id.get(work.actor.id)
    return kiosk.id if kiosk else (work.actor.zone or "")


def take_incident(work: Work, incident_id: str) -> Incident:
    """Somebody looks after it."""
    work.record(incidents.take(_incident(work, incident_id), work.actor.id))
    return _incident(work, incident_id)


def close_incident(work: Work, incident_id: str, note: str | None) -> Incident:
    """It is over; what was done is kept with it."""
    kept = work.uow.note(work.day, note) if note else None
    work.record(incidents.close(_incident(work, incident_id), work.actor.id, kept))
    return _incident(work, incident_id)


def _incident(work: Work, incident_id: str) -> Incident:
    found: Incident | None = next((i for i in work.draft.every("incidents") if i.id == incident_id), None)
    if found is None:
        raise Refused("not_found")
    return found


def move_queue(work: Work, queue: str, to: str, reason: str) -> int:
    """Let everybody who waits in a queue wait in another, because nobody serves it any more; gives how many."""
    for name, prefix in (("queue", queue), ("to", to)):
        if prefix not in work.plan.queue_by_prefix:
            raise Refused("invalid", field=name, reason="没有这个队列", reason_en="there is no such queue")
    why = work.reason(reason, CLOSURE_REASONS)
    waiting = list(work.draft.waiting(queue)) if queue != to else []
    for ticket in waiting:
        work.record(ticket_verbs.move(ticket, to, why))
    return len(waiting)


def evacuate(work: Work, *, on: bool) -> None:
    """Calls stop, screens and loudspeakers ask everybody to leave; or the hall goes on."""
    if work.draft.day.evacuation == on:
        return
    work.record(events.EvacuationBegan() if on else events.EvacuationEnded())
    for announcement in evacuation_announcements(work.plan, work.real_at) if on else ():
        work.uow.announce(announcement)


def file_leave(work: Work, staff: str, first_day: date, last_day: date) -> Leave:
    """Planned leave: the plan of these days is without this person."""
    if staff not in work.plan.staff_by_id:
        raise Refused("invalid", field="staff", reason="没有这位工作人员", reason_en="there is nobody of that number")
    if last_day < first_day:
        raise Refused("invalid", field="to", reason="结束日期在开始之前", reason_en="it must not end before it begins")
    leave_id = secrets.token_hex(8)
    work.record(events.LeaveFiled(leave_id, staff, first_day, last_day))
    found: Leave = next(leave for leave in work.draft.every("leaves") if leave.id == leave_id)
    return found


def withdraw_leave(work: Work, leave_id: str) -> Leave:
    """A leave that will not be taken."""
    found: Leave | None = next((leave for leave in work.draft.every("leaves") if leave.id == leave_id), None)
    if found is None:
        raise Refused("not_found")
    work.record(events.LeaveWithdrawn(leave_id))
    return found
