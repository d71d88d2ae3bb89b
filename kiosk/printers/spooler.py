"""The system's print queue (CUPS), through its own `lp` and `lpstat`. Tried against stand-ins, not on hardware."""

import os
import subprocess

from PIL import Image

from kiosk.printers.face import PrinterState, PrintResult
from kiosk.printers.job import escpos_job

PATIENCE_SECONDS = 10


class SpoolerPrinter:
    """A named queue. It takes the job and tells nothing of paper, so a slip is `printed`, but `unconfirmed`."""

    blocks = False  # gevent waits for child processes by itself, and only in the main thread

    def __init__(self, queue: str, *, paper_mm: int | None = None, profile: str = "") -> None:
        self.queue = queue
        self.paper_mm = paper_mm
        self._profile = profile

    def print_slip(self, image: Image.Image, name: str = "slip") -> PrintResult:
        """See `Printer`."""
        command = ["lp", "-d", self.queue, "-o", "raw", "-t", name]
        taken = self._run(command, escpos_job(image, self._profile)) is not None
        return PrintResult("printed", "unconfirmed") if taken else PrintResult("failed", "offline")

    def status(self) -> PrinterState:
        """See `Printer`. A queue that works says nothing about the printer behind it."""
        answer = self._run(["lpstat", "-p", self.queue])
        if answer is None or "disabled" in answer:
            return "offline"
        return "unknown"

    @staticmethod
    def _run(command: list[str], job: bytes = b"") -> str | None:
        """What the command said, or None when it is missing, refuses or hangs."""
        try:
            done = subprocess.run(
                command, input=job, capture_output=True, timeout=PATIENCE_SECONDS, check=True,
                env={**os.environ, "LC_ALL": "C"},
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.decode(errors="replace")
