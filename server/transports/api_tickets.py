"""Taking a number, and what its holder may do with it. The secret link is the authority (DESIGN §7)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server.domain.errors import Refused
from server.services import identity, issuing, queries, ticketing
from server.services.issuing import Wish
from server.services.work import Actor
from server.transports import auth
from server.transports.answers import TicketAnswer, TicketPage
from server.transports.endpoint import Asked, endpoint, house
from server.transports.forms import Cancel, Choice, Empty, IssueTicket, PrintReport
from server.transports.limits import limit_anonymous

blueprint = Blueprint("api_tickets", __name__)

_CHANNELS = {"device": "kiosk", "guide": "guide"}


@endpoint(
    blueprint,
    "POST",
    "/tickets",
    who=auth.ISSUERS,
    form=IssueTicket,
    answer=TicketAnswer,
    status=201,
    refusals=("closed", "quota_reached", "already_waiting", "after_hours_choice", "no_open_window", "evacuation"),
)
def issue(asked: Asked[IssueTicket]) -> tuple[int, dict[str, Any]]:
    """Take a number. The same request id gives the same ticket, never a second."""
    form, hall = asked.form, asked.hall
    if form.after_hours_choice in {issuing.BOOK, issuing.LEAVE}:
        raise Refused(
            "invalid",
            field="after_hours_choice",
            reason="改为预约或放弃时不取号",
            reason_en="to book or to leave, do not take a number",
        )
    wish = Wish(
        queue=form.queue,
        item=form.item,
        items=tuple(form.items),
        channel=form.channel or _channel_of(asked.actor),
        priority_group=form.priority_group,
        identity=identity.keyed_hash(hall, form.identity),
        after_hours_choice=form.after_hours_choice,
        paperless=form.print == "none",
    )
    return asked.do(
        lambda work: issuing.issue(work, wish), lambda work, ticket: queries.ticket_body(hall, work, ticket)
    )


def _channel_of(actor: Actor) -> str:
    return _CHANNELS.get(actor.kind) or _CHANNELS.get(actor.role) or "clerk"


@endpoint(blueprint, "GET", "/tickets/<string:token>", who=auth.ANYBODY, answer=TicketPage, refusals=("not_found",))
def show(asked: Asked[Empty], token: str) -> tuple[int, dict[str, Any]]:
    """What the page of a ticket shows."""
    now = asked.hall.clock.now()
    return 200, queries.ticket_page(asked.hall, queries.find_ticket(asked.hall, token, now), now)


@endpoint(
    blueprint,
    "POST",
    "/tickets/<string:token>/cancel",
    who=auth.ANYBODY,
    form=Cancel,
    answer=TicketAnswer,
    refusals=("not_found", "wrong_state"),
)
def cancel(asked: Asked[Cancel], token: str) -> tuple[int, dict[str, Any]]:
    """Give the number up."""
    return _by_holder(asked, token, lambda work: ticketing.cancel(work, token, asked.form.reason))


@endpoint(
    blueprint,
    "POST",
    "/tickets/<string:token>/return",
    who=auth.ANYBODY,
    answer=TicketAnswer,
    refusals=("not_found", "wrong_state", "return_not_allowed", "return_too_late"),
)
def return_to_line(asked: Asked[Empty], token: str) -> tuple[int, dict[str, Any]]:
    """Come back after a miss, within the time."""
    return _by_holder(asked, token, lambda work: ticketing.return_to_line(work, token))


@endpoint(
    blueprint,
    "POST",
    "/tickets/<string:token>/print",
    who=auth.ANYBODY,
    form=PrintReport,
    answer=TicketAnswer,
    refusals=("not_found",),
)
def report_print(asked: Asked[PrintReport], token: str) -> tuple[int, dict[str, Any]]:
    """The kiosk tells whether the slip is on paper."""
    form = asked.form
    problem = (form.problem or "unknown") if form.result == "failed" else None
    return _by_holder(asked, token, lambda work: ticketing.report_print(work, token, problem))


@endpoint(
    blueprint,
    "POST",
    "/tickets/<string:token>/reprint",
    who=auth.ANYBODY,
    answer=TicketAnswer,
    refusals=("not_found", "wrong_state"),
)
def reprint(asked: Asked[Empty], token: str) -> tuple[int, dict[str, Any]]:
    """The same number once more on paper."""
    return _by_holder(asked, token, lambda work: ticketing.reprint(work, token))


@endpoint(
    blueprint,
    "POST",
    "/tickets/<string:token>/choice",
    who=auth.ANYBODY,
    form=Choice,
    answer=TicketAnswer,
    refusals=("not_found", "wrong_state"),
)
def choose(asked: Asked[Choice], token: str) -> tuple[int, dict[str, Any]]:
    """The citizen's own choice near closing (4.3.4.2)."""
    return _by_holder(asked, token, lambda work: ticketing.choose_after_hours(work, token, asked.form.choice))


@endpoint(
    blueprint,
    "POST",
    "/tickets/<string:token>/on-my-way",
    who=auth.ANYBODY,
    answer=TicketAnswer,
    refusals=("not_found", "wrong_state"),
)
def on_the_way(asked: Asked[Empty], token: str) -> tuple[int, dict[str, Any]]:
    """The citizen says that they are coming."""
    return _by_holder(asked, token, lambda work: ticketing.on_the_way(work, token))


def _by_holder(asked: Asked[Any], token: str, use_case: Any) -> tuple[int, dict[str, Any]]:
    """A command by whoever has the link: in the journal the ticket itself is the actor."""
    if not auth.is_known(house().access):
        limit_anonymous(asked.actor.id)
    hall = asked.hall
    ticket = queries.find_ticket(hall, token, hall.clock.now())
    holder = Asked(hall, Actor("ticket", ticket.id), asked.form, asked.raw, asked.status)
    return holder.do(use_case, lambda work, changed: queries.ticket_body(hall, work, changed))


codes = Blueprint("codes", __name__)


@codes.get("/api/v1/qr/<string:token>.svg")
def code(token: str) -> Response:
    """The QR code of a ticket's page."""
    hall = house().hall
    ticket = queries.find_ticket(hall, token, hall.clock.now())
    draw = house().draw_code
    response = Response(draw(f"{hall.public_url}/t/{ticket.token}"), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
