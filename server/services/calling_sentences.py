"""Why each of the next is next, in the words of people: the desk shows it to a clerk who is asked "why A012?" (C3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from server.domain.calling_order import next_of
from server.domain.calling_reasons import Cause, explain
from server.domain.floor import View
from server.domain.plan import HallPlan, Window
from server.domain.tickets import Ticket
from server.domain.windows import as_lent
from server.services.calling import lines_for
from server.services.rows import Row
from server.services.times import local_iso

SHOWN = 8


def order_rows(plan: HallPlan, view: View, window: Window, now: datetime) -> list[Row]:
    """Whom this window calls next, in order, each with the rule that put them there."""
    able = as_lent(window, view.window(window.number))
    rows = []
    for ticket, owed in islice(_in_turn(plan, view, able, now), SHOWN):
        why, why_en = _sentence(plan, ticket, explain(ticket, owed=owed))
        if ticket.queue not in able.primary:
            own = "、".join(able.primary)
            why, why_en = f"{own} 队列没有人等候；{why}", f"Nobody waits in {own}. {why_en}"
        if ticket.preferred_window == window.number:
            why, why_en = f"指定在本窗口办理；{why}", f"Sent to this window. {why_en}"
        rows.append({"id": ticket.id, "number": ticket.number, "why": why, "why_en": why_en})
    return rows


def _in_turn(plan: HallPlan, view: View, able: Window, now: datetime) -> Iterator[tuple[Ticket, bool]]:
    """The tickets in order, each with whether the fairness ratio decided."""
    lines = lines_for(plan, view, able, now)
    while (queue := next_of((able.primary, able.secondary), lines)) is not None:
        owed = lines[queue].owes_ordinary
        yield lines[queue].take(), owed


def _sentence(plan: HallPlan, ticket: Ticket, cause: Cause) -> tuple[str, str]:
    taken = local_iso(plan, ticket.issued_at)[11:16]
    booked = local_iso(plan, ticket.appointment_at)[11:16] if ticket.appointment_at else ""
    most, then = plan.priority.max_consecutive_priority, plan.priority.then_normal
    sentences = {
        Cause.PRIORITY: (f"{ticket.priority_group or '优先群体'}优先", "Priority comes first."),
        Cause.FAIRNESS: (
            f"已连续叫 {most} 位优先，按规则轮到 {then} 位普通群众",
            f"After {most} with priority in a row, {then} without it is due.",
        ),
        Cause.PUT_FIRST: ("区域负责人置顶，理由已记录", "Put first by the area lead; the reason is on record."),
        Cause.TRANSFERRED: ("从别的窗口转来，不用重新排队", "Transferred here; nobody queues twice."),
        Cause.HELD: ("挂起或退回后回来，优先叫", "Back from hold or given back; comes before new arrivals."),
        Cause.APPOINTMENT: (f"预约 {booked}，时间已到", f"Booked for {booked}, which has come."),
        Cause.RETURNED: (
            f"过号后回来，排在恢复时的第 {plan.no_show.return_behind} 位之后",
            f"Missed and back, behind {plan.no_show.return_behind} people.",
        ),
        Cause.ARRIVAL: (f"按取号先后，{taken} 取号", f"In order of arrival: number taken at {taken}."),
    }
    return sentences[cause]
