"""Which devices and pages are alive: presence is a beat that is young enough, never a flag that can stick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.plan import HallPlan
from server.services.ports import Clock
from server.services.times import local_iso

ALIVE_SECONDS = 60.0


@dataclass(frozen=True)
class Beat:
    """The last word of a device, and whether it is young enough to count."""

    alive: bool
    seen_at: str
    """On the hall's clock."""
    printer: dict[str, Any] | None
    paper_left: int | None
    audio_ready: bool | None


class Beats:
    """The last beat of every device and screen. Beats run on the real clock."""

    def __init__(self, plan: HallPlan, clock: Clock) -> None:
        self._plan = plan
        self._clock = clock
        self._last: dict[str, tuple[float, str, dict[str, Any] | None, int | None, bool | None]] = {}

    def note(
        self,
        device: str,
        printer: dict[str, Any] | None = None,
        paper_left: int | None = None,
        audio_ready: bool | None = None,
    ) -> None:
        """A device or screen has told that it lives."""
        seen = local_iso(self._plan, self._clock.now())
        self._last[device] = (self._clock.real(), seen, printer, paper_left, audio_ready)

    def of(self, device: str) -> Beat | None:
        """The last beat of a device since the start of this process; None when there was none."""
        last = self._last.get(device)
        return None if last is None else Beat(self._clock.real() - last[0] <= ALIVE_SECONDS, *last[1:])
