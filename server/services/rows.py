"""Rows: how tickets, windows, queues and calls are shown, for the public and for staff.

Everything that leaves the server is made here, so that nobody sees more than their audience may.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.domain import duty, hours, ticket_verbs
from server.domain.calling_order import ahead_of
from server.domain.floor import CallMade, View
from server.domain.plan import HallPlan, Queue, Window
from server.domain.tickets import FLAGS_FROM_ISSUE, MISSED, WAITING, Ticket
from server.domain.windows import CLOSED, PAUSED, WindowState, as_lent
from server.services.signs import sign_of
from server.services.times import local_iso, local_iso_or_none

Row = dict[str, Any]


def ticket_row(plan: HallPlan, ticket: Ticket) -> Row:
    """A ticket for staff."""
    return {
        **public_ticket_row(plan, ticket),
        "item": ticket.item,
        "waiting_since": local_iso(plan, ticket.issued_at),
        "finished_at": local_iso_or_none(plan, ticket.finished_at),
        "priority_group": ticket.priority_group,
        "channel": ticket.channel,
        "print": ticket.print,
        "held_until": local_iso_or_none(plan, ticket.held_until),
        "missed_at": local_iso_or_none(plan, ticket.missed_at),
        "last_called_at": local_iso_or_none(plan, ticket.last_called_at),
        "appointment_at": local_iso_or_none(plan, ticket.appointment_at),
        "joint_window": ticket.joint_window,
        "outcome": ticket.outcome,
        "on_the_way": ticket.on_the_way,
        "first_responsible": ticket.first_responsible,
        "after_hours": ticket.after_hours,
        "flags": list(ticket.flags),
    }


def public_ticket_row(plan: HallPlan, ticket: Ticket) -> Row:
    """A ticket for everyone: never more than the number on the slip and where it stands."""
    return {
        "id": ticket.id,
        "number": ticket.number,
        "queue": ticket.queue,
        "state": ticket.state,
        "window": ticket.window,
        "issued_at": local_iso(plan, ticket.issued_at),
        "called_at": local_iso_or_none(plan, ticket.called_at),
        "started_at": local_iso_or_none(plan, ticket.started_at),
        "calls": ticket.calls,
        "flags": [flag for flag in ticket.flags if flag in FLAGS_FROM_ISSUE],
    }


def call_row(plan: HallPlan, call: CallMade) -> Row:
    """A call for screens."""
    window = plan.window_by_number.get(call.window)
    zone = plan.zone_by_id[window.zone] if window else None
    return {
        "id": str(call.seq),
        "ticket_id": call.ticket,
        "number": call.number,
        "queue": call.queue,
        "window": call.window,
        "zone": zone.id if zone else None,
        "floor": zone.floor if zone else None,
        "at": local_iso(plan, call.at),
        "calls": call.calls,
        "flags": list(call.flags),
    }


def queue_row(plan: HallPlan, view: View, queue: Queue, estimate: Row, now: datetime) -> Row:
    """A queue: who waits, which windows are open for it, what a newcomer would wait."""
    waiting = view.waiting(queue.prefix)
    planned = duty.serving_today(plan, view, now)
    serving = [w for w in plan.windows if queue.prefix in as_lent(w, view.window(w.number)).queues]
    opened = sum(1 for window in serving if view.window(window.number).state not in {CLOSED, PAUSED})
    still_planned = sum(1 for window in serving if window.number in planned)
    return {
        "id": queue.prefix,
        "prefix": queue.prefix,
        "name": queue.name,
        "zone": queue.zone,
        "waiting": len(waiting),
        "longest_since": local_iso_or_none(plan, min((ticket.issued_at for ticket in waiting), default=None)),
        "open_windows": opened,
        "planned_windows": still_planned,
        "offered": hours.issuing_open(plan, now, queue.prefix) and (opened > 0 or still_planned > 0),
        "estimate": estimate,
        "warn_waiting": queue.warn_waiting,
        "warn_wait_minutes": queue.warn_wait_minutes,
        "warn": len(waiting) >= queue.warn_waiting,
    }


def public_window_row(plan: HallPlan, view: View, window: Window, phase: str) -> Row:
    """A window for everyone. Staff are not named."""
    state = view.window(window.number)
    return {
        "id": window.number,
        "number": window.number,
        "zone": window.zone,
        "type": window.type,
        "state": state.state,
        "since": local_iso_or_none(plan, state.since),
        "overrun": state.pause_escalated,
        "after_hours": phase == "after_hours" and state.state != CLOSED,
        "sign": sign_of(plan, state),
        "ticket": _active(plan, view, state),
        "clerk": None,
        "queues": list(window.primary),
        "secondary": list(window.secondary),
        "pause": _pause(plan, state, reason=False),
    }


def window_row(plan: HallPlan, view: View, window: Window, phase: str, upcoming: list[str], today: Row) -> Row:
    """A window for staff: with its clerk, whom it calls next, and the clerk's figures of the day."""
    state = view.window(window.number)
    return {
        **public_window_row(plan, view, window, phase),
        "clerk": state.clerk,
        "signed_on_at": local_iso_or_none(plan, state.signed_on_at),
        "pause": _pause(plan, state, reason=True),
        "pause_pending": None if state.pending is None else {"minutes": state.pending.minutes},
        "next": upcoming,
        "undo": _undo(plan, view, window.number),
        "lent": list(state.lent),
        "relief_asked": state.relief_asked,
        "today": today,
    }


