"""The status bytes that ESC/POS printers send back (DLE EOT), as words."""

from collections.abc import Callable

from kiosk.printers.face import PrinterState

ASK_PRINTER, ASK_CAUSE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"

FIXED_BITS, FIXED_VALUE = 0b1001_0011, 0b0001_0010  # the same in every status byte; anything else is noise
OFFLINE = 0b0000_1000  # of the printer byte
COVER_OPEN = 0b0000_0100  # of the cause byte
STOPPED_FOR_PAPER = 0b0010_0000  # of the cause byte
PAPER_OUT = 0b0110_0000  # of the paper byte; either bit, as clones set only one
PAPER_NEAR_END = 0b0000_1100  # the same

Ask = Callable[[bytes], int | None]  # a question → the answer's byte, or None when the printer keeps silent


def read_state(ask: Ask) -> PrinterState:
    """Asks up to three questions and names the worst that is true; silence and noise are `unknown`, never `ok`."""
    printer = ask(ASK_PRINTER)
    if not _valid(printer):
        return "unknown"
    paper = ask(ASK_PAPER)
    if _has(paper, PAPER_OUT):
        return "out"
    if _has(printer, OFFLINE):
        cause = ask(ASK_CAUSE)
        if _has(cause, COVER_OPEN):
            return "cover"
        return "out" if _has(cause, STOPPED_FOR_PAPER) else "offline"
    if not _valid(paper):
        return "unknown"
    return "near_end" if _has(paper, PAPER_NEAR_END) else "ok"


def _valid(answer: int | None) -> bool:
    return answer is not None and answer & FIXED_BITS == FIXED_VALUE


def _has(answer: int | None, bits: int) -> bool:
    return answer is not None and _valid(answer) and bool(answer & bits)
