"""The data folder of an installation: its secret, its lock, and where things lie in it."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.domain.errors import Refused


class DataFolder:
    """One folder for one hall; only its owner may read it."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        path.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def credentials(self) -> Path:
        return self.path / "demo-credentials.json"

    @property
    def clock(self) -> Path:
        return self.path / "clock.json"

    @property
    def speech(self) -> Path:
        return self.path / "speech"

    def key(self, purpose: str, secret: str | None) -> bytes:
        """The key for one purpose, from the operator's secret or from one that is made once and kept here."""
        master = secret or self._own_secret()
        return hmac.new(master.encode(), purpose.encode(), hashlib.sha256).digest()

    def _own_secret(self) -> str:
        file = self.path / "secret.key"
        if not file.exists():
            self.write_private(file, secrets.token_hex(32))
        return file.read_text().strip()

    def write_private(self, file: Path, text: str) -> None:
        """Write a file that only its owner can read: whole or not at all."""
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(file)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes this hall meanwhile; `server_running` when somebody does."""
        with (self.path / "server.lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refused("server_running", data=str(self.path)) from error
            yield