def _undo(plan: HallPlan, view: View, number: int) -> Row | None:
    """The clerk's last step that may still be taken back; the desk counts its seconds down."""
    last = view.last_step(number)
    if last is None or last.before.clerk != view.window(number).clerk:
        return None
    return {"id": last.after.id, "number": last.after.number, "step": last.step, "at": local_iso(plan, last.at)}


def _active(plan: HallPlan, view: View, state: WindowState) -> Row | None:
    ticket = view.ticket(state.ticket or "")
    return None if ticket is None else {**public_ticket_row(plan, ticket), "item": ticket.item}


def _pause(plan: HallPlan, state: WindowState, *, reason: bool) -> Row | None:
    """A pause: screens show until when, never why (the reason is the clerk's own affair)."""
    if state.pause is None:
        return None
    row: Row = {
        "from": local_iso_or_none(plan, state.paused_at),
        "until": local_iso_or_none(plan, state.pause_until),
        "limit_at": local_iso_or_none(plan, state.pause_limit_at),
    }
    if reason:
        row |= {
            "reason": state.pause_reason.code if state.pause_reason else None,
            "warned": state.pause_warned,
            "acknowledged": state.pause_acknowledged,
        }
    return row


def ticket_answer(plan: HallPlan, view: View, ticket: Ticket, estimate: Row | None, now: datetime, url: str) -> Row:
    """A ticket for whoever holds it: kiosk, slip and phone."""
    queue = plan.queue_by_prefix[ticket.queue]
    item = plan.item_by_code.get(ticket.item or "")
    return {
        **ticket_row(plan, ticket),
        "token": ticket.token,
        "queue_name": queue.name,
        "queue_name_en": queue.name_en,
        "item_name": item.name if item else None,
        "ahead": ahead_of(ticket, view.waiting(ticket.queue)) if ticket.state == WAITING else 0,
        "estimate": estimate,
        "stranded": is_stranded(plan, view, ticket, now),
        "where": where_row(plan, view, queue, ticket.window),
        "business_day": ticket.business_day.isoformat(),
        "url": f"{url}/t/{ticket.token}",
        "can": {
            "cancel": ticket.state in {WAITING, MISSED, "held"},
            "return": ticket_verbs.may_return(ticket, now, plan.no_show),
            "on_the_way": ticket.state in {WAITING, "called"} and not ticket.on_the_way,
        },
        "return_until": local_iso(plan, ticket_verbs.return_until(ticket, plan.no_show))
        if ticket.state == MISSED
        else None,
    }


def is_stranded(plan: HallPlan, view: View, ticket: Ticket, now: datetime) -> bool:
    """Whether nobody will serve this ticket's queue today any more, so that its holder must be told and asked."""
    if ticket.state != WAITING:
        return False
    planned = duty.serving_today(plan, view, now)
    serving = (w.number for w in plan.windows if ticket.queue in as_lent(w, view.window(w.number)).queues)
    return not any(number in planned or view.window(number).sign_on is not None for number in serving)


def where_row(plan: HallPlan, view: View, queue: Queue, window: int | None = None) -> Row:
    """Where to go: the window that called, else the windows that serve the queue, open ones if there are any."""
    planned = [w for w in plan.windows if queue.prefix in w.primary] or [
        w for w in plan.windows if queue.prefix in w.queues
    ]
    serving = [w for w in planned if view.window(w.number).state != CLOSED] or planned
    numbers = [window] if window is not None else [w.number for w in serving]
    zone = plan.zone_by_id[plan.window_by_number[numbers[0]].zone if numbers else queue.zone]
    floor = plan.floor_by_id[zone.floor]
    return {
        "zone": zone.id,
        "zone_name": zone.name,
        "floor": floor.id,
        "floor_name": floor.name,
        "route": zone.route,
        "windows": numbers,
        "text": f"{zone.name} {number_ranges(numbers)} 号窗口",
        "text_en": f"Floor {floor.id}, window {number_ranges(numbers)}",
    }


def number_ranges(numbers: list[int]) -> str:
    """Numbers as people write them: 3–7, 9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
