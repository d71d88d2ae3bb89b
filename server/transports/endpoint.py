"""Endpoints of the API: what is called, by whom, with what body and answer, declared in one place.

The declaration checks the caller and the body before the use case sees them, and the OpenAPI description is made
from it, so neither can be forgotten or drift.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ValidationError

from server.domain.errors import Refused
from server.services.access import Access
from server.services.hall import Hall, Request, ToBody, UseCase
from server.services.reactions import Reactions
from server.services.work import Actor
from server.transports import auth
from server.transports.forms import Empty, Form, refusal_of

FormT = TypeVar("FormT", bound=Form)

PREFIX = "/api/v1"


@dataclass(frozen=True)
class House:
    """What the transports reach: the hall, who may come in, and who follows the news."""

    hall: Hall
    access: Access
    reactions: Reactions
    draw_code: Callable[[str], str]
    """A text as a QR code in SVG."""


def house() -> House:
    """The house of this application."""
    found: House = current_app.extensions["paihao"]
    return found


@dataclass(frozen=True)
class Asked(Generic[FormT]):
    """One call: who asks, and for what."""

    hall: Hall
    actor: Actor
    form: FormT
    raw: dict[str, Any]
    status: int

    def do(self, use_case: UseCase, to_body: ToBody) -> tuple[int, dict[str, Any]]:
        """Run the use case for this caller; a repeat of the same request id is answered as before."""
        body = {key: value for key, value in self.raw.items() if key not in {"request_id", "password"}}
        asked = Request(self.form.request_id, [request.path, body], self.status)
        return self.hall.do(self.actor, use_case, to_body, asked)


@dataclass(frozen=True)
class Endpoint:
    """One call of the API as declared."""

    method: str
    path: str
    who: auth.Who
    form: type[Form]
    answer: type[BaseModel] | None
    status: int
    refusals: tuple[str, ...]
    while_locked: bool
    summary: str
    query: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def openapi_path(self) -> str:
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.path)


ENDPOINTS: list[Endpoint] = []

View = Callable[..., tuple[int, dict[str, Any] | None]]


def endpoint(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    who: auth.Who,
    form: type[Form] = Empty,
    answer: type[BaseModel] | None = None,
    status: int = 200,
    refusals: tuple[str, ...] = (),
    query: dict[str, dict[str, Any]] | None = None,
    while_locked: bool = False,
) -> Callable[[View], View]:
    """Declare an endpoint; the function gets `Asked` and the path's values and gives (status, body).

    A console that is locked by a pause may use only those that are allowed `while_locked` (4.2.2.5).
    """

    def declare(view: View) -> View:
        summary = (inspect.getdoc(view) or "").split("\n")[0]
        ENDPOINTS.append(
            Endpoint(method, path, who, form, answer, status, refusals, while_locked, summary, query or {})
        )

        @wraps(view)
        def handle(**values: Any) -> Response:
            reached = house()
            _require_hall(reached.hall.plan.code)
            actor = auth.identify(reached.access, reached.hall.plan, who, writes=method != "GET")
            if method != "GET" and not while_locked:
                _require_unlocked(reached.hall, actor)
            raw = _body() if method in {"POST", "PUT", "DELETE"} else {}
            asked = Asked(reached.hall, actor, _form(form, raw), raw, status)
            code, body = view(asked, **values)
            return json_response(body, code)

        blueprint.add_url_rule(path, endpoint=view.__name__, view_func=handle, methods=[method])
        return view

    return declare


def _require_hall(code: str) -> None:
    """`?hall=CODE` names the hall for those who are in several; here there is one."""
    if request.args.get("hall", code) != code:
        raise Refused("not_found")


def _require_unlocked(hall: Hall, actor: Actor) -> None:
    """Pausing locks the console: whoever sits down there meanwhile can do nothing (4.2.2.5)."""
    if actor.kind == "staff" and any(w.clerk == actor.id and w.pause for w in hall.storage.floor.windows.values()):
        raise Refused("locked_console")


def json_response(body: Any, status: int = 200) -> Response:
    """A JSON answer in UTF-8 that nobody caches; one without a body says nothing of its type."""
    text = "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, status, mimetype="application/json")
    if body is None:
        del response.headers["Content-Type"]
    response.headers["Cache-Control"] = "no-store"
    return response


def _body() -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty object."""
    data = request.get_data()
    if not data:
        return {}
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("malformed") from error
    if not isinstance(found, dict):
        raise Refused("malformed")
    return found


def _form(form: type[FormT], raw: dict[str, Any]) -> FormT:
    try:
        return form.model_validate(raw)
    except ValidationError as error:
        raise refusal_of(error) from error
