"""Who calls while fuzzing: anybody, a kiosk, a clerk at a window with somebody to serve, a manager, the system role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.clients import Anybody, Device, Staff
from tests.hall_server import HallServer

CLERK, WINDOW = "工号003", 3
STAFF = {"clerk": CLERK, "manager": "工号057", "system": "工号058"}
CALLERS = ("anybody", "kiosk", *STAFF)

ACTIVE = frozenset({"call-again", "start", "finish", "miss", "hold", "give-back", "transfer"})
"""What is done with a ticket at the window."""
BEFORE_SERVICE = frozenset({"call-again", "start", "miss"})


@dataclass
class Fuzzed:
    """The running hall, and everybody who may call it. Things are put in order again before each call."""

    hall: HallServer
    clients: dict[str, Anybody] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._kiosk = Device(self.hall.url, self.hall.credentials["devices"]["K1"])

    def client(self, caller: str) -> Anybody:
        """A caller's client, signed in anew, as the call before may have ended the session."""
        if caller == "anybody":
            return Anybody(self.hall.url)
        if caller == "kiosk":
            return self._kiosk
        return self._sign_in(STAFF[caller])

    def _sign_in(self, name: str) -> Staff:
        return Staff(self.hall.url, name, self.hall.credentials["staff"][name]).sign_in()

    def waiting_ticket(self) -> dict[str, Any]:
        """A number that somebody has just taken; an evacuation that a call began is over."""
        taken = self._kiosk.post("tickets", queue="B", after_hours_choice="wait")
        if taken.code == "evacuation":
            self._sign_in(STAFF["manager"]).post("evacuation", on=False).expect()
            return self.waiting_ticket()
        ticket: dict[str, Any] = taken.expect(201)["ticket"]
        return ticket

    def ready_for(self, verb: str, clerk: Anybody) -> None:
        """Put the clerk's window into the state in which the verb makes sense, as far as one can."""
        at = f"windows/{WINDOW}"
        if clerk.post(f"{at}/sign-on").code == "window_taken":
            raise AssertionError("somebody else took the window")
        clerk.post(f"{at}/resume", password=self.hall.credentials["staff"][CLERK])
        if verb == "sign-on":
            clerk.post(f"{at}/sign-off")
        if verb in ACTIVE:
            self.waiting_ticket()
            clerk.post(f"{at}/call-next")
            if verb not in BEFORE_SERVICE:
                clerk.post(f"{at}/start")
        elif verb in {"call", "call-next", "undo", "sign-off"}:
            clerk.post(f"{at}/finish", outcome="受理")
            clerk.post(f"{at}/give-back", reason="其他")
        elif verb == "resume":
            clerk.post(f"{at}/pause", reason="其他")
