"""Looking things up in a hall file before it is known to be right, so that one mistake does not hide another."""

from __future__ import annotations

from collections.abc import Iterator

from server.hall_file.values import half_width
from server.hall_file.yaml_source import Path, Value


def found(value: Value, pattern: str) -> Iterator[tuple[Path, str]]:
    """Every text at `pattern` ("windows.*.primary.*"; a star is each entry of a list or each key) and its path.

    The texts are tidied, so that 03 and 3 are the same window.
    """
    for path, each in _walk(value, tuple(pattern.split(".")), ()):
        if isinstance(each, str):
            yield path, tidy(each)


def tidy(text: str) -> str:
    """`text` as it is compared with others."""
    plain = str(half_width(text))
    return str(int(plain)) if plain.isdecimal() else plain


def entries(value: Value, name: str) -> Iterator[tuple[Path, dict[str, Value]]]:
    """The mappings in the list `name`, such as each window."""
    for path, each in _walk(value, (name, "*"), ()):
        if isinstance(each, dict):
            yield path, each


def _walk(value: Value, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Value]]:
    if not steps:
        yield path, value
    elif isinstance(value, list) and steps[0] == "*":
        for at, each in enumerate(value):
            yield from _walk(each, steps[1:], (*path, at))
    elif isinstance(value, dict):
        for key in value if steps[0] == "*" else (steps[0],):
            if key in value:
                yield from _walk(value[key], steps[1:], (*path, key))
