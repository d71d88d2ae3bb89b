"""When visitors come: a Poisson process on the hall's clock, by the hours of the hall file's load profile.

The share of an hour is spread evenly over its minutes in which numbers are given. The minutes between the opening of
the kiosks and the opening of the windows belong to the hour that follows; so do those of any hour without a share.
Hours over noon bring people only where the hall file gives them a share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from server.domain import hours
from server.domain.plan import HallPlan

LONGEST_SEARCH_DAYS = 400
DAYS_KEPT = timedelta(days=LONGEST_SEARCH_DAYS)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Flow:
    """From `begins` to `ends` visitors come at a constant rate."""

    begins: datetime
    ends: datetime
    per_minute: float


class Arrivals:
    """The moments at which visitors come, `a_day` of them on an average day."""

    def __init__(self, plan: HallPlan, a_day: float, dice: Random) -> None:
        self._plan = plan
        self._a_day = a_day
        self._dice = dice
        self._flows: dict[date, tuple[Flow, ...]] = {}

    def next_after(self, moment: datetime) -> datetime | None:
        """When the next visitor comes; None when nobody will within 400 days."""
        patience = self._dice.expovariate(1.0)  # in expected visitors; used up by the flow of time
        first = hours.business_date(self._plan, moment)
        for ahead in range(LONGEST_SEARCH_DAYS):
            for flow in self._flows_of(first + timedelta(days=ahead)):
                begins = max(flow.begins, moment)
                expected = max(0.0, (flow.ends - begins) / MINUTE) * flow.per_minute * self._a_day
                if expected > patience:
                    return begins + MINUTE * (patience / (flow.per_minute * self._a_day))
                patience -= expected
        return None

    def _flows_of(self, day: date) -> tuple[Flow, ...]:
        """Worked out once a day, as every visitor asks."""
        if day not in self._flows:
            self._flows = {known: flow for known, flow in self._flows.items() if known >= day - DAYS_KEPT}
            self._flows[day] = flows(self._plan, day)
        return self._flows[day]

    def between(self, begins: datetime, ends: datetime) -> Iterator[datetime]:
        """Everybody who comes in this stretch, in order."""
        moment = self.next_after(begins)
        while moment is not None and moment < ends:
            yield moment
            moment = self.next_after(moment)


def flows(plan: HallPlan, day: date) -> tuple[Flow, ...]:
    """One visitor, spread over business day `day`, in order; empty when no numbers are given that day."""
    minutes = [(minute, hour) for minute in _minutes(plan, day) if (hour := _hour_of(plan, minute)) is not None]
    length = Counter(hour for _, hour in minutes)
    weights = {
        hour: plan.load.hour_weights.get(hour, 0.0 if plan.load.hour_weights else length[hour]) for hour in length
    }
    whole = sum(weights.values()) or 1.0
    found: list[Flow] = []
    for minute, hour in minutes:
        per_minute = weights[hour] / whole / length[hour]
        if found and found[-1].ends == minute and found[-1].per_minute == per_minute:
            found[-1] = replace(found[-1], ends=minute + MINUTE)
        else:
            found.append(Flow(minute, minute + MINUTE, per_minute))
    return tuple(found)


def _minutes(plan: HallPlan, day: date) -> Iterator[datetime]:
    """Every minute in which some queue gives numbers."""
    opening = hours.opening_hours(plan, day)
    if not opening:
        return
    minute = opening[0][0] - timedelta(minutes=plan.hours.kiosk_open_minutes_before)
    while minute < opening[-1][1]:
        if hours.issuing_open(plan, minute):
            yield minute
        minute += MINUTE


def _hour_of(plan: HallPlan, minute: datetime) -> int | None:
    """The hour in whose share this minute is; None when nobody comes then."""
    weights = plan.load.hour_weights
    hour = minute.astimezone(plan.zone_info).hour
    if not weights or hour in weights:
        return hour
    if hours.is_noon(plan, minute) and not _kiosks_reopened(plan, minute):
        return None
    return min((known for known in weights if known > hour), default=None)


def _kiosks_reopened(plan: HallPlan, minute: datetime) -> bool:
    lead = timedelta(minutes=plan.hours.kiosk_open_minutes_before)
    today = hours.opening_hours(plan, hours.business_date(plan, minute))
    return any(opens - lead <= minute < opens for opens, _ in today)
