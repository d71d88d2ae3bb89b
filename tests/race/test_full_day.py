"""A full hall on the peak day of its load profile, 600 times as fast as life, from before the kiosks open until the
next morning: 40 simulated clerks, 2,300 people who want a number, the pages asking meanwhile."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from server.settings import SAMPLE_HALL
from tests.clients import Anybody
from tests.hall_server import ENVIRONMENT, ROOT, HallServer

pytestmark = pytest.mark.slow

PEAK = "2.5"
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
BEGINS = "2026-11-24T08:40:00+08:00"
ENDS = datetime.fromisoformat("2026-11-25T09:10:00+08:00")
CLOSING = datetime.fromisoformat("2026-11-24T17:30:00+08:00")
LONGEST_SECONDS = 400
"""A day and half an hour last 147 s at this speed."""


@dataclass
class FullDay:
    """What is known of the day once it is over. `entries` are (at, business day, kind, data) in order."""

    output: str
    data: Path
    seconds: float
    cpu_seconds: float
    answers: list[float]
    entries: list[tuple[datetime, date, str, dict[str, Any]]] = field(default_factory=list)

    def of(self, kind: str, day: date = TUESDAY) -> list[tuple[datetime, dict[str, Any]]]:
        return [(at, data) for at, business_day, what, data in self.entries if (business_day, what) == (day, kind)]


@pytest.fixture(scope="module")
def hall(opened: Path) -> Iterator[HallServer]:
    """In memory where the machine allows: at this speed two hundred commits a second wait for a disk that other tests
    keep busy, and would measure them."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.exists() else None) as place:
        data = Path(place) / "hall"
        shutil.copytree(opened, data, ignore=shutil.ignore_patterns("clock.json"))
        running = HallServer(data, ("--speed", "600", "--now", BEGINS, "--visitors", PEAK)).start()
        yield running
        running.kill()
        print(f"--- {running.url} printed:\n{running.output()[-8000:]}")


@pytest.fixture(scope="module")
def day(hall: HallServer) -> FullDay:
    began = time.monotonic()
    answers = watch_until_wednesday(Anybody(hall.url), began + LONGEST_SECONDS)
    seconds, cpu = time.monotonic() - began, cpu_seconds(hall)
    assert hall.stop() == 0
    lived = FullDay(hall.output(), hall.data, seconds, cpu, answers, journal(hall.data))
    told = {kind: len(lived.of(kind)) for kind in ("TicketIssued", "TicketCalled", "TicketFinished", "TicketMissed")}
    told |= {"entries": len(lived.entries)}
    print(f"{seconds:.0f} s, {cpu:.0f} s of the processor, {told}, {Counter(map(round, answers))}")
    return lived


def watch_until_wednesday(page: Anybody, deadline: float) -> list[float]:
    """Ask for the picture once a second, as a page would; gives how long each answer took in seconds."""
    answers = []
    while time.monotonic() < deadline:
        asked = time.monotonic()
        picture = page.get("picture", view="public").expect()
        answers.append(time.monotonic() - asked)
        if datetime.fromisoformat(picture["now"]) >= ENDS:
            return answers
        time.sleep(1)
    raise AssertionError(f"after {LONGEST_SECONDS} s it is only {picture['now']}")


def cpu_seconds(hall: HallServer) -> float:
    """What the server has used of the processor so far, its threads and the workers that have ended included."""
    assert hall.process is not None
    fields = Path(f"/proc/{hall.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def journal(data: Path) -> list[tuple[datetime, date, str, dict[str, Any]]]:
    with sqlite3.connect(f"file:{data / 'hall.db'}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT at, business_day, kind, data FROM journal ORDER BY seq").fetchall()
    return [
        (datetime.fromisoformat(at).replace(tzinfo=UTC), date.fromisoformat(day), kind, json.loads(text))
        for at, day, kind, text in rows
    ]


def test_nothing_goes_wrong_all_day(day: FullDay) -> None:
    lines = day.output.splitlines()
    assert any(" INFO " in line for line in lines), "the log must be there to mean anything"
    assert [line for line in lines if " WARNING " in line or " ERROR " in line or "Traceback" in line] == []


def test_the_hall_was_full(day: FullDay) -> None:
    """On a machine that cannot keep up with the clock some visitors stay at home, as the log then says."""
    stayed_at_home = sum(map(int, re.findall(r"(\d+) simulated visitors stayed at home", day.output)))
    assert len(day.of("TicketIssued")) + stayed_at_home > 1900
    windows = {data["window"] for _, data in day.of("TicketFinished")}
    assert len(windows) >= 36, "all windows but two that are left to people and the tidal ones"


def test_everyone_present_at_closing_is_served(day: FullDay) -> None:
    """Whoever had a number then, but for those who gave it up or did not come when they were called three times."""
    present = [ticket for ticket, kind in last_of_each_ticket(day, CLOSING).items() if kind not in OVER]
    in_the_end = last_of_each_ticket(day, ENDS)
    assert len(present) > 40
    assert {ticket: kind for ticket, kind in in_the_end.items() if kind not in OVER} == {}
    assert Counter(in_the_end[ticket] for ticket in present)["TicketFinished"] > 0.8 * len(present)


OVER = {"TicketFinished", "TicketCancelled", "TicketMissed"}
SAYS_NOTHING_OF_A_VISIT = {"TicketPrinted", "TicketExpired"}


def last_of_each_ticket(day: FullDay, until: datetime) -> dict[str, str]:
    """What last happened to each of Tuesday's tickets until then; that a missed one expires in the night is no news."""
    issued = {data["ticket"] for _, data in day.of("TicketIssued")}
    told = (entry for entry in day.entries if entry[0] < until and entry[2] not in SAYS_NOTHING_OF_A_VISIT)
    return {data["ticket"]: kind for _, _, kind, data in told if data.get("ticket") in issued}


def test_clerks_stay_after_hours_and_all_are_gone_in_the_night(day: FullDay) -> None:
    finished = [at for at, _ in day.of("TicketFinished")]
    assert max(finished) > CLOSING + timedelta(minutes=10)
    assert [data for _, data in day.of("SignedOff") if data.get("by_clock")] == []
    assert len(day.of("SignedOff")) == len(day.of("SignedOn"))


def test_the_next_business_day_begins_with_a001(day: FullDay) -> None:
    numbers = [data["number"] for _, data in day.of("TicketIssued", WEDNESDAY) if data["queue"] == "A"]
    assert numbers
    assert numbers[0].removeprefix("V") == "A001"
    assert [at for at, _ in day.of("DayBegan", WEDNESDAY)]


def test_pages_are_answered_all_day(day: FullDay) -> None:
    assert len(day.answers) > 60
    assert statistics.median(day.answers) < 1


def test_a_press_costs_the_server_milliseconds_however_full_the_hall_is(day: FullDay) -> None:
    assert day.cpu_seconds / len(day.entries) < 0.015


def test_the_journal_is_whole_and_the_tables_agree_with_it(day: FullDay) -> None:
    words = [sys.executable, "-m", "server", "verify", "--data", str(day.data), "--hall", str(SAMPLE_HALL)]
    done = subprocess.run(words, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
