"""How many numbers a queue still gives in a session, where the hall file sets a quota (K15).

The quota shrinks with the working time that is left: nobody takes a number whom the rest of the session cannot serve.
"""

from __future__ import annotations

from datetime import datetime
from math import ceil

from server.domain import hours
from server.domain.plan import HallPlan, Queue


def session_now(plan: HallPlan, now: datetime) -> tuple[str, datetime, datetime] | None:
    """The session for which numbers are given at `now`: its name, opening and closing; None behind the last."""
    day = hours.business_date(plan, now)
    sessions = zip(hours.day_sessions(plan, day), hours.opening_hours(plan, day), strict=True)
    return next(((s.name, opens, closes) for s, (opens, closes) in sessions if now < closes), None)


def places_left(plan: HallPlan, queue: Queue, now: datetime, *, taken: int, waiting: int) -> int | None:
    """How many more numbers may be given now; None where there is no quota.

    `taken` counts the numbers of this queue in this session, `waiting` those of them who wait. The rest of the quota
    is one bound; the other is what the share of the session that is left can serve beyond those who wait.
    """
    session = session_now(plan, now)
    if session is None or (quota := queue.quota.get(session[0])) is None:
        return None
    _, opens, closes = session
    share = min(1.0, (closes - now) / (closes - opens))
    return max(0, min(quota - taken, ceil(quota * share) - waiting))
