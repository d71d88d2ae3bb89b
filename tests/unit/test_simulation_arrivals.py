from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from statistics import mean, pvariance

import pytest

from server import hall_file
from server.domain.plan import HallPlan, LoadProfile
from server.settings import SAMPLE_HALL
from server.simulation.arrivals import Arrivals, flows
from tests.halls import plan_with

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def sample() -> HallPlan:
    return hall_file.read(SAMPLE_HALL)


def at(plan: HallPlan, text: str, day: date = TUESDAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{text}:00").replace(tzinfo=plan.zone_info)


def days_of_visitors(plan: HallPlan, a_day: float, days: int, seed: int = 1) -> list[list[datetime]]:
    """The same Tuesday again and again."""
    arrivals = Arrivals(plan, a_day, Random(seed))
    return [list(arrivals.between(at(plan, "04:00"), at(plan, "23:59"))) for _ in range(days)]


def test_as_many_come_on_average_as_the_day_is_said_to_bring(sample: HallPlan) -> None:
    counts = [len(day) for day in days_of_visitors(sample, 850, 60)]
    assert mean(counts) == pytest.approx(850, rel=0.015)


def test_the_count_of_a_day_varies_as_that_of_a_poisson_process(sample: HallPlan) -> None:
    counts = [len(day) for day in days_of_visitors(sample, 200, 300)]
    assert pvariance(counts) / mean(counts) == pytest.approx(1, abs=0.25)


def test_each_hour_brings_its_share_and_those_before_the_opening_belong_to_the_first(sample: HallPlan) -> None:
    moments = [moment for day in days_of_visitors(sample, 850, 60) for moment in day]
    hours = Counter(moment.astimezone(sample.zone_info).hour for moment in moments)
    hours[9] += hours.pop(8)
    hours[14] += hours.pop(13)
    shares = {hour: count / len(moments) for hour, count in hours.items()}
    assert shares == pytest.approx(dict(sample.load.hour_weights), abs=0.01)


def test_nobody_comes_before_the_kiosks_open_over_noon_or_after_closing(sample: HallPlan) -> None:
    clock = [moment.astimezone(sample.zone_info).time() for day in days_of_visitors(sample, 2000, 3) for moment in day]
    open_at = [
        (at(sample, begins).time(), at(sample, ends).time())
        for begins, ends in (("08:50", "12:00"), ("13:50", "17:30"))
    ]
    assert clock
    assert [time for time in clock if not any(begins <= time < ends for begins, ends in open_at)] == []
    assert min(clock) < at(sample, "09:00").time()


def test_after_fridays_closing_the_next_visitor_comes_on_monday(sample: HallPlan) -> None:
    """Saturday is by appointment only."""
    comes = Arrivals(sample, 850, Random(1)).next_after(at(sample, "17:30", date(2026, 11, 27)))
    assert comes is not None
    assert comes.astimezone(sample.zone_info).date() == date(2026, 11, 30)


def test_a_public_holiday_brings_nobody(sample: HallPlan) -> None:
    assert flows(sample, date(2026, 10, 1)) == ()
    assert flows(sample, TUESDAY) != ()


def test_the_flow_of_a_day_adds_up_to_one_visitor(sample: HallPlan) -> None:
    assert sum((f.ends - f.begins) / timedelta(minutes=1) * f.per_minute for f in flows(sample, TUESDAY)) == (
        pytest.approx(1)
    )


def test_without_hours_in_the_hall_file_the_day_is_even_and_noon_duty_brings_people_at_noon() -> None:
    plan = plan_with(load=LoadProfile())
    rates = {round(flow.per_minute, 9) for flow in flows(plan, TUESDAY)}
    assert len(rates) == 1
    assert flows(plan, TUESDAY)[0].begins == at(plan, "08:50")
    assert any(flow.begins <= at(plan, "12:30") < flow.ends for flow in flows(plan, TUESDAY))


def test_an_hour_over_noon_brings_people_where_the_hall_file_gives_it_a_share() -> None:
    plan = plan_with(load=LoadProfile(hour_weights={9: 0.5, 12: 0.5}))
    hours = Counter(m.astimezone(plan.zone_info).hour for day in days_of_visitors(plan, 300, 5) for m in day)
    assert set(hours) == {8, 9, 12}
    assert hours[12] == pytest.approx(hours[8] + hours[9], rel=0.2)


def test_the_same_dice_bring_the_same_visitors(sample: HallPlan) -> None:
    assert days_of_visitors(sample, 100, 2, seed=7) == days_of_visitors(sample, 100, 2, seed=7)
    assert days_of_visitors(sample, 100, 2, seed=7) != days_of_visitors(sample, 100, 2, seed=9)


def test_a_hall_that_nobody_visits_waits_for_nobody(sample: HallPlan) -> None:
    assert Arrivals(sample, 0, Random(1)).next_after(at(sample, "09:00")) is None


def test_an_open_hour_without_a_share_brings_nobody_but_before_the_first_share_of_a_session() -> None:
    plan = plan_with(load=LoadProfile(hour_weights={10: 0.5, 15: 0.5}))
    spans = [(f"{flow.begins:%H:%M}", f"{flow.ends:%H:%M}") for flow in flows(plan, TUESDAY)]
    assert spans == [("08:50", "11:00"), ("13:50", "16:00")]
