"""Late, early off, empty: sign-ons against the hall file's plan (clause 3.2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from server.domain import duty, hours
from server.domain.attendance import SignOn
from server.domain.closures import WITHDRAWN, Closure
from server.domain.plan import HallPlan

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """A stretch in which a planned window had nobody."""

    business_day: date
    window: int
    begins_at: datetime
    ends_at: datetime


def of_sign_on(plan: HallPlan, session: SignOn) -> dict[str, Any]:
    """How a sign-on stands to the session it was for: minutes early (negative: late) and whether it ended early.

    In time is `staff_on_post_minutes_before` the opening (5 by the standard); somebody who takes a window over
    during a session is neither late nor early.
    """
    stretches = hours.opening_hours(plan, session.business_day)
    ahead = next(((opens, closes) for opens, closes in stretches if session.began_at < closes), None)
    if ahead is None:
        return {"minutes_early": None, "late": False, "early_off": False}
    opens, closes = ahead
    early = int((opens - session.began_at).total_seconds() // 60)
    planned = plan.window_by_number[session.window].default_staff == session.clerk
    late = planned and early < plan.hours.staff_on_post_minutes_before
    left_early = session.ended_at is not None and opens <= session.ended_at < closes
    return {"minutes_early": early, "late": late, "early_off": left_early}


def empty_windows(
    plan: HallPlan,
    sessions: Iterable[SignOn],
    closures: Iterable[Closure],
    first: date,
    last: date,
    now: datetime,
) -> list[Gap]:
    """Every stretch, until `now`, in which a planned window had nobody signed on and no filed closure."""
    staffed = _intervals((s.window, s.began_at, s.ended_at or now) for s in sessions)
    closed = _intervals(
        (c.window, c.began_at or c.begins_at, c.ended_at or c.ends_at) for c in closures if c.state != WITHDRAWN
    )
    gaps = []
    for number in range((last - first).days + 1):
        day = first + number * ONE_DAY
        for window, begins, ends in _planned(plan, day, now):
            covered = staffed.get(window, []) + closed.get(window, [])
            gaps += [Gap(day, window, a, b) for a, b in _uncovered(begins, ends, covered) if b - a >= MINUTE]
    return gaps


MINUTE = timedelta(minutes=1)
"""A change of clerks takes a moment; it is no empty window."""


def _planned(plan: HallPlan, day: date, now: datetime) -> Iterable[tuple[int, datetime, datetime]]:
    sessions = zip(hours.day_sessions(plan, day), hours.opening_hours(plan, day), strict=True)
    for session, (opens, closes) in sessions:
        if opens >= now:
            continue
        for window in sorted(duty.windows_in_session(plan, day, session.name)):
            if not plan.window_by_number[window].tidal:
                yield window, opens, min(closes, now)


def _intervals(
    found: Iterable[tuple[int, datetime, datetime]],
) -> dict[int, list[tuple[datetime, datetime]]]:
    by_window: dict[int, list[tuple[datetime, datetime]]] = {}
    for window, begins, ends in found:
        by_window.setdefault(window, []).append((begins, ends))
    return by_window


def _uncovered(
    begins: datetime, ends: datetime, covered: list[tuple[datetime, datetime]]
) -> Iterable[tuple[datetime, datetime]]:
    """The parts of begins … ends that no interval covers."""
    at = begins
    for start, stop in sorted(covered):
        if start > at and start < ends:
            yield at, start
        at = max(at, stop)
        if at >= ends:
            return
    if at < ends:
        yield at, ends
