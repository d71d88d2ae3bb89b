"""What holds for whatever line: the order is total, the ratio is kept, a place once given stays."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.domain.calling_order import (
    Line,
    Turn,
    ahead_of,
    behind,
    in_order,
    is_priority,
    place_behind,
    put_in_order,
    rank,
)
from server.domain.plan import Priority
from server.domain.tickets import Ticket
from tests.makers import NOW, minutes_ago, waiting

KINDS = ("ordinary", "priority", "back", "due", "future")

rules = st.builds(Priority, st.just(("老年人",)), st.integers(1, 4), st.integers(1, 3))
turns = st.builds(Turn, st.integers(0, 5), st.integers(0, 2))


@st.composite
def tickets(draw: st.DrawFn, max_size: int = 14) -> list[Ticket]:
    """People of all kinds; several come in the same minute, some from another queue."""
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=max_size))
    return [of_kind(kind, number, draw(st.integers(1, 5))) for number, kind in enumerate(kinds, 1)]


def of_kind(kind: str, number: int, minute: int) -> Ticket:
    changes: dict[str, dict[str, object]] = {
        "ordinary": {},
        "priority": {"priority_group": "老年人"},
        "back": {"precedence_at": NOW, "sequence": 1},
        "due": {"appointment_at": minutes_ago(minute)},
        "future": {"appointment_at": NOW + timedelta(minutes=minute)},
    }
    return replace(waiting(number, issued_at=minutes_ago(minute)), **changes[kind])  # type: ignore[arg-type]


def line(people: list[Ticket], turn: Turn, wanted: Priority) -> Line:
    return Line(in_order(people), turn, wanted, NOW)


@given(tickets(), st.randoms())
def test_the_order_is_total_and_does_not_depend_on_how_people_were_listed(
    people: list[Ticket], chance: random.Random
) -> None:
    ordered = in_order(people)
    assert in_order(chance.sample(people, len(people))) == ordered
    assert [ahead_of(ticket, ordered) for ticket in ordered] == list(range(len(ordered)))
    assert all(list(behind(ticket, ordered)) == ordered[place + 1 :] for place, ticket in enumerate(ordered))


@given(tickets())
def test_taking_places_one_by_one_gives_the_same_order(people: list[Ticket]) -> None:
    ordered: list[Ticket] = []
    for ticket in people:
        put_in_order(ordered, ticket)
    assert ordered == in_order(people)


@given(tickets(), turns, rules)
def test_everybody_who_is_due_is_called_exactly_once(people: list[Ticket], turn: Turn, wanted: Priority) -> None:
    due = [ticket for ticket in people if ticket.appointment_at is None or ticket.appointment_at <= NOW]
    assert sorted(ticket.id for ticket in line(people, turn, wanted)) == sorted(ticket.id for ticket in due)


@given(tickets(), turns, rules)
def test_while_ordinary_people_wait_priority_is_called_so_often_in_a_row_and_no_more(
    people: list[Ticket], turn: Turn, wanted: Priority
) -> None:
    called = list(line(people, turn, wanted))
    in_a_row = 0
    for place, ticket in enumerate(called):
        in_a_row = in_a_row + 1 if is_priority(ticket) else 0
        others_wait = any(not is_priority(other) for other in called[place:])
        assert in_a_row <= wanted.max_consecutive_priority or not others_wait


@given(tickets(), turns, rules)
def test_among_ordinary_people_and_among_those_with_priority_nobody_is_overtaken(
    people: list[Ticket], turn: Turn, wanted: Priority
) -> None:
    called = list(line(people, turn, wanted))
    for favoured in (True, False):
        of_one_kind = [ticket for ticket in called if is_priority(ticket) is favoured]
        assert of_one_kind == in_order(of_one_kind)


@given(tickets(), turns, rules)
def test_the_line_calls_as_the_plain_words_of_the_rule_say(people: list[Ticket], turn: Turn, wanted: Priority) -> None:
    left = [ticket for ticket in people if ticket.appointment_at is None or ticket.appointment_at <= NOW]
    for called in line(people, turn, wanted):
        ordinary = [ticket for ticket in left if not is_priority(ticket)]
        owed = ordinary if turn.priority >= wanted.max_consecutive_priority and ordinary else left
        assert called == in_order(owed)[0]
        turn = turn.after(priority=is_priority(called), rules=wanted)
        left.remove(called)


@given(tickets(), st.integers(0, 5), tickets(max_size=6))
def test_who_returned_stays_directly_behind_the_kth_whoever_comes_later(
    people: list[Ticket], count: int, later: list[Ticket]
) -> None:
    able = [t for t in in_order(people) if t.appointment_at is None or t.appointment_at <= NOW]
    back = waiting(900, place=place_behind(in_order(people), count, NOW))
    came_later = [
        waiting(500 + place, issued_at=NOW + timedelta(seconds=place), priority_group=ticket.priority_group)
        for place, ticket in enumerate(later)
    ]
    able_then = in_order([*able, back, *came_later])
    place = able_then.index(back)
    if not able:
        assert all(is_priority(ticket) for ticket in able_then[:place])
    elif count == 0:
        assert able_then[place + 1] == able[0]
    else:
        kth = able[min(count, len(able)) - 1]
        assert rank(able_then[place - 1]) == rank(kth), "behind them, and whoever came in the same microsecond"
    assert rank(back) == back.place
