"""When it will be somebody's turn, as the kiosk's page tells it too: a range, now, or honestly not known yet."""

from datetime import datetime, timedelta
from typing import Any

from kiosk.slip_phrases import Phrases

Answer = dict[str, Any]  # a part of an answer of the server, as JSON gave it

NOW_MINUTES = 5  # with nobody ahead, up to this is told as no waiting at all
WITHIN_MINUTES = 10  # up to this, the most that it can be says enough
AT_TAKING = timedelta(minutes=2)
LONG_MINUTES = 120  # from here on in half hours


def turn(ticket: Answer, phrases: Phrases) -> str:
    """The range of the clock in which the turn is expected, or honestly that it is now, or not known yet.

    The estimate counts from the moment it was made, which for a reprint is not the moment of taking.
    """
    span = _span(ticket)
    if span is None:
        return phrases.time_open
    if _is_now(ticket, span):
        return phrases.no_wait
    made = _made_at(ticket)
    low, high = (f"{made + timedelta(minutes=minutes):%H:%M}" for minutes in span)
    return low if low == high else f"{low}–{high}"


def _made_at(ticket: Answer) -> datetime:
    """When the estimate was made: the likely start less the likely wait; just after the taking, the taking itself."""
    issued, estimate = datetime.fromisoformat(ticket["issued_at"]), ticket["estimate"]
    if not estimate.get("start_at") or estimate.get("likely_minutes") is None:
        return issued
    made = datetime.fromisoformat(estimate["start_at"]) - timedelta(minutes=estimate["likely_minutes"])
    return issued if abs(made - issued) < AT_TAKING else made


def wait(ticket: Answer, phrases: Phrases) -> str:
    """The same as a length of time, in the words and steps of the kiosk's page (`waits.js`)."""
    span = _span(ticket)
    if span is None:
        closed = (ticket.get("estimate") or {}).get("unknown") == "no_open_window"
        return phrases.no_window if closed else ""
    low, high = span
    if _is_now(ticket, span):
        return ""
    if high <= WITHIN_MINUTES:
        return phrases.minutes_within.format(high=high)
    if high >= LONG_MINUTES:
        return phrases.hours.format(range=_range(low // 30 / 2, -(-high // 30) / 2))
    return phrases.minutes.format(range=_range(low, high))


def _span(ticket: Answer) -> tuple[int, int] | None:
    """The least and the most minutes to wait; None while the server does not know."""
    estimate = ticket.get("estimate") or {}
    low, high = estimate.get("low_minutes"), estimate.get("high_minutes")
    return None if low is None or high is None else (low, high)


def _is_now(ticket: Answer, span: tuple[int, int]) -> bool:
    return ticket.get("ahead") == 0 and span[1] <= NOW_MINUTES


def _range(low: float, high: float) -> str:
    return f"{high:g}" if low == high else f"{low:g}–{high:g}"
