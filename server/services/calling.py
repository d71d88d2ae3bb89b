"""At the window: call, call again, start, finish, miss, hold, give back, transfer, undo (C1 to C9).

Each use case acts for the clerk who is signed on; the domain says whether it may be.
"""

from __future__ import annotations

from datetime import datetime

from server.domain import duty, hours, ticket_verbs, windows
from server.domain.announcements import Announcement, Kind
from server.domain.calling_order import Line, is_priority, next_for, offered_to
from server.domain.errors import Refused
from server.domain.floor import View
from server.domain.journal import Entry
from server.domain.numbering import parse_number
from server.domain.plan import HallPlan, Window
from server.domain.tickets import MISSED, Ticket
from server.domain.windows import CLOSED, PAUSED
from server.services.announcing import call_announcement
from server.services.attendance import begin_pending_pause
from server.services.work import Work


def call_next(work: Work, number: int) -> Ticket | None:
    """Call whoever is next for this window; None when nobody is waiting."""
    window = work.window(number)
    windows.require_free(window, work.actor.id, _numbers(work, window.ticket))
    ticket = next_for_window(work.plan, work.draft, work.window_plan(number), work.now)
    if ticket is None:
        return None
    turn = work.draft.queue(ticket.queue).turn.after(priority=is_priority(ticket), rules=work.plan.priority)
    called = ticket_verbs.call(ticket, number, work.actor.id, work.now, turn=turn)
    return _announced(work, work.record(called), Kind.CALL, ticket.id)


def call_one(work: Work, number: int, wanted: str, reason: str) -> Ticket:
    """Call one number on purpose (C5): with a reason, which the manager sees."""
    window = work.window(number)
    windows.require_free(window, work.actor.id, _numbers(work, window.ticket))
    typed = parse_number(work.plan.numbering, wanted)
    ticket = work.draft.by_number(str(typed)) if typed else None
    if ticket is None:
        raise Refused("not_found")
    if ticket.queue not in work.window_plan(number).queues:
        raise Refused("not_skilled", queue=ticket.queue)
    if ticket.state == MISSED and ticket.id not in _last_missed(work.draft, number):
        raise Refused("wrong_state", number=ticket.number, state=ticket.state)
    chosen = work.reason(reason, work.plan.desk.call_reasons)
    entry = work.record(ticket_verbs.call(ticket, number, work.actor.id, work.now, chosen=chosen))
    return _announced(work, entry, Kind.CALL, ticket.id)


def call_again(work: Work, number: int) -> Ticket:
    """Call the same number once more."""
    ticket = _active(work, number)
    entry = work.record(ticket_verbs.call_again(ticket, work.now, work.plan.no_show))
    return _announced(work, entry, Kind.RECALL, ticket.id)


def start(work: Work, number: int) -> Ticket:
    """The person is here."""
    ticket = _active(work, number)
    work.record(ticket_verbs.start(ticket))
    return work.ticket(ticket.id)


def finish(work: Work, number: int, outcome: str, items: tuple[str, ...], case_number: str | None) -> Ticket:
    """The visit is done; a pause asked for meanwhile begins."""
    if outcome not in work.plan.desk.outcomes:
        known = "、".join(work.plan.desk.outcomes)
        raise Refused("invalid", field="outcome", reason=f"只能是 {known}", reason_en=f"it must be one of {known}")
    ticket = _active(work, number)
    after = after_hours_now(work.plan, ticket, work.now)
    work.record(ticket_verbs.finish(ticket, outcome, items, case_number, after_hours=after))
    return _left(work, number, ticket)


def miss(work: Work, number: int, reason: str) -> Ticket:
    """Nobody came (过号)."""
    ticket = _active(work, number)
    rules = work.plan.no_show
    work.record(ticket_verbs.miss(ticket, work.reason(reason, rules.reasons), work.now, rules))
    return _left(work, number, ticket)


def hold(work: Work, number: int, reason: str, minutes: int) -> Ticket:
    """The visit waits for something; the window is free meanwhile."""
    ticket = _active(work, number)
    work.record(ticket_verbs.hold(ticket, work.reason(reason, work.plan.desk.hold_reasons), minutes, work.now))
    return _left(work, number, ticket)


