"""How simulated people behave when something is not as on every day."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from server.domain.plan import HallPlan, LoadProfile
from server.domain.tickets import CANCELLED, DONE, SERVING, WAITING, Ticket
from server.simulation.life import attempt
from tests.halls import CLERK_OF, hall_plan, plan_with, plan_with_after_hours
from tests.integration.simulated_day import live_until, of_kind, simulate
from tests.living_hall import LivingHall

OpenHall = Callable[..., LivingHall]
EVERY_WINDOW = set(CLERK_OF)
NOBODY_COMES = LoadProfile(tickets=1, hour_weights={16: 1.0}, pauses_per_clerk=0)


def quiet_plan(**rules: object) -> HallPlan:
    """The test hall on a day on which nobody comes by themselves but for one after four, and no clerk is away."""
    return plan_with(load=NOBODY_COMES, **rules)


def crowded_plan(tickets: int) -> HallPlan:
    return plan_with(load=LoadProfile(tickets=tickets))


# windows and people


def test_no_simulated_clerk_takes_a_window_that_is_left_to_people(open_hall: OpenHall) -> None:
    hall = open_hall(crowded_plan(200), now="2026-11-24T09:30:00+08:00")
    live_until(simulate(hall, left_to_people={2}), hall, "2026-11-24T10:30:00+08:00")
    clerks = {number: hall.floor.window(number).clerk for number in EVERY_WINDOW}
    assert clerks == {1: "工号001", 2: None, 3: "工号003", 4: "工号004"}
    assert any(True for _ in hall.floor.waiting("B")) or hall.kinds().count("TicketFinished") > 5


def test_a_window_where_a_person_sits_is_left_to_them(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T09:30:00+08:00")
    hall.sign_on(2, "工号009")
    ticket = hall.issue("B")
    live_until(simulate(hall, left_to_people={1, 3}), hall, "2026-11-24T10:30:00+08:00")
    assert hall.floor.window(2).clerk == "工号009"
    assert hall.ticket(ticket).state == WAITING


def test_a_clerk_comes_back_to_a_window_that_somebody_closed(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T09:30:00+08:00")
    simulation = simulate(hall)
    live_until(simulation, hall, "2026-11-24T09:40:00+08:00")
    hall.sign_off(2)
    live_until(simulation, hall, "2026-11-24T09:50:00+08:00")
    assert hall.floor.window(2).clerk == CLERK_OF[2]


def test_a_free_clerk_calls_a_newcomer_within_seconds(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T09:30:00+08:00")
    simulation = simulate(hall)
    live_until(simulation, hall, "2026-11-24T09:40:00+08:00")
    ticket = hall.issue("A")
    live_until(simulation, hall, "2026-11-24T09:40:20+08:00")
    called = hall.ticket(ticket).called_at
    assert called is not None
    assert called - hall.ticket(ticket).issued_at < timedelta(seconds=16)


def test_a_person_who_takes_a_number_in_the_demo_is_always_there_when_called(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T09:30:00+08:00")
    tickets = [hall.issue("A") for _ in range(30)]
    live_until(simulate(hall), hall, "2026-11-24T11:30:00+08:00")
    assert {hall.ticket(ticket).state for ticket in tickets} == {DONE}


def tidal_plan(warn_waiting: int) -> HallPlan:
    """Window 2 is a tidal one."""
    windows = tuple(replace(w, tidal=w.number == 2) for w in hall_plan().windows)
    queues = tuple(replace(q, warn_waiting=warn_waiting) for q in hall_plan().queues)
    return quiet_plan(windows=windows, queues=queues)


def test_a_tidal_window_opens_when_its_line_is_long_and_closes_when_it_is_short_again(open_hall: OpenHall) -> None:
    hall = open_hall(tidal_plan(warn_waiting=5), now="2026-11-24T09:30:00+08:00")
    simulation = simulate(hall, left_to_people={1, 3, 4})
    live_until(simulation, hall, "2026-11-24T09:45:00+08:00")
    assert hall.floor.window(2).clerk is None
    for _ in range(5):
        hall.issue("B")
    live_until(simulation, hall, "2026-11-24T09:50:00+08:00")
    assert hall.floor.window(2).clerk == CLERK_OF[2]
    live_until(simulation, hall, "2026-11-24T11:50:00+08:00")
    assert hall.floor.window(2).clerk is None
    assert hall.kinds().count("TicketFinished") == 5


# closing


def test_who_waits_at_closing_is_served_after_hours_before_anybody_goes(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T17:15:00+08:00")
    tickets = [hall.issue("B", after_hours_choice="wait") for _ in range(12)]
    live_until(simulate(hall), hall, "2026-11-24T20:30:00+08:00")
    assert {hall.ticket(ticket).state for ticket in tickets} == {DONE}
    assert sum(hall.ticket(ticket).after_hours for ticket in tickets) > 3
    assert all(hall.floor.window(number).clerk is None for number in EVERY_WINDOW)


def test_a_clerk_eats_even_when_more_wait_than_noon_has_time_for(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T11:30:00+08:00")
    for _ in range(40):
        hall.issue("N", after_hours_choice="wait")
    simulation = simulate(hall, left_to_people={1, 2, 4})
    live_until(simulation, hall, "2026-11-24T13:00:00+08:00")
    assert hall.floor.window(3).clerk == CLERK_OF[3], "those present at noon are served first"
    live_until(simulation, hall, "2026-11-24T13:50:00+08:00")
    assert hall.floor.window(3).clerk is None
    live_until(simulation, hall, "2026-11-24T14:30:00+08:00")
    assert hall.floor.window(3).state in {"calling", SERVING}


def taken_in_the_last_half_hour(open_hall: OpenHall, *, asked: bool) -> list[Ticket]:
    """Many come to one open window; whether they are asked to choose is a rule of the hall file."""
    plan = plan_with_after_hours(notice_when_predicted_finish_after_close=asked)
    hall = open_hall(
        replace(plan, load=LoadProfile(tickets=400, hour_weights={16: 0.2, 17: 0.8})), now="2026-11-24T17:00:00+08:00"
    )
    hall.sign_on(2)
    live_until(simulate(hall, left_to_people=EVERY_WINDOW), hall, "2026-11-24T17:30:00+08:00")
    return list(hall.floor.all_tickets())


def test_near_closing_people_are_told_and_most_wait_and_some_leave_without_a_number(open_hall: OpenHall) -> None:
    asked = taken_in_the_last_half_hour(open_hall, asked=True)
    not_asked = taken_in_the_last_half_hour(open_hall, asked=False)
    assert len([ticket for ticket in asked if ticket.after_hours_choice == "wait"]) > 50
    assert {ticket.after_hours_choice for ticket in not_asked} == {None}
    assert len(asked) < 0.9 * len(not_asked)


# visitors


def test_a_simulation_that_begins_in_an_empty_open_hall_lets_in_who_came_lately(open_hall: OpenHall) -> None:
    hall = open_hall(crowded_plan(1000), now="2026-11-24T10:00:00+08:00")
    live_until(simulate(hall, left_to_people=EVERY_WINDOW), hall, "2026-11-24T10:02:00+08:00")
    assert len(list(hall.floor.all_tickets())) > 20


def test_a_simulation_that_begins_in_the_night_lets_nobody_in(open_hall: OpenHall) -> None:
    hall = open_hall(crowded_plan(1000), now="2026-11-24T06:00:00+08:00")
    live_until(simulate(hall), hall, "2026-11-24T08:30:00+08:00")
    assert list(hall.floor.all_tickets()) == []


def test_a_few_visitors_give_their_number_up_while_they_wait(open_hall: OpenHall) -> None:
    hall = open_hall(crowded_plan(1500), now="2026-11-24T10:00:00+08:00")
    live_until(simulate(hall, left_to_people=EVERY_WINDOW), hall, "2026-11-24T12:00:00+08:00")
    tickets = list(hall.floor.all_tickets())
    cancelled = [ticket for ticket in tickets if ticket.state == CANCELLED]
    assert 0 < len(cancelled) < 0.05 * len(tickets)
    assert of_kind(hall.journal(), "TicketCancelled")[0].actor.startswith("ticket:")


def test_where_the_clock_is_too_fast_visitors_stay_at_home_instead_of_coming_in_a_heap(
    open_hall: OpenHall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    hall = open_hall(crowded_plan(1500), now="2026-11-24T08:40:00+08:00")
    simulation = simulate(hall, left_to_people=EVERY_WINDOW)
    hall.at("2026-11-24T11:00:00+08:00")  # two hours in which this machine did nothing
    live_until(simulation, hall, "2026-11-24T11:02:00+08:00")
    assert 0 < len(list(hall.floor.all_tickets())) < 80, "those of the last minutes only"
    live_until(simulation, hall, "2026-11-25T04:10:00+08:00")
    assert "simulated visitors stayed at home" in caplog.text


# the same again, after a restart, after a mistake


def facts(hall: LivingHall) -> list[tuple[datetime, str, str]]:
    """What happened, but for the ids, which are secrets and differ."""
    return [(entry.at, entry.kind, getattr(entry.event, "number", "")) for entry in hall.journal()]


def test_the_same_dice_make_the_same_morning(open_hall: OpenHall) -> None:
    mornings = []
    for seed in (1, 1, 2):
        hall = open_hall(crowded_plan(200), now="2026-11-24T08:40:00+08:00")
        live_until(simulate(hall, seed=seed), hall, "2026-11-24T10:00:00+08:00")
        mornings.append(facts(hall))
    assert len(mornings[0]) > 50
    assert mornings[0] == mornings[1]
    assert mornings[0] != mornings[2]


def test_after_a_restart_everybody_goes_on_from_what_they_find(
    open_hall: OpenHall, caplog: pytest.LogCaptureFixture
) -> None:
    hall = open_hall(crowded_plan(250), now="2026-11-24T08:40:00+08:00")
    live_until(simulate(hall), hall, "2026-11-24T10:00:00+08:00")
    hall.pause(4)
    before = {ticket.id: ticket.state for ticket in hall.floor.all_tickets()}
    assert SERVING in before.values()
    hall.reopen()
    live_until(simulate(hall, seed=2), hall, "2026-11-24T12:50:00+08:00")
    again = of_kind(hall.journal(), "SignedOn")
    assert len([entry for entry in again if entry.at < datetime.fromisoformat("2026-11-24T12:00:00+08:00")]) == 4
    after = {ticket_id: hall.floor.tickets[ticket_id].state for ticket_id in before}
    assert all(after[ticket] == DONE for ticket, state in before.items() if state == SERVING)
    assert SERVING not in after.values()
    assert of_kind(hall.journal(), "WindowResumed")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_refusal_is_normal_life(hall: LivingHall, caplog: pytest.LogCaptureFixture) -> None:
    def call_at_a_closed_window(now: datetime) -> None:
        hall.call_next(1)

    caplog.set_level(logging.DEBUG)
    attempt(call_at_a_closed_window, hall.clock.now())
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("DEBUG", "refused: not_signed_on")
    ]


def test_a_mistake_in_the_program_is_an_error_in_the_log_and_life_goes_on(
    open_hall: OpenHall, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(now: datetime) -> None:
        raise ZeroDivisionError("a planted mistake")

    hall = open_hall(quiet_plan(), now="2026-11-24T09:30:00+08:00")
    simulation = simulate(hall)
    simulation.agenda.at(hall.clock.now(), stumble)
    live_until(simulation, hall, "2026-11-24T09:40:00+08:00")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert hall.floor.window(1).clerk == CLERK_OF[1]


def test_a_clerk_who_was_refused_tries_again_later(open_hall: OpenHall) -> None:
    hall = open_hall(quiet_plan(), now="2026-11-24T09:30:00+08:00")
    hall.sign_on(3, CLERK_OF[2])  # a person took the clerk's number to another window
    simulation = simulate(hall, left_to_people={3})
    live_until(simulation, hall, "2026-11-24T09:40:00+08:00")
    assert hall.floor.window(2).clerk is None
    hall.sign_off(3)
    live_until(simulation, hall, "2026-11-24T09:42:00+08:00")
    assert hall.floor.window(2).clerk == CLERK_OF[2]
