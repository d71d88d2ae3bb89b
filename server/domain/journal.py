"""The journal's entries and the chain that shows tampering.

`data` is hashed as stored. The chain is keyed from outside the database (HMAC-SHA256), so that whoever can write the
database cannot forge it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from server.domain.events import Event

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One line of the journal: the `seq`-th thing that happened in a hall, who did it and when (UTC)."""

    seq: int
    at: datetime
    business_day: date
    actor: str
    event: Event

    @property
    def kind(self) -> str:
        return type(self.event).__name__


@dataclass(frozen=True)
class Line:
    """An entry as it is stored."""

    hall: str
    seq: int
    at: datetime
    business_day: date
    kind: str
    actor: str
    data: str
    chain: str


def link(key: bytes, previous: str, line: Line) -> str:
    """The chain value of `line` (its own `chain` is not read), after the line whose chain is `previous`."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = "\n".join(
        (previous, line.hall, str(line.seq), at, line.business_day.isoformat(), line.kind, line.actor, line.data)
    )
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def first_fault(key: bytes, lines: Iterable[Line]) -> tuple[int, str] | None:
    """Where the chain breaks first, as (seq, what is wrong), or None when the journal is whole."""
    previous, expected = GENESIS, 1
    for line in lines:
        if line.seq != expected:
            return expected, f"entry {expected} is missing"
        if not hmac.compare_digest(link(key, previous, line), line.chain):
            return line.seq, f"entry {line.seq} was changed"
        previous, expected = line.chain, expected + 1
    return None
