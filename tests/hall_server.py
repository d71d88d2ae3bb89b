"""The real program as a subprocess, for tests: started on a free port, waited for, and always ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "HALL_NO_VENV": "1"}
OPEN = "2026-11-24T10:00:00+08:00"  # a Tuesday morning: the sample hall is open


@dataclass
class HallServer:
    """One demo hall. `credentials` is what `demo-credentials.json` says: url, staff passwords, device tokens."""

    data: Path
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def __post_init__(self) -> None:
        self.port = self.port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.data.parent / f"{self.data.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.credentials: dict[str, Any] = {}

    def start(self, *, within_seconds: float = 60) -> HallServer:
        """Start, and return when it is ready to serve. After `stop` or `kill`, the same hall goes on."""
        command = [sys.executable, "-m", "server", "demo", "--port", str(self.port), "--data", str(self.data)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *self.options],
                cwd=ROOT,
                env={**ENVIRONMENT, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait_until_ready(within_seconds)
        except BaseException:
            self.kill()
            raise
        self.credentials = json.loads((self.data / "demo-credentials.json").read_text("utf-8"))
        return self

    def stop(self, *, within_seconds: float = 15) -> int:
        """Ask it to end, as an operator would; gives its exit code. It is killed when it does not obey in time."""
        return self._end(signal.SIGTERM, within_seconds)

    def kill(self) -> int:
        """The power fails."""
        return self._end(signal.SIGKILL, within_seconds=15)

    def output(self) -> str:
        """What it printed so far."""
        return self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""

    def _wait_until_ready(self, within_seconds: float) -> None:
        deadline = time.monotonic() + within_seconds
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                raise AssertionError(f"the server ended before it was ready:\n{self.output()}")
            if self._is_ready():
                return
            time.sleep(0.05)
        raise AssertionError(f"the server was not ready after {within_seconds} s:\n{self.output()}")

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"{self.url}/health/ready", timeout=2).status_code == requests.codes.ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def _end(self, how: signal.Signals, within_seconds: float) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(within_seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the server did not end within {within_seconds} s:\n{self.output()}") from None


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
