"""Estimates rounded for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.estimates.wording import rounded_range

waits = st.floats(0, 600)


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((1.2, 2.4, 3.1), (1, 2, 4)),
        ((8.9, 9.6, 10.0), (8, 10, 10)),
        ((9.9, 12.3, 13.2), (9, 12, 15)),
        ((11.0, 14.0, 19.9), (10, 14, 20)),
        ((20.0, 25.0, 30.0), (20, 25, 30)),
        ((22.0, 22.4, 22.6), (20, 22, 25)),
    ],
)
def test_whole_minutes_up_to_ten_and_fives_above(exact: tuple[float, ...], told: tuple[int, ...]) -> None:
    assert rounded_range(*exact) == told


@given(waits, waits, waits)
def test_the_range_always_holds_the_middle_and_what_it_was_made_of(low: float, likely: float, high: float) -> None:
    bottom, middle, top = rounded_range(low, likely, high)
    assert bottom <= middle <= top
    assert bottom <= min(low, likely)
    assert top >= max(high, likely)
    assert abs(middle - likely) <= 0.5
