from datetime import date, datetime, time
from random import Random

import pytest

from server.domain.plan import HallPlan, LoadProfile
from server.simulation import shifts
from server.simulation.agenda import Agenda
from server.simulation.breaks import NOT_NEAR_THE_ENDS, Breaks
from server.simulation.shifts import Stretch
from tests.halls import hall_plan, plan_with, plan_with_after_hours

TUESDAY = date(2026, 11, 24)
NOON_DUTY, ORDINARY, MORNINGS = 1, 2, 4
"""Windows of the test hall."""


def at(clock: str, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=hall_plan().zone_info)


def test_an_ordinary_window_has_a_morning_and_an_afternoon() -> None:
    morning, afternoon = shifts.stretches(hall_plan(), ORDINARY, TUESDAY)
    assert (morning.opens, morning.closes) == (at("09:00"), at("12:00"))
    assert (afternoon.opens, afternoon.closes) == (at("14:00"), at("17:30"))


def test_a_window_on_noon_duty_stays_all_day() -> None:
    assert shifts.stretches(hall_plan(), NOON_DUTY, TUESDAY) == (Stretch(at("09:00"), at("17:30"), None),)


def test_a_window_planned_for_mornings_has_no_afternoon() -> None:
    assert [each.closes for each in shifts.stretches(hall_plan(), MORNINGS, TUESDAY)] == [at("12:00")]


def test_who_is_here_at_noon_is_served_but_the_clerk_stands_up_for_lunch_in_time() -> None:
    morning, afternoon = shifts.stretches(hall_plan(), ORDINARY, TUESDAY)
    assert morning.leaves_by == at("13:15")
    assert afternoon.leaves_by is None


def test_where_noon_is_no_closing_clerks_leave_at_noon() -> None:
    plan = plan_with_after_hours(lunch_counts_as_closing=False)
    assert shifts.stretches(plan, ORDINARY, TUESDAY)[0].leaves_by == at("12:00")


def test_on_a_saturday_only_its_windows_are_staffed() -> None:
    saturday = date(2026, 11, 28)
    assert [each.closes for each in shifts.stretches(hall_plan(), NOON_DUTY, saturday)] == [at("12:00", saturday)]
    assert shifts.stretches(hall_plan(), ORDINARY, saturday) == ()


@pytest.mark.parametrize(
    ("now", "begun", "upcoming"),
    [
        ("08:40", None, "09:00"),
        ("08:46", "09:00", "09:00"),
        ("11:59", "09:00", "09:00"),
        ("12:30", "09:00", "14:00"),
        ("17:29", "14:00", "14:00"),
    ],
)
def test_a_clerk_knows_the_present_stretch_and_the_next(now: str, begun: str | None, upcoming: str) -> None:
    present = shifts.begun(hall_plan(), ORDINARY, at(now))
    following = shifts.upcoming(hall_plan(), ORDINARY, at(now))
    assert (present and present.opens) == (begun and at(begun))
    assert following is not None
    assert following.opens == at(upcoming)


def test_after_fridays_closing_the_next_stretch_is_mondays() -> None:
    following = shifts.upcoming(hall_plan(), ORDINARY, at("18:00", date(2026, 11, 27)))
    assert following is not None
    assert following.opens == at("09:00", date(2026, 11, 30))


def wishes(plan: HallPlan, seed: int) -> int:
    """How often a clerk wants to be away on one day."""
    breaks = Breaks(plan, NOON_DUTY, Random(seed))
    day = shifts.stretches(plan, NOON_DUTY, TUESDAY)[0]
    return sum(breaks.is_due(day, day.opens + NOT_NEAR_THE_ENDS * step) for step in range(27))


def test_clerks_want_to_be_away_about_as_often_as_the_hall_file_says() -> None:
    plan = plan_with(load=LoadProfile(pauses_per_clerk=1.5))
    assert sum(wishes(plan, seed) for seed in range(400)) / 400 == pytest.approx(1.4, abs=0.2)
    assert wishes(plan_with(load=LoadProfile(pauses_per_clerk=0)), 1) == 0


def test_what_is_planned_happens_in_the_order_of_time_and_at_one_moment_in_that_of_planning() -> None:
    agenda, done = Agenda(), []
    for name, clock in (("late", "10:00"), ("first", "09:00"), ("second", "09:00")):
        agenda.at(at(clock), lambda _, name=name: done.append(name))  # type: ignore[misc]
    agenda.at(at("09:30"), lambda _: done.append("cancelled")).cancel()
    while action := agenda.take_due(at("09:59")):
        action(at("09:59"))
    assert done == ["first", "second"]
    assert agenda.next_at() == at("10:00")
