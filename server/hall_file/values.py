"""Kinds of values in a hall file: how each is written and what is said when it is not.

Everything arrives as text (see `yaml_source`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError


def wrong(message: str, message_en: str, *allowed: str) -> PydanticCustomError:
    """A mistake in words; `explain` takes the words out again."""
    return PydanticCustomError("hall", "{zh}", {"zh": message, "en": message_en, "allowed": allowed})


def half_width(text: Any) -> Any:
    """Full-width letters, digits and colons as typed with a Chinese input method become plain ones."""
    return unicodedata.normalize("NFKC", text).strip() if isinstance(text, str) else text


def _time_of_day(text: Any) -> time:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", half_width(text) if isinstance(text, str) else "")
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong("不是时刻，请写成 HH:MM，如 09:00。", "Not a time of day; write HH:MM such as 09:00.")
    return time(int(match[1]), int(match[2]))


def _day(text: Any) -> date:
    tidy = half_width(text)
    try:
        if isinstance(tidy, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", tidy):
            return date.fromisoformat(tidy)
    except ValueError:
        pass  # 2026-02-30 is told like any other text that is no date
    raise wrong("不是日期，请写成 YYYY-MM-DD，如 2026-10-01。", "Not a date; write YYYY-MM-DD such as 2026-10-01.")


def _month_day(text: Any) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2})-(\d{2})", half_width(text) if isinstance(text, str) else "")
    try:
        if match is not None:
            leap = date(2024, int(match[1]), int(match[2]))
            return leap.month, leap.day
    except ValueError:
        pass  # the 31st of a short month is told like any other text that is no day
    raise wrong("不是月日，请写成 MM-DD，如 06-01。", "Not a day of the year; write MM-DD such as 06-01.")


def _letter(text: Any) -> str:
    letter = half_width(text)
    if not isinstance(letter, str) or re.fullmatch("[A-Z]", letter) is None:
        raise wrong("必须是一个大写英文字母。", "Must be one capital letter.", "A–Z")
    return letter


def _colour(text: Any) -> str:
    if not isinstance(text, str) or re.fullmatch("#[0-9A-Fa-f]{6}", text) is None:
        raise wrong('不是颜色，请写成 "#RRGGBB"（要加引号）。', 'Not a colour; write "#RRGGBB" in quotation marks.')
    return text.upper()


def _size(text: Any) -> tuple[int, int]:
    match = re.fullmatch("([1-9][0-9]{2,4})[x×X*]([1-9][0-9]{2,4})", half_width(text) if isinstance(text, str) else "")
    if match is None:
        raise wrong(
            "不是屏幕尺寸，请写成 宽x高（像素），如 1920x1080。",
            "Not a size; write WIDTHxHEIGHT in pixels such as 1920x1080.",
        )
    return int(match[1]), int(match[2])


def _zone_name(text: Any) -> str:
    try:
        return ZoneInfo(text).key
    except (LookupError, OSError, TypeError, ValueError):
        raise wrong("不认识的时区。", "Unknown time zone.", "Asia/Shanghai", "Asia/Urumqi", "…") from None


def _always(value: bool) -> bool:
    if not value:
        raise wrong("规范规定必须为 true，不能关闭。", "The standard requires true; it cannot be switched off.", "true")
    return value


def _page(text: Any) -> str:
    if not isinstance(text, str) or re.fullmatch(r"(https?://[^\s/]+\S*)?", text) is None:
        raise wrong("不是网址，应以 https:// 开头。", "Not a web address; it begins with https://.")
    return text


TimeOfDay = Annotated[time, PlainValidator(_time_of_day)]
Day = Annotated[date, PlainValidator(_day)]
MonthDay = Annotated[tuple[int, int], PlainValidator(_month_day)]
Letter = Annotated[str, PlainValidator(_letter)]
Colour = Annotated[str, PlainValidator(_colour)]
Size = Annotated[tuple[int, int], PlainValidator(_size)]
TimeZone = Annotated[str, PlainValidator(_zone_name)]
Page = Annotated[str, PlainValidator(_page)]

Checked = Field(validate_default=True)
"""For a value that must fit others: it is checked against them even when it is the default."""

Name = Annotated[str, Field(min_length=1, max_length=40)]
"""Words for people: something, and short enough for a screen."""
Sentence = Annotated[str, Field(min_length=1, max_length=200)]
Identifier = Annotated[str, Field(pattern=r"^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]{0,31}$")]
Choices = Annotated[tuple[Name, ...], Field(min_length=1)]
"""A list to choose from; never empty."""
Minutes = Annotated[float, Field(gt=0, le=480, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Always = Annotated[bool, AfterValidator(_always)]
"""A rule of the standard: written down to be read, not to be switched off."""
