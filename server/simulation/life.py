"""The simulation as a whole: who takes part, what they hear, and the greenlet in which they live."""

from __future__ import annotations

import logging
from datetime import datetime
from random import Random

import gevent

from server.domain import events
from server.domain.errors import Refused
from server.services.hall import Hall, Happened
from server.simulation.agenda import Action, Agenda
from server.simulation.clerks import Clerk
from server.simulation.demand import Demand
from server.simulation.desk import Desk
from server.simulation.outcomes import Outcomes
from server.simulation.visitors import Visitors

log = logging.getLogger(__name__)

LONGEST_REST_SECONDS = 0.1
"""Real seconds; news may bring something forward at any time."""

BREATH_SECONDS, LONGEST_SPELL_SECONDS = 0.001, 0.01
"""Between two spells of work requests and sockets have their turn; after a sleep of 0 gevent would let fifty more
actions pass before it looks at the sockets."""

BEGINS_TO_WAIT = (
    events.TicketIssued,
    events.TicketReturned,
    events.HoldEnded,
    events.TicketGivenBack,
    events.TicketTransferred,
)


class Simulation:
    """Visitors and clerks of one hall, on one agenda. `rate` is a multiple of the hall file's normal day."""

    def __init__(self, hall: Hall, rate: float, left_to_people: frozenset[int], dice: Random) -> None:
        self.hall = hall
        self.agenda = Agenda()
        working = {person.id for person in hall.plan.staff if person.active}
        staffed = [window for window in hall.plan.windows if window.default_staff in working]
        windows = [window for window in staffed if window.number not in left_to_people]
        self.demand = Demand(hall.plan, rate, [window.number for window in staffed])
        self._visitors = Visitors(hall, self.agenda, self.demand, dice)
        outcomes = Outcomes(hall.plan, self.demand.asking_elsewhere)
        self._clerks = {
            window.number: Clerk(
                hall.plan,
                window,
                Desk(hall, window, window.default_staff or ""),
                self._visitors,
                outcomes,
                self.agenda,
                dice,
            )
            for window in windows
        }

    def begin(self, now: datetime) -> None:
        """Everybody goes on from the hall as it is, and hears what happens from now on."""
        for clerk in self._clerks.values():
            clerk.begin(now)
        self._visitors.begin(now)
        self.hall.followers.append(self.hear)
        log.info("simulated: %d clerks, about %d visitors a day", len(self._clerks), round(self.demand.a_day))

    def hear(self, happened: Happened) -> None:
        """News of the hall, whoever made it."""
        self._visitors.hear(happened)
        for entry in happened.entries:
            if isinstance(entry.event, BEGINS_TO_WAIT):
                self._wake(entry.event.ticket, happened.now)

    def _wake(self, ticket_id: str, now: datetime) -> None:
        """Clerks without anybody to serve see that somebody waits."""
        ticket = self.hall.storage.floor.ticket(ticket_id)
        if ticket is None:
            return
        for window in self.hall.plan.windows:
            if ticket.queue in window.queues and window.number in self._clerks:
                self._clerks[window.number].notice(now)

    def do_one_due(self) -> bool:
        """Do the first thing that is due; False when there is time to rest."""
        now = self.hall.clock.now()
        action = self.agenda.take_due(now)
        if action is not None:
            attempt(action, now)
        return action is not None

    def work(self) -> None:
        """Do what is due, for a short spell."""
        ends = self.hall.clock.real() + LONGEST_SPELL_SECONDS
        while self.do_one_due() and self.hall.clock.real() < ends:
            pass

    def rest_seconds(self) -> float:
        """Real seconds until the next thing is due, but at least a breath and at most as long as one may rest."""
        due = self.agenda.next_at()
        if due is None:
            return LONGEST_REST_SECONDS
        left = (due - self.hall.clock.now()).total_seconds() / self.hall.clock.speed
        return min(max(left, BREATH_SECONDS), LONGEST_REST_SECONDS)


def attempt(action: Action, now: datetime) -> None:
    """A refusal is normal life; anything else is an error in the program, and life goes on."""
    try:
        action(now)
    except Refused as refused:
        log.debug("refused: %s", refused.code)
    except Exception:
        log.exception("a simulated person could not go on")


def start(hall: Hall, rate: float, left_to_people: frozenset[int]) -> gevent.Greenlet:
    """Visitors and clerks live in this hall until the greenlet is killed.

    `rate` is a multiple of the hall file's normal day; no simulated clerk takes a window of `left_to_people`. Every
    start in the same state of the hall is alike; a later one goes on differently.
    """
    dice = Random(f"{hall.plan.code} {hall.storage.floor.seq}")
    return gevent.spawn(_live, Simulation(hall, rate, left_to_people, dice))


def _live(simulation: Simulation) -> None:
    """One thing after another, in the order of the hall's clock, as long as the server lives."""
    simulation.begin(simulation.hall.clock.now())
    while True:
        simulation.work()
        gevent.sleep(simulation.rest_seconds())
