"""How long it takes from a press to the news at connected pages, and what a thousand of them cost in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol

from tests.bench.busy_hall import WINDOWS, BusyHall
from tests.bench.figures import Figure, percentile
from tests.bench.plain_http import PlainHttp
from tests.hall_server import ENVIRONMENT, ROOT

PAGES = (10, 1000)
PRESSES = 80
PAUSE_SECONDS = 0.03
WINDOW, QUEUE = WINDOWS[-1], "F"
ENVELOPE_BYTES = 80
"""What a bare message is longer than its text."""

Ask = Callable[[int], dict[str, Any]]
"""Waits until a piece of news has reached every page; when, and how long it was."""


class Press(Protocol):
    """Something that makes one piece of news at a time."""

    def prepare(self) -> None:
        """What must be done first and is not measured."""

    def press(self, message_bytes: int) -> int:
        """Make it, of this size if one may choose; gives the number of the news."""
        ...


class DeskPress:
    """Call-next at a desk of the hall, with somebody waiting."""

    def __init__(self, hall: BusyHall) -> None:
        self._hall = hall
        self._desk = hall.desk(WINDOW)
        self._kiosk = hall.kiosk()
        self._busy = False

    def prepare(self) -> None:
        self._hall.issue(self._kiosk, QUEUE)
        if self._busy:
            self._hall.serve(self._desk, WINDOW)

    def press(self, message_bytes: int) -> int:
        self._busy = True
        return int(self._hall.call_next(self._desk, WINDOW)["seq"])


class BarePress:
    """One durable commit and one emit, with nothing around them."""

    def __init__(self, port: int) -> None:
        self._http = PlainHttp(port)

    def prepare(self) -> None:
        self._http.post("/echo")

    def press(self, message_bytes: int) -> int:
        seq = time.monotonic_ns()
        self._http.post("/emit", {"seq": seq, "times": 1, "bytes": max(0, message_bytes - ENVELOPE_BYTES)})
        return seq


@dataclass(frozen=True)
class Heard:
    """From the press to each page, and to the last page of each press; in seconds."""

    every: list[float]
    last: list[float]
    message_bytes: int


def measure(hall: BusyHall, bare: int, rounds: int) -> Iterable[Figure]:
    """The hall's pages and bare ones in turn, round after round, first few pages and then many."""
    megabytes = Figure("memory of the server with 1,000 pages", "MB", "200 MB")
    ours, floor = DeskPress(hall), BarePress(bare)
    for pages in PAGES:
        middle = Figure(f"press to news at {pages} pages, p50", "ms", "")
        slowest = Figure(f"press to news at {pages} pages, p99", "ms", "2 ×")
        last = Figure(f"press to news at the last of {pages} pages, p50", "ms", "")
        with _audience(hall.server.url, pages) as at_hall, _audience(f"http://127.0.0.1:{bare}", pages) as at_bare:
            for _ in range(rounds):
                heard = _listen(at_hall, ours)
                least = _listen(at_bare, floor, heard.message_bytes)
                middle.add(percentile(heard.every, 50), percentile(least.every, 50))
                slowest.add(percentile(heard.every, 99), percentile(least.every, 99))
                last.add(percentile(heard.last, 50), percentile(least.last, 50))
            if pages == max(PAGES):
                megabytes.add(hall.resident_megabytes())
        yield from (middle, slowest, last)
    yield megabytes


def _listen(audience: Ask, presser: Press, message_bytes: int = 0) -> Heard:
    every, last, sizes = [], [], []
    for _ in range(PRESSES):
        presser.prepare()
        time.sleep(PAUSE_SECONDS)
        begun = time.monotonic_ns()
        heard = audience(presser.press(message_bytes))
        taken = [(came - begun) / 1e9 for came in heard["came"]]
        every += taken
        last.append(max(taken))
        sizes.append(heard["bytes"])
    return Heard(every, last, int(median(sizes)))


@contextmanager
def _audience(url: str, pages: int) -> Iterator[Ask]:
    """Connected pages in another process; gives a function that says when a piece of news reached each of them."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.audience", url, str(pages)],
        cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    orders, told = process.stdin, process.stdout

    def ask(seq: int) -> dict[str, Any]:
        print(seq, file=orders, flush=True)
        answer: dict[str, Any] = json.loads(told.readline())
        assert len(answer["came"]) == pages, f"{pages - len(answer['came'])} pages never had the news"
        return answer

    try:
        assert told.readline() == "ready\n"
        yield ask
    finally:
        process.kill()
        process.wait()
