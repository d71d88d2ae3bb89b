"""Why somebody is next: the cause that `calling_order` went by, so that the order can be explained to anyone (C3)."""

from __future__ import annotations

from enum import StrEnum

from server.domain.calling_order import APPOINTMENT, PRECEDENCE, PUT_FIRST, is_priority, rank
from server.domain.tickets import Ticket


class Cause(StrEnum):
    """What gave a waiting ticket its place."""

    PRIORITY = "priority"
    FAIRNESS = "fairness"
    """So many people with priority were called in a row that an ordinary one is due."""
    PUT_FIRST = "put_first"
    TRANSFERRED = "transferred"
    HELD = "held"
    """Back from hold, or given back by a window."""
    APPOINTMENT = "appointment"
    RETURNED = "returned"
    """Missed, and back behind a fixed place."""
    ARRIVAL = "arrival"


def explain(ticket: Ticket, *, owed: bool) -> Cause:
    """Why this ticket is at the head of its line; `owed` when the fairness ratio made the choice."""
    if is_priority(ticket):
        return Cause.PRIORITY
    if owed:
        return Cause.FAIRNESS
    if ticket.place is not None:
        return Cause.RETURNED
    by_rank = {PUT_FIRST: Cause.PUT_FIRST, PRECEDENCE: _precedence(ticket), APPOINTMENT: Cause.APPOINTMENT}
    return by_rank.get(rank(ticket)[0], Cause.ARRIVAL)


def _precedence(ticket: Ticket) -> Cause:
    return Cause.TRANSFERRED if "transferred" in ticket.flags else Cause.HELD
