"""What a clerk does with a visit: steps taken back, visits passed on, people without a number (C4 to C9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.domain.calling_order import rank
from server.domain.errors import Refused
from server.domain.tickets import CALLED, DONE, HELD, SERVING, WAITING
from server.services import arranging, calling, ticketing, visits
from tests.living_hall import LivingHall

Deed = Callable[[LivingHall], object]


def refusal(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code


@pytest.fixture
def busy(hall: LivingHall) -> LivingHall:
    """A001 is being served at window 1, A002 and A003 wait; windows 2 and 3 are open."""
    for window in (1, 2, 3):
        hall.sign_on(window)
    for _ in range(3):
        hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    return hall


def number(hall: LivingHall, wanted: str) -> object:
    return hall.floor.by_number(wanted)


# -- undo -------------------------------------------------------------------------------------------------------

STEPS: dict[str, Deed] = {
    "finish": lambda hall: hall.finish(1),
    "hold": lambda hall: hall.hold(1),
    "give back": lambda hall: hall.give_back(1),
    "transfer to a queue": lambda hall: hall.transfer(1, queue="B"),
    "transfer to a window": lambda hall: hall.transfer(1, window=2),
    "transfer to a person": lambda hall: hall.transfer(1, clerk="工号003"),
    "joint case": lambda hall: hall.transfer(1, window=2, joint=True),
}


@pytest.mark.parametrize("step", STEPS)
def test_an_undone_step_restores_exactly_what_was(busy: LivingHall, step: str) -> None:
    ticket, window, line = number(busy, "A001"), busy.floor.window(1), [*busy.floor.waiting("A")]
    STEPS[step](busy)
    assert number(busy, "A001") != ticket
    busy.let_pass(seconds=5)
    assert busy.undo(1) == ticket
    now = busy.floor.window(1)
    assert (now.ticket, now.state, now.clerk) == (window.ticket, window.state, window.clerk)
    assert [*busy.floor.waiting("A")] == line
    assert busy.faults() == []


def test_an_undone_start_leaves_the_visit_called(busy: LivingHall) -> None:
    assert busy.undo(1).state == CALLED
    assert busy.floor.window(1).state == "calling"
    assert busy.start(1).state == SERVING


def test_an_undone_miss_leaves_the_visit_called_as_often_as_it_was(busy: LivingHall) -> None:
    busy.undo(1)
    busy.call_three_times_and_miss(1)
    assert (busy.undo(1).calls, busy.floor.window(1).state) == (3, "calling")


def test_a_person_back_in_line_at_a_fixed_place_has_it_again_after_an_undone_transfer(busy: LivingHall) -> None:
    busy.undo(1)
    missed = busy.call_three_times_and_miss(1)
    back = busy.return_to_line(missed)
    assert back.place is not None
    busy.call_one(1, back.number)
    busy.start(1)
    busy.transfer(1, queue="B")
    undone = busy.undo(1)
    assert (undone.place, rank(undone), undone.queue) == (back.place, rank(back), "A")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_can_be_undone_for_a_minute_and_not_longer(busy: LivingHall, step: str) -> None:
    STEPS[step](busy)
    busy.let_pass(seconds=60.001)
    assert refusal(lambda: busy.undo(1)) == "nothing_to_undo"


def test_a_step_can_be_undone_until_the_last_moment(busy: LivingHall) -> None:
    busy.finish(1)
    busy.let_pass(seconds=60)
    assert busy.undo(1).state == SERVING


def test_nothing_is_undone_twice(busy: LivingHall) -> None:
    busy.finish(1)
    busy.undo(1)
    assert refusal(lambda: busy.undo(1)) == "window_busy"
    busy.give_back(1)
    busy.undo(1)
    assert busy.floor.window(1).state == "serving"


AFTERWARDS: dict[str, Deed] = {
    "the next was called": lambda hall: hall.call_next(1),
    "it was called elsewhere": lambda hall: hall.call_one(2, "A001"),
    "it was cancelled": lambda hall: hall.cancel(hall.floor.by_number("A001")),  # type: ignore[arg-type]
    "it was put first": lambda hall: hall.arrange(lambda work: calling.put_first(work, "A001", "特殊群体")),
    "it was moved": lambda hall: hall.arrange(lambda work: arranging.move_queue(work, "A", "B", "人员调配")),
    "its holder is on the way": lambda hall: hall.holder(ticketing.on_the_way, hall.floor.by_number("A001")),  # type: ignore[arg-type]
    "another clerk took over": lambda hall: hall.relieve(1, "工号004"),
}


@pytest.mark.parametrize("after", AFTERWARDS)
def test_a_step_is_not_undone_once_anything_else_happened(busy: LivingHall, after: str) -> None:
    busy.give_back(1)
    AFTERWARDS[after](busy)
    called = busy.floor.window(1).ticket is not None
    assert refusal(lambda: busy.undo(1)) == ("window_busy" if called else "nothing_to_undo")


def test_a_pause_has_to_end_before_a_step_is_undone(busy: LivingHall) -> None:
    busy.finish(1)
    busy.pause(1)
    assert refusal(lambda: busy.undo(1)) == "window_paused"
    busy.resume(1)
    assert busy.undo(1).state == SERVING


def test_a_clerk_does_not_undo_what_another_did_there(busy: LivingHall) -> None:
    busy.finish(1)
    busy.sign_off(1)
    busy.sign_on(1, "工号004")
    assert refusal(lambda: busy.undo(1)) == "nothing_to_undo"


def test_a_call_cannot_be_undone(busy: LivingHall) -> None:
    busy.finish(1)
    busy.call_next(1)
    assert refusal(lambda: busy.undo(1)) == "window_busy"


# -- passing on -------------------------------------------------------------------------------------------------


def test_a_transfer_keeps_number_first_arrival_and_who_was_first_responsible(busy: LivingHall) -> None:
    before = busy.floor.by_number("A001")
    busy.transfer(1, queue="B")
    called = busy.call_next(2)
    assert before is not None
    assert called is not None
    assert (called.number, called.issued_at, called.first_responsible, called.clerk) == (
        "A001",
        before.issued_at,
        "工号001",
        "工号002",
    )


def test_a_transfer_to_a_window_waits_for_it_while_it_is_in_service(busy: LivingHall) -> None:
    busy.transfer(1, queue="A", window=2)
    assert busy.call_next(1).number == "A002"  # type: ignore[union-attr]
    busy.finish_called(1)
    busy.sign_off(2)
    assert busy.call_next(1).number == "A001"  # type: ignore[union-attr]


def test_a_transfer_to_a_window_does_not_wait_for_it_while_it_is_paused(busy: LivingHall) -> None:
    busy.transfer(1, queue="A", window=2)
    busy.pause(2)
    assert busy.call_next(1).number == "A001"  # type: ignore[union-attr]


def test_a_transfer_to_a_person_follows_them_to_their_window(busy: LivingHall) -> None:
    busy.transfer(1, queue="A", clerk="工号002")
    assert busy.call_next(1).number == "A002"  # type: ignore[union-attr]
    assert busy.call_next(2).number == "A001"  # type: ignore[union-attr]


def test_a_transfer_to_a_person_who_has_gone_waits_for_nobody(busy: LivingHall) -> None:
    busy.transfer(1, queue="A", clerk="工号002")
    busy.sign_off(2)
    assert busy.call_next(1).number == "A001"  # type: ignore[union-attr]


def test_a_window_that_does_not_serve_the_queue_gets_nobody_for_it(busy: LivingHall) -> None:
    assert refusal(lambda: busy.transfer(1, queue="A", window=3)) == "invalid"


def test_a_joint_case_returns_to_the_first_window_with_precedence(busy: LivingHall) -> None:
    busy.transfer(1, window=2, joint=True)
    assert busy.call_next(2).number == "A001"  # type: ignore[union-attr]
    busy.start(2)
    back = busy.finish(2)
    assert (back.state, back.queue, back.preferred_window) == (WAITING, "A", 1)
    assert busy.call_next(2).number == "A002"  # type: ignore[union-attr]
    assert busy.call_next(1).number == "A001"  # type: ignore[union-attr]
    busy.start(1)
    assert busy.finish(1).state == DONE


def test_a_joint_case_that_changed_queues_comes_back_to_its_own(busy: LivingHall) -> None:
    busy.transfer(1, window=3, joint=True)
    assert busy.floor.by_number("A001").queue in {"N", "B"}  # type: ignore[union-attr]
    busy.call_next(3)
    busy.start(3)
    assert busy.finish(3).queue == "A"


# -- held, put first, moved, without a number -------------------------------------------------------------------


def test_a_held_visit_is_called_first_as_soon_as_it_is_ready(busy: LivingHall) -> None:
    assert busy.hold(1, 30).state == HELD
    ready = busy.at_window(visits.ready, 1, "a001")
    assert (ready.state, ready.preferred_window) == (WAITING, 1)
    assert busy.call_next(1) == number(busy, "A001")


def test_only_a_held_visit_can_be_ready(busy: LivingHall) -> None:
    assert refusal(lambda: busy.at_window(visits.ready, 1, "A002")) == "wrong_state"
    assert refusal(lambda: busy.at_window(visits.ready, 1, "A999")) == "not_found"


def test_who_is_put_first_comes_before_everybody_but_priority(busy: LivingHall) -> None:
    busy.issue("A", priority_group="老年人")
    busy.arrange(lambda work: calling.put_first(work, "A003", "特殊群体"))
    busy.finish(1)
    assert [t.number for t in busy.floor.waiting("A")] == ["VA004", "A003", "A002"]


def test_nobody_who_is_being_served_is_put_first(busy: LivingHall) -> None:
    assert refusal(lambda: busy.arrange(lambda work: calling.put_first(work, "A001", "特殊群体"))) == "wrong_state"


def test_a_moved_queue_waits_elsewhere_in_order_of_arrival(busy: LivingHall) -> None:
    busy.let_pass(minutes=1)
    busy.issue("B")
    busy.let_pass(minutes=1)
    busy.issue("A")
    assert busy.arrange(lambda work: arranging.move_queue(work, "A", "B", "人员调配")) == 3
    assert [t.number for t in busy.floor.waiting("B")] == ["A002", "A003", "B001", "A004"]
    assert busy.floor.waiting("A") == []


def test_moving_a_queue_to_itself_moves_nobody(busy: LivingHall) -> None:
    assert busy.arrange(lambda work: arranging.move_queue(work, "A", "A", "人员调配")) == 0


def test_somebody_without_a_number_is_served_at_once_and_counted(busy: LivingHall) -> None:
    busy.finish(1)
    calls, to_be_said = busy.floor.calls, len(busy.storage.pending_announcements())
    visit = busy.at_window(calling.walk_in, 1, None, None)
    assert (visit.state, visit.number, visit.channel, visit.print) == (SERVING, "A004", "clerk", "paperless")
    assert busy.finish(1).state == DONE
    assert (busy.floor.calls, len(busy.storage.pending_announcements())) == (calls, to_be_said)
    busy.reopen()
    assert busy.floor.calls == calls


def test_nobody_is_served_without_a_number_beside_another(busy: LivingHall) -> None:
    assert refusal(lambda: busy.at_window(calling.walk_in, 1, None, None)) == "window_busy"
