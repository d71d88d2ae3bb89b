"""Ledgers as JSON and CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from flask import Blueprint, Response, request

from server.domain import hours
from server.domain.errors import Refused
from server.services.ledgers import LEDGERS
from server.transports import auth
from server.transports.answers import LedgerAnswer
from server.transports.endpoint import Asked, endpoint, house
from server.transports.forms import Empty

blueprint = Blueprint("api_ledgers", __name__)

PERIOD = {
    name: {
        "in": "query",
        "schema": {"type": "string", "format": "date"},
        "description": "business day; today if absent",
    }
    for name in ("from", "to")
}


@endpoint(blueprint, "GET", "/ledgers/<string:name>", who=auth.WATCHERS, answer=LedgerAnswer, query=PERIOD)
def show_ledger(asked: Asked[Empty], name: str) -> tuple[int, dict[str, Any]]:
    """A ledger of some business days: attendance or absence."""
    rows = _rows(name)
    return 200, {"rows": rows, "total": len(rows)}


files = Blueprint("ledger_files", __name__)


@files.get("/api/v1/ledgers/<string:name>.csv")
def ledger_csv(name: str) -> Response:
    """The same as a table for a spreadsheet, with a byte order mark so that Excel reads it as UTF-8."""
    reached = house()
    auth.identify(reached.access, reached.hall.plan, auth.WATCHERS, writes=False)
    rows = _rows(name)
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    response = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula is shown as text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"} else value


def _rows(name: str) -> list[dict[str, Any]]:
    if name not in LEDGERS:
        raise Refused("not_found")
    hall = house().hall
    now = hall.clock.now()
    today = hours.business_date(hall.plan, now)
    first, last = _day("from", today), _day("to", today)
    return LEDGERS[name](hall.plan, hall.storage, first, last, now)


def _day(field: str, default: date) -> date:
    text = request.args.get(field)
    if text is None:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("invalid", field=field, reason="应为日期，如 2026-11-24", reason_en="give a date") from error
