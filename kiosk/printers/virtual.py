"""A printer made of a folder: each slip becomes a picture and the bytes that a real printer would have got."""

import re
from pathlib import Path
from typing import get_args

from PIL import Image

from kiosk.printers.conversation import CANNOT_PRINT
from kiosk.printers.face import PrinterState, PrintResult
from kiosk.printers.job import escpos_job

STATE_FILE = "state"  # write "out" into it and the paper has run out


class VirtualPrinter:
    """Writes `A012.png` and `A012.bin`; a second slip of that number is `A012-2`."""

    blocks = False

    def __init__(self, folder: Path, *, paper_mm: int | None = None, profile: str = "") -> None:
        self.folder = folder
        self.paper_mm = paper_mm
        self._profile = profile

    def print_slip(self, image: Image.Image, name: str = "slip") -> PrintResult:
        """See `Printer`."""
        state = self.status()
        if state in CANNOT_PRINT:
            return PrintResult("failed", state)
        try:
            self._write(image, name)
        except OSError:
            return PrintResult("failed", "offline")
        if state == "unknown":
            return PrintResult("unknown", "no_answer")
        return PrintResult("printed", "near_end" if state == "near_end" else "")

    def status(self) -> PrinterState:
        """See `Printer`. What the file `state` in the folder says, for trying out what a kiosk does then."""
        try:
            word = (self.folder / STATE_FILE).read_text(encoding="utf-8").strip()
        except OSError:
            return "ok"
        return next((state for state in get_args(PrinterState) if state == word), "unknown")

    def _write(self, image: Image.Image, name: str) -> None:
        """The bytes first and the picture by renaming: whoever sees the picture sees a whole slip."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = self._free_stem(re.sub(r"[^\w.-]", "_", name))
        (self.folder / f"{stem}.bin").write_bytes(escpos_job(image, self._profile))
        half = self.folder / f".{stem}.png.part"
        image.save(half, format="PNG")
        half.rename(self.folder / f"{stem}.png")

    def _free_stem(self, stem: str) -> str:
        taken = {path.stem for path in self.folder.glob(f"{stem}*.png")}
        return next(name for count in range(1, len(taken) + 2) if (name := _numbered(stem, count)) not in taken)


def _numbered(stem: str, count: int) -> str:
    return stem if count == 1 else f"{stem}-{count}"
