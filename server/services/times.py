"""Times as the contract writes them: ISO 8601 in the hall's zone, to the second."""

from __future__ import annotations

from datetime import datetime

from server.domain.plan import HallPlan


def local_iso(plan: HallPlan, moment: datetime) -> str:
    """`moment` on the hall's clock, such as 2026-11-24T10:04:05+08:00."""
    return moment.astimezone(plan.zone_info).isoformat(timespec="seconds")


def local_iso_or_none(plan: HallPlan, moment: datetime | None) -> str | None:
    """The same, where there may be no time."""
    return None if moment is None else local_iso(plan, moment)


def clock_text(plan: HallPlan, moment: datetime | None) -> str:
    """Only hours and minutes, for sentences; a dash where there is no time."""
    return "—" if moment is None else moment.astimezone(plan.zone_info).strftime("%H:%M")
