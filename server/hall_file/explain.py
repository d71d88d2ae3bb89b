"""What pydantic found wrong, said in two languages; its own English never reaches the reader alone."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from server.hall_file.mistakes import Mistake
from server.hall_file.schema import keys_of, part_at
from server.hall_file.yaml_source import Path, Source

# Kind of error → Chinese, English; {…} is filled from the error's context.
SAID: dict[str, tuple[str, str]] = {
    "missing": ("缺少这一项。", "This is missing."),
    "int_parsing": ("必须是整数。", "Must be a whole number."),
    "int_from_float": ("必须是整数。", "Must be a whole number."),
    "int_type": ("必须是整数。", "Must be a whole number."),
    "int_parsing_size": ("数字太大。", "The number is too large."),
    "float_parsing": ("必须是数字。", "Must be a number."),
    "float_type": ("必须是数字。", "Must be a number."),
    "finite_number": ("必须是有限的数字。", "Must be a finite number."),
    "bool_parsing": ("请写 true（是）或 false（否）。", "Write true or false."),
    "bool_type": ("请写 true（是）或 false（否）。", "Write true or false."),
    "string_type": ("必须是文字。", "Must be a text."),
    "string_too_short": ("不能是空的。", "Must not be empty."),
    "string_too_long": ("最多 {max_length} 个字。", "At most {max_length} characters."),
    "string_pattern_mismatch": ("写法不对，应符合 {pattern}。", "Not in the right form; it should match {pattern}."),
    "greater_than": ("必须大于 {gt:g}。", "Must be above {gt:g}."),
    "greater_than_equal": ("不能小于 {ge:g}。", "Must be at least {ge:g}."),
    "less_than": ("必须小于 {lt:g}。", "Must be below {lt:g}."),
    "less_than_equal": ("不能大于 {le:g}。", "Must be at most {le:g}."),
    "literal_error": ("只能是允许的几种之一。", "Must be one of those allowed."),
    "tuple_type": ("必须是列表，如 [A, B]。", "Must be a list such as [A, B]."),
    "list_type": ("必须是列表，如 [A, B]。", "Must be a list such as [A, B]."),
    "dict_type": ("必须是一组“键: 值”。", "Must be a group of key: value."),
    "model_type": ("必须是一组“键: 值”。", "Must be a group of key: value."),
    "model_attributes_type": ("必须是一组“键: 值”。", "Must be a group of key: value."),
    "too_short": ("至少要有 {min_length} 项。", "Needs at least {min_length}."),
    "too_long": ("最多 {max_length} 项。", "At most {max_length}."),
}
OTHER = ("内容不正确。", "This is not right.")


def explain(source: Source, error: ValidationError) -> list[Mistake]:
    """Each of pydantic's errors as a mistake with its line."""
    errors = error.errors(include_url=False)
    return [_explained(source, details) for details in errors if not _follows(details, errors)]


def _follows(details: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Whether a list is only called too short because its entries are wrong, which is told already."""
    path = details["loc"]
    return details["type"] == "too_short" and any(
        each["loc"][: len(path)] == path and each is not details for each in errors
    )


def _explained(source: Source, details: ErrorDetails) -> Mistake:
    path, kind, context = details["loc"], details["type"], details.get("ctx", {})
    if kind == "hall":
        return source.mistake(path, context["zh"], context["en"], tuple(context["allowed"]))
    if kind == "extra_forbidden":
        return _unknown_key(source, path)
    message, message_en = SAID.get(kind, OTHER)
    if details["input"] is None and kind != "missing":
        message, message_en = f"值是空的：{message}", f"The value is empty. {message_en}"
    return source.mistake(path, _filled(message, context), _filled(message_en, context), _allowed(kind, context))


def _filled(words: str, context: dict[str, Any]) -> str:
    return words.format(**context)


def _allowed(kind: str, context: dict[str, Any]) -> tuple[str, ...]:
    return tuple(re.findall(r"'([^']*)'", context["expected"])) if kind == "literal_error" else ()


def _unknown_key(source: Source, path: Path) -> Mistake:
    part = part_at(path[:-1])
    keys = keys_of(part) if part else ()
    near = get_close_matches(str(path[-1]), keys, n=1)
    guess = (f"是不是 {near[0]}？", f" Did you mean {near[0]}?") if near else ("", "")
    return source.mistake(path, f"没有这个键。{guess[0]}", f"There is no such key.{guess[1]}", keys)
