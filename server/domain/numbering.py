"""Ticket numbers (号码): how they are written and read, and which comes next.

A number is an optional flag, the letter of its queue and three digits, four after 999: A012, YA012, A1003. All
numbers of a queue on one business day are one sequence, whatever their flag. The top of the three digits belongs
to the kiosks, a block each, so that a kiosk that has lost the server can go on by itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from server.domain.plan import HallPlan, Numbering

LAST_OF_THREE_DIGITS = 999
LAST_OF_FOUR_DIGITS = 9999

_WRITTEN = re.compile(r"([A-Z]{0,2})([0-9]{1,4})")


@dataclass(frozen=True)
class TicketNumber:
    """A number in its parts. `prefix` is empty for a number written by hand during an outage (Z001)."""

    prefix: str
    sequence: int
    flag: str = ""

    def __str__(self) -> str:
        return f"{self.flag}{self.prefix}{self.sequence:03d}"


def parse_number(numbering: Numbering, text: str) -> TicketNumber | None:
    """The number a person typed or a scanner read; None when it is none.

    Case, spaces, full-width forms, hyphens and missing zeros do not matter: "a 12" is A012.
    """
    tidy = re.sub(r"[\s\-_.]", "", unicodedata.normalize("NFKC", text)).upper()
    match = _WRITTEN.fullmatch(tidy)
    if match is None or int(match[2]) == 0:
        return None
    letters, sequence = match[1], int(match[2])
    flags = flag_letters(numbering)
    if letters == numbering.manual_flag:
        return TicketNumber("", sequence, letters)
    if len(letters) == 2 and letters[0] in flags and letters[1] not in flags:
        return TicketNumber(letters[1], sequence, letters[0])
    return TicketNumber(letters, sequence) if len(letters) == 1 and letters not in flags else None


def flag_letters(numbering: Numbering) -> tuple[str, str, str]:
    """Letters that mark a kind of ticket (appointment, priority, by hand) and so can name no queue."""
    return (numbering.appointment_flag, numbering.priority_flag, numbering.manual_flag)


def may_name_queue(numbering: Numbering, prefix: str) -> bool:
    """Whether `prefix` is one capital letter A to Z that is no flag."""
    return re.fullmatch("[A-Z]", prefix) is not None and prefix not in flag_letters(numbering)


def next_sequence(plan: HallPlan, last: int) -> int | None:
    """The server's next number in a queue after `last` (0 before the first); None when the day's are used up.

    It counts up to the lowest kiosk block (1 … 799 with five kiosks of 40), then from 1000 on.
    """
    if last < server_limit(plan):
        return last + 1
    if not plan.numbering.grow_to_four_digits or last >= LAST_OF_FOUR_DIGITS:
        return None
    return max(last, LAST_OF_THREE_DIGITS) + 1


def server_limit(plan: HallPlan) -> int:
    """The last three-digit number that the server itself gives."""
    return LAST_OF_THREE_DIGITS - plan.numbering.kiosk_block * len(plan.kiosks)


def kiosk_block(plan: HallPlan, kiosk: str) -> range:
    """The numbers that belong to `kiosk` in every queue, each day; KeyError for a kiosk the plan does not have.

    The first kiosk of the hall file has the topmost block, so that a kiosk added at the end moves nobody else's.
    """
    place = list(plan.kiosk_by_id).index(plan.kiosk_by_id[kiosk].id)
    top = LAST_OF_THREE_DIGITS - place * plan.numbering.kiosk_block
    return range(top - plan.numbering.kiosk_block + 1, top + 1)


def block_owner(plan: HallPlan, sequence: int) -> str | None:
    """The kiosk whose block holds `sequence`; None for a number of the server's."""
    return next((kiosk.id for kiosk in plan.kiosks if sequence in kiosk_block(plan, kiosk.id)), None)
