"""A hall in one file: its database, its secret, its hall file, made while the server runs (O3).

SQLite only: PostgreSQL has its own tools (see the README). The copy is one moment of the database, whatever is written
meanwhile; it is checked before it is called done.
"""

from __future__ import annotations

import os
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from server.domain.errors import Refused

DATABASE, SECRET, HALL_FILE = "hall.db", "secret.key", "hall.yaml"
_MEMBERS = {DATABASE, SECRET, HALL_FILE, "clock.json"}


def back_up(database: Path, folder: Path, hall_file: Path, target: Path) -> int:
    """Write the backup file `target` (a .tar.gz that only its owner can read); gives its size in bytes."""
    with tempfile.TemporaryDirectory(dir=target.parent) as made:
        copy = Path(made) / DATABASE
        _copy_database(database, copy)
        fresh = Path(made) / "backup.tar.gz"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                archive.add(copy, DATABASE)
                archive.add(hall_file, HALL_FILE)
                for name in (SECRET, "clock.json"):
                    if (folder / name).exists():
                        archive.add(folder / name, name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    return target.stat().st_size


def _copy_database(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refused("backup_damaged", file=str(source))


def restore(source: Path, folder: Path) -> None:
    """Put a backup into an empty data folder; refuses to write over a hall that is there."""
    if (folder / DATABASE).exists():
        raise Refused("data_exists", data=str(folder))
    with tarfile.open(source, "r:gz") as archive:
        members = archive.getmembers()
        if DATABASE not in {member.name for member in members} or any(m.name not in _MEMBERS for m in members):
            raise Refused("not_a_backup", file=str(source))
        archive.extractall(folder, members, filter="data")
