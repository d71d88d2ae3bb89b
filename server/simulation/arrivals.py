"""When visitors come: a Poisson process on the hall's clock, by the hours of the hall file's load profile.

The share of an hour is spread evenly over its minutes in which numbers are given. What lies before the first share of
a session, such as the minutes between the opening of the kiosks and that of the windows, belongs to that hour. Other
hours without a share, over noon for instance, bring nobody. Without any shares in the hall file the day is even.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from server.domain import hours
from server.domain.hours import Stretch
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
        if self._a_day <= 0:
            return None
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
    sessions = _sessions(plan, day)
    with_hour = ((minute, _hour_of(plan, minute, sessions)) for minute in _minutes(plan, sessions))
    minutes = [(minute, hour) for minute, hour in with_hour if hour is not None]
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


def _minutes(plan: HallPlan, sessions: tuple[Stretch, ...]) -> Iterator[datetime]:
    """Every minute in which some queue gives numbers, from the first session's begin to the last one's end."""
    if not sessions:
        return
    minute, ends = sessions[0][0], sessions[-1][1]
    while minute < ends:
        if hours.issuing_open(plan, minute):
            yield minute
        minute += MINUTE


def _sessions(plan: HallPlan, day: date) -> tuple[Stretch, ...]:
    """The sessions of a day, each from when the kiosks open for it."""
    lead = timedelta(minutes=plan.hours.kiosk_open_minutes_before)
    return tuple((opens - lead, closes) for opens, closes in hours.opening_hours(plan, day))


def _hour_of(plan: HallPlan, minute: datetime, sessions: tuple[Stretch, ...]) -> int | None:
    """The hour in whose share this minute is; None when nobody comes then."""
    weights = plan.load.hour_weights
    hour = _hour(plan, minute)
    if not weights or hour in weights:
        return hour
    for begins, ends in sessions:
        if begins <= minute < ends:
            last = _hour(plan, ends - MINUTE)
            first = min((known for known in weights if _hour(plan, begins) <= known <= last), default=None)
            return first if first is not None and hour < first else None
    return None


def _hour(plan: HallPlan, moment: datetime) -> int:
    return moment.astimezone(plan.zone_info).hour
