"""Calling: the next in order, one on purpose, once more; somebody without a number; putting somebody first.

Each use case acts for the clerk who is signed on; the domain says whether it may be.
"""

from __future__ import annotations

from datetime import datetime

from server.domain import ticket_verbs, windows
from server.domain.announcements import Announcement, Kind
from server.domain.calling_order import Line, is_priority, next_for, offered_to
from server.domain.errors import Refused
from server.domain.events import WALK_IN
from server.domain.floor import View
from server.domain.numbering import parse_number
from server.domain.plan import HallPlan, Window
from server.domain.tickets import MISSED, Ticket
from server.domain.windows import CLOSED, PAUSED, as_lent
from server.services import issuing
from server.services.announcing import call_announcement
from server.services.issuing import Wish
from server.services.work import Work


def call_next(work: Work, number: int) -> Ticket | None:
    """Call whoever is next for this window; None when nobody is waiting."""
    window = work.window(number)
    windows.require_free(window, work.actor.id, _numbers(work, window.ticket))
    _require_no_evacuation(work)
    ticket = next_for_window(work.plan, work.draft, work.window_plan(number), work.now)
    if ticket is None:
        return None
    turn = work.draft.queue(ticket.queue).turn.after(priority=is_priority(ticket), rules=work.plan.priority)
    called = ticket_verbs.call(ticket, number, work.actor.id, work.now, turn=turn)
    work.record(called)
    return _announced(work, Kind.CALL, ticket.id)


def call_one(work: Work, number: int, wanted: str, reason: str) -> Ticket:
    """Call one number on purpose (C5): with a reason, which the manager sees."""
    window = work.window(number)
    windows.require_free(window, work.actor.id, _numbers(work, window.ticket))
    _require_no_evacuation(work)
    ticket = by_number(work, wanted)
    if ticket.queue not in as_lent(work.window_plan(number), window).queues:
        raise Refused("not_skilled", queue=ticket.queue)
    if ticket.state == MISSED and ticket.id not in _last_missed(work.draft, number):
        raise Refused("wrong_state", number=ticket.number, state=ticket.state)
    chosen = work.reason(reason, work.plan.desk.call_reasons)
    work.record(ticket_verbs.call(ticket, number, work.actor.id, work.now, chosen=chosen))
    return _announced(work, Kind.CALL, ticket.id)


def call_again(work: Work, number: int) -> Ticket:
    """Call the same number once more."""
    ticket = active_visit(work, number)
    work.record(ticket_verbs.call_again(ticket, work.now, work.plan.no_show))
    return _announced(work, Kind.RECALL, ticket.id)


def walk_in(work: Work, number: int, queue: str | None, item: str | None) -> Ticket:
    """Serve somebody who has no number (C9): issued, called and started in one, for the ledger and the figures."""
    window = work.window(number)
    windows.require_free(window, work.actor.id, _numbers(work, window.ticket))
    chosen = as_lent(work.window_plan(number), window).primary[0] if queue is None and item is None else queue
    ticket = issuing.issue_at_desk(work, Wish(queue=chosen, item=item, channel="clerk", paperless=True))
    work.record(ticket_verbs.call(ticket, number, work.actor.id, work.now, chosen=WALK_IN))
    work.record(ticket_verbs.start(work.ticket(ticket.id)))
    return work.ticket(ticket.id)


def put_first(work: Work, ticket_number: str, reason: str) -> Ticket:
    """Before everybody without priority (置顶), with a reason that the ledger of overrides keeps (3.2.6)."""
    ticket = by_number(work, ticket_number)
    work.record(ticket_verbs.put_first(ticket, work.reason(reason, work.plan.desk.call_reasons)))
    return work.ticket(ticket.id)


def by_number(work: Work, ticket_number: str) -> Ticket:
    """The ticket of today with this number, however it was typed; `not_found` otherwise."""
    typed = parse_number(work.plan.numbering, ticket_number)
    ticket = work.draft.by_number(str(typed)) if typed else None
    if ticket is None:
        raise Refused("not_found")
    return ticket


def next_for_window(plan: HallPlan, view: View, window: Window, now: datetime) -> Ticket | None:
    """Whom this window calls next."""
    able = as_lent(window, view.window(window.number))
    return next_for((able.primary, able.secondary), lines_for(plan, view, able, now))


def lines_for(plan: HallPlan, view: View, window: Window, now: datetime) -> dict[str, Line]:
    """The lines of this window's queues, without those who wait for another window that is in service."""

    def in_service(number: int) -> bool:
        return view.window(number).state not in {CLOSED, PAUSED}

    def on_duty(clerk: str) -> bool:
        return any(w.clerk == clerk and w.state != PAUSED for w in view.all_windows())

    offered = offered_to(window.number, view.window(window.number).clerk, in_service, on_duty)
    return {
        queue: Line(view.waiting(queue), view.queue(queue).turn, plan.priority, now, offered) for queue in window.queues
    }


def _require_no_evacuation(work: Work) -> None:
    if work.draft.day.evacuation:
        raise Refused("evacuation")


def active_visit(work: Work, number: int) -> Ticket:
    """The visit that is called or served at this window, for the clerk who is signed on."""
    return work.ticket(windows.active_ticket(work.window(number), work.actor.id))


def _announced(work: Work, kind: Kind, ticket_id: str) -> Ticket:
    """The called ticket; its announcement joins the zone's queue in the same transaction."""
    ticket = work.ticket(ticket_id)
    announcement: Announcement | None = call_announcement(work.plan, ticket, kind, work.real_at)
    if announcement is not None:
        work.uow.announce(announcement)
    return ticket


def _last_missed(view: View, number: int) -> list[str]:
    """The last tickets this window missed, newest first."""
    missed = [t for t in view.all_tickets() if t.state == MISSED and t.window == number]
    missed.sort(key=lambda t: t.missed_at or t.issued_at, reverse=True)
    return [ticket.id for ticket in missed[: ticket_verbs.RECALLABLE_MISSED]]


def _numbers(work: Work, ticket_id: str | None) -> dict[str, str]:
    ticket = work.draft.ticket(ticket_id) if ticket_id else None
    return {ticket.id: ticket.number} if ticket else {}
