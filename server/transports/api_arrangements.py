"""Closures, leave, incidents, evacuation, people put first: what leads and the manager arrange, and what all report."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server.services import arrangement_rows, arranging, calling, queries
from server.services.arranging import Filing
from server.transports import auth
from server.transports.answers import Answer, TicketAnswer
from server.transports.endpoint import Asked, endpoint
from server.transports.forms import (
    CloseIncident,
    Empty,
    Evacuation,
    FileClosure,
    FileLeave,
    MoveQueue,
    PutFirst,
    ReportIncident,
)

blueprint = Blueprint("api_arrangements", __name__)

Answered = tuple[int, dict[str, Any]]


class ClosureAnswer(Answer):
    """The closure as it stands."""

    closure: dict[str, Any]


class IncidentAnswer(Answer):
    """The incident as it stands."""

    incident: dict[str, Any]


class LeaveAnswer(Answer):
    """The leave as it stands."""

    leave: dict[str, Any]


class MovedAnswer(Answer):
    """How many people wait elsewhere now."""

    moved: int


class EvacuationAnswer(Answer):
    """Whether the hall is being evacuated."""

    evacuation: bool


@endpoint(
    blueprint,
    "POST",
    "/closures",
    who=auth.DESK_AND_LEADS,
    form=FileClosure,
    answer=ClosureAnswer,
    status=201,
    refusals=("not_found", "invalid"),
)
def file_closure(asked: Asked[FileClosure]) -> Answered:
    """File a closure with reason, period and where the staff go; a lead's or manager's own is approved with it."""
    form = asked.form
    begins = form.begins_at or asked.hall.clock.now()
    filing = Filing(form.window, begins, form.ends_at, form.reason, form.staff_to)
    approved = asked.actor.role in auth.LEADS.roles
    return asked.do(
        lambda work: arranging.file_closure(work, filing, approved=approved),
        lambda work, closure: {"closure": arrangement_rows.closure_row(work.plan, closure)},
    )


@endpoint(
    blueprint,
    "POST",
    "/closures/<string:closure>/approve",
    who=auth.LEADS,
    answer=ClosureAnswer,
    refusals=("not_found", "wrong_state"),
)
def approve_closure(asked: Asked[Empty], closure: str) -> Answered:
    """The centre agrees to a filed closure."""
    return asked.do(
        lambda work: arranging.approve_closure(work, closure),
        lambda work, found: {"closure": arrangement_rows.closure_row(work.plan, found)},
    )


@endpoint(
    blueprint,
    "POST",
    "/closures/<string:closure>/withdraw",
    who=auth.LEADS,
    answer=ClosureAnswer,
    refusals=("not_found", "wrong_state"),
)
def withdraw_closure(asked: Asked[Empty], closure: str) -> Answered:
    """A closure will not take place, or ends now."""
    return asked.do(
        lambda work: arranging.withdraw_closure(work, closure),
        lambda work, found: {"closure": arrangement_rows.closure_row(work.plan, found)},
    )


@endpoint(
    blueprint,
    "POST",
    "/incidents",
    who=auth.STAFF_AND_DEVICES,
    form=ReportIncident,
    answer=IncidentAnswer,
    status=201,
    refusals=("invalid",),
    while_locked=True,
)
def report_incident(asked: Asked[ReportIncident]) -> Answered:
    """Report an incident, a fault or a call for help; those concerned are told at once, with the place."""
    form = asked.form
    return asked.do(
        lambda work: arranging.report_incident(work, form.type, form.place, form.note),
        lambda work, found: {"incident": arrangement_rows.incident_row(work.plan, found)},
    )


@endpoint(
    blueprint,
    "POST",
    "/incidents/<string:incident>/take",
    who=auth.STAFF,
    answer=IncidentAnswer,
    refusals=("not_found", "wrong_state"),
)
def take_incident(asked: Asked[Empty], incident: str) -> Answered:
    """Look after an incident."""
    return asked.do(
        lambda work: arranging.take_incident(work, incident),
        lambda work, found: {"incident": arrangement_rows.incident_row(work.plan, found)},
    )


@endpoint(
    blueprint,
    "POST",
    "/incidents/<string:incident>/close",
    who=auth.STAFF,
    form=CloseIncident,
    answer=IncidentAnswer,
    refusals=("not_found", "wrong_state"),
)
def close_incident(asked: Asked[CloseIncident], incident: str) -> Answered:
    """An incident is over; what was done is kept with it."""
    return asked.do(
        lambda work: arranging.close_incident(work, incident, asked.form.note),
        lambda work, found: {"incident": arrangement_rows.incident_row(work.plan, found)},
    )


@endpoint(blueprint, "POST", "/evacuation", who=auth.LEADS, form=Evacuation, answer=EvacuationAnswer)
def evacuate(asked: Asked[Evacuation]) -> Answered:
    """Begin or end an evacuation: calls stop, every screen and loudspeaker says so (H.7)."""
    return asked.do(
        lambda work: arranging.evacuate(work, on=asked.form.on),
        lambda work, _: {"evacuation": work.draft.day.evacuation},
    )


@endpoint(
    blueprint,
    "POST",
    "/leaves",
    who=auth.LEADS,
    form=FileLeave,
    answer=LeaveAnswer,
    status=201,
    refusals=("invalid",),
)
def file_leave(asked: Asked[FileLeave]) -> Answered:
    """File planned leave (3.2.1)."""
    form = asked.form
    return asked.do(
        lambda work: arranging.file_leave(work, form.staff, form.first_day, form.last_day),
        lambda _, leave: {"leave": arrangement_rows.leave_row(leave)},
    )


@endpoint(
    blueprint,
    "POST",
    "/leaves/<string:leave>/withdraw",
    who=auth.LEADS,
    answer=LeaveAnswer,
    refusals=("not_found",),
)
def withdraw_leave(asked: Asked[Empty], leave: str) -> Answered:
    """A leave will not be taken."""
    return asked.do(
        lambda work: arranging.withdraw_leave(work, leave),
        lambda _, found: {"leave": arrangement_rows.leave_row(found)},
    )


@endpoint(
    blueprint,
    "POST",
    "/put-first",
    who=auth.LEADS,
    form=PutFirst,
    answer=TicketAnswer,
    refusals=("not_found", "wrong_state"),
)
def put_first(asked: Asked[PutFirst]) -> Answered:
    """Put a waiting number first (置顶), with a reason that the ledger of overrides keeps (3.2.6)."""
    form = asked.form
    return asked.do(
        lambda work: calling.put_first(work, form.number, form.reason),
        lambda work, ticket: queries.ticket_body(asked.hall, work, ticket),
    )


@endpoint(
    blueprint,
    "POST",
    "/queues/<string:queue>/move",
    who=auth.LEADS,
    form=MoveQueue,
    answer=MovedAnswer,
    refusals=("invalid",),
)
def move_queue(asked: Asked[MoveQueue], queue: str) -> Answered:
    """Let everybody who waits in a queue wait in another, because nobody serves it any more."""
    form = asked.form
    return asked.do(
        lambda work: arranging.move_queue(work, queue, form.to, form.reason), lambda _, moved: {"moved": moved}
    )
