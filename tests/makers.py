"""Tickets, windows, entries and events as values, for tests of single rules."""

from __future__ import annotations

import typing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from server.domain import canonical
from server.domain.events import EVENTS, Event, Promise, Reason
from server.domain.journal import Entry
from server.domain.tickets import CALLED, CANCELLED, DONE, EXPIRED, HELD, MISSED, SERVING, WAITING, Ticket
from server.domain.windows import CALLING, CLOSED, OPEN, PAUSED, Pending, WindowState
from server.domain.windows import SERVING as BUSY

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Ten in the morning on a Tuesday, in the hall's zone."""
TODAY = date(2026, 11, 24)
CLERK = "工号001"
WHY = Reason("其他")


def minutes_ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def waiting(sequence: int = 1, queue: str = "A", **changes: Any) -> Ticket:
    """A ticket in line; the later its sequence, the later it came, a minute each, all before NOW."""
    issued = Ticket(
        id=f"{queue}{sequence}",
        token=f"token-{queue}{sequence}",
        business_day=TODAY,
        queue=queue,
        series=queue,
        sequence=sequence,
        number=f"{queue}{sequence:03d}",
        issued_at=minutes_ago(600 - sequence),
        channel="kiosk",
    )
    return replace(issued, **changes)


_AT_WINDOW = {"window": 1, "clerk": CLERK, "called_at": minutes_ago(5), "last_called_at": minutes_ago(5), "calls": 3}
_SERVED = {**_AT_WINDOW, "started_at": minutes_ago(4)}
_FIELDS: dict[str, dict[str, Any]] = {
    WAITING: {},
    CALLED: _AT_WINDOW,
    SERVING: _SERVED,
    HELD: {**_SERVED, "held_until": NOW},
    MISSED: {**_AT_WINDOW, "missed_at": minutes_ago(1), "times_missed": 1},
    DONE: {**_SERVED, "finished_at": minutes_ago(0.5), "outcome": "受理"},
    CANCELLED: {"finished_at": minutes_ago(1)},
    EXPIRED: {"finished_at": minutes_ago(1)},
}


def ticket_in(state: str, **changes: Any) -> Ticket:
    """A ticket in a state, as it would be at NOW."""
    return waiting(**{**_FIELDS[state], "state": state, **changes})


_ON = {"sign_on": "s1", "clerk": CLERK, "signed_on_at": minutes_ago(60), "since": minutes_ago(2)}
_AWAY = {
    "pause": "p1",
    "pause_reason": WHY,
    "paused_at": minutes_ago(2),
    "pause_until": NOW,
    "pause_limit_at": NOW + timedelta(minutes=13),
}
_WINDOWS: dict[str, dict[str, Any]] = {
    CLOSED: {},
    OPEN: _ON,
    CALLING: {**_ON, "ticket": "A1"},
    BUSY: {**_ON, "ticket": "A1", "serving": True},
    PAUSED: {**_ON, **_AWAY},
}


def window_in(state: str, **changes: Any) -> WindowState:
    """Window 1 in a state; its clerk is CLERK."""
    return WindowState(**{"number": 1, **_WINDOWS[state], **changes})


def entry(event: Event, seq: int = 1, at: datetime = NOW) -> Entry:
    return Entry(seq, at, TODAY, f"staff:{CLERK}", event)


_LATER = NOW + timedelta(minutes=7)
_NAMED: dict[str, Any] = {
    "before": canonical.dump(ticket_in(SERVING)),
    "ticket": "A1",
    "token": "token-A1",
    "queue": "A",
    "window": 1,
    "clerk": CLERK,
    "sign_on": "s1",
    "pause": "p1",
    "closure": "c1",
    "incident": "i1",
    "leave": "l1",
}
_TYPED: dict[Any, Any] = {
    str: "text",
    int: 61,
    bool: True,
    date: TODAY,
    datetime: _LATER,
    Reason: Reason("其他", "note-1"),
    Promise: Promise(4.25, 1.5, 9.0, NOW, _LATER),
    tuple[str, ...]: ("A01", "A02"),
    tuple[int, ...]: (2, 1),
    tuple[float, ...]: (4.0, 1.5, 3.0),
}


def every_event() -> dict[str, Event]:
    """One event of each kind with all its fields filled; they concern ticket A1, window 1, sign-on s1, pause p1
    and so on."""
    return {name: _filled(kind) for name, kind in EVENTS.items()}


def _filled(kind: type[Event]) -> Event:
    hints = typing.get_type_hints(kind)
    return kind(**{name: _NAMED.get(name, _TYPED[_without_none(hint)]) for name, hint in hints.items()})


def _without_none(hint: Any) -> Any:
    kinds = typing.get_args(hint)
    return next(each for each in kinds if each is not type(None)) if type(None) in kinds else hint


PENDING = Pending(CLERK, WHY, 10)
