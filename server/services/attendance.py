"""Who is at which window: sign-on, sign-off, short absences (3.2.2, 3.2.3)."""

from __future__ import annotations

import secrets

from server.domain import windows
from server.domain.events import PauseAcknowledged
from server.domain.windows import WindowState
from server.services.work import Work


def sign_on(work: Work, number: int) -> WindowState:
    """Take up a window (上岗)."""
    window = work.window(number)
    elsewhere = next((w.number for w in work.draft.all_windows() if w.clerk == work.actor.id), None)
    work.record(windows.sign_on(window, work.actor.id, secrets.token_hex(8), elsewhere))
    return work.draft.window(number)


def sign_off(work: Work, number: int) -> WindowState:
    """Leave a window (下岗); refused while a visit is active there."""
    window = work.window(number)
    ticket = work.draft.ticket(window.ticket or "")
    work.record(*windows.sign_off(window, work.actor.id, ticket.number if ticket else None, work.now))
    return work.draft.window(number)


def pause(work: Work, number: int, reason: str, minutes: int | None) -> WindowState:
    """A short absence with its reason; while somebody is served it begins when they are done."""
    rules = work.plan.pause
    why = work.reason(reason, rules.reasons)
    length = minutes if minutes is not None else rules.limit_minutes
    window = work.window(number)
    work.record(windows.pause(window, work.actor.id, why, length, secrets.token_hex(8), work.now, rules))
    return work.draft.window(number)


def begin_pending_pause(work: Work, number: int) -> None:
    """Begin the pause that was asked for during the visit that has just left the window."""
    pause_id = secrets.token_hex(8)
    for event in windows.pause_after_visit(work.draft.window(number), pause_id, work.now, work.plan.pause):
        work.record(event)


def resume(work: Work, number: int) -> WindowState:
    """Back at the window; the password was checked by whoever calls this (4.2.2.5)."""
    work.record(windows.resume(work.window(number), work.actor.id, work.now))
    return work.draft.window(number)


def acknowledge(work: Work, number: int) -> WindowState:
    """The area lead has seen the report of an absence (报备)."""
    window = work.window(number)
    if window.pause is not None and not window.pause_acknowledged:
        work.record(PauseAcknowledged(window.pause, number))
    return work.draft.window(number)