def give_back(work: Work, number: int, reason: str) -> Ticket:
    """Back to the queue, with number and first arrival unchanged."""
    ticket = _active(work, number)
    work.record(ticket_verbs.give_back(ticket, work.reason(reason, work.plan.desk.give_back_reasons)))
    return _left(work, number, ticket)


def transfer(work: Work, number: int, queue: str | None, to_window: int | None, reason: str) -> Ticket:
    """On to another queue or window, keeping the waiting time."""
    ticket = _active(work, number)
    target = _target(work, queue, to_window)
    work.record(ticket_verbs.transfer(ticket, target, work.reason(reason, work.plan.desk.transfer_reasons), to_window))
    return _left(work, number, ticket)


def _target(work: Work, queue: str | None, to_window: int | None) -> str:
    """The queue a visit goes on to; a window that is named must serve it, or nobody would ever call the number."""
    if queue is None and to_window is None:
        raise Refused("invalid", field="queue", reason="请给出队列或窗口", reason_en="give a queue or a window")
    wanted = None if to_window is None else work.window_plan(to_window)
    target = queue or (wanted.primary[0] if wanted else "")
    if target not in work.plan.queue_by_prefix:
        raise Refused("invalid", field="queue", reason="没有这个队列", reason_en="there is no such queue")
    if wanted is not None and target not in wanted.queues:
        raise Refused(
            "invalid", field="window", reason="该窗口不办理这个队列", reason_en="it does not serve that queue"
        )
    return target


def undo(work: Work, number: int) -> Ticket:
    """Take the last finish back, within the time of the hall file."""
    window = work.window(number)
    windows.require_free(window, work.actor.id, _numbers(work, window.ticket))
    seconds = work.plan.undo_seconds
    if window.last_finished is None or (ticket := work.draft.ticket(window.last_finished)) is None:
        raise Refused("nothing_to_undo", undo_seconds=seconds)
    work.record(ticket_verbs.undo_finish(ticket, number, work.now, seconds))
    return work.ticket(ticket.id)


def next_for_window(plan: HallPlan, view: View, window: Window, now: datetime) -> Ticket | None:
    """Whom this window calls next."""
    lines = lines_for(plan, view, window, now)
    return next_for((window.primary, window.secondary), lines)


def lines_for(plan: HallPlan, view: View, window: Window, now: datetime) -> dict[str, Line]:
    """The lines of this window's queues, without those who wait for another window that is in service."""

    def in_service(number: int) -> bool:
        return view.window(number).state not in {CLOSED, PAUSED}

    offered = offered_to(window.number, in_service)
    return {
        queue: Line(view.waiting(queue), view.queue(queue).turn, plan.priority, now, offered) for queue in window.queues
    }


def after_hours_now(plan: HallPlan, ticket: Ticket, now: datetime) -> bool:
    """Whether a service that ends now is 延时服务 (4.3.4.1); over noon not at a window on noon duty."""
    day = hours.business_date(plan, now)
    stretches = hours.after_hours_stretches(plan, day, noon_duty=ticket.window in duty.noon_duty_windows(plan, day))
    return any(begins <= now < ends for begins, ends in stretches)


def _active(work: Work, number: int) -> Ticket:
    return work.ticket(windows.active_ticket(work.window(number), work.actor.id))


def _announced(work: Work, entry: Entry, kind: Kind, ticket_id: str) -> Ticket:
    """The called ticket; its announcement joins the zone's queue in the same transaction."""
    ticket = work.ticket(ticket_id)
    announcement: Announcement | None = call_announcement(work.plan, ticket, kind, entry, work.real_at)
    if announcement is not None:
        work.uow.announce(announcement)
    return ticket


def _left(work: Work, number: int, ticket: Ticket) -> Ticket:
    """The visit has left the window: a pause that was asked for begins."""
    begin_pending_pause(work, number)
    return work.ticket(ticket.id)


def _last_missed(view: View, number: int) -> list[str]:
    """The last tickets this window missed, newest first."""
    missed = [t for t in view.all_tickets() if t.state == MISSED and t.window == number]
    missed.sort(key=lambda t: t.missed_at or t.issued_at, reverse=True)
    return [ticket.id for ticket in missed[: ticket_verbs.RECALLABLE_MISSED]]


def _numbers(work: Work, ticket_id: str | None) -> dict[str, str]:
    ticket = work.draft.ticket(ticket_id) if ticket_id else None
    return {ticket.id: ticket.number} if ticket else {}
