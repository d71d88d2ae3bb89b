"""Is it alive, is it ready, and its figures for Prometheus."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from server.domain.tickets import STATES
from server.transports.endpoint import house, json_response

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """The process answers."""
    return json_response({"status": "ok"})


@blueprint.get("/health/ready")
def ready() -> Response:
    """The hall can be used: its database answers."""
    hall = house().hall
    well = hall.storage.ready()
    body: dict[str, Any] = {"status": "ready" if well else "not_ready", "hall": hall.plan.code, "seq": hall.board.seq}
    return json_response(body, 200 if well else 503)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures of the hall for Prometheus; no person and no number in them."""
    hall = house().hall
    registry = CollectorRegistry()
    tickets = Gauge("paihao_tickets", "Tickets of the business day by state", ["state"], registry=registry)
    counts = dict.fromkeys(STATES, 0)
    for ticket in hall.storage.floor.all_tickets():
        counts[ticket.state] += 1
    for state, count in counts.items():
        tickets.labels(state).set(count)
    windows = Gauge("paihao_windows", "Windows by state", ["state"], registry=registry)
    for state in ("closed", "open", "calling", "serving", "paused"):
        staffed = (hall.storage.floor.window(window.number).state for window in hall.plan.windows)
        windows.labels(state).set(sum(1 for found in staffed if found == state))
    Gauge("paihao_journal_seq", "Entries in the journal", registry=registry).set(hall.storage.floor.seq)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
