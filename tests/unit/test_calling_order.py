"""Who is next: the order of DESIGN §5, one rule after another."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from server.domain import calling_order
from server.domain.calling_order import Line, Turn, next_for, offered_to, place_behind, rank
from server.domain.plan import Priority
from server.domain.tickets import CALLED, HELD, Ticket
from tests.makers import CLERK, NOW, minutes_ago, waiting

RULES = Priority(("老年人",), max_consecutive_priority=3, then_normal=1)

PRIORITY = waiting(9, priority_group="老年人")
BACK = waiting(8, precedence_at=NOW)
DUE = waiting(7, appointment_at=minutes_ago(1))
ARRIVED = waiting(1)


def order(*tickets: Ticket) -> list[str]:
    return [ticket.number for ticket in calling_order.in_order(tickets)]


def line(tickets: Iterable[Ticket], turn: Turn | None = None, rules: Priority = RULES) -> Line:
    return Line(calling_order.in_order(tickets), turn or Turn(), rules, NOW)


def called(tickets: Iterable[Ticket], turn: Turn | None = None, rules: Priority = RULES) -> str:
    """The kinds in the order of calling: V priority, o ordinary."""
    return "".join("V" if ticket.priority_group else "o" for ticket in line(tickets, turn, rules))


# -- order within a queue ---------------------------------------------------------------------------------------


def test_priority_goes_before_back_from_hold_before_a_due_appointment_before_arrival() -> None:
    expected = [ticket.number for ticket in (PRIORITY, BACK, DUE, ARRIVED)]
    for seed in range(24):
        shuffled = random.Random(seed).sample([PRIORITY, BACK, DUE, ARRIVED], 4)
        assert order(*shuffled) == expected


@pytest.mark.parametrize(
    "changes", [{}, {"priority_group": "老年人"}, {"precedence_at": NOW}], ids=["arrival", "priority", "back"]
)
def test_within_a_kind_whoever_came_first_goes_first(changes: dict[str, Any]) -> None:
    assert order(waiting(3, **changes), waiting(1, **changes), waiting(2, **changes)) == ["A001", "A002", "A003"]


def test_transferred_people_stand_by_their_first_arrival_not_by_their_transfer() -> None:
    early, late = waiting(1, queue="B", precedence_at=NOW), waiting(2, precedence_at=minutes_ago(30))
    assert order(late, early) == ["B001", "A002"]


def test_appointments_stand_by_their_slot_not_by_their_arrival() -> None:
    early = waiting(2, appointment_at=minutes_ago(30))
    late = waiting(1, appointment_at=minutes_ago(1))
    assert order(late, early) == ["A002", "A001"]


def test_two_who_came_in_one_moment_stand_by_their_number() -> None:
    same = [waiting(number, issued_at=NOW) for number in (3, 1, 2)]
    assert order(*same) == ["A001", "A002", "A003"]


def test_transferred_from_two_queues_in_one_moment_they_still_have_a_place_each() -> None:
    a, b = (waiting(1, queue=queue, issued_at=NOW, precedence_at=NOW) for queue in "AB")
    both = calling_order.in_order([b, a])
    assert [ticket.number for ticket in both] == ["A001", "B001"]
    assert [calling_order.ahead_of(ticket, both) for ticket in both] == [0, 1]
    assert [list(calling_order.behind(ticket, both)) for ticket in both] == [[b], []]


def test_a_priority_person_who_was_transferred_keeps_the_priority() -> None:
    assert order(BACK, waiting(10, priority_group="老年人", precedence_at=NOW)) == ["A010", "A008"]


# -- appointments -----------------------------------------------------------------------------------------------


def test_an_appointment_is_not_called_before_its_slot() -> None:
    future = waiting(1, appointment_at=NOW + timedelta(seconds=1))
    assert line([future]).head() is None
    assert line([future, waiting(2)]).head() == waiting(2)
    assert Line([future], Turn(), RULES, NOW + timedelta(seconds=1)).head() == future


def test_only_who_waits_may_be_called() -> None:
    for state in (CALLED, HELD):
        assert not calling_order.callable_at(waiting(1, state=state), NOW)


# -- fairness ---------------------------------------------------------------------------------------------------


def many(favoured: int, ordinary: int) -> list[Ticket]:
    return [
        *(waiting(100 + number, priority_group="老年人") for number in range(favoured)),
        *(waiting(number) for number in range(1, ordinary + 1)),
    ]


def test_after_three_with_priority_comes_an_ordinary_person() -> None:
    assert called(many(7, 4)) == "VVVoVVVoVoo"


def test_two_ordinary_people_where_the_hall_says_so() -> None:
    assert called(many(6, 5), rules=Priority(("老年人",), 2, 2)) == "VVooVVooVVo"


def test_the_count_goes_on_from_where_the_queue_stood() -> None:
    assert called(many(3, 2), Turn(priority=2)) == "VoVVo"
    assert called(many(3, 2), Turn(priority=3)) == "oVVVo"
    assert called(many(3, 2), Turn(3, 1), Priority(("老年人",), 3, 2)) == "oVVVo"


def test_without_ordinary_people_priority_goes_on_and_the_debt_stays() -> None:
    assert called(many(5, 0)) == "VVVVV"
    turn = Turn()
    for _ in range(5):
        turn = turn.after(priority=True, rules=RULES)
    assert turn.owes_ordinary(RULES)
    assert called(many(2, 1), turn) == "oVV"


def test_an_ordinary_call_in_between_begins_the_count_anew() -> None:
    assert Turn(2).after(priority=False, rules=RULES) == Turn()
    assert Turn(3).after(priority=False, rules=RULES) == Turn()
    assert Turn(3).after(priority=False, rules=Priority((), 3, 2)) == Turn(3, 1)


def test_a_line_that_is_used_up_gives_nobody() -> None:
    empty = line([])
    assert empty.head() is None
    with pytest.raises(IndexError):
        empty.take()


# -- coming back after a miss -----------------------------------------------------------------------------------


def returned(behind: Sequence[Ticket], count: int, seconds_later: int = 0, number: int = 50) -> Ticket:
    place = place_behind(behind, count, NOW + timedelta(seconds=seconds_later))
    return waiting(number, place=place, times_returned=1)


def test_who_returns_stands_directly_behind_the_third() -> None:
    people = [waiting(number) for number in range(1, 6)]
    assert order(*people, returned(people, 3)) == ["A001", "A002", "A003", "A050", "A004", "A005"]


def test_two_who_return_behind_the_same_one_stand_in_the_order_of_their_return() -> None:
    people = [waiting(number) for number in range(1, 6)]
    first = returned(people, 3)
    second = returned(calling_order.in_order([*people, first]), 3, seconds_later=1, number=49)
    assert order(*people, second, first) == ["A001", "A002", "A003", "A050", "A049", "A004", "A005"]


def test_with_fewer_people_in_line_who_returns_is_last() -> None:
    people = [waiting(1), waiting(2)]
    assert order(*people, returned(people, 3)) == ["A001", "A002", "A050"]


def test_into_an_empty_line_who_returns_stands_as_if_they_had_just_come() -> None:
    later = waiting(51, issued_at=NOW + timedelta(seconds=1))
    assert order(later, returned([], 3)) == ["A050", "A051"]


def test_behind_nobody_is_directly_before_the_first() -> None:
    people = [waiting(1), waiting(2)]
    assert order(*people, returned(people, 0)) == ["A050", "A001", "A002"]


def test_appointments_that_are_not_due_do_not_count_as_people_ahead() -> None:
    future = waiting(1, appointment_at=NOW + timedelta(hours=1))
    people = calling_order.in_order([future, waiting(2), waiting(3)])
    assert place_behind(people, 1, NOW)[:-1] == rank(waiting(2))


def test_who_returns_behind_somebody_with_priority_is_called_right_after_them() -> None:
    people = calling_order.in_order([waiting(8, priority_group="老年人"), PRIORITY, waiting(1)])
    back = returned(people, 1)
    assert [ticket.number for ticket in line([*people, back])] == ["A008", "A050", "A009", "A001"]
    assert not calling_order.is_priority(back)


# -- windows ----------------------------------------------------------------------------------------------------


def lines(**queues: list[Ticket]) -> dict[str, Line]:
    return {queue: line(tickets) for queue, tickets in queues.items()}


def test_a_secondary_queue_is_called_only_when_the_primary_ones_are_empty() -> None:
    own, other = waiting(2), waiting(1, queue="B", priority_group="老年人")
    assert next_for((["A"], ["B"]), lines(A=[own], B=[other])) == own
    assert next_for((["A"], ["B"]), lines(A=[], B=[other])) == other
    assert next_for((["A"], ["B"]), lines(A=[], B=[])) is None


def test_between_two_primary_queues_the_earlier_place_decides() -> None:
    a, b = waiting(2), waiting(1, queue="B")
    assert next_for((["A", "B"], []), lines(A=[a], B=[b])) == b
    assert next_for((["A", "B"], []), lines(A=[waiting(3, priority_group="老年人")], B=[b])) == waiting(
        3, priority_group="老年人"
    )


def test_a_primary_queue_with_nobody_who_is_due_counts_as_empty() -> None:
    future = waiting(1, appointment_at=NOW + timedelta(hours=1))
    assert next_for((["A"], ["B"]), lines(A=[future], B=[waiting(1, queue="B")])) == waiting(1, queue="B")


def yes(_: object) -> bool:
    return True


def no(_: object) -> bool:
    return False


def test_who_waits_for_another_window_is_left_to_it_while_it_is_in_service() -> None:
    mine, theirs = waiting(1, preferred_window=1), waiting(1, preferred_window=2)
    in_service = offered_to(1, CLERK, yes, yes)
    assert in_service(mine)
    assert in_service(waiting(1))
    assert not in_service(theirs)
    assert offered_to(1, CLERK, no, yes)(theirs)


def test_who_waits_for_a_person_is_left_to_them_while_they_are_on_duty() -> None:
    mine, theirs = waiting(1, preferred_clerk=CLERK), waiting(1, preferred_clerk="工号002")
    assert offered_to(1, CLERK, yes, yes)(mine)
    assert not offered_to(1, CLERK, yes, yes)(theirs)
    assert not offered_to(1, None, yes, yes)(theirs)
    assert offered_to(1, CLERK, yes, no)(theirs)


def test_a_line_leaves_out_whom_the_window_may_not_call() -> None:
    offered = offered_to(1, CLERK, yes, yes)
    theirs = waiting(1, preferred_window=2)
    assert Line([theirs, waiting(2)], Turn(), RULES, NOW, offered).head() == waiting(2)
    favoured = waiting(1, preferred_window=2, priority_group="老年人")
    assert Line([favoured, waiting(2)], Turn(), RULES, NOW, offered).head() == waiting(2)
