"""How long a visit takes at the window: the hall file's minutes as a log-normal law.

An item says its median and its 90th percentile; a queue without an item says one figure, taken as the mean with the
spread that halls commonly show.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from server.domain.plan import HallPlan
from server.domain.tickets import Ticket

Z90 = 1.2815515655446004
"""The 90th percentile of the standard normal law."""

USUAL_SIGMA = 0.5
"""Spread of the logarithm where the hall file gives one figure only."""

WALK_MINUTES = 0.8
"""From the call to the start of service, until the hall's own walks are learned."""


@dataclass(frozen=True)
class ServiceTime:
    """Mean (minutes) and variance (minutes²) of one visit, the walk to the window included."""

    mean: float
    variance: float


def log_normal(median: float, p90: float) -> tuple[float, float]:
    """Mean and variance of the log-normal law with this median and 90th percentile."""
    sigma = log(max(p90, median * 1.01) / median) / Z90
    mean = median * exp(sigma**2 / 2)
    return mean, mean**2 * (exp(sigma**2) - 1)


class ServiceTimes:
    """The service time of each item and queue of a hall."""

    def __init__(self, plan: HallPlan) -> None:
        self._items = {item.code: _with_walk(*log_normal(item.median_minutes, item.p90_minutes)) for item in plan.items}
        spread = exp(USUAL_SIGMA**2) - 1
        self._queues = {
            queue.prefix: _with_walk(queue.default_minutes, queue.default_minutes**2 * spread) for queue in plan.queues
        }

    def of(self, ticket: Ticket) -> ServiceTime:
        """What this ticket's visit takes, by its item where that is known."""
        return self.of_item(ticket.item, ticket.queue)

    def of_item(self, item: str | None, queue: str) -> ServiceTime:
        """The same for somebody who has not taken a number yet."""
        return self._items.get(item or "") or self._queues[queue]


def usual_range(median: float, p90: float) -> tuple[int, int]:
    """Whole minutes between which four of five visits last, for the clerk's timer."""
    sigma = log(max(p90, median * 1.01) / median) / Z90
    return max(1, round(median * exp(-Z90 * sigma))), max(2, round(p90))


def _with_walk(mean: float, variance: float) -> ServiceTime:
    return ServiceTime(mean + WALK_MINUTES, variance + (WALK_MINUTES / 2) ** 2)


def residual(service: ServiceTime, elapsed_minutes: float) -> ServiceTime:
    """What is left of a visit that has lasted `elapsed_minutes`: never less than a fifth of the whole."""
    left = max(service.mean - elapsed_minutes, 0.2 * service.mean)
    return ServiceTime(left, service.variance * sqrt(left / service.mean))
