"""Which devices and pages are alive: presence is a beat that is young enough, never a flag that can stick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.services.ports import Clock

ALIVE_SECONDS = 60.0


@dataclass(frozen=True)
class Beat:
    """The last word of a device: when (real clock), and how its printer is."""

    at: float
    printer: dict[str, Any] | None = None
    paper_left: int | None = None
    audio_ready: bool | None = None


class Beats:
    """The last beat of every device and screen."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: dict[str, Beat] = {}

    def note(
        self,
        device: str,
        printer: dict[str, Any] | None = None,
        paper_left: int | None = None,
        audio_ready: bool | None = None,
    ) -> None:
        """A device or screen has told that it lives."""
        self._last[device] = Beat(self._clock.real(), printer, paper_left, audio_ready)

    def rows(self) -> list[dict[str, Any]]:
        """Every device that ever beat since the start, for the manager."""
        now = self._clock.real()
        return [
            {
                "id": device,
                "alive": now - beat.at <= ALIVE_SECONDS,
                "seconds_ago": round(now - beat.at),
                "printer": beat.printer,
                "paper_left": beat.paper_left,
                "audio_ready": beat.audio_ready,
            }
            for device, beat in sorted(self._last.items())
        ]
