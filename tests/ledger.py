"""The least that a command on disk can cost: SQLite itself, one row changed and one added, nothing around it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Ledger:
    """A database in the mode that the hall uses."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "ledger.db", isolation_level=None)
        for line in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE head (seq INTEGER)",
            "CREATE TABLE journal (seq INTEGER PRIMARY KEY, data TEXT)",
            "INSERT INTO head VALUES (0)",
        ):
            self._database.execute(line)

    def commit(self) -> None:
        """One durable transaction."""
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute("UPDATE head SET seq = seq + 1")
        self._database.execute("INSERT INTO journal (data) VALUES (?)", ("x" * 300,))
        self._database.execute("COMMIT")
