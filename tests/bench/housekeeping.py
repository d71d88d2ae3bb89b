"""What an operator waits for with a day of 4,000 tickets behind the hall: a restart, a replay, a verification."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from tests import big_day
from tests.bench.figures import Figure, seconds
from tests.hall_server import ENVIRONMENT, ROOT, HallServer


def measure(folder: Path, rounds: int) -> Iterable[Figure]:
    """On copies of the day, round after round."""
    ready = Figure("ready again after a power failure", "s", "3 s")
    rebuild = Figure("the day replayed from the journal (rebuild)", "s", "seconds")
    verify = Figure("the day verified", "s", "")
    for number in range(rounds):
        data = folder / f"day-{number}"
        shutil.copytree(folder / "day", data)
        rebuild.add(seconds(partial(_run, "rebuild", data)))
        verify.add(seconds(partial(_run, "verify", data)))
        server = HallServer(data, ("--now", big_day.AFTER, "--visitors", "0")).start()
        server.kill()
        ready.add(seconds(server.start))
        server.kill()
    return [ready, rebuild, verify]


def _run(command: str, data: Path) -> None:
    words = [sys.executable, "-m", "server", command, "--data", str(data)]
    subprocess.run(words, cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True)
