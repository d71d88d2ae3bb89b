"""What becomes of a visit at a window: started, finished, missed, held, given back, passed on, undone (C4 to C9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain import duty, hours, ticket_verbs, windows
from server.domain.errors import Refused
from server.domain.plan import HallPlan
from server.domain.tickets import Ticket
from server.domain.windows import as_lent
from server.services.attendance import begin_pending_pause
from server.services.calling import active_visit, by_number
from server.services.work import Work


def start(work: Work, number: int) -> Ticket:
    """The person is here."""
    ticket = active_visit(work, number)
    work.record(ticket_verbs.start(ticket))
    return work.ticket(ticket.id)


def finish(work: Work, number: int, outcome: str, items: tuple[str, ...], case_number: str | None) -> Ticket:
    """The visit is done; a joint case goes back to the window that took it in; a pause asked for begins."""
    if outcome not in work.plan.desk.outcomes:
        known = "、".join(work.plan.desk.outcomes)
        raise Refused("invalid", field="outcome", reason=f"只能是 {known}", reason_en=f"it must be one of {known}")
    ticket = active_visit(work, number)
    after = after_hours_now(work.plan, ticket, work.now)
    if ticket.joint_window is not None and ticket.joint_window != number:
        work.record(ticket_verbs.give_opinion(ticket, outcome))
    else:
        work.record(ticket_verbs.finish(ticket, outcome, items, case_number, after_hours=after))
    return _left(work, number, ticket)


def miss(work: Work, number: int, reason: str) -> Ticket:
    """Nobody came (过号)."""
    ticket = active_visit(work, number)
    rules = work.plan.no_show
    work.record(ticket_verbs.miss(ticket, work.reason(reason, rules.reasons), work.now, rules))
    return _left(work, number, ticket)


def hold(work: Work, number: int, reason: str, minutes: int) -> Ticket:
    """The visit waits for something; the window is free meanwhile."""
    ticket = active_visit(work, number)
    work.record(ticket_verbs.hold(ticket, work.reason(reason, work.plan.desk.hold_reasons), minutes, work.now))
    return _left(work, number, ticket)


def give_back(work: Work, number: int, reason: str) -> Ticket:
    """Back to the queue, with number and first arrival unchanged."""
    ticket = active_visit(work, number)
    work.record(ticket_verbs.give_back(ticket, work.reason(reason, work.plan.desk.give_back_reasons)))
    return _left(work, number, ticket)


def undo(work: Work, number: int) -> Ticket:
    """Take the last step at this window back, within the time of the hall file; everything is as it was (C9)."""
    window = work.window(number)
    windows.require_clerk(window, work.actor.id)
    last, seconds = work.draft.last_step(number), work.plan.undo_seconds
    if window.ticket is not None and (last is None or window.ticket != last.after.id):
        raise Refused("window_busy", ticket=window.ticket, number=work.ticket(window.ticket).number)
    if last is None or last.before.clerk != work.actor.id:
        raise Refused("nothing_to_undo", undo_seconds=seconds)
    if window.pause is not None:
        raise Refused("window_paused", window=number)
    work.record(ticket_verbs.undo(work.ticket(last.after.id), last, number, work.now, seconds))
    return work.ticket(last.after.id)


def ready(work: Work, number: int, ticket_number: str) -> Ticket:
    """A held visit is ready before its time (C7)."""
    windows.require_clerk(work.window(number), work.actor.id)
    ticket = by_number(work, ticket_number)
    work.record(ticket_verbs.end_hold(ticket))
    return work.ticket(ticket.id)


@dataclass(frozen=True)
class Destination:
    """Where a visit goes on: a queue, a window or a person; a joint case comes back (联办, 4.1.2.2)."""

    queue: str | None = None
    window: int | None = None
    clerk: str | None = None
    joint: bool = False


def transfer(work: Work, number: int, to: Destination, reason: str) -> Ticket:
    """On to another queue, window or person, keeping number and waiting time (4.3.1.2)."""
    ticket = active_visit(work, number)
    queue = _queue_of(work, to, ticket)
    why = work.reason(reason, work.plan.desk.transfer_reasons)
    work.record(ticket_verbs.transfer(ticket, queue, why, to_window=to.window, to_clerk=to.clerk, joint=to.joint))
    return _left(work, number, ticket)


def _queue_of(work: Work, to: Destination, ticket: Ticket) -> str:
    """The queue in which the visit waits at its destination."""
    if to.queue is None and to.window is None and to.clerk is None:
        raise Refused(
            "invalid", field="queue", reason="请给出队列、窗口或人员", reason_en="give a queue, window or person"
        )
    if to.clerk is not None and to.clerk not in work.plan.staff_by_id:
        raise Refused("invalid", field="clerk", reason="没有这位工作人员", reason_en="there is nobody of that number")
    if to.queue is not None and to.queue not in work.plan.queue_by_prefix:
        raise Refused("invalid", field="queue", reason="没有这个队列", reason_en="there is no such queue")
    window = to.window if to.window is not None else _window_of(work, to.clerk)
    if window is None:
        return to.queue or ticket.queue
    served = as_lent(work.window_plan(window), work.draft.window(window))
    wanted = to.queue or (ticket.queue if ticket.queue in served.primary else served.primary[0])
    if wanted not in served.queues:
        raise Refused(
            "invalid", field="window", reason="该窗口不办理这个队列", reason_en="it does not serve that queue"
        )
    return wanted


def _window_of(work: Work, clerk: str | None) -> int | None:
    return next((w.number for w in work.draft.all_windows() if clerk is not None and w.clerk == clerk), None)


def after_hours_now(plan: HallPlan, ticket: Ticket, now: datetime) -> bool:
    """Whether a service that ends now is 延时服务 (4.3.4.1); over noon not at a window on noon duty."""
    day = hours.business_date(plan, now)
    stretches = hours.after_hours_stretches(plan, day, noon_duty=ticket.window in duty.noon_duty_windows(plan, day))
    return any(begins <= now < ends for begins, ends in stretches)


def _left(work: Work, number: int, ticket: Ticket) -> Ticket:
    """The visit has left the window: a pause that was asked for begins."""
    begin_pending_pause(work, number)
    return work.ticket(ticket.id)
