"""A hall in which simulated people live, on a clock that jumps from one thing to the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from server.domain.journal import Entry
from server.simulation.life import Simulation
from tests.living_hall import LivingHall

WATCH_EVERY = timedelta(seconds=30)
"""Hall time between two looks of the watcher and two ticks of the figures."""


QUIET = timedelta(minutes=20)
"""The watcher looks at least so often, as in the night when nobody does anything."""


def simulate(hall: LivingHall, rate: float = 1, left_to_people: set[int] | None = None, seed: int = 1) -> Simulation:
    """People begin to live in this hall now."""
    simulation = Simulation(hall.hall, rate, frozenset(left_to_people or ()), Random(seed))
    simulation.begin(hall.clock.now())
    return simulation


def live_until(simulation: Simulation, hall: LivingHall, moment: str) -> None:
    """Everything happens that is planned before `moment`, such as 2026-11-24T12:00:00+08:00; then it is that time."""
    ends = datetime.fromisoformat(moment)
    watched = hall.clock.now()
    while (due := simulation.agenda.next_at()) is not None and due < ends:
        while due - hall.clock.now() > QUIET:
            hall.let_pass(seconds=QUIET.total_seconds())
        hall.clock.moment = max(due, hall.clock.moment)
        if hall.clock.now() >= watched:
            watched = hall.clock.now() + WATCH_EVERY
            hall.settle()
            hall.reactions.tick()
            hall.wire.sent.clear()
        simulation.do_one_due()
    hall.at(moment)


def of_kind(entries: list[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if entry.kind == kind]
