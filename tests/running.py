"""Another Python program of ours, for as long as a block lasts."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hall_server import ENVIRONMENT, ROOT, free_port


@contextmanager
def bare_server(folder: Path) -> Iterator[int]:
    """The bare server, keeping its database in `folder`; gives its port once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bare_server", str(port), str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT)
    try:
        wait_for_port(port)
        yield port
    finally:
        process.kill()
        process.wait()


def wait_for_port(port: int, *, within_seconds: float = 60) -> None:
    """Return when somebody listens there."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on port {port} after {within_seconds} s")
