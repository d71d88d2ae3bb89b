"""Giving a number: every guard between a tap at the kiosk and the ticket, and the promise that goes with it (K5 to K8).

Each refusal says what to do instead, in the words of the standard.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from server.domain import duty, hours, numbering, quotas
from server.domain.errors import Refused
from server.domain.events import Promise, TicketIssued
from server.domain.plan import Queue
from server.domain.tickets import OPEN, Ticket
from server.domain.windows import as_lent
from server.services.times import clock_text, local_iso
from server.services.work import Work

WAIT, BOOK, LEAVE = "wait", "book", "leave"


@dataclass(frozen=True)
class Wish:
    """What somebody asks for at the kiosk. `identity` is a keyed hash already, never a document."""

    queue: str | None = None
    item: str | None = None
    items: tuple[str, ...] = ()
    channel: str = "kiosk"
    priority_group: str | None = None
    identity: str | None = None
    after_hours_choice: str | None = None
    paperless: bool = False


def issue(work: Work, wish: Wish) -> Ticket:
    """Give a number, or refuse in the words of the standard with what to do instead."""
    queue, item = _wanted(work, wish)
    _require_no_evacuation(work)
    _require_open(work, queue)
    _require_window(work, queue)
    _require_quota(work, queue)
    _require_first(work, queue, wish.identity)
    drawn = _draw(work, wish, queue, item)
    promise = work.estimates.promise(work.draft, drawn, work.now)
    _require_choice(work, queue, wish, promise)
    ticket = _record(work, drawn, wish, promise)
    if wish.identity:
        work.uow.identify(work.day, ticket.id, wish.identity)
    return ticket


def issue_at_desk(work: Work, wish: Wish) -> Ticket:
    """A number for somebody who is served at once: no hours, quota or choice stand in the way, nothing is promised."""
    queue, item = _wanted(work, wish)
    return _record(work, _draw(work, wish, queue, item), wish, None)


def _wanted(work: Work, wish: Wish) -> tuple[Queue, str | None]:
    """The queue by its letter or by its item; `invalid` names the field that is wrong."""
    plan = work.plan
    for code in filter(None, (wish.item, *wish.items)):
        if code not in plan.item_by_code:
            raise _invalid("item" if code == wish.item else "items", "没有这个事项", "there is no such item")
    first = wish.item or next(iter(wish.items), None)
    prefix = wish.queue or (plan.item_by_code[first].queue if first else None)
    if prefix is None:
        raise _invalid("queue", "请给出队列或事项", "give a queue or an item")
    if prefix not in plan.queue_by_prefix:
        raise _invalid("queue", "没有这个队列", "there is no such queue")
    if first and plan.item_by_code[first].queue != prefix:
        raise _invalid("item", "事项不属于这个队列", "the item does not belong to this queue")
    if wish.priority_group is not None and wish.priority_group not in plan.priority.groups:
        raise _invalid("priority_group", "没有这类优先人群", "there is no such priority group")
    return plan.queue_by_prefix[prefix], first


def _invalid(field: str, reason: str, reason_en: str) -> Refused:
    return Refused("invalid", field=field, reason=reason, reason_en=reason_en)


def _require_no_evacuation(work: Work) -> None:
    """Nobody is to stay and wait while the hall is being left (H.7)."""
    if work.draft.day.evacuation:
        raise Refused("evacuation")


def _require_open(work: Work, queue: Queue) -> None:
    if hours.issuing_open(work.plan, work.now, queue.prefix):
        return
    opens = hours.next_issuing(work.plan, work.now)
    raise Refused(
        "closed",
        next_open_at=local_iso(work.plan, opens) if opens else None,
        next_open=opens.astimezone(work.plan.zone_info).strftime("%m月%d日 %H:%M") if opens else "请见公告",
        hours=[f"{s.opens:%H:%M}–{s.closes:%H:%M}" for s in hours.day_sessions(work.plan, work.day)],
    )


def _require_window(work: Work, queue: Queue) -> None:
    """Refuse only when nobody will serve the queue today (DESIGN §7)."""
    planned = duty.serving_today(work.plan, work.draft, work.now)
    serving = (
        window.number
        for window in work.plan.windows
        if queue.prefix in as_lent(window, work.draft.window(window.number)).queues
    )
    if not any(number in planned or work.draft.window(number).sign_on is not None for number in serving):
        raise Refused("no_open_window")


def _require_quota(work: Work, queue: Queue) -> None:
    """A quota of the hall file for the present session, which shrinks with the time left (K15); none by default."""
    session = quotas.session_now(work.plan, work.now)
    if not queue.quota or session is None:
        return
    begins = session[1] - timedelta(minutes=work.plan.hours.kiosk_open_minutes_before)
    taken = sum(1 for t in work.draft.all_tickets() if t.series == queue.prefix and t.issued_at >= begins)
    waiting = len(work.draft.waiting(queue.prefix))
    left = quotas.places_left(work.plan, queue, work.now, taken=taken, waiting=waiting)
    if left == 0:
        raise Refused("quota_reached", quota=queue.quota.get(session[0]))


def _require_first(work: Work, queue: Queue, identity: str | None) -> None:
    """One active ticket per person and queue (R5); the refusal shows the existing number."""
    if identity is None:
        return
    for ticket_id in work.uow.tickets_of(work.day, identity):
        ticket = work.draft.ticket(ticket_id)
        if ticket and ticket.queue == queue.prefix and ticket.state in OPEN:
            raise Refused("already_waiting", number=ticket.number, token=ticket.token)


def _draw(work: Work, wish: Wish, queue: Queue, item: str | None) -> Ticket:
    """The ticket as it would be, with the next number of the queue."""
    state = work.draft.queue(queue.prefix)
    last = state.last_sequence if state.business_day == work.day else 0
    sequence = numbering.next_sequence(work.plan, last)
    if sequence is None:
        raise Refused("quota_reached", quota=last)
    flag = work.plan.numbering.priority_flag if wish.priority_group else ""
    number = str(numbering.TicketNumber(queue.prefix, sequence, flag))
    return Ticket(
        id=secrets.token_hex(8),
        token=secrets.token_urlsafe(16),
        business_day=work.day,
        queue=queue.prefix,
        series=queue.prefix,
        sequence=sequence,
        number=number,
        issued_at=work.now,
        channel=wish.channel,
        item=item,
        items=wish.items,
        priority_group=wish.priority_group,
    )


def _require_choice(work: Work, queue: Queue, wish: Wish, promise: Promise | None) -> None:
    """Near closing, or when they would be done after it, people are told and choose (4.3.4.2)."""
    if wish.after_hours_choice == WAIT:
        return
    closes = hours.closing_at(work.plan, work.now, queue.prefix)
    asks = work.plan.hours.after_hours.notice_when_predicted_finish_after_close
    if not asks or closes is None or promise is None or promise.finish_at <= closes:
        return
    raise Refused(
        "after_hours_choice",
        predicted_finish_at=local_iso(work.plan, promise.finish_at),
        predicted_finish=clock_text(work.plan, promise.finish_at),
        closes_at=local_iso(work.plan, closes),
        choices=[WAIT, BOOK, LEAVE],
    )


def _record(work: Work, drawn: Ticket, wish: Wish, promise: Promise | None) -> Ticket:
    event = TicketIssued(
        ticket=drawn.id,
        token=drawn.token,
        queue=drawn.queue,
        sequence=drawn.sequence,
        number=drawn.number,
        channel=drawn.channel,
        print="paperless" if wish.paperless else "pending",
        item=drawn.item,
        items=drawn.items,
        priority_group=drawn.priority_group,
        promise=promise,
        after_hours_choice=wish.after_hours_choice,
        device=work.actor.id if work.actor.kind == "device" else None,
    )
    work.record(event)
    return work.ticket(drawn.id)
