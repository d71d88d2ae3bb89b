"""Prints slips one after the other, and tells the server what became of each until it has been heard."""

import logging
import queue
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

from kiosk.agent_hall import HallMemory
from kiosk.agent_ledger import PrintLedger, Slip
from kiosk.printers import Printer, PrintResult
from kiosk.relay import Server, ServerAway
from kiosk.slip import draw_slip

log = logging.getLogger(__name__)

FIRST_RETRY_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 30.0
TAKEN = frozenset({200, 201, 204})
NEVER_WANTED = frozenset({400, 404, 409, 410, 422})  # saying it again would change nothing


@dataclass(frozen=True)
class Job:
    """A slip to print: the ticket as the server answered it, and its row in the ledger."""

    slip: int
    ticket: dict[str, Any]
    language: str
    reprint: bool


class PrintDesk:
    """Two workers: one has the printer, one has the server's ear. Neither waits for the other."""

    def __init__(
        self,
        printer: Printer,
        ledger: PrintLedger,
        server: Server,
        hall: HallMemory,
        run: Callable[..., Any] = lambda work, *arguments: work(*arguments),
    ) -> None:
        """`run` calls the printer; it may do so in a thread of its own."""
        self._printer = printer
        self._ledger = ledger
        self._server = server
        self._hall = hall
        self._run = run
        self._jobs: queue.Queue[Job] = queue.Queue()
        self._news = Event()
        self.on_trouble: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Starts both workers; what an earlier run could not tell is told first."""
        self._news.set()
        for work in (self._print_for_ever, self._tell_for_ever):
            Thread(target=work, daemon=True, name=work.__name__).start()

    def take(self, ticket: dict[str, Any], *, language: str = "zh", reprint: bool = False) -> bool:
        """Puts a slip in line; not a second time for the same ticket, unless it is a reprint."""
        if reprint:
            language = self._ledger.language(ticket["id"])
        row = self._ledger.enter(
            ticket["id"], ticket["token"], ticket["number"], language=language, reprint=reprint
        )  # fmt: skip
        if row is None:
            return False
        self._jobs.put(Job(row, ticket, language, reprint))
        return True

    def waiting(self) -> int:
        """Slips in line, the one in the printer not counted."""
        return self._jobs.qsize()

    def server_is_back(self) -> None:
        """Tells what is untold at once instead of at the next try."""
        self._news.set()

    def print_one(self, job: Job) -> PrintResult:
        """Draws and prints one slip and notes the result."""
        try:
            if not self._hall.answer:
                self._hall.refresh(self._server)
            image = draw_slip(
                job.ticket,
                self._hall.answer,
                paper_mm=self._printer.paper_mm,
                language=job.language,
                reprint=job.reprint,
            )
            result: PrintResult = self._run(self._printer.print_slip, image, str(job.ticket["number"]))
        except Exception:  # one bad ticket must not stop those behind it; the result says so
            log.exception("the slip of %s could not be made", job.ticket.get("number"))
            result = PrintResult("failed", "software")
        self._ledger.settle(job.slip, result)
        return result

    def tell_all(self) -> bool:
        """Tells the server every result it has not heard. Returns whether all have been heard."""
        heard = [self._tell(slip) for slip in self._ledger.untold()]
        return all(heard)

    def _tell(self, slip: Slip) -> bool:
        """What the server cannot be sure of counts as failed: then the screen shows the number with its code."""
        result = slip.result or PrintResult("unknown")
        body = {"result": "printed" if result.state == "printed" else "failed"}
        if result.problem:
            body["problem"] = result.problem
        try:
            reply = self._server.call("POST", f"tickets/{slip.token}/print", body)
        except ServerAway:
            return False
        if reply.status not in TAKEN | NEVER_WANTED:
            return False
        if reply.status in NEVER_WANTED:
            log.warning("the server does not want the result of %s: %s", slip.number, reply.json().get("error"))
        self._ledger.told(slip.id)
        return True

    def _print_for_ever(self) -> None:
        while True:
            result = self.print_one(self._jobs.get())
            self._news.set()
            if result.state != "printed":
                self.on_trouble()

    def _tell_for_ever(self) -> None:
        """Tells at every news; while the server is away or unwell, again and again with growing patience."""
        pause, retry = LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS
        while True:
            self._news.wait(pause)
            self._news.clear()
            if self.tell_all():
                pause, retry = LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS
            else:
                pause, retry = retry, min(retry * 2, LONGEST_RETRY_SECONDS)
