"""The walk of the hall gives the very starts that calling one by one would give, in the product's own order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.calling_order import Line, Turn, in_order, is_priority, next_for
from server.domain.floor import DayState, Floor, QueueState
from server.domain.plan import HallPlan
from server.domain.tickets import SERVING, Ticket
from server.domain.windows import Pending, WindowState
from server.estimates.service_times import ServiceTimes, residual
from server.estimates.walk import Estimate, Walk
from tests.halls import hall_plan
from tests.makers import CLERK, NOW, TODAY, WHY, minutes_ago, ticket_in, waiting, window_in

PLAN = hall_plan()


def hall_of(*tickets: Ticket, windows: list[WindowState], turn: Turn | None = None) -> Floor:
    floor = Floor(day=DayState(TODAY), windows={window.number: window for window in windows})
    for ticket in tickets:
        floor.put_ticket(ticket)
    if turn is not None:
        floor.queues = {queue.prefix: QueueState(queue.prefix, TODAY, turn=turn) for queue in PLAN.queues}
    return floor


def open_window(number: int, **changes: object) -> WindowState:
    return window_in("open", number=number, sign_on=f"s{number}", **changes)


def walk(floor: Floor) -> Walk:
    return Walk(PLAN, floor, NOW, ServiceTimes(PLAN))


def starts(found: Walk) -> dict[str, float]:
    """Ticket → minutes until it is called."""
    return {ticket: round((each.start_at - NOW).total_seconds() / 60, 6) for ticket, each in found.tickets.items()}


# -- the same as calling one by one -----------------------------------------------------------------------------


@dataclass
class CalledOneByOne:
    """The hall run forward as it would be in life: whoever is free first asks `next_for` who is next."""

    plan: HallPlan
    floor: Floor
    now: datetime

    def starts(self) -> dict[str, float]:
        service = ServiceTimes(self.plan)
        left = list(self.floor.all_tickets())
        turns = {queue.prefix: self.floor.queue(queue.prefix).turn for queue in self.plan.queues}
        free = {window.number: 0.0 for window in self.floor.all_windows()}
        called: dict[str, float] = {}
        while free:
            number = min(free, key=lambda each: (free[each], each))
            window = self.plan.window_by_number[number]
            lines = {queue: self._line(left, queue, turns[queue]) for queue in turns}
            ticket = next_for((window.primary, window.secondary), lines)
            if ticket is None:
                del free[number]
                continue
            called[ticket.id] = round(free[number], 6)
            free[number] += service.of(ticket).mean
            turns[ticket.queue] = turns[ticket.queue].after(priority=is_priority(ticket), rules=self.plan.priority)
            left.remove(ticket)
        return called

    def _line(self, left: list[Ticket], queue: str, turn: Turn) -> Line:
        people = in_order(ticket for ticket in left if ticket.queue == queue)
        return Line(people, turn, self.plan.priority, self.now)


@st.composite
def people(draw: st.DrawFn) -> list[Ticket]:
    kinds: dict[str, dict[str, object]] = {
        "ordinary": {},
        "priority": {"priority_group": "老年人"},
        "back": {"precedence_at": NOW},
        "due": {"appointment_at": minutes_ago(1)},
        "future": {"appointment_at": NOW + timedelta(minutes=5)},
        "returned": {"place": (4.0, minutes_ago(500).timestamp(), 1, 1.0)},
    }
    found = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        queue = draw(st.sampled_from("ABN"))
        item = draw(st.sampled_from([None, "B01", "B02"])) if queue == "B" else None
        ticket = waiting(number, queue=queue, item=item, id=f"{queue}{number}")
        found.append(replace(ticket, **kinds[draw(st.sampled_from(sorted(kinds)))]))  # type: ignore[arg-type]
    return found


@settings(max_examples=150)
@given(people(), st.sets(st.sampled_from([1, 2, 3]), min_size=1), st.builds(Turn, st.integers(0, 3), st.just(0)))
def test_the_walk_starts_everybody_when_calling_one_by_one_would(
    tickets: list[Ticket], numbers: set[int], turn: Turn
) -> None:
    floor = hall_of(*tickets, windows=[open_window(number) for number in sorted(numbers)], turn=turn)
    assert starts(walk(floor)) == CalledOneByOne(PLAN, floor, NOW).starts()


def test_a_single_window_serves_one_after_the_other() -> None:
    floor = hall_of(waiting(1), waiting(2), waiting(3), windows=[open_window(1)])
    mean = ServiceTimes(PLAN).of(waiting(1)).mean
    assert starts(walk(floor)) == {"A1": 0.0, "A2": round(mean, 6), "A3": round(2 * mean, 6)}


def test_nobody_is_promised_a_start_where_no_window_is_open() -> None:
    found = walk(hall_of(waiting(1), windows=[window_in("closed")]))
    assert found.tickets == {}
    assert found.newcomer("A") is None
    assert found.add(waiting(2)) is None


# -- from when a window is free ---------------------------------------------------------------------------------


def first_start(window: WindowState, *more: Ticket) -> float:
    return starts(walk(hall_of(waiting(5), *more, windows=[window])))["A5"]


def test_a_window_in_service_is_free_when_its_visit_should_be_over() -> None:
    mean = ServiceTimes(PLAN).of(ticket_in(SERVING)).mean
    began = replace(ticket_in(SERVING), called_at=minutes_ago(1))
    assert first_start(window_in("serving"), began) == pytest.approx(mean - 1)


def test_a_visit_that_lasts_long_is_over_soon_but_not_at_once() -> None:
    mean = ServiceTimes(PLAN).of(ticket_in(SERVING)).mean
    assert first_start(window_in("serving"), replace(ticket_in(SERVING), called_at=minutes_ago(90))) == pytest.approx(
        0.2 * mean
    )


def test_a_paused_window_counts_from_its_expected_return() -> None:
    assert first_start(window_in("paused", pause_until=NOW + timedelta(minutes=9))) == 9


def test_a_clerk_who_should_be_back_already_is_expected_in_a_minute() -> None:
    assert first_start(window_in("paused", pause_until=minutes_ago(20))) == 1


def test_a_pause_that_will_follow_the_present_visit_comes_before_the_next_call() -> None:
    now_served = replace(ticket_in(SERVING), called_at=NOW)
    alone = first_start(window_in("serving"), now_served)
    with_pause = replace(window_in("serving"), pending=Pending(CLERK, WHY, 10))
    assert first_start(with_pause, now_served) == pytest.approx(alone + 10)


# -- newcomers --------------------------------------------------------------------------------------------------


def test_a_newcomer_takes_the_window_that_is_free_first_and_the_primary_one_of_two() -> None:
    floor = hall_of(waiting(1), windows=[open_window(1), open_window(2)])
    newcomer = walk(floor).newcomer("A")
    assert newcomer is not None
    assert newcomer.start_at == NOW


def test_the_walk_goes_on_with_each_new_ticket() -> None:
    floor = hall_of(windows=[open_window(1)])
    found = walk(floor)
    first, second = found.add(waiting(1)), found.add(waiting(2))
    assert first is not None
    assert second is not None
    assert second.start_at == first.finish_at
    floor.put_ticket(waiting(1))
    floor.put_ticket(waiting(2))
    assert starts(found) == starts(walk(floor))


def test_the_spread_grows_along_the_line() -> None:
    floor = hall_of(*(waiting(number) for number in range(1, 6)), windows=[open_window(1)])
    deviations = [walk(floor).tickets[f"A{number}"].deviation for number in range(1, 6)]
    service = ServiceTimes(PLAN).of(waiting(1))
    assert deviations == pytest.approx([sqrt(service.variance * ahead) for ahead in range(5)])


def test_a_range_holds_the_middle_and_is_never_negative() -> None:
    estimate = Estimate(NOW + timedelta(minutes=2), NOW + timedelta(minutes=5), deviation=4)
    low, likely, high = estimate.wait_minutes(NOW)
    assert (low, likely) == (0, 2)
    assert high == pytest.approx(2 + 4 * 1.28, abs=0.01)
    assert estimate.wait_minutes(NOW + timedelta(hours=1))[:2] == (0, 0)


def test_a_residual_never_says_that_a_visit_is_over() -> None:
    service = ServiceTimes(PLAN).of(waiting(1))
    assert residual(service, 0) == service
    assert residual(service, 1000).mean == pytest.approx(0.2 * service.mean)
    assert residual(service, 1000).variance < service.variance
