"""What visitors come for: a day's visits spread over the queues as their windows can bear, and within a queue over its
items, the shorter the commoner.

The hall file says how many come and how many of them only ask. Enquiries beyond what the enquiry windows bear are
asked at the window of their matter and end there with the outcome 咨询.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from server.domain.plan import HallPlan, Queue
from server.simulation.durations import mean_service_minutes

SECONDARY_HELP = 0.2
"""How much of a window its secondary queues can count on, against its primary ones."""

CONSULT, DELIVERY = "consult", "delivery"
"""Types of queues whose visits end in one way only."""

PRIORITY_SHARE = 0.06


@dataclass(frozen=True)
class Visit:
    """Somebody comes to the kiosk. `item` is None where the queue has none."""

    queue: str
    item: str | None
    priority_group: str | None


class Demand:
    """The visits of a day `rate` times a normal one, at windows that are `staffed`.

    From the peak day's multiplier on, its hot queue has its own.
    """

    def __init__(self, plan: HallPlan, rate: float, staffed: Collection[int]) -> None:
        self._plan = plan
        shares = _normal_shares(plan, staffed)
        visits = {prefix: plan.load.tickets * share * _times(plan, prefix, rate) for prefix, share in shares.items()}
        self.a_day = sum(visits.values())
        self._queues = list(visits)
        self._queue_weights = list(visits.values())
        self._items = {queue.prefix: _items(plan, queue) for queue in plan.queues}
        self.asking_elsewhere = _asking_elsewhere(plan, shares)

    def draw(self, dice: Random) -> Visit:
        """The next visitor's wish."""
        queue = dice.choices(self._queues, self._queue_weights)[0]
        items = self._items[queue]
        item = dice.choices(list(items), list(items.values()))[0] if items else None
        return Visit(queue, item, self._priority_group(dice))

    def _priority_group(self, dice: Random) -> str | None:
        """The hall file names the commonest group first."""
        groups = self._plan.priority.groups
        if not groups or dice.random() >= PRIORITY_SHARE:
            return None
        return dice.choices(groups, [1 / 2**place for place in range(len(groups))])[0]


def _times(plan: HallPlan, prefix: str, rate: float) -> float:
    """How many times its normal day a queue has, when the whole hall has `rate`."""
    load = plan.load
    peak = load.multipliers.get("peak", 1.0)
    if prefix == load.hot_queue and rate >= peak:
        return load.hot_queue_multiplier * rate / peak
    return rate


def _normal_shares(plan: HallPlan, staffed: Collection[int]) -> dict[str, float]:
    """The share of each queue in a normal day, so that all staffed windows are about equally busy."""
    visits = {q.prefix: _windows_for(plan, q, staffed) / _mean_minutes(plan, q) for q in plan.queues}
    whole = sum(visits.values()) or 1.0
    shares = {prefix: count / whole for prefix, count in visits.items() if count > 0}
    asking = _share_of_type(plan, shares, CONSULT)
    if asking <= plan.load.consult_share:
        return shares
    fewer, more = plan.load.consult_share / asking, (1 - plan.load.consult_share) / (1 - asking or 1.0)
    consult = {prefix for prefix in shares if plan.queue_by_prefix[prefix].type == CONSULT}
    return {prefix: share * (fewer if prefix in consult else more) for prefix, share in shares.items()}


def _share_of_type(plan: HallPlan, shares: dict[str, float], kind: str) -> float:
    return sum(share for prefix, share in shares.items() if plan.queue_by_prefix[prefix].type == kind)


def _windows_for(plan: HallPlan, queue: Queue, staffed: Collection[int]) -> float:
    """How many windows serve a queue, as a whole and in part."""
    windows = [window for window in plan.windows if window.number in staffed]
    whole = sum(1 / len(window.primary) for window in windows if queue.prefix in window.primary)
    help_ = sum(1 / len(window.secondary) for window in windows if queue.prefix in window.secondary)
    return whole + SECONDARY_HELP * help_


def _mean_minutes(plan: HallPlan, queue: Queue) -> float:
    """Minutes of a visit to this queue, over the mix of its items."""
    items = _items(plan, queue)
    if not items:
        return mean_service_minutes(plan, None, queue.prefix)
    return sum(mean_service_minutes(plan, item, queue.prefix) * weight for item, weight in items.items())


def _items(plan: HallPlan, queue: Queue) -> dict[str, float]:
    """The items of a queue with their shares: the longer one takes, the rarer it is."""
    weights = {item.code: 1 / item.median_minutes for item in plan.items if item.queue == queue.prefix}
    whole = sum(weights.values())
    return {code: weight / whole for code, weight in weights.items()}


def _asking_elsewhere(plan: HallPlan, shares: dict[str, float]) -> float:
    """The share of enquiries among the visits to ordinary queues, so that of all visits as many are as the hall file
    says."""
    asking = _share_of_type(plan, shares, CONSULT)
    ordinary = 1 - asking - _share_of_type(plan, shares, DELIVERY)
    left = plan.load.consult_share - asking
    return min(1.0, max(0.0, left / ordinary)) if ordinary > 0 else 0.0
