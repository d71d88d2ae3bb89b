"""At the window: whom a clerk calls, and everything that can be done with the visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from server.domain.errors import Refused
from server.domain.tickets import Ticket
from server.services import calling, visits
from tests.halls import plan_with
from tests.living_hall import LivingHall, staff

Open = Callable[..., LivingHall]


@pytest.fixture
def open_windows(hall: LivingHall) -> LivingHall:
    """Windows 1 (A, then B), 2 (B, then A) and 3 (N and B) are open."""
    for window in (1, 2, 3):
        hall.sign_on(window)
    return hall


def refusal(act: Callable[[], object]) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, refused.value.facts


def number(ticket: Ticket | None) -> str | None:
    return None if ticket is None else ticket.number


# -- call next ---------------------------------------------------------------------------------------------------


def test_the_next_is_called_and_the_clerk_becomes_responsible(open_windows: LivingHall) -> None:
    open_windows.issue("A")
    called = open_windows.call_next(1)
    assert called is not None
    assert (called.number, called.window, called.clerk, called.first_responsible) == ("A001", 1, "工号001", "工号001")


def test_nobody_waiting_is_no_error(open_windows: LivingHall) -> None:
    assert open_windows.call_next(1) is None


def test_the_other_queue_is_called_when_the_own_is_empty(open_windows: LivingHall) -> None:
    open_windows.issue("B")
    open_windows.issue("A")
    assert number(open_windows.call_next(1)) == "A001"
    open_windows.start(1)
    open_windows.finish(1)
    assert number(open_windows.call_next(1)) == "B001"


def test_the_fairness_ratio_goes_on_over_calls_windows_and_a_restart(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("B")
    for _ in range(4):
        hall.issue("B", priority_group="老年人")
    called = [number(hall.call_next(window)) for window in (2, 3)]
    hall.reopen()
    for window in (2, 3, 2):
        hall.start(window)
        hall.finish(window)
        called.append(number(hall.call_next(window)))
    assert called == ["VB002", "VB003", "B001", "VB004", "VB005"]


def test_a_window_with_a_visit_names_it_instead_of_calling(open_windows: LivingHall) -> None:
    open_windows.issue("A")
    open_windows.call_next(1)
    assert refusal(lambda: open_windows.call_next(1))[1]["number"] == "A001"


def test_only_the_clerk_who_is_signed_on_calls_and_only_at_windows_of_the_hall(open_windows: LivingHall) -> None:
    def call_at(window: int) -> object:
        return open_windows.act(staff("工号002"), lambda work: calling.call_next(work, window))

    for window, code in ((1, "not_yours"), (4, "not_signed_on"), (99, "not_found")):
        assert refusal(partial(call_at, window))[0] == code


# -- call one ----------------------------------------------------------------------------------------------------


def test_one_is_called_on_purpose_with_a_reason_and_the_ratio_does_not_count_it(open_windows: LivingHall) -> None:
    for _ in range(3):
        open_windows.issue("A")
    assert open_windows.call_one(1, " a 3 ").number == "A003"
    event = open_windows.journal()[-1].event
    assert (event.chosen.code, event.turn) == ("特殊群体", None)  # type: ignore[attr-defined]


def test_a_number_that_does_not_exist_or_is_not_served_here_is_refused(open_windows: LivingHall) -> None:
    open_windows.issue("N")
    assert refusal(lambda: open_windows.call_one(1, "A077"))[0] == "not_found"
    assert refusal(lambda: open_windows.call_one(1, "三号"))[0] == "not_found"
    assert refusal(lambda: open_windows.call_one(1, "N001")) == ("not_skilled", {"queue": "N"})


def test_a_number_that_is_called_elsewhere_is_refused(open_windows: LivingHall) -> None:
    open_windows.issue("B")
    open_windows.call_next(2)
    assert refusal(lambda: open_windows.call_one(1, "B001"))[0] == "wrong_state"


def test_the_last_three_that_a_window_missed_may_be_called_there_when_they_come_after_all(
    open_windows: LivingHall,
) -> None:
    hall = open_windows
    for _ in range(4):
        hall.issue("A")
        hall.call_next(1)
        hall.call_three_times_and_miss(1)
    assert refusal(lambda: hall.call_one(1, "A001"))[0] == "wrong_state"
    assert refusal(lambda: hall.call_one(2, "A004"))[0] == "wrong_state"
    assert hall.call_one(1, "A002").state == "called"


# -- the visit ---------------------------------------------------------------------------------------------------


def test_a_visit_from_call_to_finish(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("A")
    hall.call_next(1)
    hall.let_pass(seconds=20)
    assert hall.at_window(calling.call_again, 1).calls == 2
    hall.let_pass(seconds=40)
    started = hall.start(1)
    hall.let_pass(minutes=3)
    done = hall.at_window(visits.finish, 1, "受理", ("A01",), "2026-17")
    assert (done.outcome, done.items, done.case_number, done.after_hours) == ("受理", ("A01",), "2026-17", False)
    assert (started.started_at, done.finished_at) == (done.started_at, hall.clock.now())


def test_an_outcome_must_be_one_of_the_hall_file(open_windows: LivingHall) -> None:
    open_windows.issue("A")
    open_windows.call_next(1)
    open_windows.start(1)
    code, facts = refusal(lambda: open_windows.finish(1, "他很生气"))
    assert (code, facts["field"]) == ("invalid", "outcome")


@pytest.mark.parametrize("verb", [visits.start, calling.call_again])
def test_without_a_visit_nothing_can_be_done_with_it(open_windows: LivingHall, verb: Any) -> None:
    assert refusal(lambda: open_windows.at_window(verb, 1))[0] == "no_active_ticket"


def test_a_held_visit_leaves_the_window_free_and_comes_back_to_it_first(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("A")
    hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    held = hall.at_window(visits.hold, 1, "补充材料", 10)
    assert (held.state, held.held_until) == ("held", hall.clock.now() + timedelta(minutes=10))
    assert number(hall.call_next(1)) == "A002"
    hall.let_pass(minutes=10)
    hall.issue("A")
    assert number(hall.call_next(2)) == "A003", "it waits for window 1, which is in service"
    hall.start(1)
    hall.finish(1)
    assert number(hall.call_next(1)) == "A001"


def test_who_waits_for_a_window_that_pauses_is_called_by_another(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    hall.at_window(visits.hold, 1, "补充材料", 1)
    hall.let_pass(minutes=1)
    assert hall.call_next(2) is None
    hall.pause(1)
    assert number(hall.call_next(2)) == "A001"


def test_given_back_the_number_stands_first_again(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("A")
    hall.issue("A")
    hall.call_next(1)
    back = hall.at_window(visits.give_back, 1, "叫错号")
    assert (back.number, back.state, back.window) == ("A001", "waiting", None)
    assert number(hall.call_next(1)) == "A001"


def test_a_transfer_keeps_number_and_first_arrival(open_windows: LivingHall) -> None:
    hall = open_windows
    first = hall.issue("A")
    hall.let_pass(minutes=5)
    hall.issue("B")
    hall.call_next(1)
    moved = hall.at_window(visits.transfer, 1, visits.Destination("B", None), "业务不符")
    assert (moved.number, moved.queue, moved.issued_at) == ("A001", "B", first.issued_at)
    assert number(hall.call_next(2)) == "A001"


def test_a_transfer_to_a_window_waits_for_it(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("A")
    hall.call_next(1)
    moved = hall.at_window(visits.transfer, 1, visits.Destination(None, 2), "联办")
    assert (moved.queue, moved.preferred_window) == ("B", 2)
    assert hall.call_next(3) is None
    assert number(hall.call_next(2)) == "A001"


@pytest.mark.parametrize(
    ("queue", "window", "code"),
    [("Q", None, "invalid"), (None, None, "invalid"), (None, 99, "not_found"), ("N", 1, "invalid")],
)
def test_a_transfer_to_nowhere_is_refused(
    open_windows: LivingHall, queue: str | None, window: int | None, code: str
) -> None:
    open_windows.issue("A")
    open_windows.call_next(1)
    to = visits.Destination(queue, window)
    assert refusal(lambda: open_windows.at_window(visits.transfer, 1, to, "其他"))[0] == code
    nobody = visits.Destination(clerk="工号777")
    assert refusal(lambda: open_windows.at_window(visits.transfer, 1, nobody, "其他"))[0] == "invalid"
    assert open_windows.floor.window(1).state == "calling"


# -- undo --------------------------------------------------------------------------------------------------------


def test_a_finish_is_undone_within_a_minute(open_windows: LivingHall) -> None:
    hall = open_windows
    hall.issue("A")
    hall.serve(1)
    hall.let_pass(seconds=60)
    assert hall.at_window(visits.undo, 1).state == "serving"
    assert hall.floor.window(1).state == "serving"


def test_there_is_nothing_to_undo_before_a_finish_after_a_minute_or_after_the_next_call(
    open_windows: LivingHall,
) -> None:
    hall = open_windows
    undo = partial(hall.at_window, visits.undo, 1)
    assert refusal(undo)[0] == "nothing_to_undo"
    hall.issue("A")
    hall.serve(1)
    hall.let_pass(seconds=61)
    assert refusal(undo)[0] == "nothing_to_undo"
    hall.issue("A")
    hall.serve(1)
    hall.issue("A")
    hall.call_next(1)
    assert refusal(undo)[0] == "window_busy"


def test_a_hall_without_undo_undoes_nothing(open_hall: Open) -> None:
    hall = open_hall(plan_with(undo_seconds=0))
    hall.sign_on(1)
    hall.issue("A")
    hall.serve(1)
    hall.let_pass(seconds=1)
    assert refusal(lambda: hall.at_window(visits.undo, 1))[0] == "nothing_to_undo"


# -- after hours (4.3.4) -----------------------------------------------------------------------------------------


def finished_at(hall: LivingHall, window: int, clock: str) -> Ticket:
    hall.call_next(window)
    hall.start(window)
    hall.at(f"2026-11-24T{clock}+08:00")
    return hall.finish(window)


def test_who_is_served_after_closing_is_after_hours_service(open_windows: LivingHall) -> None:
    open_windows.issue("B")
    open_windows.issue("B")
    assert not finished_at(open_windows, 2, "11:59:59").after_hours
    assert finished_at(open_windows, 2, "17:30:00").after_hours


def test_over_noon_it_is_not_where_a_window_is_on_duty(open_windows: LivingHall) -> None:
    open_windows.issue("A")
    open_windows.issue("B")
    assert not finished_at(open_windows, 1, "12:10:00").after_hours
    assert finished_at(open_windows, 2, "12:20:00").after_hours
