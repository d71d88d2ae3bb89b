"""Signing in and out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, after_this_request, request
from werkzeug.wrappers import Response

from server.domain.errors import Refused
from server.services.access import SESSION_SECONDS, SignedIn
from server.services.hall import Hall
from server.services.times import local_iso
from server.transports.answers import SessionAnswer
from server.transports.auth import ANYBODY, COOKIE, STAFF, actor_of, signed_in_staff
from server.transports.endpoint import Asked, endpoint, house
from server.transports.forms import Empty, SignIn

blueprint = Blueprint("api_session", __name__)


@endpoint(
    blueprint,
    "POST",
    "/session",
    who=ANYBODY,
    form=SignIn,
    answer=SessionAnswer,
    refusals=("bad_credentials", "account_locked"),
)
def sign_in(asked: Asked[SignIn]) -> tuple[int, dict[str, Any]]:
    """Sign in with staff number and password; sets the session cookie and gives the CSRF token."""
    signed_in = house().access.sign_in(asked.form.staff, asked.form.password)
    _set_cookie(signed_in.secret)
    return 200, _answer(asked.hall, signed_in)


@endpoint(blueprint, "GET", "/session", who=STAFF, answer=SessionAnswer)
def show_session(asked: Asked[Empty]) -> tuple[int, dict[str, Any]]:
    """Who is signed in, with the CSRF token for this session."""
    return 200, _answer(asked.hall, signed_in_staff(house().access))


@endpoint(blueprint, "DELETE", "/session", who=ANYBODY, status=204)
def sign_out(asked: Asked[Empty]) -> tuple[int, None]:
    """Sign out; without a session nothing happens."""
    secret = request.cookies.get(COOKIE)
    if secret:
        _require_csrf_of(secret)
        house().access.sign_out(secret)
    _set_cookie("")
    return 204, None


def hand_over_session(signed_in: SignedIn) -> None:
    """The console is another clerk's from now on: the old session ends with this answer."""
    secret = request.cookies.get(COOKIE)
    if secret:
        house().access.sign_out(secret)
    _set_cookie(signed_in.secret)


def _require_csrf_of(secret: str) -> None:
    """Only the page of this session may end it; a session that is over needs no guard."""
    access = house().access
    try:
        signed_in = access.session(secret)
    except Refused:
        return
    if request.headers.get("X-CSRF-Token") != signed_in.session.csrf:
        raise Refused("csrf")


def _set_cookie(secret: str) -> None:
    age = SESSION_SECONDS if secret else 0

    @after_this_request
    def put(response: Response) -> Response:
        response.set_cookie(
            COOKIE, secret, max_age=age, httponly=True, samesite="Strict", secure=request.is_secure, path="/"
        )
        return response


def _answer(hall: Hall, signed_in: SignedIn) -> dict[str, Any]:
    actor = actor_of(signed_in, hall.plan)
    floor = hall.storage.floor
    return {
        "csrf": signed_in.session.csrf,
        "staff": actor.id,
        "role": actor.role,
        "zone": actor.zone,
        "window": next((w.number for w in floor.windows.values() if w.clerk == actor.id), None),
        "expires_at": local_iso(hall.plan, datetime.fromtimestamp(signed_in.session.expires_at, UTC)),
    }
