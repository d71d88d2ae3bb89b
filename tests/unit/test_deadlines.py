"""What time alone makes due: exactly when, one thing at a time, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from server.domain import events, hours
from server.domain.attendance import Pause, SignOn
from server.domain.deadlines import first_due, phase_now
from server.domain.draft import Draft
from server.domain.events import Event
from server.domain.floor import DayState, Floor
from server.domain.journal import Entry
from server.domain.plan import HallPlan
from server.domain.tickets import CALLED, DONE, HELD, MISSED, SERVING, WAITING, Ticket
from server.domain.windows import WindowState
from tests.halls import hall_plan, plan_with
from tests.makers import CLERK, NOW, PENDING, TODAY, WHY, minutes_ago, ticket_in, waiting, window_in

PLAN = hall_plan()
TOMORROW = TODAY + timedelta(days=1)


def at(clock: str, day: str = "2026-11-24") -> datetime:
    """A moment on the hall's clock."""
    return datetime.fromisoformat(f"{day}T{clock}+08:00").astimezone(UTC)


def floor_with(*tickets: Ticket, now: datetime = NOW, day: date = TODAY, plan: HallPlan = PLAN) -> Floor:
    """A floor on which the day has begun and the phase has been told."""
    floor = Floor(day=DayState(day))
    for ticket in tickets:
        floor.put_ticket(ticket)
    told = phase_now(plan, floor, now)
    floor.day = DayState(day, told.phase, told.until, told.issuing)
    return floor


def put_window(floor: Floor, window: WindowState) -> None:
    """Window 1 as it is, with its sign-on and its pause in the ledgers."""
    floor.windows[1] = window
    floor.sign_ons["s1"] = SignOn("s1", TODAY, 1, CLERK, NOW)
    floor.pauses["p1"] = Pause("p1", TODAY, 1, CLERK, WHY, NOW, NOW, NOW)


def do(floor: Floor, happened: list[Event], now: datetime) -> None:
    draft = Draft(floor)
    for event in happened:
        draft.apply(Entry(draft.seq + 1, now, hours.business_date(PLAN, now), "system:clock", event))
    floor.merge(draft)


def everything_due(floor: Floor, now: datetime, plan: HallPlan = PLAN) -> list[str]:
    """Do what is due until nothing is; gives the kinds in order."""
    kinds = []
    while due := first_due(plan, floor, now):
        kinds += [type(event).__name__ for event in due]
        do(floor, due, now)
        assert len(kinds) < 100
    return kinds


def test_when_nothing_is_due_there_is_time_to_rest() -> None:
    assert first_due(PLAN, floor_with(waiting(1), ticket_in(SERVING)), NOW) == []


# -- pauses: warned at 12 minutes, escalated at 15 (3.2.3) -------------------------------------------------------


def paused(**changes: object) -> Callable[[float], list[str]]:
    """What is due so many minutes into a pause of window 1."""
    began = NOW
    usual = {"paused_at": began, "pause_until": began, "pause_limit_at": began + timedelta(minutes=15)}
    window = window_in("paused", **{**usual, **changes})

    def due(minutes: float) -> list[str]:
        now = began + timedelta(minutes=minutes)
        floor = floor_with(now=now)
        put_window(floor, window)
        return everything_due(floor, now)

    return due


def minutes(clock: str) -> float:
    whole, seconds = clock.split(":")
    return int(whole) + float(seconds) / 60


def test_the_clerk_is_warned_at_twelve_minutes_and_not_before() -> None:
    due = paused()
    assert due(minutes("11:59.999")) == []
    assert due(12) == ["PauseWarned"]


def test_lead_and_manager_are_told_at_fifteen_minutes_and_not_before() -> None:
    due = paused(pause_warned=True)
    assert due(minutes("14:59.999")) == []
    assert due(15) == ["PauseEscalated"]


def test_nobody_is_told_twice() -> None:
    assert paused(pause_warned=True, pause_escalated=True)(600) == []


