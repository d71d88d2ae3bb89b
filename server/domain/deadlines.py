"""What time alone makes due: one thing at a time, in the order of importance, safe to ask twice.

Deadlines are stored facts, so nothing is lost while the server is down; each of these events makes itself not due.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from server.domain import closures, duty, events, hours, ticket_verbs, windows
from server.domain.closures import Closure
from server.domain.events import Event, Reason
from server.domain.floor import View
from server.domain.plan import HallPlan, NoShow, PauseRules
from server.domain.tickets import CALLED, HELD, SERVING, WAITING, Ticket
from server.domain.windows import WindowState


def first_due(plan: HallPlan, view: View, now: datetime) -> list[Event]:
    """The events of the first thing that is due; empty when there is time to rest."""
    day = hours.business_date(plan, now)
    if view.day.business_day != day:
        return _new_day(view, day, now)
    phase = phase_now(plan, view, now)
    if phase != events.PhaseChanged(view.day.phase, view.day.phase_until, view.day.issuing):
        return [phase]
    for window in view.all_windows():
        if due := _of_window(window, now, plan.pause):
            return due
    for closure in view.every("closures"):
        if due := _of_closure(closure, view, now):
            return due
    for ticket in view.all_tickets():
        if due := _of_ticket(ticket, view, now, plan):
            return due
    return []


def phase_now(plan: HallPlan, view: View, now: datetime) -> events.PhaseChanged:
    """The phase of the day and until when it lasts, knowing whether people are still here; whether numbers are given.

    At noon those whose queues are served all through do not count: their service is no 延时服务."""
    on_duty = duty.noon_duty_queues(plan, hours.business_date(plan, now)) if hours.is_noon(plan, now) else frozenset()
    left = any(t.state in {WAITING, CALLED, SERVING, HELD} and t.queue not in on_duty for t in view.all_tickets())
    until = hours.phase_until(plan, now, anyone_left=left)
    return events.PhaseChanged(hours.phase(plan, now, anyone_left=left), until, hours.issuing_open(plan, now))


def _new_day(view: View, day: date, now: datetime) -> list[Event]:
    """At the cut whatever is still open ends, clerks are signed off, and the numbers begin anew."""
    due: list[Event] = [
        ticket_verbs.end_forgotten(ticket) if ticket.state == SERVING else ticket_verbs.expire(ticket)
        for ticket in view.all_tickets()
        if ticket.is_open
    ]
    for window in view.all_windows():
        if window.clerk is not None:
            emptied = windows.without_ticket(window)
            due += windows.sign_off(emptied, window.clerk, None, now, by_clock=True)
    return [*due, events.DayBegan(day)]


def _of_window(window: WindowState, now: datetime, rules: PauseRules) -> list[Event]:
    """Before the limit the clerk is warned, at the limit the lead and the manager are told (3.2.3). Never twice."""
    if window.pause is None or window.paused_at is None:
        return []
    if window.overrun(now) and not window.pause_escalated:
        return [events.PauseEscalated(window.pause, window.number)]
    told = window.pause_warned or window.pause_escalated
    if not told and now - window.paused_at >= timedelta(minutes=rules.warn_minutes):
        return [events.PauseWarned(window.pause, window.number)]
    return []


def _of_closure(closure: Closure, view: View, now: datetime) -> list[Event]:
    """A filed closure begins or ends; whoever is signed on when it begins is signed off first."""
    window = view.window(closure.window)
    event = closures.due(closure, window, now)
    if event is None:
        return []
    if isinstance(event, events.ClosureBegan) and window.clerk is not None:
        return [*windows.sign_off(window, window.clerk, None, now, by_clock=True), event]
    return [event]


def _of_ticket(ticket: Ticket, view: View, now: datetime, plan: HallPlan) -> list[Event]:
    """A hold whose time has come; a call that nobody answered, where the hall file lets the clock decide."""
    if ticket.state == HELD and ticket.held_until is not None and ticket.held_until <= now:
        return [ticket_verbs.end_hold(ticket)]
    if ticket.state == CALLED and _missed_by_clock(ticket, now, plan.no_show):
        missed = ticket_verbs.miss(ticket, Reason(plan.no_show.reasons[0]), now, plan.no_show)
        return [missed, *windows.pause_after_visit(view.window(missed.window), secrets.token_hex(8), now, plan.pause)]
    return []


def _missed_by_clock(ticket: Ticket, now: datetime, rules: NoShow) -> bool:
    if rules.auto_miss_after_seconds is None or ticket.last_called_at is None:
        return False
    waited = (now - ticket.last_called_at).total_seconds()
    return ticket.calls >= rules.calls_before_missed and waited >= rules.auto_miss_after_seconds
