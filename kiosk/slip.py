"""A ticket as a slip: black and white dots, 384 wide on 58 mm paper and 576 on 80 mm paper.

Which parts a slip has, and in which order, the hall file says (`slip.lines`). Parts that belong together share a line
when they stand beside each other there: queue and item, people ahead and time, time of taking and hotline.
"""

from collections.abc import Callable
from typing import Any

from PIL import Image

from kiosk import slip_blocks as draw
from kiosk.slip_fonts import find_typeface
from kiosk.slip_paper import PAPERS, Roll
from kiosk.slip_scan import qr
from kiosk.slip_wait import wait
from kiosk.slip_words import SlipText, slip_text

USUAL_LINES = (
    "hall", "queue_name", "item", "ticket", "ahead", "eta", "where",
    "after_hours_notice", "advice", "qr", "taken_at", "hotline",
)  # fmt: skip
TOP_DOTS = 24
Part = Callable[[Roll, SlipText], None]

PAIRS: dict[tuple[str, str], Part] = {
    ("queue_name", "item"): lambda roll, text: draw.queue(roll, text, with_item=True),
    ("ahead", "eta"): wait,
    ("taken_at", "hotline"): lambda roll, text: draw.foot(roll, text.taken_at, text.hotline),
}
PARTS: dict[str, Part] = {
    "hall": draw.hall,
    "queue_name": draw.queue,
    "item": draw.item,
    "ticket": draw.number,
    "ahead": lambda roll, text: wait(roll, text, time=False),
    "eta": lambda roll, text: wait(roll, text, people=False),
    "where": draw.where,
    "after_hours_notice": draw.notice,
    "advice": draw.advice,
    "qr": qr,
    "taken_at": lambda roll, text: draw.small(roll, text.taken_at),
    "hotline": lambda roll, text: draw.foot(roll, text.hotline),
}


def draw_slip(
    ticket: dict[str, Any],
    hall: dict[str, Any],
    *,
    paper_mm: int | None = None,
    language: str = "zh",
    reprint: bool = False,
) -> Image.Image:
    """The slip of a ticket answer, as a picture of mode "1" and 384 or 576 dots wide.

    `paper_mm` is 58 or 80, by default the hall's. Raises FontMissing where the machine cannot write Chinese.
    """
    settings = hall.get("slip") or {}
    paper = PAPERS[paper_mm or settings.get("paper_mm") or 80]
    roll = Roll(paper, find_typeface())
    roll.feed(TOP_DOTS)
    text = slip_text(ticket, hall, language=language, reprint=reprint)
    for part in _parts(list(settings.get("lines") or USUAL_LINES)):
        part(roll, text)
    return roll.cut()


def _parts(lines: list[str]) -> list[Part]:
    """What to draw, in order; the dotted line of the ticket comes between what it is and how long it takes."""
    parts: list[Part] = []
    ripped = False
    while lines:
        pair = PAIRS.get((lines[0], lines[1])) if len(lines) > 1 else None
        if lines[0] in {"ahead", "eta"} and not ripped:
            parts.append(draw.rip)
            ripped = True
        if pair is not None or lines[0] in PARTS:
            parts.append(pair or PARTS[lines[0]])
        del lines[: 2 if pair else 1]
    return parts
