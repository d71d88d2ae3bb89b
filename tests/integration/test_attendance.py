"""Sign-on, sign-off and pauses as a clerk lives them (3.2.2, 3.2.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.domain.errors import Refused
from server.services import attendance, visits
from tests.living_hall import LivingHall, staff


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_pause_asked_for_while_serving_begins_when_the_visit_has_left(hall: LivingHall) -> None:
    hall.sign_on(1)
    for leave in (
        lambda: hall.finish(1),
        lambda: hall.at_window(visits.give_back, 1, "叫错号"),
        lambda: hall.at_window(visits.hold, 1, "其他", 5),
        lambda: hall.at_window(visits.transfer, 1, visits.Destination("B", None), "其他"),
    ):
        hall.issue("A")
        hall.call_next(1)
        hall.start(1)
        assert hall.pause(1).state == "serving"
        leave()
        assert hall.floor.window(1).state == "paused"
        assert hall.resume(1).state == "open"
    hall.call_next(1)
    assert hall.pause(1).state == "calling"
    hall.call_three_times_and_miss(1)
    assert hall.floor.window(1).state == "paused"


def test_a_long_pause_is_warned_and_escalated_once_each_also_over_a_restart(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1, minutes=10)
    hall.let_pass(minutes=11, seconds=59)
    assert "PauseWarned" not in hall.kinds()
    hall.let_pass(seconds=1)
    hall.let_pass(minutes=2, seconds=59, milliseconds=999)
    assert hall.kinds().count("PauseWarned") == 1
    assert "PauseEscalated" not in hall.kinds()
    hall.let_pass(milliseconds=1)
    hall.reopen()
    hall.let_pass(minutes=30)
    assert (hall.kinds().count("PauseWarned"), hall.kinds().count("PauseEscalated")) == (1, 1)
    hall.resume(1)
    (pause,) = hall.floor.pauses.values()
    assert pause.overrun_seconds == 30 * 60


def test_after_downtime_the_lead_is_told_once(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1)
    hall.close()
    hall.clock.let_pass(hours=1)
    hall.reopen()
    hall.settle()
    assert (hall.kinds().count("PauseWarned"), hall.kinds().count("PauseEscalated")) == (0, 1)


def test_a_clerk_sits_at_one_window_and_a_window_has_one_clerk(hall: LivingHall) -> None:
    hall.sign_on(1)
    assert code_of(lambda: hall.sign_on(2, "工号001")) == "already_signed_on"
    assert code_of(lambda: hall.sign_on(1, "工号002")) == "window_taken"
    hall.sign_off(1)
    assert hall.sign_on(2, "工号001").clerk == "工号001"


def test_nobody_signs_off_with_a_visit_at_the_window(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    with pytest.raises(Refused) as refused:
        hall.sign_off(1)
    assert (refused.value.code, refused.value.facts["number"]) == ("window_busy", "A001")


def test_a_pause_is_acknowledged_once_and_an_open_window_not_at_all(hall: LivingHall) -> None:
    lead = staff("工号009", "area_lead")
    hall.sign_on(1)
    hall.act(lead, lambda work: attendance.acknowledge(work, 1))
    hall.pause(1)
    for _ in range(2):
        hall.act(lead, lambda work: attendance.acknowledge(work, 1))
    assert hall.kinds().count("PauseAcknowledged") == 1
