"""The API's description, made from the declared endpoints: paths, bodies, answers, refusals, who may call."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from flask import Blueprint, Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from server.domain.errors import REFUSALS
from server.transports.answers import Refusal
from server.transports.endpoint import ENDPOINTS, PREFIX, Endpoint, json_response
from server.transports.errors import status_of
from server.transports.forms import Form

blueprint = Blueprint("openapi", __name__)

_REF = "#/components/schemas/{model}"
_ALWAYS = ("malformed", "too_many", "internal", "invalid")
_STAFF = ("not_signed_in", "session_expired", "not_allowed", "unknown_device")
_WRITES = ("csrf", "foreign_origin", "request_id_reused")


@blueprint.get(f"{PREFIX}/openapi.json")
def show() -> Response:
    """The description as JSON."""
    return json_response(description())


@cache
def description() -> dict[str, Any]:
    """The whole description, OpenAPI 3.1."""
    models: set[type[BaseModel]] = {Refusal}
    for one in ENDPOINTS:
        models.add(one.form)
        if one.answer:
            models.add(one.answer)
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, _mode(model)) for model in ordered], ref_template=_REF)
    paths: dict[str, Any] = {}
    for one in ENDPOINTS:
        paths.setdefault(PREFIX + one.openapi_path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Paihao 排号",
            "version": "1",
            "description": "The queues and windows of a service hall. Every refusal has a stable code.",
        },
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": _SCHEMES},
    }


def _mode(model: type[BaseModel]) -> Literal["validation", "serialization"]:
    return "validation" if issubclass(model, Form) else "serialization"


_SCHEMES = {
    "device": {"type": "http", "scheme": "bearer", "description": "an enrolled device's key"},
    "staff": {"type": "apiKey", "in": "cookie", "name": "paihao_session", "description": "set by POST session"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token", "description": "given by POST session"},
}


def _operation(one: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": one.summary,
        "operationId": re.sub(r"\W+", "_", f"{one.method.lower()}{one.path}").strip("_"),
        "description": f"Who may call: {_who(one)}.",
        "parameters": _parameters(one),
        "responses": _responses(one),
        "security": _security(one),
    }
    if one.method == "POST":
        schema = {"$ref": _REF.format(model=one.form.__name__)}
        required = any(field.is_required() for field in one.form.model_fields.values())
        operation["requestBody"] = {"required": required, "content": {"application/json": {"schema": schema}}}
    return operation


def _who(one: Endpoint) -> str:
    callers = ["anybody"] if one.who.anybody else sorted(one.who.roles)
    return ", ".join([*callers, *(f"a {kind}" for kind in sorted(one.who.devices))])


def _security(one: Endpoint) -> list[dict[str, list[str]]]:
    if one.who.anybody:
        return []
    staff: dict[str, list[str]] = {"staff": []} if one.method == "GET" else {"staff": [], "csrf": []}
    ways: list[dict[str, list[str]]] = [staff] if one.who.roles else []
    if one.who.devices:
        ways.append({"device": []})
    return ways


def _parameters(one: Endpoint) -> list[dict[str, Any]]:
    found = []
    for kind, name in re.findall(r"<(\w+):(\w+)>", one.path):
        schema = {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string", "minLength": 1}
        found.append({"name": name, "in": "path", "required": True, "schema": schema})
    return found + [{"name": name, **details} for name, details in one.query.items()]


def _responses(one: Endpoint) -> dict[str, Any]:
    codes = {*_ALWAYS, *one.refusals, *(() if one.who.anybody else _STAFF)}
    if one.method != "GET":
        codes |= set(_WRITES)
        if one.who.roles and not one.while_locked:
            codes.add("locked_console")
    if "<" in one.path:
        codes.add("not_found")
    if any(name == "view" for name in one.query):
        codes |= set(_STAFF)
    by_status: dict[int, list[str]] = {}
    for code in sorted(codes):
        by_status.setdefault(status_of(code), []).append(code)
    answers: dict[str, Any] = {str(one.status): _success(one)}
    for status, names in sorted(by_status.items()):
        told = "; ".join(f"`{name}` {REFUSALS[name].message_en}" for name in names)
        answers[str(status)] = {"description": told, "content": _json(Refusal)}
    return answers


def _success(one: Endpoint) -> dict[str, Any]:
    if one.answer is None:
        return {"description": "done"}
    return {"description": (one.answer.__doc__ or "done").strip().split("\n")[0], "content": _json(one.answer)}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}}
