"""The hall's clock goes on through restarts, downtime included; it never goes back, and ignores the machine's steps."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.adapters import clock
from server.adapters.clock import HallClock, open_clock

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Machine:
    """The machine's two clocks, moved by hand: `run` lets time pass, `set_wall` is what an operator does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wall, self.monotonic = 1_790_000_000.0, 500.0
        monkeypatch.setattr(clock.time, "time", lambda: self.wall)
        monkeypatch.setattr(clock.time, "monotonic", lambda: self.monotonic)

    def run(self, seconds: float) -> None:
        self.wall += seconds
        self.monotonic += seconds

    def set_wall(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


def started(file: Path, now: datetime | None = None, speed: float | None = None, **more: datetime) -> HallClock:
    """A server that has started and is ready."""
    found = open_clock(file, now, speed, **more)
    found.begin()
    return found


# -- a real clock ------------------------------------------------------------------------------------------------


def test_without_a_set_time_the_hall_has_the_machines_time(machine: Machine, file: Path) -> None:
    hall = started(file)
    machine.run(61)
    assert hall.now() == datetime.fromtimestamp(machine.wall, UTC)
    assert (hall.speed, hall.simulated, file.exists()) == (1.0, False, False)


def test_a_step_of_the_machines_clock_is_ignored_and_told_once(
    machine: Machine, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hall = started(file)
    before = hall.now()
    machine.set_wall(-3600)
    machine.run(10)
    with caplog.at_level(logging.WARNING):
        hall.report_steps()
        hall.report_steps()
    assert hall.now() == before + timedelta(seconds=10)
    assert hall.wall() == before.timestamp() + 10
    assert [record.getMessage() for record in caplog.records] == [
        "the machine's clock was stepped by -3600.0 s; the hall's clock goes on without it"
    ]


def test_a_small_correction_is_not_worth_a_word(machine: Machine, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    hall = started(file)
    machine.set_wall(clock.STEP_SECONDS)
    hall.report_steps()
    assert caplog.records == []


def test_the_machines_even_seconds_are_for_machinery(machine: Machine, file: Path) -> None:
    hall = started(file, MORNING, 60)
    before = hall.real()
    machine.run(5)
    assert hall.real() - before == 5


# -- a simulated clock -------------------------------------------------------------------------------------------


def test_a_set_clock_shows_the_set_time_and_runs_as_fast_as_told(machine: Machine, file: Path) -> None:
    hall = started(file, MORNING, 60)
    assert hall.now() == MORNING
    machine.run(10)
    assert hall.now() == MORNING + timedelta(minutes=10)
    assert (hall.speed, hall.simulated) == (60, True)


def test_a_set_time_counts_from_when_the_server_is_ready(machine: Machine, file: Path) -> None:
    hall = open_clock(file, MORNING, 60)
    machine.run(8)
    hall.begin()
    assert hall.now() == MORNING
    machine.run(1)
    hall.begin()
    assert hall.now() == MORNING + timedelta(minutes=1), "beginning twice changes nothing"
    assert json.loads(file.read_text())["hall"] == MORNING.timestamp()


def test_a_demo_may_begin_where_there_is_something_to_see(machine: Machine, file: Path) -> None:
    opening = MORNING + timedelta(days=1)
    assert started(file, start=opening).now() == opening
    machine.run(100)
    later = started(file, start=opening + timedelta(days=9))
    assert later.now() == opening + timedelta(seconds=100), "only where it begins; afterwards it goes on"


@pytest.mark.parametrize("speed", [1.0, 60.0])
def test_it_goes_on_through_a_restart_downtime_included(machine: Machine, file: Path, speed: float) -> None:
    started(file, MORNING, speed)
    machine.run(100)
    again = started(file)
    assert again.now() == MORNING + timedelta(seconds=100 * speed)
    assert again.speed == speed


def test_it_goes_on_at_another_speed_from_where_it_was(machine: Machine, file: Path) -> None:
    started(file, MORNING, 60)
    machine.run(10)
    slower = started(file, speed=1.0)
    machine.run(10)
    assert slower.now() == MORNING + timedelta(minutes=10, seconds=10)
    machine.run(10)
    assert started(file).now() == MORNING + timedelta(minutes=10, seconds=20)


def test_a_later_time_jumps_forward(machine: Machine, file: Path) -> None:
    started(file, MORNING, 1)
    machine.run(100)
    assert started(file, MORNING + timedelta(hours=5)).now() == MORNING + timedelta(hours=5)


def test_an_earlier_time_never_goes_back(machine: Machine, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    started(file, MORNING, 1)
    machine.run(3600)
    again = started(file, MORNING)
    assert again.now() == MORNING + timedelta(hours=1)
    assert "never goes back" in caplog.text


def test_a_demo_started_again_with_the_same_time_goes_on(machine: Machine, file: Path) -> None:
    shown = []
    for _ in range(3):
        hall = started(file, MORNING, 60)
        shown.append(hall.now())
        machine.run(60)
    assert shown == [MORNING + timedelta(hours=number) for number in range(3)]


def test_steps_of_the_machine_do_not_move_a_simulated_hall(machine: Machine, file: Path) -> None:
    hall = started(file, MORNING, 60)
    machine.set_wall(86_400)
    machine.run(1)
    assert hall.now() == MORNING + timedelta(minutes=1)


def test_the_anchor_is_on_disk_whole_before_it_counts(
    machine: Machine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(file, MORNING, 60)
    kept = file.read_text()

    def power_fails(_: int) -> None:
        raise OSError("the power fails")

    monkeypatch.setattr(os, "fsync", power_fails)
    with pytest.raises(OSError, match="power"):
        open_clock(file, MORNING + timedelta(days=1), 60)
    assert file.read_text() == kept
