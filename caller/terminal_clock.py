"""The hall's clock in the terminal: what the server told, counted on with the monotonic clock of this machine."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any


class HallClock:
    """Hall time. Before the server has told it, the machine's own."""

    def __init__(self) -> None:
        self._anchor = datetime.now().astimezone()
        self._at = time.monotonic()
        self._speed = 1.0

    def tell(self, told: dict[str, Any]) -> None:
        """Take the server's {now: ISO text with offset, speed}."""
        speed = float(told.get("speed", self._speed))
        moment = datetime.fromisoformat(told["now"])
        late = (self.now() - moment).total_seconds()
        if speed == self._speed and 0 < late < 2 * speed:  # the age of an answer; a counted second is not repeated
            return
        self._anchor, self._at, self._speed = moment, time.monotonic(), speed

    def now(self) -> datetime:
        """Hall time with the hall's offset."""
        return self._anchor + timedelta(seconds=(time.monotonic() - self._at) * self._speed)


def seconds_since(iso: str, now: datetime) -> int:
    """Whole seconds since an ISO moment, never below zero."""
    return max(0, int((now - datetime.fromisoformat(iso)).total_seconds()))


def minutes_since(iso: str, now: datetime) -> int:
    """Whole minutes since an ISO moment."""
    return seconds_since(iso, now) // 60


def count_text(seconds: int) -> str:
    """`02:14`, or `1:02:14` from an hour on."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"


def clock_text(iso: str) -> str:
    """`10:04` of an ISO text, in the offset in which it was written, which is the hall's."""
    return iso[11:16]
