"""A day on which people do whatever they like, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from server.domain.errors import Refused
from server.services import arranging, attendance, calling, visits
from tests.living_hall import LivingHall

CLERKS = ("工号001", "工号002", "工号003")


def in_ten_minutes(hall: LivingHall) -> str:
    return (hall.clock.moment + timedelta(minutes=10)).isoformat()


def anything(hall: LivingHall, chance: random.Random) -> str | None:
    """Somebody tries something; gives what they did, or None when the rules did not let them."""
    window, other = chance.choice((1, 2, 3)), chance.choice((1, 2, 3))
    ticket = chance.choice(list(hall.floor.all_tickets()) or [None])
    deeds: dict[str, Callable[[], Any]] = {
        "issue": lambda: hall.issue(chance.choice("ABN"), priority_group=chance.choice((None, None, "老年人"))),
        "sign on": lambda: hall.sign_on(window, chance.choice(CLERKS)),
        "sign off": lambda: hall.sign_off(window),
        "call next": lambda: hall.call_next(window),
        "call one": lambda: ticket and hall.call_one(window, ticket.number),
        "start": lambda: hall.start(window),
        "finish": lambda: hall.finish(window),
        "undo": lambda: hall.undo(window),
        "miss": lambda: hall.call_three_times_and_miss(window),
        "return": lambda: ticket and hall.return_to_line(ticket),
        "hold": lambda: hall.hold(window, 5),
        "give back": lambda: hall.give_back(window),
        "transfer to a queue": lambda: hall.transfer(window, queue=chance.choice("ABN")),
        "transfer to a window": lambda: hall.transfer(window, window=other),
        "transfer to a person": lambda: hall.transfer(window, clerk=chance.choice(CLERKS)),
        "joint case": lambda: hall.transfer(window, window=other, joint=True),
        "ready": lambda: ticket and hall.at_window(visits.ready, window, ticket.number),
        "walk-in": lambda: hall.at_window(calling.walk_in, window, None, None),
        "put first": lambda: ticket and hall.arrange(lambda work: calling.put_first(work, ticket.number, "特殊群体")),
        "move": lambda: hall.arrange(lambda work: arranging.move_queue(work, chance.choice("AB"), "B", "人员调配")),
        "lend": lambda: hall.arrange(lambda work: attendance.lend(work, window, chance.choice((None, "A", "N")))),
        "relieve": lambda: hall.relieve(window, chance.choice(CLERKS)),
        "deactivate": lambda: hall.deactivate(chance.choice(CLERKS)),
        "close": lambda: hall.file_closure(other, hall.clock.moment.isoformat(), in_ten_minutes(hall)),
        "withdraw a closure": lambda: hall.arrange(
            lambda work: arranging.withdraw_closure(work, one_of(hall.floor.closures))
        ),
        "incident": lambda: hall.arrange(lambda work: arranging.report_incident(work, "help", "1A", None)),
        "end an incident": lambda: hall.arrange(
            lambda work: arranging.close_incident(work, one_of(hall.floor.incidents), None)
        ),
        "evacuation": lambda: hall.arrange(lambda work: arranging.evacuate(work, on=chance.random() < 0.2)),
        "pause": lambda: hall.pause(window, minutes=5),
        "resume": lambda: hall.resume(window),
        "cancel": lambda: ticket and hall.cancel(ticket),
        "time passes": lambda: hall.let_pass(minutes=chance.choice((0.5, 4, 13))),
    }

    def one_of(known: dict[str, Any]) -> str:
        return chance.choice(list(known) or ["none"])

    likely = {"issue": 6, "call next": 6, "start": 4, "finish": 4, "sign on": 3}
    deed = chance.choices(list(deeds), [likely.get(name, 1) for name in deeds])[0]
    try:
        deeds[deed]()
    except Refused:
        return None
    return deed


def deeds_of(hall: LivingHall, seed: int, tries: int = 400) -> Iterator[str]:
    """Three clerks sign on, then people try this and that; each deed that the rules let through is told."""
    chance = random.Random(seed)
    for window in (1, 2, 3):
        hall.sign_on(window)
        yield "sign on"
    for _ in range(tries):
        deed = anything(hall, chance)
        if deed is not None:
            yield deed
