"""Visitors: they take a number at a kiosk, wait, come when they are called or do not, and return when they were missed.

A person who takes a number in a demo is none of them: only what the simulation issued itself is cancelled or returned.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from random import Random
from secrets import token_hex

from server.domain import hours
from server.domain.errors import Refused
from server.domain.events import TicketMissed
from server.domain.plan import HallPlan
from server.domain.windows import CLOSED
from server.services import issuing, queries, ticketing
from server.services.hall import Body, Hall, Happened, Request, UseCase
from server.services.issuing import WAIT, Wish
from server.services.work import Actor
from server.simulation.agenda import Agenda
from server.simulation.arrivals import Arrivals
from server.simulation.demand import Demand, Visit
from server.simulation.durations import seconds_between, walk

log = logging.getLogger(__name__)

CANCEL_SHARE = 0.02
"""Of all visitors, those who give their number up on the phone."""

RETURN_SHARE = 0.6
"""Of those who were missed, those who come back and ask for their place."""

STAYS_SHARE = 0.9
PATIENCE_AFTER_CLOSING = timedelta(minutes=90)
"""Most stay when they would be done up to so long after closing; the later it would be, the fewer."""

TOO_LATE = timedelta(minutes=5)
"""A visitor whom a slow machine could not let in for so long stays at home: a hall whose clock runs faster than it can
work stays a hall, with fewer people."""

AT_THE_DOOR = timedelta(minutes=20)
DOOR_SECONDS = 90
"""A simulation that begins in an empty, open hall lets in whoever would have come lately, one after another."""


class Visitors:
    """Everybody who comes."""

    def __init__(self, hall: Hall, agenda: Agenda, demand: Demand, dice: Random) -> None:
        self._hall = hall
        self._agenda = agenda
        self._demand = demand
        self._dice = dice
        self._arrivals = Arrivals(hall.plan, demand.a_day, dice)
        self._ours: set[str] = set()
        """Tickets of today that simulated visitors hold."""
        self._absent: set[str] = set()
        """Those of them whose holders will not come when they are called."""
        self._stayed_at_home = 0

    # arriving

    def begin(self, now: datetime) -> None:
        """From now on visitors come."""
        if not any(self._hall.storage.floor.all_tickets()):
            for _ in self._arrivals.between(self._door_since(now), now):
                self._agenda.at(now + seconds_between(self._dice, 0, DOOR_SECONDS), self._take_number)
        self._expect_after(now)

    def _door_since(self, now: datetime) -> datetime:
        return max(now - AT_THE_DOOR, hours.day_begins(self._hall.plan, hours.business_date(self._hall.plan, now)))

    def _expect_after(self, moment: datetime) -> None:
        """The next visitor comes at a time that does not depend on how late the last was let in."""
        comes = self._arrivals.next_after(moment)
        if comes is not None:
            self._agenda.at(comes, lambda now: self._arrive(comes, now))

    def _arrive(self, planned: datetime, now: datetime) -> None:
        self._expect_after(planned)
        if now - planned > TOO_LATE:
            self._stayed_at_home += 1
            return
        self._take_number(now)

    def _take_number(self, now: datetime) -> None:
        visit = self._demand.draw(self._dice)
        try:
            self._hold(self._issue(visit), now)
        except Refused as refused:
            if refused.code != "after_hours_choice" or not self._stays(refused):
                raise
            self._hold(self._issue(visit, WAIT), now)

    def _issue(self, visit: Visit, choice: str | None = None) -> Body:
        """As a kiosk does; the id makes a repeat the same ticket."""
        wish = Wish(visit.queue, visit.item, priority_group=visit.priority_group, after_hours_choice=choice)
        request = Request(f"sim-{token_hex(8)}", [visit.queue, visit.item, visit.priority_group, choice], 201)
        kiosk = self._dice.choice(_kiosks_near(self._hall.plan, visit.queue))
        _, body = self._hall.do(
            Actor("device", kiosk, "kiosk"),
            lambda work: issuing.issue(work, wish),
            lambda work, ticket: queries.ticket_body(self._hall, work, ticket),
            request,
        )
        return body

    def _stays(self, refused: Refused) -> bool:
        """Told that they would be done after closing, most wait nevertheless; the others leave without a number."""
        done = datetime.fromisoformat(refused.facts["predicted_finish_at"])
        late = done - datetime.fromisoformat(refused.facts["closes_at"])
        return self._dice.random() < STAYS_SHARE * min(1.0, PATIENCE_AFTER_CLOSING / max(late, timedelta(minutes=1)))

    # holding a number

    def _hold(self, body: Body, now: datetime) -> None:
        """The slip is printed; some will not come when called, and a few give up before."""
        ticket_id, token = body["ticket"]["id"], body["ticket"]["token"]
        self._ours.add(ticket_id)
        printed = now + seconds_between(self._dice, 2, 5)
        self._agenda.at(
            printed, lambda _: self._as_holder(ticket_id, lambda work: ticketing.report_print(work, token, None))
        )
        fate = self._dice.random()
        if fate < self._hall.plan.load.no_show_share:
            self._absent.add(ticket_id)
        elif fate > 1 - CANCEL_SHARE:
            gives_up = now + seconds_between(self._dice, 5 * 60, 40 * 60)
            self._agenda.at(
                gives_up, lambda _: self._as_holder(ticket_id, lambda work: ticketing.cancel(work, token, None))
            )

    def walk_of(self, ticket_id: str) -> timedelta | None:
        """How long a called person walks to the window; None when they do not come."""
        return None if ticket_id in self._absent else walk(self._dice)

    def hear(self, happened: Happened) -> None:
        """Some of those who were missed come back."""
        for entry in happened.entries:
            if isinstance(entry.event, TicketMissed) and entry.event.ticket in self._ours:
                self._absent.discard(entry.event.ticket)
                self._may_return(entry.event.ticket, happened.now)
        self._forget(happened)

    def _may_return(self, ticket_id: str, now: datetime) -> None:
        if self._dice.random() < RETURN_SHARE:
            within = self._hall.plan.no_show.return_within_minutes * 60
            self._agenda.at(now + seconds_between(self._dice, 60, within), lambda _: self._return(ticket_id))

    def _return(self, ticket_id: str) -> None:
        """Nobody comes back to a queue whose windows have all closed."""
        ticket = self._hall.storage.floor.ticket(ticket_id)
        if ticket is not None and self._is_served(ticket.queue):
            token = ticket.token
            self._as_holder(ticket_id, lambda work: ticketing.return_to_line(work, token))

    def _is_served(self, queue: str) -> bool:
        floor = self._hall.storage.floor
        serving = (window.number for window in self._hall.plan.windows if queue in window.queues)
        return any(floor.window(number).state != CLOSED for number in serving)

    def _as_holder(self, ticket_id: str, use_case: UseCase) -> None:
        """What the holder of a number does, or the kiosk for them: whoever has the link is the ticket itself."""
        self._hall.do(
            Actor("ticket", ticket_id),
            use_case,
            lambda work, ticket: queries.ticket_body(self._hall, work, ticket),
        )

    def _forget(self, happened: Happened) -> None:
        """A new day begins with an empty hall."""
        if any(entry.kind == "DayBegan" for entry in happened.entries):
            if self._stayed_at_home:
                log.info("%d simulated visitors stayed at home: the clock is too fast here", self._stayed_at_home)
            self._ours.clear()
            self._absent.clear()
            self._stayed_at_home = 0


def _kiosks_near(plan: HallPlan, queue: str) -> list[str]:
    """The kiosks on the floor of a queue; all of them where that floor has none."""
    floor = plan.zone_by_id[plan.queue_by_prefix[queue].zone].floor
    near = [kiosk.id for kiosk in plan.kiosks if plan.zone_by_id[kiosk.zone].floor == floor]
    return near or [kiosk.id for kiosk in plan.kiosks]
