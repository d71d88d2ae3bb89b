"""Who is at which window: sign-on, sign-off, short absences (3.2.2, 3.2.3)."""

from __future__ import annotations

import secrets

from server.domain import ticket_verbs, windows
from server.domain.errors import Refused
from server.domain.events import PauseAcknowledged, Reason, ReliefAsked, SelfChecked, WindowLent, WindowSuspended
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


def pause(work: Work, number: int, reason: str, minutes: int | None, relief: str | None = None) -> WindowState:
    """A short absence with its reason; while somebody is served it begins when they are done."""
    rules = work.plan.pause
    why = work.reason(reason, rules.reasons)
    length = minutes if minutes is not None else rules.limit_minutes
    window = work.window(number)
    work.record(windows.pause(window, work.actor.id, why, length, secrets.token_hex(8), work.now, rules))
    if relief is not None:
        return ask_relief(work, number, relief)
    return work.draft.window(number)


def withdraw_pause(work: Work, number: int) -> WindowState:
    """The pause asked for during this visit will not begin after all."""
    work.record(windows.withdraw_pause(work.window(number), work.actor.id))
    return work.draft.window(number)


def begin_pending_pause(work: Work, number: int) -> None:
    """Begin the pause that was asked for during the visit that has just left the window."""
    pause_id = secrets.token_hex(8)
    for event in windows.pause_after_visit(work.draft.window(number), pause_id, work.now, work.plan.pause):
        work.record(event)


def relieve(work: Work, number: int, clerk: str) -> WindowState:
    """Another clerk, whose password was checked, takes over; the window stays open (补岗, 3.2.3)."""
    window = work.window(number)
    elsewhere = next((w.number for w in work.draft.all_windows() if w.clerk == clerk), None)
    work.record(*windows.relieve(window, clerk, secrets.token_hex(8), elsewhere, work.now))
    return work.draft.window(number)


def ask_relief(work: Work, number: int, staff: str) -> WindowState:
    """A lead or the manager sends somebody; the desk and the board show whom."""
    window = work.window(number)
    person = work.plan.staff_by_id.get(staff)
    if person is None or not person.active:
        raise Refused("invalid", field="staff", reason="没有这位工作人员", reason_en="there is nobody of that number")
    if window.clerk is None:
        raise Refused("not_signed_on", window=number)
    work.record(ReliefAsked(number, staff))
    return work.draft.window(number)


def suspend(work: Work, staff: str) -> None:
    """A leaver's window shows 暂停服务 at once; the visit there goes back to its queue with its place (3.2.5)."""
    for window in list(work.draft.all_windows()):
        if window.clerk == staff and window.sign_on is not None:
            if window.ticket is not None:
                work.record(ticket_verbs.give_back(work.ticket(window.ticket), Reason("窗口人员离岗")))
            if window.pause is not None:
                work.record(windows.resume(work.draft.window(window.number), staff, work.now))
            work.record(WindowSuspended(window.number, window.sign_on, staff))


def lend(work: Work, number: int, queue: str | None) -> WindowState:
    """Let a window also serve another queue, or only its own again (潮汐窗口, C14)."""
    window = work.window(number)
    if queue is not None and queue not in work.plan.queue_by_prefix:
        raise Refused("invalid", field="queue", reason="没有这个队列", reason_en="there is no such queue")
    if queue is None or queue not in (*work.window_plan(number).primary, *window.lent):
        work.record(WindowLent(number, queue, window.clerk or ""))
    return work.draft.window(number)


def self_check(work: Work, number: int, results: dict[str, str]) -> WindowState:
    """File the morning check of a window's equipment (4.2.1.2 a)."""
    windows.require_clerk(work.window(number), work.actor.id)
    found = tuple(f"{device}:{state}" for device, state in sorted(results.items()))
    work.record(SelfChecked(number, work.actor.id, found))
    return work.draft.window(number)


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