def test_after_a_long_downtime_the_lead_is_told_and_the_late_warning_is_left_out() -> None:
    assert paused()(40) == ["PauseEscalated"]


def test_a_longer_expected_return_does_not_put_the_limit_off() -> None:
    assert paused(pause_warned=True, pause_until=NOW + timedelta(minutes=60))(15) == ["PauseEscalated"]


def test_the_hall_file_says_when_to_warn() -> None:
    floor = floor_with(now=NOW)
    put_window(floor, window_in("paused", paused_at=minutes_ago(6), pause_limit_at=NOW + timedelta(minutes=9)))
    assert everything_due(floor, NOW, plan_with(pause={"warn_minutes": 6})) == ["PauseWarned"]


# -- tickets ----------------------------------------------------------------------------------------------------


def test_a_held_visit_comes_back_when_its_time_has_come_and_not_before() -> None:
    floor = floor_with(ticket_in(HELD, held_until=NOW))
    assert first_due(PLAN, floor, NOW - timedelta(microseconds=1)) == []
    assert everything_due(floor, NOW) == ["HoldEnded"]


def test_the_clock_misses_nobody_unless_the_hall_file_says_so() -> None:
    assert first_due(PLAN, floor_with(ticket_in(CALLED, last_called_at=minutes_ago(500))), NOW) == []


def unanswered(calls: int, seconds: float, **more: object) -> list[str]:
    """What is due so long after the last call, where the hall misses by itself after 60 s."""
    plan = plan_with(no_show={"auto_miss_after_seconds": 60})
    ticket = ticket_in(CALLED, calls=calls, last_called_at=NOW - timedelta(seconds=seconds), **more)
    floor = floor_with(ticket, plan=plan)
    put_window(floor, window_in("calling", pending=PENDING))
    return everything_due(floor, NOW, plan)


def test_where_the_hall_says_so_the_clock_misses_and_a_pause_asked_for_begins() -> None:
    assert unanswered(calls=3, seconds=59.9) == []
    assert unanswered(calls=3, seconds=60) == ["TicketMissed", "WindowPaused"]


def test_the_clock_too_waits_until_somebody_was_called_often_enough() -> None:
    assert unanswered(calls=2, seconds=600) == []


def test_several_due_things_are_done_one_after_another() -> None:
    floor = floor_with(ticket_in(HELD, id="A1", held_until=NOW), ticket_in(HELD, id="A2", held_until=NOW))
    assert len(first_due(PLAN, floor, NOW)) == 1
    assert everything_due(floor, NOW) == ["HoldEnded", "HoldEnded"]


# -- the cut ----------------------------------------------------------------------------------------------------


def test_a_day_begins_at_the_cut_and_not_before() -> None:
    floor = floor_with(now=at("03:59:59", "2026-11-25"))
    assert first_due(PLAN, floor, at("03:59:59", "2026-11-25")) == []
    assert everything_due(floor, at("04:00:00", "2026-11-25"))[0] == "DayBegan"
    assert floor.day.business_day == TOMORROW


def test_at_the_cut_whatever_is_open_ends_and_a_forgotten_service_says_so() -> None:
    names = {state: f"id-{state}" for state in (WAITING, CALLED, SERVING, HELD, MISSED, DONE)}
    tickets = [ticket_in(state, id=name, held_until=None) for state, name in names.items()]
    due = first_due(PLAN, floor_with(*tickets), at("04:00:00", "2026-11-25"))
    expired = {event.ticket for event in due if isinstance(event, events.TicketExpired)}
    finished = [event for event in due if isinstance(event, events.TicketFinished)]
    assert expired == {names[state] for state in (WAITING, CALLED, HELD, MISSED)}
    assert [(event.ticket, event.forgotten) for event in finished] == [(names[SERVING], True)]
    assert due[-1] == events.DayBegan(TOMORROW)


