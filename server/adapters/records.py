"""Rows and frozen values: one mapper for every table that is folded from the journal.

Texts, numbers and times are columns of their own; nested values (reasons, promises, places) are canonical JSON.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from types import UnionType
from typing import Any

from sqlalchemy import Table, bindparam

from server.adapters import tables
from server.domain import canonical
from server.domain.attendance import Pause, SignOn
from server.domain.closures import Closure
from server.domain.floor import QueueState
from server.domain.incidents import Incident
from server.domain.leaves import Leave
from server.domain.tickets import Ticket
from server.domain.windows import WindowState

_PLAIN = {str, int, bool, float, datetime, date}


class Record:
    """How values of one kind are kept in one table; rows also carry the hall's code."""

    def __init__(self, table: Table, kind: type, key: str) -> None:
        self.table = table
        self.kind = kind
        self.key = key
        hints = typing.get_type_hints(kind)
        self.insert = table.insert()
        known = (table.c.hall == bindparam("the_hall")) & (table.c[key] == bindparam("the_key"))
        self.update = table.update().where(known)
        self._names = tuple(field.name for field in fields(kind))
        self._nested = {name: hints[name] for name in self._names if not _is_plain(hints[name])}

    def row(self, hall: str, value: Any) -> dict[str, Any]:
        """The row that keeps `value`."""
        row = {name: getattr(value, name) for name in self._names}
        for name in self._nested:
            row[name] = None if row[name] is None else canonical.dump(row[name])
        row["hall"] = hall
        return row

    def changed(self, hall: str, value: Any) -> dict[str, Any]:
        """What `update` needs to make the kept row say `value`."""
        row = self.row(hall, value)
        row["the_hall"], row["the_key"] = row.pop("hall"), row.pop(self.key)
        return row

    def value(self, row: Mapping[Any, Any]) -> Any:
        """The value that `row` keeps."""
        values = {name: row[name] for name in self._names}
        for name, hint in self._nested.items():
            values[name] = None if values[name] is None else canonical.load(hint, values[name])
        return self.kind(**values)


def _is_plain(hint: Any) -> bool:
    if isinstance(hint, UnionType):
        return all(arg is type(None) or arg in _PLAIN for arg in typing.get_args(hint))
    return hint in _PLAIN


TICKETS = Record(tables.tickets, Ticket, "id")
WINDOWS = Record(tables.windows, WindowState, "number")
QUEUES = Record(tables.queues, QueueState, "prefix")
SIGN_ONS = Record(tables.sign_ons, SignOn, "id")
PAUSES = Record(tables.pauses, Pause, "id")
CLOSURES = Record(tables.closures, Closure, "id")
INCIDENTS = Record(tables.incidents, Incident, "id")
LEAVES = Record(tables.leaves, Leave, "id")

FOLDED: tuple[tuple[Record, str], ...] = (
    (WINDOWS, "windows"),
    (QUEUES, "queues"),
    (SIGN_ONS, "sign_ons"),
    (PAUSES, "pauses"),
    (CLOSURES, "closures"),
    (INCIDENTS, "incidents"),
    (LEAVES, "leaves"),
    (TICKETS, "tickets"),
)
"""Everything that is folded from the journal, with the name it has on floor and draft; tickets last, so that a window
is free before it is taken."""

Changed = typing.Iterator[tuple[Record, bool, Any]]


def changes(draft: Any) -> Changed:
    """What a draft changed, as (record, is new, value)."""
    for record, name in FOLDED:
        known = getattr(draft.base, name)
        for key, value in getattr(draft, name).items():
            if known.get(key) != value:
                yield record, key not in known, value
