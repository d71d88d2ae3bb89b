"""Arranging what is not there is refused; arranging it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.domain.errors import Refused
from server.services import arranging
from server.services.work import Work
from tests.living_hall import LivingHall
from tests.makers import TODAY


@pytest.mark.parametrize(
    ("use_case", "code"),
    [
        (lambda work: arranging.report_incident(work, "party", "1A", None), "invalid"),
        (lambda work: arranging.take_incident(work, "none"), "not_found"),
        (lambda work: arranging.close_incident(work, "none", None), "not_found"),
        (lambda work: arranging.approve_closure(work, "none"), "not_found"),
        (lambda work: arranging.withdraw_leave(work, "none"), "not_found"),
        (lambda work: arranging.move_queue(work, "Q", "A", "业务调整"), "invalid"),
        (lambda work: arranging.move_queue(work, "A", "Q", "业务调整"), "invalid"),
        (lambda work: arranging.file_leave(work, "工号777", TODAY, TODAY), "invalid"),
        (lambda work: arranging.file_leave(work, "工号001", TODAY, TODAY.replace(day=1)), "invalid"),
    ],
)
def test_what_is_not_there_cannot_be_arranged(hall: LivingHall, use_case: Callable[[Work], Any], code: str) -> None:
    before = hall.floor.seq
    with pytest.raises(Refused) as refused:
        hall.arrange(use_case)
    assert (refused.value.code, hall.floor.seq) == (code, before)


def test_an_incident_is_where_its_reporter_is_unless_told(hall: LivingHall) -> None:
    hall.sign_on(3)

    def report(work: Work) -> Any:
        return arranging.report_incident(work, "help", None, "有人晕倒")

    assert hall.act(hall.clerk_at(3), report).place == "3"
    assert hall.arrange(report).place == ""
    (first, *_) = hall.floor.incidents.values()
    assert hall.storage.notes([first.note or ""]) == {first.note: "有人晕倒"}


def test_an_evacuation_that_is_on_begins_only_once(hall: LivingHall) -> None:
    for _ in range(2):
        hall.arrange(lambda work: arranging.evacuate(work, on=True))
    assert hall.kinds().count("EvacuationBegan") == 1
    for _ in range(2):
        hall.arrange(lambda work: arranging.evacuate(work, on=False))
    assert hall.kinds().count("EvacuationEnded") == 1


def test_people_who_wait_are_moved_all_together_and_keep_their_numbers(hall: LivingHall) -> None:
    hall.sign_on(2)
    numbers = [hall.issue("A").number for _ in range(3)]
    assert hall.arrange(lambda work: arranging.move_queue(work, "A", "B", "业务调整")) == 3
    assert [ticket.number for ticket in hall.floor.waiting("B")] == numbers
    assert hall.arrange(lambda work: arranging.move_queue(work, "B", "B", "业务调整")) == 0
