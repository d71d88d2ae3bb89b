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
from typing import Any

from tests.bench.busy_hall import WINDOWS, BusyHall
from tests.bench.figures import Figure, percentile
from tests.bench.plain_http import PlainHttp
from tests.hall_server import ENVIRONMENT, ROOT

PAGES = (10, 1000)
PRESSES = 80
PAUSE_SECONDS = 0.03
WINDOW = WINDOWS[-1]

Press = Callable[[], int]
"""Makes one piece of news that is watched for, and gives its number."""


@dataclass(frozen=True)
class Heard:
    """From the press to each page, and to the last page of each press; in seconds."""

    every: list[float]
    last: list[float]
    message_bytes: int


def measure(hall: BusyHall, bare: int, rounds: int) -> Iterable[Figure]:
    """The hall's pages and bare ones in turn, round after round, first few pages and then many."""
    megabytes = Figure("memory of the server with 1,000 pages", "MB", "200 MB")
    figures = []
    for pages in PAGES:
        figures += _measure_with(hall, bare, rounds, pages, megabytes)
    return [*figures, megabytes]


def _measure_with(hall: BusyHall, bare: int, rounds: int, pages: int, megabytes: Figure) -> list[Figure]:
    middle = Figure(f"press to news at {pages} pages, p50", "ms", "")
    slowest = Figure(f"press to news at {pages} pages, p99", "ms", "2 ×")
    last = Figure(f"press to news at the last of {pages} pages, p50", "ms", "")
    with _audience(hall.server.url, pages) as ours, _audience(f"http://127.0.0.1:{bare}", pages) as theirs:
        for _ in range(rounds):
            heard = _listen(ours, _calls(hall))
            floor = _listen(theirs, _bare_news(bare, heard.message_bytes))
            middle.add(percentile(heard.every, 50), percentile(floor.every, 50))
            slowest.add(percentile(heard.every, 99), percentile(floor.every, 99))
            last.add(percentile(heard.last, 50), percentile(floor.last, 50))
            if pages == max(PAGES):
                megabytes.add(hall.resident_megabytes())
    return [middle, slowest, last]


def _listen(audience: Callable[[int], dict[str, Any]], presses: Iterator[int]) -> Heard:
    every, last, sizes = [], [], []
    for _ in range(PRESSES):
        begun = time.monotonic_ns()
        heard = audience(next(presses))
        taken = [(came - begun) / 1e9 for came in heard["came"]]
        every += taken
        last.append(max(taken))
        sizes.append(heard["bytes"])
        time.sleep(PAUSE_SECONDS)
    return Heard(every, last, int(median(sizes)))


def _calls(hall: BusyHall) -> Iterator[int]:
    """Call-next, the rest of the visit being done before the next press."""
    desk = hall.desk(WINDOW)
    while True:
        yield int(hall.call_next(desk, WINDOW)["seq"])
        hall.serve(desk, WINDOW)
        time.sleep(PAUSE_SECONDS)


def _bare_news(port: int, message_bytes: int) -> Iterator[int]:
    """A commit and one emit of the same size."""
    http = PlainHttp(port)
    while True:
        seq = time.monotonic_ns()
        http.post("/emit", {"seq": seq, "times": 1, "bytes": max(0, message_bytes - 80)})
        yield seq


@contextmanager
def _audience(url: str, pages: int) -> Iterator[Callable[[int], dict[str, Any]]]:
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
