"""A whole day of the hall by its clock: every phase is told once, in time, and everything is as it should be in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from server.domain.events import PhaseChanged
from server.services import queries
from tests.living_hall import LivingHall

Open = Callable[..., LivingHall]


def phases(hall: LivingHall) -> list[tuple[str, str, bool]]:
    """Every phase that was told since the hall was opened: at what time, which, and whether numbers are given."""
    return [
        (f"{entry.at.astimezone(hall.plan.zone_info):%d %H:%M}", entry.event.phase, entry.event.issuing)
        for entry in hall.journal()
        if isinstance(entry.event, PhaseChanged)
    ]


def run(hall: LivingHall, until: str, step: timedelta = timedelta(minutes=1)) -> None:
    """The watcher looks once a minute until then."""
    end = datetime.fromisoformat(until)
    while hall.clock.now() < end:
        hall.clock.moment += step
        hall.settle()


def test_a_day_without_anybody(open_hall: Open) -> None:
    hall = open_hall(now="2026-11-24T04:00:00+08:00")
    run(hall, "2026-11-25T09:00:00+08:00")
    assert phases(hall) == [
        ("24 04:00", "before_open", False),
        ("24 08:50", "before_open", True),
        ("24 09:00", "open", True),
        ("24 11:30", "closing_soon", True),
        ("24 12:00", "lunch", True),
        ("24 14:00", "open", True),
        ("24 17:00", "closing_soon", True),
        ("24 17:30", "closed", False),
        ("25 04:00", "before_open", False),
        ("25 08:50", "before_open", True),
        ("25 09:00", "open", True),
    ]


def test_a_day_on_which_somebody_is_served_after_closing(open_hall: Open) -> None:
    hall = open_hall(now="2026-11-24T17:20:00+08:00")
    hall.sign_on(2)
    hall.issue("B")
    hall.call_next(2)
    hall.start(2)
    run(hall, "2026-11-24T17:45:00+08:00")
    assert hall.finish(2).after_hours
    hall.settle()
    assert phases(hall)[-2:] == [("24 17:30", "after_hours", False), ("24 17:45", "closed", False)]


def test_nobody_is_voided_by_closing_time_or_by_the_hard_stop(open_hall: Open) -> None:
    hall = open_hall(now="2026-11-24T17:20:00+08:00")
    ticket = hall.issue("B", after_hours_choice="wait")
    hall.at("2026-11-24T20:00:00+08:00")
    assert hall.ticket(ticket).state == "waiting"
    hall.at("2026-11-25T03:59:59+08:00")
    assert hall.ticket(ticket).state == "waiting"
    assert hall.floor.day.phase == "after_hours"


def test_a_weekend_is_closed_and_a_saturday_by_appointment_gives_no_numbers(open_hall: Open) -> None:
    hall = open_hall(now="2026-11-27T17:30:00+08:00")
    run(hall, "2026-11-30T09:00:00+08:00", timedelta(minutes=10))
    assert phases(hall)[1:] == [
        ("28 04:00", "before_open", False),
        ("28 09:00", "open", False),
        ("28 11:30", "closing_soon", False),
        ("28 12:00", "closed", False),
        ("30 04:00", "before_open", False),
        ("30 08:50", "before_open", True),
        ("30 09:00", "open", True),
    ]


def test_the_answers_of_the_hall_follow_the_day(open_hall: Open) -> None:
    hall = open_hall(now="2026-11-24T08:00:00+08:00")
    hours = queries.hall_answer(hall.hall)["hours"]
    assert (hours["issuing"], hours["next_issuing_at"], hours["planned_now"]) == (
        False,
        "2026-11-24T08:50:00+08:00",
        [],
    )
    hall.at("2026-11-24T09:00:00+08:00")
    hours = queries.hall_answer(hall.hall)["hours"]
    assert (hours["issuing"], hours["planned_now"]) == (True, [1, 2, 3, 4])
    assert hours["today"] == [
        {"name": "morning", "opens": "09:00", "closes": "12:00"},
        {"name": "afternoon", "opens": "14:00", "closes": "17:30"},
    ]
