"""Citizens and clerks who press until the power fails, remember what they were told, and press again afterwards."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.clients import Anybody, Reply

Row = dict[str, Any]


@dataclass(frozen=True)
class Command:
    """What somebody pressed; the request id makes a second press the same command."""

    path: str
    body: Row


@dataclass
class Person(ABC):
    """Somebody who presses. `told` is every ticket they were told of, in order, as the server described it then."""

    name: str
    client: Anybody
    told: list[Row] = field(default_factory=list)
    refused: list[Reply] = field(default_factory=list)
    unanswered: Command | None = None
    presses: int = 0

    def press(self, path: str, **body: Any) -> Row | None:
        """One command with a request id of its own; the ticket of the answer, if it was accepted."""
        self.presses += 1
        return self._send(Command(path, {**body, "request_id": f"{self.name} {self.presses}"}))

    def press_again(self) -> Row | None:
        """The command that was never answered, exactly as it was."""
        assert self.unanswered is not None
        return self._send(self.unanswered)

    def until_the_power_fails(self) -> None:
        """Go on until the server is gone."""
        try:
            while True:
                self.act()
        except requests.RequestException:
            return

    @abstractmethod
    def act(self) -> None:
        """Press what comes next."""

    def _send(self, command: Command) -> Row | None:
        self.unanswered = command
        reply = self.client.post(command.path, command.body)
        self.unanswered = None
        if reply.status not in {200, 201}:
            self.refused.append(reply)
            return None
        ticket: Row | None = reply.body["ticket"]
        if ticket is not None:
            self.told.append(ticket)
        return ticket


@dataclass
class Citizens(Person):
    """People at one kiosk, for two queues in turn."""

    walked_away: int = 0

    def act(self) -> None:
        self.press("tickets", queue="BF"[self.presses % 2], after_hours_choice="wait")

    def walk_away(self) -> None:
        """Leave without having had an answer."""
        self.unanswered = None
        self.walked_away += 1


@dataclass
class Clerk(Person):
    """Somebody who serves at a window: call, start, finish."""

    window: int = 0

    @property
    def at_window(self) -> tuple[str, str] | None:
        """The ticket that must be at the window by what the clerk was told, as (id, state)."""
        if not self.told or self.told[-1]["state"] == "done":
            return None
        return self.told[-1]["id"], self.told[-1]["state"]

    def act(self) -> None:
        match self.at_window:
            case (_, "called"):
                self.press(f"windows/{self.window}/start")
            case (_, "serving"):
                self.press(f"windows/{self.window}/finish", outcome="受理")
            case _:
                self.press(f"windows/{self.window}/call-next")