@pytest.mark.parametrize("state", ["open", "calling", "serving", "paused"])
def test_at_the_cut_every_clerk_is_signed_off_by_the_clock(state: str) -> None:
    floor = floor_with(ticket_in(SERVING, id="A1"))
    put_window(floor, window_in(state, pending=PENDING if state == "serving" else None))
    due = first_due(PLAN, floor, at("04:00:00", "2026-11-25"))
    assert events.SignedOff("s1", 1, CLERK, by_clock=True) in due
    assert any(isinstance(event, events.WindowResumed) for event in due) is (state == "paused")
    assert not any(isinstance(event, events.WindowPaused) for event in due)


def test_a_window_nobody_is_at_is_not_signed_off() -> None:
    floor = floor_with()
    put_window(floor, window_in("closed"))
    assert first_due(PLAN, floor, at("04:00:00", "2026-11-25")) == [events.DayBegan(TOMORROW)]


def test_days_that_nobody_saw_are_passed_over() -> None:
    assert everything_due(floor_with(), at("10:00:00", "2026-12-01")) == ["DayBegan", "PhaseChanged"]


# -- phases -----------------------------------------------------------------------------------------------------

DAY = [
    ("04:00:00", "before_open", "09:00"),
    ("09:00:00", "open", "12:00"),
    ("11:30:00", "closing_soon", "12:00"),
    ("12:00:00", "lunch", "14:00"),
    ("14:00:00", "open", "17:30"),
    ("17:00:00", "closing_soon", "17:30"),
    ("17:30:00", "closed", "09:00"),
]


def phase_of(floor: Floor, now: datetime) -> tuple[str, str | None]:
    everything_due(floor, now)
    until = floor.day.phase_until
    return floor.day.phase, f"{until.astimezone(PLAN.zone_info):%H:%M}" if until else None


def test_the_phases_of_a_day_follow_each_other_without_anybody() -> None:
    floor = floor_with()
    assert [(clock, *phase_of(floor, at(clock))) for clock, _, _ in DAY] == DAY


def test_kiosks_begin_to_give_numbers_before_the_windows_open() -> None:
    floor = floor_with(now=at("08:49:59"))
    assert (first_due(PLAN, floor, at("08:49:59")), floor.day.issuing) == ([], False)
    assert everything_due(floor, at("08:50:00")) == ["PhaseChanged"]
    assert (floor.day.phase, floor.day.issuing) == ("before_open", True)


def test_over_noon_numbers_are_given_where_a_window_is_on_duty() -> None:
    floor = floor_with(now=at("11:59:59"))
    phase_of(floor, at("12:00:00"))
    assert floor.day.issuing
    no_duty = plan_with(hours=replace(PLAN.hours, noon_duty_windows=()))
    assert not phase_now(no_duty, floor, at("12:00:00")).issuing
    assert phase_now(no_duty, floor, at("13:50:00")).issuing


def test_each_phase_is_told_once() -> None:
    floor = floor_with(now=at("08:59:59"))
    assert everything_due(floor, at("09:00:00")) == ["PhaseChanged"]
    assert everything_due(floor, at("09:00:01")) == []


def test_who_still_waits_at_closing_makes_it_after_hours_until_they_have_been_served() -> None:
    floor = floor_with(waiting(1, queue="B"), now=at("17:29:59"))
    assert phase_of(floor, at("17:30:00")) == ("after_hours", None)
    floor.put_ticket(replace(waiting(1, queue="B"), state=DONE))
    assert phase_of(floor, at("18:10:00")) == ("closed", "09:00")


def test_a_missed_person_keeps_nobody_after_hours() -> None:
    floor = floor_with(ticket_in(MISSED), now=at("17:29:59"))
    assert phase_of(floor, at("17:30:00"))[0] == "closed"


def test_over_noon_those_whose_queue_is_served_all_through_are_no_after_hours_service() -> None:
    assert phase_of(floor_with(waiting(1, queue="A"), now=at("11:59:59")), at("12:00:00"))[0] == "lunch"
    assert phase_of(floor_with(waiting(1, queue="B"), now=at("11:59:59")), at("12:00:00"))[0] == "after_hours"
    assert phase_of(floor_with(waiting(1, queue="A"), now=at("17:29:59")), at("17:30:00"))[0] == "after_hours"
