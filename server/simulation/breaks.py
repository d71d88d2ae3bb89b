"""When a clerk wants to be away for a moment: as often a day as the hall file says, at any time of the stretch."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from server.domain import hours
from server.domain.plan import HallPlan
from server.simulation import shifts
from server.simulation.shifts import Stretch

NOT_NEAR_THE_ENDS = timedelta(minutes=20)
"""Nobody leaves right after coming, nor right before going."""


class Breaks:
    """The wishes of one clerk for the present stretch."""

    def __init__(self, plan: HallPlan, window: int, dice: Random) -> None:
        self._plan = plan
        self._window = window
        self._dice = dice
        self._stretch: Stretch | None = None
        self._wishes: list[datetime] = []

    def is_due(self, stretch: Stretch, now: datetime) -> bool:
        """Whether the clerk wants to go now; asked again, the wish is fulfilled."""
        if stretch != self._stretch:
            self._stretch, self._wishes = stretch, self._wish(stretch, now)
        due = [wish for wish in self._wishes if wish <= now]
        self._wishes = [wish for wish in self._wishes if wish > now]
        return bool(due)

    def _wish(self, stretch: Stretch, now: datetime) -> list[datetime]:
        """Moments of a Poisson process over what is left of the stretch."""
        day = hours.business_date(self._plan, stretch.opens)
        today = shifts.stretches(self._plan, self._window, day)
        on_duty = sum((each.closes - each.opens for each in today), timedelta())
        if self._plan.load.pauses_per_clerk <= 0 or not on_duty:
            return []
        gap = on_duty / self._plan.load.pauses_per_clerk
        wishes = []
        wish = max(now, stretch.opens + NOT_NEAR_THE_ENDS) + gap * self._dice.expovariate(1.0)
        while wish < stretch.closes - NOT_NEAR_THE_ENDS:
            wishes.append(wish)
            wish += gap * self._dice.expovariate(1.0)
        return wishes
