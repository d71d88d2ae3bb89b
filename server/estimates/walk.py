"""The walk: every waiting ticket, in the product's own calling order, takes the window that is free first.

Mean service times are walked, variances added along the way, so that each ticket gets a likely start and an honest
spread in one pass. The windows that count are those with a clerk; one that is paused counts from its return.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from math import sqrt

from server.domain.calling_order import Line, next_of
from server.domain.floor import View
from server.domain.plan import HallPlan, Window
from server.domain.tickets import Ticket
from server.domain.windows import PAUSED, WindowState, as_lent
from server.estimates.service_times import ServiceTime, ServiceTimes, residual

Z80 = 1.2815515655446004
"""P10 and P90 lie this many deviations from the middle."""


@dataclass(frozen=True)
class Estimate:
    """When somebody will be called, and be done. `deviation` is of the start, in minutes."""

    start_at: datetime
    finish_at: datetime
    deviation: float

    def wait_minutes(self, now: datetime) -> tuple[float, float, float]:
        """(low, likely, high): P10, middle and P90 of the wait from `now`, never negative."""
        likely = max(0.0, (self.start_at - now).total_seconds() / 60)
        spread = Z80 * self.deviation
        return max(0.0, likely - spread), likely, likely + spread


@dataclass(frozen=True)
class _Free:
    """From when on a window is free: minutes from the start of the walk, and the variance of that."""

    minutes: float
    variance: float


class Walk:
    """One walk over the hall as it is at `now`. `add` continues it for tickets issued since."""

    def __init__(self, plan: HallPlan, view: View, now: datetime, service: ServiceTimes) -> None:
        self.now = now
        self.tickets: dict[str, Estimate] = {}
        self._plan = plan
        self._service = service
        self._windows = {w.number: as_lent(w, view.window(w.number)) for w in plan.windows}
        self._free = {
            window.number: free
            for window in plan.windows
            if (free := self._free_from(view.window(window.number), view)) is not None
        }
        rules = plan.priority
        lines = {q.prefix: Line(view.waiting(q.prefix), view.queue(q.prefix).turn, rules, now) for q in plan.queues}
        self._walk(lines)

    def newcomer(self, queue: str, item: str | None = None) -> Estimate | None:
        """What somebody who takes an ordinary number now would wait; None when no window is open for the queue."""
        window = self._first_free(queue)
        return None if window is None else self._estimate(window, self._service.of_item(item, queue))

    def add(self, ticket: Ticket) -> Estimate | None:
        """Let a ticket that was just issued stand at the end of its line."""
        window = self._first_free(ticket.queue)
        if window is None:
            return None
        service = self._service.of(ticket)
        estimate = self.tickets[ticket.id] = self._estimate(window, service)
        self._occupy(window, service)
        return estimate

    def _first_free(self, queue: str) -> int | None:
        serving = [w for w in self._windows.values() if w.number in self._free and queue in w.queues]
        if not serving:
            return None
        return min(serving, key=lambda w: (self._free[w.number].minutes, queue not in w.primary, w.number)).number

    def _free_from(self, state: WindowState, view: View) -> _Free | None:
        """When this window is free; None when nobody is signed on."""
        if state.sign_on is None:
            return None
        if state.state == PAUSED and state.pause_until is not None:
            return _Free(max(1.0, _minutes(self.now, state.pause_until)), 4.0)
        if state.ticket is None or (ticket := view.ticket(state.ticket)) is None:
            return _Free(0.0, 0.0)
        began = ticket.called_at or self.now
        left = residual(self._service.of(ticket), _minutes(began, self.now))
        rest = 0.0 if state.pending is None else float(state.pending.minutes)
        return _Free(left.mean + rest, left.variance)

    def _walk(self, lines: dict[str, Line]) -> None:
        """Whichever window is free first calls next, until all lines are empty."""
        by_number = self._windows
        order = [(free.minutes, number) for number, free in self._free.items()]
        heapify(order)
        while order:
            _, number = heappop(order)
            queue = next_of(_groups(by_number[number]), lines)
            if queue is None:
                continue
            ticket = lines[queue].take()
            service = self._service.of(ticket)
            self.tickets[ticket.id] = self._estimate(number, service)
            self._occupy(number, service)
            heappush(order, (self._free[number].minutes, number))

    def _estimate(self, window: int, service: ServiceTime) -> Estimate:
        free = self._free[window]
        start = self.now + timedelta(minutes=free.minutes)
        return Estimate(start, start + timedelta(minutes=service.mean), sqrt(free.variance))

    def _occupy(self, window: int, service: ServiceTime) -> None:
        free = self._free[window]
        self._free[window] = replace(
            free, minutes=free.minutes + service.mean, variance=free.variance + service.variance
        )


def _groups(window: Window) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return window.primary, window.secondary


def _minutes(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() / 60
