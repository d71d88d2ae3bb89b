"""How long things take: services by the hall file's median and 90th percentile, walks, and short absences."""

from __future__ import annotations

from datetime import timedelta
from math import exp, log
from random import Random
from statistics import NormalDist

from server.domain.plan import HallPlan
from server.domain.tickets import Ticket

Z90 = NormalDist().inv_cdf(0.9)

USUAL_SIGMA = 0.5
"""Spread of the logarithm where the hall file gives one figure, taken as the mean."""

SHORTEST_SERVICE_MINUTES, LONGEST_SERVICE_TIMES_P90 = 0.5, 3.0
"""Nobody is served in no time, nor for half a day."""

WALK_SECONDS = (32.0, 75.0)
"""Median and 90th percentile from the call to the window."""

PAUSE_MINUTES = (6.0, 11.0)
SHORTEST_PAUSE_MINUTES = 2.0
OVERRUN_SHARE = 0.04
"""Of the absences, those that last longer than they may."""


def log_normal(dice: Random, median: float, p90: float) -> float:
    """A draw from the log-normal law with this median and 90th percentile."""
    return dice.lognormvariate(log(median), _sigma(median, p90))


def _sigma(median: float, p90: float) -> float:
    """The deviation of the logarithm; a hall file may give both figures as one."""
    return log(max(p90, median * 1.01) / median) / Z90


def service_law(plan: HallPlan, item: str | None, queue: str) -> tuple[float, float]:
    """Median and 90th percentile, in minutes, of a visit for `item`; of the queue where the item is not known."""
    known = plan.item_by_code.get(item or "")
    if known is not None:
        return known.median_minutes, known.p90_minutes
    median = plan.queue_by_prefix[queue].default_minutes / exp(USUAL_SIGMA**2 / 2)
    return median, median * exp(Z90 * USUAL_SIGMA)


def mean_service_minutes(plan: HallPlan, item: str | None, queue: str) -> float:
    """The mean of that law."""
    median, p90 = service_law(plan, item, queue)
    return median * exp(_sigma(median, p90) ** 2 / 2)


def service(plan: HallPlan, ticket: Ticket, dice: Random) -> timedelta:
    """How long this visit lasts once it has begun."""
    median, p90 = service_law(plan, ticket.item, ticket.queue)
    minutes = log_normal(dice, median, p90)
    return timedelta(minutes=min(max(minutes, SHORTEST_SERVICE_MINUTES), p90 * LONGEST_SERVICE_TIMES_P90))


def walk(dice: Random) -> timedelta:
    """From the seat to the window."""
    return timedelta(seconds=log_normal(dice, *WALK_SECONDS))


def absence(limit_minutes: int, dice: Random) -> timedelta:
    """How long a clerk is away: within the limit nearly always, once in a while beyond it."""
    if dice.random() < OVERRUN_SHARE:
        return timedelta(minutes=limit_minutes + dice.uniform(1, 7))
    minutes = log_normal(dice, *PAUSE_MINUTES)
    return timedelta(minutes=min(max(minutes, SHORTEST_PAUSE_MINUTES), limit_minutes - 1))


def seconds_between(dice: Random, least: float, most: float) -> timedelta:
    """Any time between two numbers of seconds."""
    return timedelta(seconds=dice.uniform(least, most))
