"""Frozen values as canonical JSON text and back: sorted keys, no spaces, ISO times, defaults left out.

The journal hashes this text as it is stored, so the same value must always give the same text.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any


def dump(value: Any) -> str:
    """A value (dataclass, tuple, time, number, text, None) as canonical JSON text."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(hint: Any, text: str) -> Any:
    """The value of type `hint` that `dump` wrote as `text`. Fields nobody knows any more are left out."""
    return reader(hint)(json.loads(text))


def plain(value: Any) -> Any:
    """The value as JSON-ready dicts, lists and texts."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = ((name, getattr(value, name), default) for name, default in _fields(type(value)))
        return {name: plain(each) for name, each, default in found if each != default}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in dataclasses.fields(kind))


@cache
def reader(hint: Any) -> Callable[[Any], Any]:
    """The function that reads JSON-ready data as a value of type `hint`."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (inner,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
        read = reader(inner)
        return lambda value: None if value is None else read(value)
    if typing.get_origin(hint) is tuple:
        read = reader(typing.get_args(hint)[0])
        return lambda value: tuple(read(each) for each in value)
    if hint in (datetime, date):
        return typing.cast(Callable[[Any], Any], hint.fromisoformat)
    if dataclasses.is_dataclass(hint):
        return lambda value: _build(typing.cast(type, hint), value)
    return float if hint is float else lambda value: value


def _build(kind: type, data: Mapping[str, Any]) -> Any:
    readers = _readers(kind)
    return kind(**{name: readers[name](value) for name, value in data.items() if name in readers})


@cache
def _readers(kind: type) -> dict[str, Callable[[Any], Any]]:
    hints = typing.get_type_hints(kind)
    return {f.name: reader(hints[f.name]) for f in dataclasses.fields(kind)}
