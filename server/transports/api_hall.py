"""What a page reads: the hall, its picture, the news; and what a device tells of itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request, send_file

from server.domain.errors import Refused
from server.services import queries
from server.services.board import AUDIENCE_OF_VIEW
from server.transports import auth
from server.transports.answers import BeatAnswer, DeviceAnswer, HallAnswer, NewsAnswer, Picture
from server.transports.endpoint import Asked, endpoint, house
from server.transports.forms import DeviceBeat, Empty

blueprint = Blueprint("api_hall", __name__)

VIEW = {
    "view": {
        "in": "query",
        "schema": {"type": "string", "enum": list(AUDIENCE_OF_VIEW), "default": "public"},
        "description": "public and display are for everybody; caller and manager for staff; kiosk for devices",
    }
}
AFTER = {"after": {"in": "query", "required": True, "schema": {"type": "integer", "minimum": 0, "maximum": 2**53}}}


@endpoint(blueprint, "GET", "/hall", who=auth.ANYBODY, answer=HallAnswer)
def show_hall(asked: Asked[Empty]) -> tuple[int, dict[str, Any]]:
    """Names, zones, queues, items, windows, hours and the rules people see."""
    return 200, queries.hall_answer(asked.hall)


@endpoint(blueprint, "GET", "/picture", who=auth.ANYBODY, answer=Picture, query=VIEW, refusals=("not_allowed",))
def show_picture(asked: Asked[Empty]) -> tuple[int, dict[str, Any]]:
    """The hall as it stands, for one kind of page."""
    return 200, queries.picture(asked.hall, allowed_view())


@endpoint(
    blueprint,
    "GET",
    "/news",
    who=auth.ANYBODY,
    answer=NewsAnswer,
    query={**VIEW, **AFTER},
    refusals=("not_allowed", "too_far_back"),
)
def show_news(asked: Asked[Empty]) -> tuple[int, dict[str, Any]]:
    """The news behind a sequence number, or 410 when the picture must be fetched again."""
    text = request.args.get("after", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 16:
        raise Refused("invalid", field="after", reason="应为序号", reason_en="it must be a sequence number")
    news = asked.hall.board.news_after(allowed_view(), int(text))
    if news is None:
        raise Refused("too_far_back")
    return 200, {"news": news}


def allowed_view() -> str:
    """The view that the caller asked for, if they may see it."""
    view = request.args.get("view", "public")
    if view not in AUDIENCE_OF_VIEW:
        names = "、".join(AUDIENCE_OF_VIEW)
        raise Refused("invalid", field="view", reason=f"只能是 {names}", reason_en=f"it must be one of {names}")
    who = {"caller": auth.STAFF, "manager": auth.WATCHERS, "kiosk": auth.ISSUERS}.get(view)
    if who is not None:
        reached = house()
        auth.identify(reached.access, reached.hall.plan, who, writes=False)
    return view


@endpoint(blueprint, "GET", "/device", who=auth.DEVICES, answer=DeviceAnswer)
def show_device(asked: Asked[Empty]) -> tuple[int, dict[str, Any]]:
    """Which device this key belongs to."""
    plan = asked.hall.plan
    place = plan.kiosk_by_id.get(asked.actor.id) or plan.screen_by_id.get(asked.actor.id)
    return 200, {"id": asked.actor.id, "kind": asked.actor.role, "zone": place.zone if place else None}


@endpoint(blueprint, "POST", "/device/beat", who=auth.DEVICES, form=DeviceBeat, answer=BeatAnswer)
def beat(asked: Asked[DeviceBeat]) -> tuple[int, dict[str, Any]]:
    """A device tells that it lives and how its printer is; it gets the hall's time."""
    hall = asked.hall
    asked.hall.beats.note(asked.actor.id, asked.form.printer, asked.form.paper_left)
    return 200, {"now": hall.clock.now().astimezone(hall.plan.zone_info).isoformat(), "speed": hall.clock.speed}


audio = Blueprint("audio", __name__)


@audio.get("/audio/<string:digest>.wav")
def sound(digest: str) -> Response:
    """A finished announcement; its name is its content, so it may be kept for ever."""
    path = current_app.extensions["paihao.voice"].path_of(digest)
    if path is None:
        raise Refused("not_found")
    response = send_file(path, mimetype="audio/wav", max_age=31_536_000)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
