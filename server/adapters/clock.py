"""The only place where the clock is read.

The hall's clock starts at an anchor (real time, hall time, speed) that is kept in the data folder, so that it goes
on through restarts, downtime included. While running it follows the monotonic clock: steps of the wall clock are
ignored, and told in the log. Without a set time and at speed 1 the hall's clock is the wall clock at the start.
"""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

STEP_SECONDS = 2.0
"""A wall clock that moves by more than this against the monotonic one was stepped."""


@dataclass(frozen=True)
class Anchor:
    """At `real` (seconds since 1970) the hall's clock showed `hall` (the same), and runs `speed` times as fast."""

    real: float
    hall: float
    speed: float


class HallClock:
    """The hall's time, going on from an anchor."""

    def __init__(self, anchor: Anchor | None = None, begins_in: Path | None = None) -> None:
        """`begins_in` is the file of a clock that was set and has yet to `begin`."""
        self._begins_in = begins_in
        self._real_start = time.time()
        self._monotonic_start = time.monotonic()
        self.anchor = anchor or Anchor(self._real_start, self._real_start, 1.0)
        self._told_step = 0.0

    @property
    def speed(self) -> float:
        return self.anchor.speed

    @property
    def simulated(self) -> bool:
        """Whether the hall's clock differs from the wall's on purpose."""
        return self.anchor.speed != 1.0 or abs(self.anchor.hall - self.anchor.real) > STEP_SECONDS

    def begin(self) -> None:
        """The server is ready: a time that was set counts from now, whatever was prepared meanwhile. Call it before
        anything is recorded, as what has passed since the start is taken back."""
        if self._begins_in is not None:
            self.anchor = replace(self.anchor, real=self.wall())
            _write(self._begins_in, self.anchor)
            self._begins_in = None

    def now(self) -> datetime:
        """The hall's time."""
        passed = self.wall() - self.anchor.real
        return datetime.fromtimestamp(self.anchor.hall + passed * self.anchor.speed, UTC)

    def real(self) -> float:
        """Seconds on the monotonic clock."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970 as the wall clock said at the start, going on evenly."""
        return self._real_start + (time.monotonic() - self._monotonic_start)

    def report_steps(self) -> None:
        """Tell in the log when somebody set the machine's clock."""
        step = time.time() - self.wall()
        if abs(step - self._told_step) > STEP_SECONDS:
            log.warning("the machine's clock was stepped by %.1f s; the hall's clock goes on without it", step)
            self._told_step = step


def open_clock(file: Path, now: datetime | None, speed: float | None, start: datetime | None = None) -> HallClock:
    """The clock of a data folder: it goes on from its file, or jumps forward to `now`; it never goes back.

    `start` is where a new clock begins when no `now` is given (the demo's next opening).
    """
    kept = _read(file)
    real = time.time()
    wanted = now or (start if kept is None else None)
    if kept is None and wanted is None and speed in (None, 1.0):
        return HallClock()
    present = kept.hall + (real - kept.real) * kept.speed if kept else real
    if wanted is not None:
        target = wanted.timestamp()
        if kept and target < present:
            log.warning("the hall's clock never goes back: it stays at %s", datetime.fromtimestamp(present, UTC))
        present = max(target, present) if kept else target
    anchor = Anchor(real, present, speed or (kept.speed if kept else 1.0))
    _write(file, anchor)
    return HallClock(anchor, begins_in=file if wanted is not None and present == wanted.timestamp() else None)


def _read(file: Path) -> Anchor | None:
    if not file.exists():
        return None
    return Anchor(**json.loads(file.read_text()))


def _write(file: Path, anchor: Anchor) -> None:
    """Whole or not at all: a half-written anchor would stop the next start."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(anchor)))
    with fresh.open() as handle:
        os.fsync(handle.fileno())
    fresh.replace(file)
