"""One place turns a refusal into HTTP: always the same envelope, always a code, both languages."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from server.domain.errors import REFUSALS, Kind, Refused

log = logging.getLogger(__name__)

STATUS: dict[Kind, int] = {
    "malformed": 400,
    "identity": 401,
    "permission": 403,
    "missing": 404,
    "rule": 409,
    "gone": 410,
    "value": 422,
    "too_many": 429,
    "unavailable": 500,
}

_OF_STATUS = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "malformed", 415: "malformed"}


def envelope(refused: Refused) -> dict[str, Any]:
    """The body of a refusal: code, sentences, and the facts that go with it."""
    sentences = {"code": refused.code, "message": refused.message, "message_en": refused.message_en}
    return {"error": {**refused.facts, **sentences}}


def status_of(code: str) -> int:
    """The HTTP status of a refusal code."""
    return 405 if code == "method_not_allowed" else STATUS[REFUSALS[code].kind]


def answer_refused(refused: Refused) -> Response:
    """A refusal as a response."""
    response = jsonify(envelope(refused))
    response.status_code = status_of(refused.code)
    if "wait_seconds" in refused.facts and response.status_code == 429:
        response.headers["Retry-After"] = str(refused.facts["wait_seconds"])
    return response


def register(app: Flask) -> None:
    """Let every error leave as the envelope; pages that do not exist say so as a page would."""
    app.register_error_handler(Refused, answer_refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crash)


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    refused = Refused(_OF_STATUS.get(code, "malformed" if code < 500 else "internal"))
    response = answer_refused(refused)
    response.status_code = code
    if error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _crash(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer_refused(Refused("internal"))
