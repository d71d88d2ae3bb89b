"""The table of a ticket's life: every verb in every state."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from server.domain import ticket_verbs, tickets
from server.domain.calling_order import Turn, rank
from server.domain.errors import Refused
from server.domain.events import Event, Promise
from server.domain.plan import NoShow
from server.domain.steps import LastStep
from server.domain.tickets import (
    CALLED,
    CANCELLED,
    DONE,
    EXPIRED,
    HELD,
    MISSED,
    SERVING,
    STATES,
    WAITING,
    Ticket,
)
from tests.makers import CLERK, NOW, WHY, entry, ticket_in

RULES = NoShow()

Verb = Callable[[Ticket], Event]


def finish_of(ticket: Ticket, at: datetime) -> LastStep:
    """The step that finished a visit, as it was when it was done."""
    return LastStep("TicketFinished", ticket_in(SERVING), replace(ticket, state=DONE), at)


VERBS: dict[str, Verb] = {
    "call": lambda t: ticket_verbs.call(t, 1, CLERK, NOW, turn=Turn()),
    "call one": lambda t: ticket_verbs.call(t, 1, CLERK, NOW, chosen=WHY),
    "call_again": lambda t: ticket_verbs.call_again(t, NOW, RULES),
    "start": ticket_verbs.start,
    "finish": lambda t: ticket_verbs.finish(t, "受理", (), None, after_hours=False),
    "undo": lambda t: ticket_verbs.undo(t, finish_of(t, NOW), 1, NOW, 60),
    "miss": lambda t: ticket_verbs.miss(t, WHY, NOW, RULES),
    "return_to_line": lambda t: ticket_verbs.return_to_line(t, (4.0, 1.0), NOW, RULES),
    "hold": lambda t: ticket_verbs.hold(t, WHY, 10, NOW),
    "end_hold": ticket_verbs.end_hold,
    "give_back": lambda t: ticket_verbs.give_back(t, WHY),
    "transfer": lambda t: ticket_verbs.transfer(t, "B", WHY),
    "give_opinion": lambda t: ticket_verbs.give_opinion(replace(t, joint_window=2, joint_queue="B"), "受理"),
    "move": lambda t: ticket_verbs.move(t, "B", WHY),
    "put_first": lambda t: ticket_verbs.put_first(t, WHY),
    "cancel": lambda t: ticket_verbs.cancel(t, WHY),
    "expire": ticket_verbs.expire,
    "end_forgotten": ticket_verbs.end_forgotten,
    "report_print": lambda t: ticket_verbs.report_print(t, None),
    "ask_reprint": ticket_verbs.ask_reprint,
    "on_the_way": ticket_verbs.on_the_way,
    "choose_after_hours": lambda t: ticket_verbs.choose_after_hours(t, "wait", NOW),
}

NEXT: dict[str, dict[str, str]] = {
    "call": {WAITING: CALLED},
    "call one": {WAITING: CALLED, MISSED: CALLED},
    "call_again": {CALLED: CALLED},
    "start": {CALLED: SERVING},
    "finish": {SERVING: DONE},
    "undo": {DONE: SERVING},
    "miss": {CALLED: MISSED},
    "return_to_line": {MISSED: WAITING},
    "hold": {SERVING: HELD},
    "end_hold": {HELD: WAITING},
    "give_back": {CALLED: WAITING, SERVING: WAITING},
    "transfer": {CALLED: WAITING, SERVING: WAITING},
    "give_opinion": {SERVING: WAITING},
    "move": {WAITING: WAITING},
    "put_first": {WAITING: WAITING},
    "cancel": {WAITING: CANCELLED, HELD: CANCELLED, MISSED: CANCELLED},
    "expire": {WAITING: EXPIRED, CALLED: EXPIRED, HELD: EXPIRED, MISSED: EXPIRED},
    "end_forgotten": {SERVING: DONE},
    "report_print": {state: state for state in STATES},
    "ask_reprint": {WAITING: WAITING, CALLED: CALLED, HELD: HELD, MISSED: MISSED},
    "on_the_way": {WAITING: WAITING, CALLED: CALLED},
    "choose_after_hours": {WAITING: WAITING, HELD: HELD, MISSED: MISSED},
}

ALLOWED = [(verb, state) for verb in VERBS for state in NEXT[verb]]
REFUSED = [(verb, state) for verb in VERBS for state in STATES if state not in NEXT[verb]]


def after(event: Event, ticket: Ticket) -> Ticket:
    return tickets.evolve(event, ticket, entry(event))


def code_of(verb: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        verb()
    return refused.value.code, refused.value.facts


def verbs_of_the_module() -> Iterator[str]:
    """Functions of `ticket_verbs` that give an event."""
    for name, function in inspect.getmembers(ticket_verbs, inspect.isfunction):
        ours = function.__module__ == ticket_verbs.__name__
        if ours and "events." in str(inspect.signature(function).return_annotation):
            yield name


def test_the_table_has_every_verb() -> None:
    assert set(verbs_of_the_module()) == set(VERBS) - {"call one"}


@pytest.mark.parametrize(("verb", "state"), ALLOWED)
def test_an_allowed_verb_leads_to_the_next_state(verb: str, state: str) -> None:
    ticket = ticket_in(state)
    assert after(VERBS[verb](ticket), ticket).state == NEXT[verb][state]


@pytest.mark.parametrize(("verb", "state"), REFUSED)
def test_any_other_verb_is_refused(verb: str, state: str) -> None:
    code, facts = code_of(lambda: VERBS[verb](ticket_in(state)))
    if verb == "undo":
        assert code == "nothing_to_undo"
    else:
        assert (code, facts["state"], facts["number"]) == ("wrong_state", state, "A001")


# -- calling again, and missing ---------------------------------------------------------------------------------


def called(seconds_ago: float, calls: int) -> Ticket:
    return ticket_in(CALLED, last_called_at=NOW - timedelta(seconds=seconds_ago), calls=calls)


def test_calling_again_waits_for_the_cool_down_and_says_how_long() -> None:
    assert code_of(lambda: ticket_verbs.call_again(called(7.5, 1), NOW, RULES)) == ("too_soon", {"wait_seconds": 13})
    assert code_of(lambda: ticket_verbs.call_again(called(19.999, 1), NOW, RULES)) == ("too_soon", {"wait_seconds": 1})


def test_calling_again_is_allowed_when_the_cool_down_is_over() -> None:
    assert ticket_verbs.call_again(called(20, 1), NOW, RULES).calls == 2


def test_a_number_is_called_so_often_and_not_more() -> None:
    assert ticket_verbs.call_again(called(60, 4), NOW, RULES).calls == 5
    assert code_of(lambda: ticket_verbs.call_again(called(60, 5), NOW, RULES)) == ("call_limit", {"calls": 5})


def test_a_ticket_that_was_never_called_has_no_cool_down() -> None:
    assert ticket_verbs.seconds_until_call_again(ticket_in(WAITING), NOW, RULES) == 0


@pytest.mark.parametrize("calls", [1, 2])
def test_nobody_is_missed_before_they_were_called_often_enough(calls: int) -> None:
    code, facts = code_of(lambda: ticket_verbs.miss(called(5, calls), WHY, NOW, RULES))
    assert (code, facts["wait_seconds"], facts["needed"], facts["calls"]) == ("too_soon", 15, 3, calls)


def test_somebody_who_was_called_often_enough_may_be_missed() -> None:
    assert ticket_verbs.miss(called(0, 3), WHY, NOW, RULES).reason == WHY


def test_an_appointment_is_not_called_before_its_time() -> None:
    early = ticket_in(WAITING, appointment_at=NOW + timedelta(microseconds=1))
    assert code_of(lambda: VERBS["call"](early))[0] == "not_due"
    assert code_of(lambda: VERBS["call one"](early))[0] == "not_due"
    assert isinstance(VERBS["call"](ticket_in(WAITING, appointment_at=NOW)), Event)


# -- coming back ------------------------------------------------------------------------------------------------


def missed(minutes_before: float, **changes: object) -> Ticket:
    return ticket_in(MISSED, missed_at=NOW - timedelta(minutes=minutes_before), **changes)


def back(ticket: Ticket, rules: NoShow = RULES) -> Event:
    return ticket_verbs.return_to_line(ticket, (4.0, 7.0, 3), NOW, rules)


def test_a_missed_person_may_come_back_until_the_last_moment() -> None:
    assert after(back(missed(30)), missed(30)).place == (4.0, 7.0, 3)
    assert ticket_verbs.may_return(missed(30), NOW, RULES)
    assert ticket_verbs.return_until(missed(30), RULES) == NOW


def test_a_missed_person_who_comes_too_late_is_told_how_long_they_had() -> None:
    late = missed(30.001)
    assert code_of(lambda: back(late)) == ("return_too_late", {"within_minutes": 30})
    assert not ticket_verbs.may_return(late, NOW, RULES)


def test_nobody_comes_back_more_often_than_the_hall_allows() -> None:
    again = missed(1, times_returned=1)
    assert code_of(lambda: back(again))[0] == "return_not_allowed"
    assert not ticket_verbs.may_return(again, NOW, RULES)
    assert isinstance(back(again, NoShow(return_times=2)), Event)


def test_nobody_comes_back_where_the_hall_does_not_allow_it() -> None:
    strict = NoShow(return_allowed=False)
    assert code_of(lambda: back(missed(1), strict))[0] == "return_not_allowed"
    assert not ticket_verbs.may_return(missed(1), NOW, strict)


def test_only_a_missed_ticket_may_return() -> None:
    assert not ticket_verbs.may_return(ticket_in(WAITING), NOW, RULES)


# -- undoing ----------------------------------------------------------------------------------------------------


def test_a_step_may_be_undone_until_the_last_moment() -> None:
    done = ticket_in(DONE)
    assert ticket_verbs.undo(done, finish_of(done, NOW - timedelta(seconds=60)), 1, NOW, 60).window == 1
    late = finish_of(done, NOW - timedelta(seconds=60, microseconds=1))
    assert code_of(lambda: ticket_verbs.undo(done, late, 1, NOW, 60)) == ("nothing_to_undo", {"undo_seconds": 60})


def test_a_step_is_not_undone_once_anything_else_happened_to_the_ticket() -> None:
    done = ticket_in(DONE)
    printed = replace(done, print="failed")
    assert code_of(lambda: ticket_verbs.undo(printed, finish_of(done, NOW), 1, NOW, 60))[0] == "nothing_to_undo"


STEPS: dict[str, tuple[Verb, str]] = {
    "start": (VERBS["start"], CALLED),
    "finish": (VERBS["finish"], SERVING),
    "miss": (VERBS["miss"], CALLED),
    "hold": (VERBS["hold"], SERVING),
    "give back, called": (VERBS["give_back"], CALLED),
    "give back, serving": (VERBS["give_back"], SERVING),
    "transfer, called": (VERBS["transfer"], CALLED),
    "transfer, serving": (VERBS["transfer"], SERVING),
    "give opinion": (VERBS["give_opinion"], SERVING),
}

LIVES: dict[str, dict[str, object]] = {
    "ordinary": {},
    "returned, at a fixed place": {"place": (4.0, 1.5, 3), "times_missed": 1, "times_returned": 1},
    "back from hold": {"precedence_at": NOW, "preferred_window": 1},
    "put first": {"put_first_at": NOW - timedelta(minutes=9)},
    "with priority and promise": {"priority_group": "老年人", "promise": Promise(4.25, 1.5, 9.0, NOW, NOW)},
    "of a joint case": {"joint_window": 2, "joint_queue": "B", "first_responsible": "工号002", "transfers": 1},
    "with items": {"item": "A01", "items": ("A01", "A02")},
}


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("step", STEPS)
def test_an_undone_step_leaves_no_trace_on_the_ticket(step: str, life: str) -> None:
    verb, state = STEPS[step]
    before = ticket_in(state, **LIVES[life])
    event = verb(before)
    changed = after(event, before)
    undone = after(
        ticket_verbs.undo(changed, LastStep(type(event).__name__, before, changed, NOW), 1, NOW, 60), changed
    )
    assert undone == before
    assert rank(undone) == rank(before)


# -- facts that events carry ------------------------------------------------------------------------------------


def test_a_call_by_order_carries_the_queues_turn_and_a_chosen_one_its_reason() -> None:
    by_order = ticket_verbs.call(ticket_in(WAITING), 1, CLERK, NOW, turn=Turn(2, 1))
    chosen = ticket_verbs.call(ticket_in(WAITING), 1, CLERK, NOW, chosen=WHY)
    assert (by_order.turn, by_order.chosen) == ((2, 1), None)
    assert (chosen.turn, chosen.chosen) == (None, WHY)


def test_a_visit_begun_after_hours_stays_after_hours() -> None:
    assert ticket_verbs.finish(ticket_in(SERVING, after_hours=True), "受理", (), None, after_hours=False).after_hours
    assert ticket_verbs.finish(ticket_in(SERVING), "受理", (), None, after_hours=True).after_hours


def test_a_forgotten_service_says_so() -> None:
    assert ticket_verbs.end_forgotten(ticket_in(SERVING)).forgotten


def test_a_slip_that_failed_says_what_is_wrong() -> None:
    event = ticket_verbs.report_print(ticket_in(WAITING), "paper_out")
    ticket = after(event, ticket_in(WAITING))
    assert (ticket.print, ticket.print_problem) == ("failed", "paper_out")


def test_a_hold_stores_when_it_is_due() -> None:
    assert ticket_verbs.hold(ticket_in(SERVING), WHY, 10, NOW).due_at == NOW + timedelta(minutes=10)


def test_an_active_ticket_without_a_window_is_refused_not_crashed() -> None:
    assert code_of(lambda: ticket_verbs.start(ticket_in(CALLED, window=None)))[0] == "wrong_state"
