"""How written Chinese is said: text in, the words a speech engine reads without a mistake out.

Engines fall over what people write: `A012` becomes "A 零十二", a full-width ３ is silently left out, `一号` is said
yi2 instead of yi1, letters side by side become an English word, an A before another letter becomes the article "uh",
a half-width comma makes no pause. So every number is written out here, in the way its meaning asks for: codes
(tickets, telephones, years) digit by digit, everything else as a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

DIGITS = "零一二三四五六七八九"
FIRST_TONE_ONE = "壹"
"""Said yi1 wherever it stands. 一 changes its tone before other syllables, wrong in numbers that name things."""

_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_PAUSES = str.maketrans(
    {",": "，", ";": "，", ":": "，", "(": "，", ")": "，", "/": "，"} | {".": "。", "!": "。", "?": "。"}
)


def number(value: int) -> str:
    """A number that names or counts, 0 to 9999, tones exact: 31 → 三十壹, 100 → 一百. Above: digit by digit."""
    if value > 9999:
        return digits(str(value), "一")
    words, gap = "", False
    for size, place in _PLACES:
        digit, value = divmod(value, size)
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + place
        gap = bool(words) and not digit
    words = words or DIGITS[0]
    words = words.removeprefix("一") if words.startswith("一十") else words
    return re.sub("一(?![百千])", FIRST_TONE_ONE, words)


def count(value: int) -> str:
    """A number before a measure word such as 位: 2 → 两, and 1 with the tone that follows from it."""
    return {1: "一", 2: "两"}.get(value) or number(value)


def digits(text: str, one: str) -> str:
    """The digits of a code one by one, `one` (幺 or 一) for 1: 107 → 幺零七."""
    one = FIRST_TONE_ONE if one == "一" else one
    return "".join(one if digit == "1" else DIGITS[int(digit)] for digit in text)


def letters(text: str) -> str:
    """Letters of a code, each with its own name: YK → Y、K. The mark keeps an A from being read as an article."""
    return "、".join(text.upper().replace(" ", ""))


def code(text: str, one: str) -> str:
    """A ticket's number as it is called out: A012 → A零幺二, YK107 → Y、K幺零七."""
    parts = re.findall(r"[A-Za-z]+|[0-9]+", unicodedata.normalize("NFKC", text))
    return "".join(digits(part, one) if part[0].isdecimal() else letters(part) for part in parts)


def words(text: str, one: str = "幺") -> str:
    """Free text as words for the engine. Saying the result again changes nothing: words(words(t)) == words(t)."""
    text = unicodedata.normalize("NFKC", text)
    for pattern, say in _readings(one):
        text = pattern.sub(say, text)
    text = _breathe("".join(_sayable(character) for character in text.translate(_PAUSES)))
    text = _INITIALS.sub(lambda m: letters(m[0]), text)
    return re.sub("一(?=[楼层号])", FIRST_TONE_ONE, text)


def _readings(one: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    """What digits mean, the most telling form first; each leaves none of them for those after it."""
    return (
        (_CLOCK, lambda m: _clock(int(m[1]), int(m[2]))),
        (_TELEPHONE, lambda m: f"{digits(m[1], one)}，{digits(m[2], one)}"),
        (_RANGE, lambda m: "至"),
        (_CODE, lambda m: letters(m[1]) + digits(m[2], one)),
        (_LONG, lambda m: digits(m[0], one)),
        (_YEAR, lambda m: digits(m[0], "一")),
        (_PERCENT, lambda m: f"百分之{m[1]}"),
        (_DECIMAL, lambda m: f"{number(int(m[1]))}点{digits(m[2], '一')}"),
        (_COUNT, lambda m: count(int(m[0]))),
        (_NUMBER, lambda m: number(int(m[0]))),
    )


_CLOCK = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-5][0-9])(?![0-9:])")
_TELEPHONE = re.compile(r"(?<![0-9])(0[0-9]{2,3})-([0-9]{7,8})(?![0-9])")
_RANGE = re.compile(r"(?<=[0-9分点号楼月日])\s*[-–—~]+\s*(?=[A-Z]?[0-9一二两三四五六七八九十])")
_CODE = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,3})([0-9]+)")
_LONG = re.compile(r"(?<![0-9.])(?:[0-9]{5,}|0[0-9]+)(?![0-9.])")
_YEAR = re.compile(r"[0-9]{4}(?=年)")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_DECIMAL = re.compile(r"([0-9]{1,4})\.([0-9]+)")
_COUNT = re.compile(r"(?<![0-9])[12](?=[位个名张份次])|(?<![0-9])2(?=小时|分钟)")
_NUMBER = re.compile(r"[0-9]+")
_INITIALS = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}(?: [A-Z]{1,4})*(?![A-Za-z])")


def _clock(hour: int, minute: int) -> str:
    """18:05 → 十八点零五分, 2:00 → 两点."""
    return f"{count(hour)}点" + (f"{'零' if minute < 10 else ''}{number(minute)}分" if minute else "")


def _sayable(character: str) -> str:
    """Letters, digits and pauses pass; a symbol the engine would name in English, or stop at, becomes a space."""
    if character in "，。、" or unicodedata.category(character)[0] in "LN":
        return character
    return {"&": "和", "+": "加"}.get(character, " ")


def _breathe(text: str) -> str:
    """One pause where several marks meet, none at the start, no spaces beside Chinese."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([，。、])[ ，。、]*", r"\1", text)
    text = re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", text)
    return text.lstrip("，。、 ").rstrip("，、 ")
