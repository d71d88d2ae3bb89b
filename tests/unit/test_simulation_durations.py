from datetime import timedelta
from random import Random
from statistics import fmean, median, quantiles

import pytest

from server import hall_file
from server.domain.plan import HallPlan
from server.settings import SAMPLE_HALL
from server.simulation import durations
from tests.makers import waiting

DRAWS = 10_000
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def sample() -> HallPlan:
    return hall_file.read(SAMPLE_HALL)


def served_minutes(plan: HallPlan, queue: str, item: str | None) -> list[float]:
    dice = Random(3)
    ticket = waiting(queue=queue, item=item)
    return [durations.service(plan, ticket, dice) / MINUTE for _ in range(DRAWS)]


@pytest.mark.parametrize("item", ["A01", "B01", "L02", "M01", "R01"])
def test_services_have_the_median_and_the_90th_percentile_of_the_hall_file(sample: HallPlan, item: str) -> None:
    known = sample.item_by_code[item]
    minutes = served_minutes(sample, known.queue, item)
    assert median(minutes) == pytest.approx(known.median_minutes, rel=0.03)
    assert quantiles(minutes, n=10)[8] == pytest.approx(known.p90_minutes, rel=0.03)


@pytest.mark.parametrize("item", ["A01", "B01", "R01"])
def test_the_mean_that_demand_is_worked_out_with_is_the_mean_of_the_draws(sample: HallPlan, item: str) -> None:
    queue = sample.item_by_code[item].queue
    told = durations.mean_service_minutes(sample, item, queue)
    assert fmean(served_minutes(sample, queue, item)) == pytest.approx(told, rel=0.02)


def test_without_an_item_a_visit_lasts_as_long_as_its_queue_says_on_average(sample: HallPlan) -> None:
    assert fmean(served_minutes(sample, "K", None)) == pytest.approx(8, rel=0.02)


def test_nobody_is_served_in_no_time_nor_for_half_a_day(sample: HallPlan) -> None:
    minutes = served_minutes(sample, "A", "A02")
    assert min(minutes) == 0.5
    assert max(minutes) <= 15


def test_most_walks_take_about_half_a_minute() -> None:
    dice = Random(3)
    walks = [durations.walk(dice).total_seconds() for _ in range(DRAWS)]
    assert median(walks) == pytest.approx(32, rel=0.03)
    assert quantiles(walks, n=10)[8] == pytest.approx(75, rel=0.03)


def test_absences_end_within_the_limit_but_for_a_few() -> None:
    dice = Random(3)
    away = [durations.absence(15, dice) for _ in range(DRAWS)]
    assert min(away) >= timedelta(minutes=2)
    late = [one for one in away if one > timedelta(minutes=15)]
    assert len(late) / DRAWS == pytest.approx(0.04, abs=0.006)
    assert max(late) < timedelta(minutes=23)


def test_a_law_given_by_two_equal_figures_hardly_spreads() -> None:
    dice = Random(3)
    draws = [durations.log_normal(dice, 5, 5) for _ in range(1000)]
    assert 4.7 < min(draws) < max(draws) < 5.3
