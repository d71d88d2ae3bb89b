"""A clerk's own figures of the day, as the desk shows them (C11)."""

from __future__ import annotations

from typing import Any

from server.domain.floor import Floor
from server.domain.tickets import DONE, MISSED, Ticket


def of_clerk(floor: Floor, clerk: str) -> dict[str, Any]:
    """Visits done and missed, average minutes of service, pauses and their minutes."""
    mine = list(floor.tickets_of_clerk(clerk))
    done = [ticket for ticket in mine if ticket.state == DONE]
    pauses = [pause for pause in floor.pauses.values() if pause.clerk == clerk and pause.ended_at is not None]
    away = sum((pause.ended_at - pause.began_at).total_seconds() for pause in pauses if pause.ended_at)
    return {
        "done": len(done),
        "average_minutes": round(sum(map(_service_minutes, done)) / len(done), 1) if done else None,
        "pauses": len(pauses),
        "pause_minutes": round(away / 60),
        "missed": sum(1 for ticket in mine if ticket.state == MISSED),
    }


def _service_minutes(ticket: Ticket) -> float:
    if ticket.finished_at is None or ticket.started_at is None:
        return 0.0
    return (ticket.finished_at - ticket.started_at).total_seconds() / 60
