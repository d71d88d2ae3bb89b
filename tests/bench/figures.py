"""Samples, and the table that is printed of them. Times in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

Samples = Sequence[float]


def seconds(deed: Callable[[], object]) -> float:
    """How long a deed takes."""
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def percentile(samples: Samples, percent: float) -> float:
    """The value that so many percent of the samples do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@dataclass
class Figure:
    """One line of the table: what was measured in every round, and the floor of the same round if there is one."""

    name: str
    unit: str
    goal: str
    ours: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)

    def add(self, ours: float, floor: float | None = None) -> None:
        """One round more."""
        self.ours.append(ours)
        if floor is not None:
            self.floors.append(floor)

    def line(self) -> str:
        """The figure for people: medians, and the spread of the rounds."""
        text = f"{self.name:<58}{_shown(median(self.ours), self.unit):>11}"
        if not self.floors:
            spread = f"{_shown(min(self.ours), self.unit)} to {_shown(max(self.ours), self.unit)}"
            return f"{text}{'':>11}{'':>9}  {spread:<22} {self.goal}"
        ratios = [ours / floor for ours, floor in zip(self.ours, self.floors, strict=True)]
        spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
        return f"{text}{_shown(median(self.floors), self.unit):>11}{median(ratios):>7.1f} ×  {spread:<22} {self.goal}"


HEADER = f"{'':<58}{'ours':>11}{'floor':>11}{'ratio':>9}  {'spread of the rounds':<22} goal"


def _shown(value: float, unit: str) -> str:
    return f"{value * 1000:.2f} ms" if unit == "ms" else f"{value:.2f} {unit}" if unit == "s" else f"{value:.0f} {unit}"
