"""The hall's estimates: one walk for everybody, walked again at most once a second, continued at each new ticket.

Kiosk, slip, screens, phone, desk and manager all read the figures of the same walk, so they never disagree.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from server.domain.calling_order import behind
from server.domain.events import Promise
from server.domain.floor import View
from server.domain.plan import HallPlan
from server.domain.tickets import CALLED, SERVING, Ticket
from server.estimates.service_times import ServiceTimes
from server.estimates.walk import Estimate, Walk
from server.estimates.wording import rounded_range
from server.services.times import local_iso

UNKNOWN = {"unknown": "no_open_window"}

AGED = timedelta(seconds=15)
"""Of the hall's time: even when nothing happens, visits go on and pauses last."""


class Estimates:
    """The present walk, and what of it was last told to screens."""

    def __init__(self, plan: HallPlan) -> None:
        self.plan = plan
        self._service = ServiceTimes(plan)
        self._walk: Walk | None = None
        self.dirty = True

    def refresh(self, view: View, now: datetime) -> None:
        """Walk again over the hall as it is."""
        self._walk = Walk(self.plan, view, now, self._service)
        self.dirty = False

    def forget(self) -> None:
        """A window was opened, closed or paused: whoever asks next has the hall walked anew."""
        self._walk = None
        self.dirty = True

    def due(self, now: datetime) -> bool:
        """Whether it is time to walk again: something happened, or the present walk has aged."""
        return self.dirty or self._walk is None or now - self._walk.now >= AGED

    def newcomer(self, view: View, queue: str, item: str | None, now: datetime) -> Estimate | None:
        """What somebody who comes now would wait, or None when no window is open for the queue."""
        return self._current(view, now).newcomer(queue, item)

    def of_ticket(self, view: View, ticket: Ticket, now: datetime) -> Estimate | None:
        """When a waiting ticket will be called. One that the walk has not met yet takes the place of whoever stands
        behind it, or the end of the line."""
        walk = self._current(view, now)
        if (known := walk.tickets.get(ticket.id)) is not None:
            return known
        overtaken = (walk.tickets.get(other.id) for other in behind(ticket, view.waiting(ticket.queue)))
        first = min(filter(None, overtaken), key=_start, default=None)
        return first or walk.newcomer(ticket.queue, ticket.item)

    def add(self, view: View, ticket: Ticket, now: datetime) -> None:
        """A ticket was issued: the present walk goes on with it until the next."""
        self._current(view, now).add(ticket)

    def promise(self, view: View, ticket: Ticket, now: datetime) -> Promise | None:
        """What is told, and kept with the ticket, when it is issued."""
        estimate = self.of_ticket(view, ticket, now)
        if estimate is None:
            return None
        low, likely, high = estimate.wait_minutes(now)
        return Promise(round(likely, 2), round(low, 2), round(high, 2), estimate.start_at, estimate.finish_at)

    def told(self, estimate: Estimate | None, now: datetime) -> dict[str, Any]:
        """The figures as people see them: rounded minutes and clock times, or that no window is open."""
        if estimate is None:
            return UNKNOWN
        low, likely, high = rounded_range(*estimate.wait_minutes(now))
        return {
            "likely_minutes": likely,
            "low_minutes": low,
            "high_minutes": high,
            "start_at": local_iso(self.plan, max(estimate.start_at, now)),
            "finish_at": local_iso(self.plan, estimate.finish_at),
        }

    def told_of(self, view: View, ticket: Ticket, now: datetime) -> dict[str, Any] | None:
        """The figures of one ticket; None once waiting is over."""
        if ticket.state in {CALLED, SERVING} or not ticket.is_open:
            return None
        return self.told(self.of_ticket(view, ticket, now), now)

    def _current(self, view: View, now: datetime) -> Walk:
        if self._walk is None:
            self._walk = Walk(self.plan, view, now, self._service)
        return self._walk


def _start(estimate: Estimate) -> datetime:
    return estimate.start_at
