"""What a slip printer can do, and how sure it is of what it did."""

from dataclasses import dataclass
from typing import Literal, Protocol

from PIL import Image

PrinterState = Literal["ok", "near_end", "out", "cover", "offline", "unknown"]
Outcome = Literal["printed", "failed", "unknown"]


@dataclass(frozen=True)
class PrintResult:
    """What became of one slip.

    - `printed`: the printer was ready before and after; `problem` may be `near_end`, or `unconfirmed` where the
      operator has said that this printer cannot answer.
    - `failed`: surely no whole slip; `problem` is `out`, `cover`, `offline`, or says that nothing could be drawn.
    - `unknown`: the slip was sent and the printer no longer answers; `problem` is `no_answer` or `connection_lost`.
    """

    state: Outcome
    problem: str = ""


class Printer(Protocol):
    """A slip printer. Calls may come from several threads, may take seconds, and never raise for paper or cable."""

    paper_mm: int | None  # 58 or 80 where the operator said so, else the hall's
    blocks: bool  # whether a call stops a gevent program, and so must run in a thread of its own

    def print_slip(self, image: Image.Image, name: str = "slip") -> PrintResult:
        """Prints a picture of mode "1", 384 or 576 dots wide, and cuts; `name` is for folders and print queues."""
        ...

    def status(self) -> PrinterState:
        """Asks the printer how it is now."""
        ...
