"""How long a visit takes: the hall file's minutes as a law, by item where that is known."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, sqrt
from statistics import NormalDist

import pytest

from server.estimates.service_times import WALK_MINUTES, ServiceTime, ServiceTimes, log_normal, residual, usual_range
from tests.halls import hall_plan
from tests.makers import waiting

TIMES = ServiceTimes(hall_plan())


def test_the_law_has_the_median_and_the_ninetieth_percentile_of_the_hall_file() -> None:
    mean, variance = log_normal(8, 15)
    sigma = sqrt(log(1 + variance / mean**2))
    median = mean / exp(sigma**2 / 2)
    assert median == pytest.approx(8)
    assert median * exp(sigma * NormalDist().inv_cdf(0.9)) == pytest.approx(15, rel=1e-6)


def test_a_percentile_that_says_nothing_still_gives_a_law() -> None:
    mean, variance = log_normal(8, 8)
    assert mean == pytest.approx(8, rel=0.01)
    assert variance > 0


def test_the_item_decides_and_without_one_the_queue() -> None:
    by_item = TIMES.of(waiting(queue="B", item="B02"))
    assert by_item == TIMES.of_item("B02", "B")
    assert by_item.mean != TIMES.of_item("B01", "B").mean
    assert TIMES.of(waiting(queue="B")).mean == pytest.approx(9 + WALK_MINUTES)


def test_an_item_that_the_hall_file_no_longer_has_counts_as_its_queue() -> None:
    assert TIMES.of_item("GONE", "B") == TIMES.of_item(None, "B")


def test_the_walk_to_the_window_is_part_of_it() -> None:
    mean, _ = log_normal(3, 8)
    assert TIMES.of_item("A01", "A").mean == pytest.approx(mean + WALK_MINUTES)


@pytest.mark.parametrize(("elapsed", "left"), [(0, 10), (4, 6), (8, 2), (9, 2), (500, 2)])
def test_what_is_left_of_a_visit_is_never_less_than_a_fifth(elapsed: float, left: float) -> None:
    rest = residual(ServiceTime(10, 25), elapsed)
    assert rest.mean == pytest.approx(left)
    assert rest.variance == pytest.approx(25 * sqrt(left / 10))


def test_four_of_five_visits_last_between_these_minutes() -> None:
    assert usual_range(8, 15) == (4, 15)
    assert usual_range(1, 1) == (1, 2)
    low, high = usual_range(20, 40)
    assert low < 20 < high


def test_a_hall_with_other_minutes_has_other_times() -> None:
    plan = hall_plan()
    slower = replace(plan, queues=tuple(replace(queue, default_minutes=60) for queue in plan.queues))
    assert ServiceTimes(slower).of_item(None, "A").mean == pytest.approx(60 + WALK_MINUTES)
