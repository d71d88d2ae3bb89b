"""Estimates rounded for people: whole minutes, and fives above ten, so that figures do not flicker."""

from __future__ import annotations

from math import ceil, floor


def rounded_range(low: float, likely: float, high: float) -> tuple[int, int, int]:
    """(low, likely, high) minutes as told to people; the range always holds the likely wait."""
    middle = round(likely)
    bottom, top = _down(min(low, likely)), _up(max(high, likely))
    return min(bottom, middle), middle, max(top, middle)


def _down(minutes: float) -> int:
    return floor(minutes) if minutes < 10 else 5 * floor(minutes / 5)


def _up(minutes: float) -> int:
    return ceil(minutes) if minutes <= 10 else 5 * ceil(minutes / 5)
