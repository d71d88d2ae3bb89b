"""The greenlet in which simulated people live, beside the server, on a clock that runs."""

from __future__ import annotations

import time
from collections.abc import Callable

import gevent

from server.adapters.clock import Anchor, HallClock
from server.domain.plan import LoadProfile
from server.simulation import start
from tests.halls import CLERK_OF, plan_with
from tests.living_hall import LivingHall

FAST = 600.0


def test_people_live_beside_the_server_until_they_are_ended_with_it(open_hall: Callable[..., LivingHall]) -> None:
    hall = open_hall(plan_with(load=LoadProfile(tickets=300)), now="2026-11-24T09:30:00+08:00")
    real = time.time()
    hall.hall.clock = HallClock(Anchor(real, hall.clock.now().timestamp(), FAST))
    people = start(hall.hall, 1, frozenset({1}))
    deadline = time.monotonic() + 20
    while "TicketFinished" not in hall.kinds() and time.monotonic() < deadline:
        gevent.sleep(0.05)
    people.kill()
    lived = hall.kinds()
    gevent.sleep(0.2)
    assert {hall.floor.window(number).clerk for number in (2, 3, 4)} == {CLERK_OF[number] for number in (2, 3, 4)}
    assert hall.floor.window(1).clerk is None
    assert "TicketFinished" in lived
    assert hall.kinds() == lived
