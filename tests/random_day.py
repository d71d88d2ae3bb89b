"""A day on which people do whatever they like, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from server.domain.errors import Refused
from server.services import calling
from tests.living_hall import LivingHall

CLERKS = ("工号001", "工号002", "工号003")


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
        "undo": lambda: hall.at_window(calling.undo, window),
        "miss": lambda: hall.call_three_times_and_miss(window),
        "return": lambda: ticket and hall.return_to_line(ticket),
        "hold": lambda: hall.at_window(calling.hold, window, "其他", 5),
        "give back": lambda: hall.at_window(calling.give_back, window, "其他"),
        "transfer to a queue": lambda: hall.at_window(calling.transfer, window, chance.choice("ABN"), None, "其他"),
        "transfer to a window": lambda: hall.at_window(calling.transfer, window, None, other, "其他"),
        "pause": lambda: hall.pause(window, minutes=5),
        "resume": lambda: hall.resume(window),
        "cancel": lambda: ticket and hall.cancel(ticket),
        "time passes": lambda: hall.let_pass(minutes=chance.choice((0.5, 4, 13))),
    }
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
