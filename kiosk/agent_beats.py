"""Every 20 seconds: how is the printer, and is the server there? Day and night, so that staff see a dead kiosk."""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from kiosk import __version__
from kiosk.agent_hall import HallMemory
from kiosk.printers import Printer, PrinterState
from kiosk.relay import Server, ServerAway

log = logging.getLogger(__name__)

BEAT_SECONDS = 20.0
FACTS_SECONDS = 300.0


class Beats:
    """The kiosk's pulse, and what it learnt with it."""

    def __init__(
        self,
        printer: Printer,
        server: Server,
        hall: HallMemory,
        run: Callable[..., Any] = lambda work, *arguments: work(*arguments),
    ) -> None:
        """`run` calls the printer; it may do so in a thread of its own."""
        self._printer = printer
        self._server = server
        self._hall = hall
        self._run = run
        self._soon = Event()
        self._hall_asked = float("-inf")
        self.printer_state: PrinterState = "unknown"
        self.server_away = False
        self.refused = ""  # why the server does not know this kiosk, if so
        self.on_return: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Starts beating."""
        Thread(target=self._beat_for_ever, daemon=True, name="beats").start()

    def beat_soon(self) -> None:
        """Does not wait for the next beat: something has happened to the printer."""
        self._soon.set()

    def beat(self) -> None:
        """One beat: asks the printer, tells the server, learns the hall when it is time."""
        self.printer_state = self._run(self._printer.status)
        was_away = self.server_away
        try:
            body = {"version": __version__, "printer": {"state": self.printer_state}}
            reply = self._server.call("POST", "device/beat", body)
        except ServerAway:
            self.server_away = True
            return
        self.server_away = False
        self._note_refusal(reply.status, reply.json())
        if was_away:
            self.on_return()
        if was_away or time.monotonic() - self._hall_asked > FACTS_SECONDS:
            self._hall.refresh(self._server)
            self._hall_asked = time.monotonic()

    def _note_refusal(self, status: int, answer: dict[str, Any]) -> None:
        refused = str((answer.get("error") or {}).get("code") or status) if status >= 400 else ""
        if refused and refused != self.refused:
            log.error(
                "服务器不接受本取号机（%s），请检查 --id 与 --token。The server refuses this kiosk (%s).",
                refused,
                refused,
            )
        self.refused = refused

    def _beat_for_ever(self) -> None:
        while True:
            try:
                self.beat()
            except Exception:  # a pulse that stops for one surprise looks like a dead kiosk
                log.exception("a beat went wrong")
            self._soon.wait(BEAT_SECONDS)
            self._soon.clear()
