"""The floor and drafts of it: what is known of the hall without asking the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import events
from server.domain.calling_order import Turn, in_order
from server.domain.draft import Draft
from server.domain.errors import Refused
from server.domain.events import Event
from server.domain.floor import CALLS_KEPT, Floor, View
from server.domain.journal import Entry
from server.domain.tickets import CALLED, DONE, STATES, WAITING, Ticket
from tests.makers import CLERK, NOW, TODAY, WHY, every_event, ticket_in, waiting
from tests.unit.test_ticket_verbs import VERBS

TOMORROW = TODAY + timedelta(days=1)


def issued(number: int = 1, queue: str = "A") -> events.TicketIssued:
    return events.TicketIssued(
        f"{queue}{number}", f"t-{queue}{number}", queue, number, f"{queue}{number:03d}", "kiosk", ""
    )


def fold(floor: Floor, *happened: Event, day: object = TODAY) -> Floor:
    """Each event as a unit of work of its own."""
    for event in happened:
        draft = Draft(floor)
        draft.apply(Entry(floor.seq + 1, NOW + timedelta(seconds=floor.seq), day, "", event))  # type: ignore[arg-type]
        floor.merge(draft)
    return floor


def begun() -> Floor:
    return fold(Floor(), events.DayBegan(TODAY))


def called(number: int, window: int = 1, queue: str = "A") -> events.TicketCalled:
    return events.TicketCalled(f"{queue}{number}", window, CLERK, queue, turn=(0, 0))


# -- a draft ----------------------------------------------------------------------------------------------------


def test_a_draft_sees_its_own_changes_and_the_floor_does_not() -> None:
    floor = fold(begun(), issued(1))
    draft = Draft(floor)
    draft.apply(Entry(3, NOW, TODAY, "", called(1)))
    draft.apply(Entry(4, NOW, TODAY, "", issued(2)))
    assert [ticket.id for ticket in draft.waiting("A")] == ["A2"]
    assert [ticket.id for ticket in floor.waiting("A")] == ["A1"]
    assert (draft.window(1).ticket, floor.window(1).ticket) == ("A1", None)
    assert (draft.queue("A").last_sequence, floor.queue("A").last_sequence) == (2, 1)


def test_a_draft_finds_tickets_by_token_and_number_before_and_after_they_are_on_the_floor() -> None:
    floor = fold(begun(), issued(1))
    draft = Draft(floor)
    draft.apply(Entry(3, NOW, TODAY, "", issued(2)))
    draft.apply(Entry(4, NOW, TODAY, "", called(1)))
    assert [draft.by_token(f"t-A{n}") == draft.by_number(f"A00{n}") == draft.ticket(f"A{n}") for n in (1, 2)] == [
        True
    ] * 2
    found = draft.by_number("A001")
    assert found is not None
    assert found.state == CALLED
    assert (draft.by_token("?"), draft.by_number("?"), draft.ticket("?")) == (None, None, None)


def test_a_draft_that_is_dropped_leaves_no_trace() -> None:
    floor = fold(begun(), issued(1))
    before = replace(floor)
    draft = Draft(floor)
    for event in every_event().values():
        draft.apply(Entry(draft.seq + 1, NOW, TODAY, "", event))
    assert floor == before


def test_an_entry_about_a_ticket_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"entry 2 \(TicketExpired\) is about ticket A9"):
        fold(begun(), events.TicketExpired("A9"))


# -- indexes ----------------------------------------------------------------------------------------------------


def holds_together(view: View) -> None:
    """Every way to find tickets tells the same."""
    everybody = list(view.all_tickets())
    assert len({ticket.id for ticket in everybody}) == len(everybody)
    for queue in ("A", "B"):
        line = [ticket for ticket in everybody if ticket.queue == queue and ticket.state == WAITING]
        assert list(view.waiting(queue)) == in_order(line)
    for ticket in everybody:
        assert view.ticket(ticket.id) == view.by_token(ticket.token) == view.by_number(ticket.number) == ticket


def clerks_hold_together(floor: Floor) -> None:
    for clerk in {ticket.clerk for ticket in floor.all_tickets() if ticket.clerk}:
        mine = {ticket.id for ticket in floor.tickets_of_clerk(clerk)}
        assert mine == {ticket.id for ticket in floor.all_tickets() if ticket.clerk == clerk}


def try_to(verb: str, ticket: Ticket, draft: Draft) -> None:
    """Do it if the rules let it."""
    try:
        event = VERBS[verb](ticket)
    except Refused:
        return
    draft.apply(Entry(draft.seq + 1, NOW, TODAY, "", event))


steps = st.tuples(st.integers(1, 5), st.sampled_from(sorted(VERBS)))
works = st.lists(st.tuples(st.lists(steps, min_size=1, max_size=4), st.booleans()), max_size=12)


@given(works)
def test_whatever_happens_every_way_to_find_tickets_tells_the_same(
    done: list[tuple[list[tuple[int, str]], bool]],
) -> None:
    floor = fold(begun(), *(issued(number, queue) for number in (1, 2, 3) for queue in "AB"))
    for work, on_disk in done:
        draft = Draft(floor)
        for number, verb in work:
            ticket = draft.ticket(f"{'AB'[number % 2]}{1 + number // 2}")
            assert ticket is not None
            try_to(verb, ticket, draft)
        holds_together(draft)
        if on_disk:
            floor.merge(draft)
        holds_together(floor)
        clerks_hold_together(floor)


# -- queues -----------------------------------------------------------------------------------------------------


def test_the_turn_of_a_queue_is_what_its_last_call_by_order_says() -> None:
    by_order = events.TicketCalled("A1", 1, CLERK, "A", turn=(2, 1))
    chosen = events.TicketCalled("A1", 1, CLERK, "A", chosen=WHY)
    assert fold(begun(), issued(1), by_order).queue("A").turn == Turn(2, 1)
    assert fold(begun(), issued(1), by_order, events.TicketGivenBack("A1", 1, WHY), chosen).queue("A").turn == Turn(
        2, 1
    )


def test_a_lower_number_that_comes_late_does_not_turn_the_counter_back() -> None:
    assert fold(begun(), issued(7), issued(3)).queue("A").last_sequence == 7


def test_a_queue_nobody_has_come_to_has_given_no_number() -> None:
    assert (begun().queue("A").last_sequence, Floor().queue("A").last_sequence) == (0, 0)


# -- calls ------------------------------------------------------------------------------------------------------


def test_the_latest_calls_come_first_and_only_so_many_are_kept() -> None:
    floor = begun()
    for number in range(1, CALLS_KEPT + 3):
        fold(floor, issued(number), called(number), events.TicketFinished(f"A{number}", 1, "受理"))
    last, one_before = floor.calls[:2]
    assert (last.ticket, one_before.ticket) == (f"A{CALLS_KEPT + 2}", f"A{CALLS_KEPT + 1}")
    assert len(floor.calls) == CALLS_KEPT


def test_each_call_again_is_one_more_call() -> None:
    floor = fold(begun(), issued(1), called(1), events.TicketCalledAgain("A1", 1, 2))
    assert [(call.seq, call.number, call.calls) for call in floor.calls] == [(4, "A001", 2), (3, "A001", 1)]


# -- a new day --------------------------------------------------------------------------------------------------


def test_a_new_day_forgets_what_is_over_and_keeps_what_is_open() -> None:
    gone = [events.TicketCancelled("A1", WHY), events.DayBegan(TOMORROW)]
    floor = fold(begun(), issued(1), issued(2), called(2), *gone)
    assert [ticket.id for ticket in floor.all_tickets()] == ["A2"]
    assert (floor.by_token("t-A1"), floor.by_number("A001")) == (None, None)
    assert floor.calls == ()
    holds_together(floor)
    clerks_hold_together(floor)


def test_a_new_day_counts_from_the_beginning() -> None:
    floor = fold(begun(), issued(41), called(41), events.DayBegan(TOMORROW))
    assert (floor.queue("A").last_sequence, floor.queue("A").turn, floor.queue("A").business_day) == (
        0,
        Turn(),
        TOMORROW,
    )
    assert fold(floor, issued(1), day=TOMORROW).queue("A").last_sequence == 1


def test_a_new_day_forgets_sign_ons_and_pauses_that_are_over() -> None:
    on = [events.SignedOn("s1", 1, CLERK), events.WindowPaused("p1", 1, CLERK, WHY, NOW, NOW)]
    off = [events.WindowResumed("p1", 1, CLERK), events.SignedOff("s1", 1, CLERK)]
    lasting = fold(begun(), *on, events.DayBegan(TOMORROW))
    assert (set(lasting.sign_ons), set(lasting.pauses)) == ({"s1"}, {"p1"})
    over = fold(begun(), *on, *off, events.DayBegan(TOMORROW))
    assert (over.sign_ons, over.pauses) == ({}, {})


# -- ledgers ----------------------------------------------------------------------------------------------------


def test_a_pause_keeps_when_each_thing_was_done_about_it() -> None:
    happened = [events.SignedOn("s1", 1, CLERK), events.WindowPaused("p1", 1, CLERK, WHY, NOW, NOW)]
    told = [events.PauseWarned("p1", 1), events.PauseEscalated("p1", 1), events.PauseAcknowledged("p1", 1)]
    pause = fold(begun(), *happened, *told, events.WindowResumed("p1", 1, CLERK, 61)).pauses["p1"]
    seconds = [
        (at - NOW).total_seconds()
        for at in (pause.began_at, pause.warned_at, pause.escalated_at, pause.acknowledged_at, pause.ended_at)
        if at is not None
    ]
    assert seconds == [2, 3, 4, 5, 6]
    assert pause.overrun_seconds == 61


def test_a_sign_on_ends_at_its_sign_off_and_says_when_the_clock_did_it() -> None:
    floor = fold(begun(), events.SignedOn("s1", 1, CLERK), events.SignedOff("s1", 1, CLERK, by_clock=True))
    assert (floor.sign_ons["s1"].ended_at, floor.sign_ons["s1"].ended_by_clock) == (NOW + timedelta(seconds=2), True)


def test_all_windows_are_those_that_anything_happened_at() -> None:
    floor = fold(begun(), events.SignedOn("s1", 2, CLERK))
    draft = Draft(floor)
    draft.apply(Entry(3, NOW, TODAY, "", events.SignedOn("s2", 1, "工号002")))
    assert [window.number for window in floor.all_windows()] == [2]
    assert {window.number for window in draft.all_windows()} == {1, 2}


def test_a_ticket_put_again_takes_its_new_place() -> None:
    floor = Floor()
    for state in STATES:
        floor.put_ticket(ticket_in(state))
        holds_together(floor)
        clerks_hold_together(floor)
    floor.put_ticket(waiting(1))
    assert [ticket.state for ticket in floor.waiting("A")] == [WAITING]
    assert DONE not in {ticket.state for ticket in floor.all_tickets()}
