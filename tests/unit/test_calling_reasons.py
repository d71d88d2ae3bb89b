"""Why somebody is next: each rule of the order has its own cause."""

from __future__ import annotations

import pytest

from server.domain.calling_order import Line, Turn, in_order
from server.domain.calling_reasons import Cause, explain
from server.domain.plan import Priority
from server.domain.tickets import Ticket
from tests.makers import NOW, minutes_ago, waiting

RULES = Priority(("老年人",), max_consecutive_priority=3, then_normal=1)
CAUSES = {
    Cause.PRIORITY: waiting(1, priority_group="老年人"),
    Cause.PUT_FIRST: waiting(1, put_first_at=NOW),
    Cause.TRANSFERRED: waiting(1, precedence_at=NOW, transfers=1),
    Cause.HELD: waiting(1, precedence_at=NOW),
    Cause.APPOINTMENT: waiting(1, appointment_at=minutes_ago(1)),
    Cause.RETURNED: waiting(1, place=(4.0, 0.0), times_returned=1),
    Cause.ARRIVAL: waiting(1),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_each_rule_of_the_order_is_its_own_cause(cause: Cause) -> None:
    assert explain(CAUSES[cause], owed=False) is cause


def causes(tickets: list[Ticket], turn: Turn) -> list[Cause]:
    line = Line(in_order(tickets), turn, RULES, NOW)
    found = []
    while line.head() is not None:
        owed = line.owes_ordinary
        found.append(explain(line.take(), owed=owed))
    return found


def test_after_three_with_priority_the_ratio_is_the_cause() -> None:
    people = [waiting(1), *(waiting(n, priority_group="老年人") for n in range(2, 6))]
    assert causes(people, Turn()) == [*[Cause.PRIORITY] * 3, Cause.FAIRNESS, Cause.PRIORITY]


def test_where_nobody_with_priority_waits_arrival_is_the_cause_whatever_the_ratio_owes() -> None:
    assert causes([waiting(1)], Turn(priority=3)) == [Cause.ARRIVAL]
