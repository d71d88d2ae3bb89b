import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import big_day
from tests.hall_server import ENVIRONMENT, ROOT, HallServer
from tests.kill.ordeal import Ordeal

FAILURES = 50
FOLDED = ("tickets", "windows", "queues", "sign_ons", "pauses")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory, opened: Path) -> Iterator[Ordeal]:
    """A hall with 4,000 tickets behind it that lost its power fifty times and was then stopped."""
    data = tmp_path_factory.mktemp("kill") / "hall"
    shutil.copytree(opened, data, ignore=shutil.ignore_patterns("clock.json"))
    big_day.fill(data)
    hall = HallServer(data, ("--now", big_day.AFTER, "--visitors", "0")).start()
    try:
        suffered = Ordeal(hall)
        suffered.suffer(FAILURES)
        hall.stop()
    finally:
        hall.kill()
    yield suffered
    seconds = sorted(suffered.restart_seconds)
    print(f"ready again after {seconds[len(seconds) // 2]:.2f} s in the median, {seconds[-1]:.2f} s at most")


def test_the_power_failed_while_people_pressed(ordeal: Ordeal) -> None:
    assert ordeal.left_unanswered >= FAILURES
    assert all(person.presses > FAILURES for person in ordeal.people)


def test_nobody_was_refused_what_they_pressed_again(ordeal: Ordeal) -> None:
    assert [refused for person in ordeal.people for refused in person.refused] == []


def test_every_acknowledged_command_is_there(ordeal: Ordeal) -> None:
    assert ordeal.lost == []


def test_no_command_happened_twice(ordeal: Ordeal) -> None:
    assert ordeal.doubled == []


def test_no_number_came_back_with_another_meaning(ordeal: Ordeal) -> None:
    assert ordeal.ambiguous == []


def test_nothing_went_wrong_in_the_log(ordeal: Ordeal) -> None:
    assert [line for line in ordeal.hall.output().splitlines() if " ERROR " in line or "Traceback" in line] == []


def test_the_journal_is_whole(ordeal: Ordeal) -> None:
    assert "the journal is whole" in run("verify", ordeal.hall.data)


def test_the_tables_can_be_made_again_from_the_journal(ordeal: Ordeal) -> None:
    before = tables(ordeal.hall.data)
    assert len(before["tickets"]) > 4000
    run("rebuild", ordeal.hall.data)
    assert tables(ordeal.hall.data) == before


def tables(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the folded tables, as SQLite keeps them."""
    with closing(sqlite3.connect(data / "hall.db")) as database:
        return {table: sorted(database.execute(f"SELECT * FROM {table}"), key=repr) for table in FOLDED}  # noqa: S608


def run(command: str, data: Path) -> str:
    """What a command of the program printed; it must succeed."""
    words = [sys.executable, "-m", "server", command, "--data", str(data)]
    done = subprocess.run(words, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
