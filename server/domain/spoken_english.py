"""How codes and numbers are said in English; the sentences themselves are in `sentences`."""

from __future__ import annotations

import re
import unicodedata

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def number(value: int) -> str:
    """A number from 0 to 999 in words, 31 → thirty-one; above digit by digit."""
    if value > 999:
        return code(str(value))
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(value, 100)
    return f"{_ONES[hundreds]} hundred" + (f" and {number(rest)}" if rest else "")


def code(text: str) -> str:
    """A012 → "A, zero, one, two". Without the commas the engine reads "uh zero twelve"."""
    characters = unicodedata.normalize("NFKC", text).upper()
    return ", ".join(_ONES[int(one)] if one in "0123456789" else one for one in characters if one.isalnum())


def words(text: str) -> str:
    """Free text for the English voice: codes spelt, numbers written out, no mark the engine would name aloud."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<![0-9:])([0-9]{1,2}):([0-5][0-9])(?![0-9:])", lambda m: _clock(int(m[1]), int(m[2])), text)
    text = re.sub(r"(?<=[0-9])\s*[-–—~]\s*(?=[0-9])", " to ", text)
    text = re.sub(r"\b(?:[A-Za-z]{1,3}[0-9]+|0[0-9]+|[0-9]{5,})\b", lambda m: code(m[0]), text)
    text = re.sub(r"[0-9]{1,4}", lambda m: number(int(m[0])), text)
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s.,;:!?'-]|_", " ", text)).strip()


def _clock(hour: int, minute: int) -> str:
    """18:05 → "eighteen oh five", 14:00 → "fourteen o'clock"."""
    if not minute:
        return f"{number(hour)} o'clock"
    return f"{number(hour)} {'oh ' if minute < 10 else ''}{number(minute)}"
