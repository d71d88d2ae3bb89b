"""Ledgers as rows: who was at which window, who was away, how long and with whose knowledge (3.2.2, 3.2.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from server.domain.attendance import Pause, SignOn
from server.domain.plan import HallPlan
from server.domain.windows import overrun_seconds
from server.services.ports import Storage
from server.services.times import local_iso, local_iso_or_none

Row = dict[str, Any]


def attendance(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Every sign-on of these business days; `to` is None while it lasts."""
    return [_sign_on_row(plan, session) for session in storage.sign_ons_between(first, last)]


def absence(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Every short absence of these business days, entries still running included."""
    pauses = storage.pauses_between(first, last)
    words = storage.notes(pause.reason.note for pause in pauses if pause.reason.note)
    return [_pause_row(plan, pause, words, now) for pause in pauses]


Ledger = Callable[[HallPlan, Storage, date, date, datetime], list[Row]]

LEDGERS: dict[str, Ledger] = {"attendance": attendance, "absence": absence}


def _sign_on_row(plan: HallPlan, session: SignOn) -> Row:
    return {
        "business_day": session.business_day.isoformat(),
        "window": session.window,
        "clerk": session.clerk,
        "from": local_iso(plan, session.began_at),
        "to": local_iso_or_none(plan, session.ended_at),
        "ended_by_clock": session.ended_by_clock,
    }


def _pause_row(plan: HallPlan, pause: Pause, words: dict[str, str], now: datetime) -> Row:
    running = pause.ended_at is None
    return {
        "business_day": pause.business_day.isoformat(),
        "window": pause.window,
        "clerk": pause.clerk,
        "from": local_iso(plan, pause.began_at),
        "to": local_iso_or_none(plan, pause.ended_at),
        "reason": words.get(pause.reason.note or "", pause.reason.code),
        "until": local_iso(plan, pause.until),
        "reported_at": local_iso(plan, pause.began_at),
        "acknowledged_at": local_iso_or_none(plan, pause.acknowledged_at),
        "warned_at": local_iso_or_none(plan, pause.warned_at),
        "escalated_at": local_iso_or_none(plan, pause.escalated_at),
        "overrun_seconds": overrun_seconds(pause.limit_at, now) if running else pause.overrun_seconds,
    }
