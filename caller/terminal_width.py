"""How wide text is in a terminal. A Chinese character fills two columns; here columns are counted, not characters.

Some signs (“ ” … → ·) are one column wide in some terminals and two in others, so a line with them may tear a table.
They are written with signs whose width is certain before anything is measured.
"""

from __future__ import annotations

import unicodedata

_CERTAIN = str.maketrans({
    "“": "「", "”": "」", "‘": "「", "’": "」", "…": "...", "→": ">", "←": "<", "–": "-", "—": "-", "−": "-",
    "·": " ", "•": "-", "×": "x", "÷": "/", "●": "*", "○": "o", "□": "[]", "℃": "C",
})  # fmt: skip


def certain(text: str) -> str:
    """The text in signs whose width every terminal agrees on; line breaks and other controls become spaces."""
    changed = text.translate(_CERTAIN)
    return "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in changed)


def width(text: str) -> int:
    """Columns that the text fills."""
    return sum(_columns(sign) for sign in text)


def cut(text: str, columns: int) -> str:
    """As much of the text as fits into so many columns; a wide character is never halved."""
    room = columns
    for place, sign in enumerate(text):
        room -= _columns(sign)
        if room < 0:
            return text[:place]
    return text


def fit(text: str, columns: int) -> str:
    """The text cut or filled up with spaces to exactly so many columns."""
    kept = cut(text, columns)
    return kept + " " * (columns - width(kept))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns; Chinese may break anywhere, but no line begins with a full stop."""
    lines = []
    while text:
        line = cut(text, columns)
        if len(line) < len(text) and text[len(line)] in "，。、；：？！）」":
            line = line[:-1]
        lines.append(line)
        text = text[len(line) :].lstrip(" ")
    return lines


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
