"""Ledgers as rows: who was at which window, who was away, what was closed, checked, reported, overridden.

Clauses 3.2.2 to 3.2.4, 4.2.1.2, 4.2.2.6, 3.2.6. Words that people wrote are looked up in the notes and are gone when
those are erased; the rows stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from server.domain.attendance import Pause
from server.domain.events import WALK_IN, Reason
from server.domain.journal import Entry
from server.domain.plan import HallPlan
from server.domain.windows import overrun_seconds
from server.services import punctuality
from server.services.arrangement_rows import closure_row, incident_row
from server.services.ports import Storage
from server.services.times import local_iso, local_iso_or_none

Row = dict[str, Any]


def attendance(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Every sign-on, with how early or late it was; `to` is None while it lasts (3.2.2)."""
    return [
        {
            "business_day": session.business_day.isoformat(),
            "window": session.window,
            "clerk": session.clerk,
            "from": local_iso(plan, session.began_at),
            "to": local_iso_or_none(plan, session.ended_at),
            "ended_by_clock": session.ended_by_clock,
            **punctuality.of_sign_on(plan, session),
        }
        for session in storage.sign_ons_between(first, last)
    ]


def empty(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """空岗: when a planned window had nobody signed on (3.2.2); `to` is None while it lasts."""
    sessions = storage.sign_ons_between(first, last)
    closed = storage.closures_between(date.min, last)
    return [
        {
            "business_day": gap.business_day.isoformat(),
            "window": gap.window,
            "clerk": plan.window_by_number[gap.window].default_staff,
            "from": local_iso(plan, gap.begins_at),
            "to": None if gap.ends_at >= now else local_iso(plan, gap.ends_at),
            "minutes": round((min(gap.ends_at, now) - gap.begins_at).total_seconds() / 60),
        }
        for gap in punctuality.empty_windows(plan, sessions, closed, first, last, now)
    ]


def absence(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Every short absence, entries still running included (3.2.3)."""
    pauses = storage.pauses_between(first, last)
    words = _words(storage, (pause.reason for pause in pauses))
    return [_pause_row(plan, pause, words, now) for pause in pauses]


def _pause_row(plan: HallPlan, pause: Pause, words: dict[str, str], now: datetime) -> Row:
    running = pause.ended_at is None
    return {
        "business_day": pause.business_day.isoformat(),
        "window": pause.window,
        "clerk": pause.clerk,
        "from": local_iso(plan, pause.began_at),
        "to": local_iso_or_none(plan, pause.ended_at),
        "reason": _told(pause.reason, words),
        "until": local_iso(plan, pause.until),
        "reported_at": local_iso(plan, pause.began_at),
        "acknowledged_at": local_iso_or_none(plan, pause.acknowledged_at),
        "warned_at": local_iso_or_none(plan, pause.warned_at),
        "escalated_at": local_iso_or_none(plan, pause.escalated_at),
        "overrun_seconds": overrun_seconds(pause.limit_at, now) if running else pause.overrun_seconds,
    }


def closures(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Every closure that was filed (3.2.4)."""
    found = storage.closures_between(first, last)
    words = _words(storage, (reason for closure in found for reason in (closure.reason, closure.staff_to)))
    return [
        {
            "business_day": closure.business_day.isoformat(),
            **closure_row(plan, closure),
            "reason": _told(closure.reason, words),
            "staff_to": _told(closure.staff_to, words),
        }
        for closure in found
    ]


def incidents(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Every incident, fault and call for help (4.2.2.6, 5.2.5)."""
    found = storage.incidents_between(first, last)
    words = storage.notes(note for one in found for note in (one.note, one.closing_note) if note)
    return [
        {
            "business_day": one.business_day.isoformat(),
            **incident_row(plan, one),
            "note": words.get(one.note or ""),
            "closing_note": words.get(one.closing_note or ""),
        }
        for one in found
    ]


def self_checks(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """The morning checks of the windows' equipment (4.2.1.2 a)."""
    rows = []
    for entry in storage.entries_between(first, last, ["SelfChecked"]):
        event: Any = entry.event
        results = dict(result.split(":", 1) for result in event.results)
        head = {"window": event.at_window, "clerk": event.clerk, "at": local_iso(plan, entry.at)}
        faults = "、".join(device for device, state in results.items() if state == "fault")
        rows.append({"business_day": entry.business_day.isoformat(), **head, "faults": faults, **results})
    return rows


OVERRIDES = ("TicketCalled", "TicketPutFirst", "TicketIssued", "TicketMoved", "WindowLent")


def overrides(plan: HallPlan, storage: Storage, first: date, last: date, now: datetime) -> list[Row]:
    """Everything that let somebody go before others: called on purpose, put first, priority, moved (3.2.6)."""
    entries = [
        (entry, found)
        for entry in storage.entries_between(first, last, OVERRIDES)
        if (found := _override(entry)) is not None
    ]
    words = _words(storage, (reason for _, (_, reason, _) in entries if reason))
    numbers = storage.numbers_of({ticket for _, (_, _, ticket) in entries if ticket})
    return [
        {
            "business_day": entry.business_day.isoformat(),
            "at": local_iso(plan, entry.at),
            "kind": kind,
            "number": numbers.get(ticket or ""),
            "window": getattr(entry.event, "window", None),
            "by": entry.actor,
            "reason": _told(reason, words) if reason else None,
        }
        for entry, (kind, reason, ticket) in entries
    ]


def _override(entry: Entry) -> tuple[str, Reason | None, str | None] | None:
    """What kind of override an entry is, why, and for whom; None when it is none."""
    event: Any = entry.event
    if entry.kind == "TicketCalled":
        kind = "walk_in" if event.chosen == WALK_IN else "called_on_purpose"
        return (kind, event.chosen, event.ticket) if event.chosen else None
    if entry.kind == "TicketIssued":
        return ("priority", Reason(event.priority_group), event.ticket) if event.priority_group else None
    if entry.kind == "WindowLent":
        return "lent", Reason(event.queue or "—"), None
    return ("put_first" if entry.kind == "TicketPutFirst" else "moved"), event.reason, event.ticket


def _words(storage: Storage, reasons: Iterable[Reason]) -> dict[str, str]:
    return storage.notes(reason.note for reason in reasons if reason.note)


def _told(reason: Reason, words: dict[str, str]) -> str:
    """People's own words while they are kept, else the reason's code."""
    return words.get(reason.note or "", reason.code)


Ledger = Callable[[HallPlan, Storage, date, date, datetime], list[Row]]

LEDGERS: dict[str, Ledger] = {
    "attendance": attendance,
    "empty": empty,
    "absence": absence,
    "closures": closures,
    "incidents": incidents,
    "self-checks": self_checks,
    "overrides": overrides,
}
