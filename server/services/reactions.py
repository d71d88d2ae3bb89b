"""What follows from what has happened, after it is on disk: one table, in the order in which it is done.

A follow-up that fails is logged and the next one runs: the printer failing must not undo the ticket.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from server.domain import events
from server.services.hall import Hall, Happened
from server.services.ports import Wire
from server.services.queries import devices, ticket_page
from server.services.rows import Row
from server.services.times import local_iso

log = logging.getLogger(__name__)

STAFFING = (
    events.SignedOn,
    events.SignedOff,
    events.WindowPaused,
    events.WindowResumed,
    events.WindowSuspended,
    events.WindowLent,
    events.DayBegan,
)
"""After these the present walk is wrong at once, not only a second old."""

EVACUATION = (events.EvacuationBegan, events.EvacuationEnded)

Reaction = Callable[[Happened], None]


class Reactions:
    """Follows the hall's units of work and tells the world."""

    def __init__(self, hall: Hall, wire: Wire) -> None:
        self._hall = hall
        self._wire = wire
        self._devices_told: list[Row] = []
        self.followed: dict[str, int] = {}
        """Tickets that somebody watches on a phone, with how many pages."""
        self._last_told: dict[str, Any] = {}
        self.table: tuple[tuple[str, Reaction], ...] = (
            ("news", self._news),
            ("estimates", self._estimates),
            ("phones", self._phones),
            ("voice", self._voice),
            ("speech ahead", self._speech_ahead),
        )

    def __call__(self, happened: Happened) -> None:
        for name, reaction in self.table:
            try:
                reaction(happened)
            except Exception:
                log.exception("after %s: %s failed", happened.entries[-1].kind, name)

    def _news(self, happened: Happened) -> None:
        for piece in self._hall.board.take_in(happened.entries, happened.before, happened.now):
            for audience, news in piece.items():
                self._wire.send("news", news, audience)

    def _estimates(self, happened: Happened) -> None:
        estimates, floor = self._hall.estimates, self._hall.storage.floor
        for entry in happened.entries:
            if isinstance(entry.event, events.TicketIssued) and (ticket := floor.ticket(entry.event.ticket)):
                estimates.add(floor, ticket, happened.now)
        if any(isinstance(entry.event, STAFFING) for entry in happened.entries):
            estimates.forget()
        estimates.dirty = True

    def _phones(self, happened: Happened) -> None:
        """The page of a ticket hears of its own state at once, and every page of an evacuation."""
        if any(isinstance(entry.event, EVACUATION) for entry in happened.entries):
            for followed in list(self.followed):
                self.tell_phone(followed)
        for entry in happened.entries:
            ticket_id = getattr(entry.event, "ticket", None)
            if ticket_id in self.followed:
                self.tell_phone(ticket_id)

    def tell_phone(self, ticket_id: str) -> None:
        """Send a ticket's page its whole answer, if it differs from the last one for people."""
        ticket = self._hall.storage.floor.ticket(ticket_id)
        if ticket is None:
            return
        answer = ticket_page(self._hall, ticket, self._hall.clock.now())
        shown = {key: value for key, value in answer["ticket"].items() if key != "estimate"}
        estimate = answer["ticket"]["estimate"] or {}
        minutes = (estimate.get("low_minutes"), estimate.get("high_minutes"), estimate.get("unknown"))
        told = (shown, minutes, answer["evacuation"])
        if self._last_told.get(ticket_id) != told:
            self._last_told[ticket_id] = told
            self._wire.send("ticket", answer, f"ticket:{ticket_id}")

    def _voice(self, happened: Happened) -> None:
        if any(
            isinstance(entry.event, (events.TicketCalled, events.TicketCalledAgain, events.EvacuationBegan))
            for entry in happened.entries
        ):
            self._hall.announcer.wake()

    def _speech_ahead(self, happened: Happened) -> None:
        """The sentences of those who are next, at the windows that acted or where somebody has just become next, are
        made before anybody presses (V4)."""
        floor, plan = self._hall.storage.floor, self._hall.plan
        acted = {getattr(entry.event, "window", None) for entry in happened.entries}
        concerned = {getattr(entry.event, "ticket", None) for entry in happened.entries}
        calls = []
        for row in self._hall.board.staff_windows(window.number for window in plan.windows):
            following = row["next"][:2]
            if row["number"] in acted or concerned.intersection(following):
                tickets = (floor.ticket(ticket_id) for ticket_id in following)
                calls += [(ticket.number, row["number"]) for ticket in tickets if ticket is not None]
        self._hall.announcer.prepare(calls)

    def tick(self) -> None:
        """Once a second: figures that moved go to screens and phones."""
        self._tell_devices()
        hall = self._hall
        now = hall.clock.now()
        if not hall.estimates.due(now):
            return
        moved = hall.board.moved_estimates(now)
        if moved:
            message = {"at": local_iso(hall.plan, now), "queues": moved}
            for audience in ("public", "staff"):
                self._wire.send("estimates", message, audience)
        for ticket_id in list(self.followed):
            self.tell_phone(ticket_id)

    def _tell_devices(self) -> None:
        """The manager's board hears of devices that fell silent, ran out of paper or lost their sound."""
        present = devices(self._hall)
        shown = [{**row, "last_seen": None} for row in present]
        if shown != self._devices_told:
            self._devices_told = shown
            self._wire.send("devices", {"devices": present}, "staff")

    def follow(self, ticket_id: str) -> None:
        """A phone page opened."""
        self.followed[ticket_id] = self.followed.get(ticket_id, 0) + 1

    def unfollow(self, ticket_id: str) -> None:
        """A phone page closed."""
        left = self.followed.get(ticket_id, 0) - 1
        if left > 0:
            self.followed[ticket_id] = left
        else:
            self.followed.pop(ticket_id, None)
            self._last_told.pop(ticket_id, None)
