"""How long a press takes to be answered: issue and call-next, by one client and by eight."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tests.bench.busy_hall import WINDOWS, BusyHall
from tests.bench.figures import Figure, percentile, seconds
from tests.bench.plain_http import PlainHttp
from tests.crowd import at_once
from tests.ledger import Ledger

PRESSES = 240
CLIENTS = 8
GOAL = "3 ×"


def measure(hall: BusyHall, bare: int, folder: Path, rounds: int) -> Iterable[Figure]:
    """The floors and ours in turn, round after round."""
    ledger = Ledger(_made(folder / "commands"))
    floors = Figure("floor: one durable commit, p50", "ms", ""), Figure("floor: one bare request, p50", "ms", "")
    alone = {name: Figure(f"{name}, 1 client, p50", "ms", GOAL) for name in ("issue", "call-next")}
    crowd = {name: Figure(f"{name}, {CLIENTS} clients, p50", "ms", "") for name in ("issue", "call-next")}
    for _ in range(rounds):
        commit = percentile([seconds(ledger.commit) for _ in range(PRESSES)], 50)
        request = percentile(_times(PlainHttp(bare), lambda http: http.post("/echo", {"queue": "B"})), 50)
        for figure, value in zip(floors, (commit, request), strict=True):
            figure.add(value)
        bare_crowd = percentile(_crowd([partial(_times, PlainHttp(bare), _commit) for _ in range(CLIENTS)]), 50)
        alone["issue"].add(percentile(_issues(hall, PRESSES), 50), commit + request)
        alone["call-next"].add(percentile(_calls(hall, WINDOWS[0], PRESSES), 50), commit + request)
        issues = _crowd([partial(_issues, hall, PRESSES // CLIENTS) for _ in range(CLIENTS)])
        crowd["issue"].add(percentile(issues, 50), bare_crowd)
        calls = _crowd([partial(_calls, hall, window, PRESSES // CLIENTS) for window in WINDOWS[:CLIENTS]])
        crowd["call-next"].add(percentile(calls, 50), bare_crowd)
    return [*floors, *alone.values(), *crowd.values()]


def _commit(http: PlainHttp) -> object:
    return http.post("/commit", {"queue": "B"})


def _times(http: PlainHttp, press: Callable[[PlainHttp], object]) -> list[float]:
    """How long each press took over one connection."""
    taken = [seconds(lambda: press(http)) for _ in range(PRESSES)]
    http.close()
    return taken


def _issues(hall: BusyHall, presses: int) -> list[float]:
    """How long each issue took; that the number is given up again is not counted."""
    kiosk, taken = hall.kiosk(), []
    for _ in range(presses):
        begun = time.perf_counter()
        issued = hall.issue(kiosk)
        taken.append(time.perf_counter() - begun)
        hall.cancel(kiosk, issued)
    kiosk.close()
    return taken


def _calls(hall: BusyHall, window: int, presses: int) -> list[float]:
    """How long each call-next took; that somebody came before and was served afterwards is not counted."""
    kiosk, desk, taken = hall.kiosk(), hall.desk(window), []
    for _ in range(presses):
        hall.issue(kiosk)
        taken.append(seconds(lambda: hall.call_next(desk, window)))
        hall.serve(desk, window)
    kiosk.close()
    desk.close()
    return taken


def _crowd(deeds: list[Callable[[], list[float]]]) -> list[float]:
    return list(itertools.chain(*at_once(deeds)))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
