"""One hall through many power failures, and a list of every promise that it broke."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from typing import Any

from tests.clients import Device, Listener, Staff
from tests.hall_server import HallServer
from tests.kill.people import Citizens, Clerk, Person

WINDOWS = (3, 4, 15, 16)
KIOSKS = ("K1", "K2", "K3")
QUEUES = ("B", "F")

Row = dict[str, Any]


KIOSK_BLOCKS = range(800, 1000)
"""Five kiosks have forty numbers each in every queue of the sample hall; the server goes from 799 on to 1000."""


class Ordeal:
    """`lost`, `doubled` and `ambiguous` tell what went wrong, in words; empty lists are what one hopes for."""

    def __init__(self, hall: HallServer) -> None:
        self.hall = hall
        self.lost: list[str] = []
        self.doubled: list[str] = []
        self.ambiguous: list[str] = []
        self.left_unanswered = 0
        self.restart_seconds: list[float] = []
        self._dice = random.Random(20261124)
        self._meant: dict[str, str] = {}
        devices, staff = hall.credentials["devices"], hall.credentials["staff"]
        self.kiosks = [Citizens(kiosk, Device(hall.url, devices[kiosk])) for kiosk in KIOSKS]
        names = {window: f"工号{window:03}" for window in WINDOWS}
        desks = {window: Staff(hall.url, name, staff[name]).sign_in() for window, name in names.items()}
        self.clerks = [Clerk(names[at], desk.sign_on(at), window=at) for at, desk in desks.items()]
        self._first = {queue: self._next_number(queue) for queue in QUEUES}

    @property
    def people(self) -> list[Person]:
        return [*self.kiosks, *self.clerks]

    def suffer(self, failures: int) -> None:
        """Fail and come back, again and again; look after each whether every promise was kept."""
        for _ in range(failures):
            self._fail()
            self._come_back()
            self._check_what_was_acknowledged()
            self._press_again()
        self._check_numbers()
        self._check_calls()
        for kiosk in self.kiosks:
            for ticket in kiosk.told:
                self._check_ticket(kiosk, ticket)

    def _fail(self) -> None:
        """Everybody presses, a screen listens, and at some instant the power fails."""
        screen = Listener(self.hall.url, view="display")
        pressing = [threading.Thread(target=person.until_the_power_fails) for person in self.people]
        for thread in pressing:
            thread.start()
        time.sleep(self._dice.uniform(0.02, 0.5))
        self.hall.kill()
        for thread in pressing:
            thread.join(30)
        screen.close()
        self.left_unanswered += sum(1 for person in self.people if person.unanswered)
        for news in screen.of("news"):
            self._saw(news["changed"].get("tickets", ()))

    def _come_back(self) -> None:
        begun = time.monotonic()
        self.hall.start()
        self.restart_seconds.append(time.monotonic() - begun)

    def _check_what_was_acknowledged(self) -> None:
        """What anybody was told is there, unless a command that was never answered has gone further."""
        there = self._tickets_at_windows()
        for clerk in self.clerks:
            if clerk.unanswered is None and there[clerk.window] != clerk.at_window:
                self.lost.append(f"window {clerk.window}: {clerk.at_window} was told, {there[clerk.window]} is there")
        for kiosk in self.kiosks:
            for ticket in kiosk.told[-20:]:
                self._check_ticket(kiosk, ticket)

    def _press_again(self) -> None:
        """Who got no answer presses again; some citizens have walked away instead."""
        there = self._tickets_at_windows()
        for clerk in self.clerks:
            if clerk.unanswered is not None:
                already = there[clerk.window]
                ticket = clerk.press_again()
                if already and (ticket is None or ticket["id"] != already[0]):
                    self.doubled.append(f"window {clerk.window}: {already} was there, {ticket} was answered")
        for kiosk in self.kiosks:
            if kiosk.unanswered is not None and self._dice.random() < 0.3:
                kiosk.walk_away()
            elif kiosk.unanswered is not None and (ticket := kiosk.press_again()) is not None:
                self._check_ticket(kiosk, ticket)

    def _check_ticket(self, kiosk: Citizens, ticket: Row) -> None:
        self._saw([ticket])
        reply = kiosk.client.get(f"tickets/{ticket['token']}")
        same = ("id", "number", "queue", "issued_at")
        if reply.status != 200 or any(reply.body["ticket"][name] != ticket[name] for name in same):
            self.lost.append(f"{ticket['number']}: {reply.body}")

    def _check_numbers(self) -> None:
        """Nobody was told a number twice, and none was given unheard but to citizens who walked away."""
        unheard = 0
        for queue, first in self._first.items():
            given = range(first, self._next_number(queue) + 1)
            told = Counter(int(t["number"][1:]) for kiosk in self.kiosks for t in kiosk.told if t["queue"] == queue)
            self.doubled += [
                f"{queue}{number:03} was given {count} times" for number, count in told.items() if count > 1
            ]
            unheard += len(set(given) - set(told) - set(KIOSK_BLOCKS))
        if unheard > sum(kiosk.walked_away for kiosk in self.kiosks):
            self.doubled.append(f"{unheard} tickets were made that nobody was told of")

    def _check_calls(self) -> None:
        """Nobody was called twice: here every call ends in a finish."""
        calls = Counter(ticket["id"] for clerk in self.clerks for ticket in clerk.told if ticket["state"] == "called")
        self.doubled += [f"{ticket} was called {count} times" for ticket, count in calls.items() if count > 1]

    def _next_number(self, queue: str) -> int:
        """The number that the queue gives now, drawn like any other."""
        ticket = self.kiosks[0].press("tickets", queue=queue, after_hours_choice="wait")
        assert ticket is not None, self.kiosks[0].refused
        return int(ticket["number"][1:])

    def _tickets_at_windows(self) -> dict[int, tuple[str, str] | None]:
        picture = self.clerks[0].client.get("picture", view="caller").expect()
        self._saw(picture["tickets"])
        tickets = {window["number"]: window["ticket"] for window in picture["windows"]}
        return {number: (t["id"], t["state"]) if t else None for number, t in tickets.items()}

    def _saw(self, tickets: Any) -> None:
        """Somebody was shown these tickets: a number never means two of them."""
        for ticket in tickets:
            if self._meant.setdefault(ticket["number"], ticket["id"]) != ticket["id"]:
                self.ambiguous.append(ticket["number"])
