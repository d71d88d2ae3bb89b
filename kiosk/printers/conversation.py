"""The conversation with an ESC/POS printer: ask, send, wait, ask again. Being able to send proves nothing."""

import time
from collections.abc import Callable
from threading import Lock

from PIL import Image

from kiosk.printers.face import PrinterState, PrintResult
from kiosk.printers.job import escpos_job
from kiosk.printers.link import Link, LinkError
from kiosk.printers.sensors import read_state

DOTS_PER_MM = 8
MM_PER_SECOND = 100  # slow printers; asking too early would hear "ready" from one whose paper is about to end
CANNOT_PRINT = frozenset({"out", "cover", "offline"})


class EscposPrinter:
    """A printer at the end of a link. One conversation at a time: most printers take one caller only."""

    def __init__(
        self,
        connect: Callable[[], Link],
        *,
        paper_mm: int | None = None,
        profile: str = "",
        answers: bool = True,
        blocks: bool = False,
        mm_per_second: float = MM_PER_SECOND,
    ) -> None:
        self.paper_mm = paper_mm
        self.blocks = blocks
        self._connect = connect
        self._profile = profile
        self._answers = answers
        self._mm_per_second = mm_per_second
        self._one_at_a_time = Lock()

    def print_slip(self, image: Image.Image, name: str = "slip") -> PrintResult:
        """See `Printer`. A printer that cannot print is sent nothing, so that no old slip comes out after refilling."""
        job = escpos_job(image, self._profile)
        with self._one_at_a_time:
            try:
                link = self._connect()
            except LinkError:
                return PrintResult("failed", "offline")
            try:
                return self._deliver(link, job, seconds=image.height / DOTS_PER_MM / self._mm_per_second)
            finally:
                link.close()

    def status(self) -> PrinterState:
        """See `Printer`. One that cannot be reached is offline; one that cannot answer is unknown."""
        with self._one_at_a_time:
            try:
                link = self._connect()
            except LinkError:
                return "offline"
            try:
                return read_state(link.ask) if self._answers else "unknown"
            except LinkError:
                return "offline"
            finally:
                link.close()

    def _deliver(self, link: Link, job: bytes, seconds: float) -> PrintResult:
        try:
            before = read_state(link.ask) if self._answers else "unknown"
        except LinkError:
            return PrintResult("failed", "offline")  # nothing has been sent yet
        if before in CANNOT_PRINT:
            return PrintResult("failed", before)
        try:
            link.write(job)
            if not self._answers:
                return PrintResult("printed", "unconfirmed")
            time.sleep(seconds)
            return _judge(read_state(link.ask))
        except LinkError:
            return PrintResult("unknown", "connection_lost")


def _judge(after: PrinterState) -> PrintResult:
    if after in CANNOT_PRINT:
        return PrintResult("failed", after)
    if after == "unknown":
        return PrintResult("unknown", "no_answer")
    return PrintResult("printed", "near_end" if after == "near_end" else "")
