"""`python3 -m server backup` and `restore`: a hall in one file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from server.bootstrap import back_up, restore
from server.settings import Settings


def write(settings: Settings) -> int:
    """Write a backup into the data folder, named by the time; the server may run meanwhile."""
    folder = settings.data / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"paihao-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar.gz"
    size = back_up(settings, target)
    print(f"已备份 / backed up: {target} ({size // 1024} kB)")
    return 0


def read(settings: Settings, source: str) -> int:
    """Put a backup into an empty data folder."""
    restore(settings, Path(source))
    print(f"已恢复到 / restored into: {settings.data}")
    return 0
