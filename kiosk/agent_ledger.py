"""Every slip the kiosk was asked to print and what became of it, on disk until the server knows.

No personal data: a ticket's id, its number and its secret link, which is dead at the day's end; rows are dropped after
a week. Times are the machine's own, in UTC; they only serve to drop rows.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from kiosk.printers import PrintResult

KEEP = timedelta(days=7)
TABLES = """
    CREATE TABLE IF NOT EXISTS slips (
        id INTEGER PRIMARY KEY,
        ticket TEXT NOT NULL,
        token TEXT NOT NULL,
        number TEXT NOT NULL,
        language TEXT NOT NULL,
        reprint INTEGER NOT NULL,
        at TEXT NOT NULL,
        state TEXT,    -- printed, failed, unknown; NULL while it is being printed
        problem TEXT NOT NULL DEFAULT '',
        told INTEGER NOT NULL DEFAULT 0
    );
    CREATE UNIQUE INDEX IF NOT EXISTS first_slips ON slips (ticket) WHERE NOT reprint;
"""


@dataclass(frozen=True)
class Slip:
    """One row: a slip, and its result once there is one."""

    id: int
    ticket: str
    token: str
    number: str
    language: str
    reprint: bool
    result: PrintResult | None


class PrintLedger:
    """The kiosk's memory of paper, in one SQLite file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(folder / "slips.sqlite", isolation_level=None, check_same_thread=False)
        self._lock = Lock()
        self._rows.executescript(TABLES)
        self._settle_interrupted()

    def enter(self, ticket: str, token: str, number: str, *, language: str, reprint: bool) -> int | None:
        """Notes a slip before it is printed; returns its id, or None when this ticket's first slip is noted already."""
        row = (ticket, token, number, language, reprint, _now())
        with self._lock:
            self._rows.execute("DELETE FROM slips WHERE told AND at < ?", (_now(before=KEEP),))
            done = self._rows.execute(
                "INSERT OR IGNORE INTO slips (ticket, token, number, language, reprint, at) VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
            return done.lastrowid if done.rowcount else None

    def settle(self, slip: int, result: PrintResult) -> None:
        """Notes what became of a slip."""
        with self._lock:
            self._rows.execute(
                "UPDATE slips SET state = ?, problem = ? WHERE id = ?", (result.state, result.problem, slip)
            )

    def told(self, slip: int) -> None:
        """Notes that the server knows."""
        with self._lock:
            self._rows.execute("UPDATE slips SET told = 1 WHERE id = ?", (slip,))

    def untold(self) -> list[Slip]:
        """Slips with a result that the server has not taken yet, oldest first."""
        return self._slips("WHERE state IS NOT NULL AND NOT told ORDER BY id")

    def last(self) -> Slip | None:
        """The newest slip."""
        return next(iter(self._slips("ORDER BY id DESC LIMIT 1")), None)

    def language(self, ticket: str) -> str:
        """The language of a ticket's first slip; Chinese when this kiosk did not print it."""
        slips = self._slips("WHERE ticket = ? ORDER BY id LIMIT 1", ticket)
        return slips[0].language if slips else "zh"

    def close(self) -> None:
        """Closes the file."""
        self._rows.close()

    def _settle_interrupted(self) -> None:
        """A slip that was being printed when the program died: nobody knows whether it came out."""
        self._rows.execute("UPDATE slips SET state = 'unknown', problem = 'interrupted' WHERE state IS NULL")

    def _slips(self, which: str, *values: str) -> list[Slip]:
        columns = "id, ticket, token, number, language, reprint, state, problem"
        with self._lock:
            rows = self._rows.execute(f"SELECT {columns} FROM slips {which}", values).fetchall()  # noqa: S608 - our words
        return [
            Slip(slip, ticket, token, number, language, bool(reprint), PrintResult(state, problem) if state else None)
            for slip, ticket, token, number, language, reprint, state, problem in rows
        ]


def _now(before: timedelta = timedelta(0)) -> str:
    return (datetime.now(UTC) - before).isoformat(timespec="seconds")
