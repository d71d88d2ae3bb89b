"""The table of a window's life: every verb in every state, who may, and what a pause stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from server.domain import events, windows
from server.domain.errors import Refused
from server.domain.events import Event
from server.domain.plan import PauseRules, Window
from server.domain.windows import CALLING, CLOSED, OPEN, PAUSED, SERVING, WindowState
from tests.makers import CLERK, NOW, PENDING, WHY, entry, every_event, minutes_ago, window_in

RULES = PauseRules()
STATES = (CLOSED, OPEN, CALLING, SERVING, PAUSED)
OTHER = "工号002"

Verb = Callable[[WindowState, str], object]

VERBS: dict[str, Verb] = {
    "sign_on": lambda w, clerk: windows.sign_on(w, clerk, "s2", None),
    "sign_off": lambda w, clerk: windows.sign_off(w, clerk, "A001", NOW),
    "pause": lambda w, clerk: windows.pause(w, clerk, WHY, 10, "p2", NOW, RULES),
    "resume": lambda w, clerk: windows.resume(w, clerk, NOW),
    "require_free": windows.require_free,
    "active_ticket": windows.active_ticket,
}

AFTER: dict[str, dict[str, str]] = {
    "sign_on": {CLOSED: OPEN},
    "sign_off": {OPEN: CLOSED, PAUSED: CLOSED},
    "pause": {OPEN: PAUSED, CALLING: CALLING, SERVING: SERVING},
    "resume": {PAUSED: OPEN},
    "require_free": {OPEN: OPEN},
    "active_ticket": {CALLING: CALLING, SERVING: SERVING},
}
"""Verb → state → the state after it."""

CODES: dict[str, dict[str, str]] = {
    "sign_on": dict.fromkeys((OPEN, CALLING, SERVING, PAUSED), "already_signed_on"),
    "sign_off": {CLOSED: "not_signed_on", CALLING: "window_busy", SERVING: "window_busy"},
    "pause": {CLOSED: "not_signed_on", PAUSED: "window_paused"},
    "resume": {CLOSED: "not_signed_on", OPEN: "not_paused", CALLING: "not_paused", SERVING: "not_paused"},
    "require_free": {
        CLOSED: "not_signed_on",
        CALLING: "window_busy",
        SERVING: "window_busy",
        PAUSED: "window_paused",
    },
    "active_ticket": {CLOSED: "not_signed_on", OPEN: "no_active_ticket", PAUSED: "window_paused"},
}

ALLOWED = [(verb, state) for verb in AFTER for state in AFTER[verb]]
REFUSED = [(verb, state) for verb in CODES for state in CODES[verb]]


def after(window: WindowState, happened: Sequence[Event] | Event) -> WindowState:
    for event in [happened] if isinstance(happened, Event) else happened:
        window = windows.evolve(event, window, entry(event))
    return window


def code_of(verb: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        verb()
    return refused.value.code, refused.value.facts


def test_every_verb_is_judged_in_every_state() -> None:
    for verb in VERBS:
        assert {*AFTER[verb], *CODES[verb]} == set(STATES), verb


@pytest.mark.parametrize(("verb", "state"), ALLOWED)
def test_an_allowed_verb_leads_to_the_next_state(verb: str, state: str) -> None:
    given = VERBS[verb](window_in(state), CLERK)
    happened = given if isinstance(given, (Event, list)) else []
    assert after(window_in(state), happened).state == AFTER[verb][state]


@pytest.mark.parametrize(("verb", "state"), REFUSED)
def test_any_other_verb_is_refused_with_its_code(verb: str, state: str) -> None:
    assert code_of(lambda: VERBS[verb](window_in(state), CLERK))[0] == CODES[verb][state]


@pytest.mark.parametrize("state", [OPEN, CALLING, SERVING, PAUSED])
@pytest.mark.parametrize("verb", ["sign_off", "pause", "resume", "require_free", "active_ticket"])
def test_another_clerk_may_do_nothing_at_a_window(verb: str, state: str) -> None:
    assert code_of(lambda: VERBS[verb](window_in(state), OTHER)) == ("not_yours", {"window": 1})


# -- one clerk one window ---------------------------------------------------------------------------------------


def test_a_taken_window_says_who_is_there() -> None:
    code, facts = code_of(lambda: windows.sign_on(window_in(OPEN), OTHER, "s2", None))
    assert (code, facts["clerk"]) == ("window_taken", CLERK)


def test_a_clerk_who_is_elsewhere_is_told_where() -> None:
    taken = code_of(lambda: windows.sign_on(window_in(CLOSED), CLERK, "s2", 3))
    assert taken == ("already_signed_on", {"window": 3})
    assert code_of(lambda: windows.sign_on(window_in(OPEN), OTHER, "s2", 3)) == taken


def test_a_sign_on_begins_with_a_clean_window() -> None:
    state = after(
        WindowState(1, suspended=True, relief_asked="工号009"), windows.sign_on(window_in(CLOSED), CLERK, "s2", None)
    )
    assert state == WindowState(1, since=NOW, sign_on="s2", clerk=CLERK, signed_on_at=NOW)


def test_a_busy_window_names_the_number_that_is_there() -> None:
    assert code_of(lambda: windows.sign_off(window_in(SERVING), CLERK, "A001", NOW))[1]["number"] == "A001"
    numbers = {"A1": "A001"}
    assert code_of(lambda: windows.require_free(window_in(CALLING), CLERK, numbers))[1]["number"] == "A001"


# -- pauses -----------------------------------------------------------------------------------------------------


def test_a_pause_stores_expected_return_and_limit() -> None:
    event = windows.pause(window_in(OPEN), CLERK, WHY, 7, "p2", NOW, RULES)
    assert isinstance(event, events.WindowPaused)
    assert (event.until, event.limit_at) == (NOW + timedelta(minutes=7), NOW + timedelta(minutes=15))
    state = after(window_in(OPEN), event)
    assert (state.paused_at, state.pause_until, state.pause_limit_at) == (NOW, event.until, event.limit_at)


@pytest.mark.parametrize("state", [CALLING, SERVING])
@pytest.mark.parametrize(
    "left", ["TicketFinished", "TicketMissed", "TicketHeld", "TicketGivenBack", "TicketTransferred"]
)
def test_a_pause_asked_for_during_a_visit_begins_when_it_has_left(state: str, left: str) -> None:
    asked = after(window_in(state), windows.pause(window_in(state), CLERK, WHY, 10, "p2", NOW, RULES))
    assert (asked.state, asked.pending) == (state, PENDING)
    free = after(asked, every_event()[left])
    paused = after(free, windows.pause_after_visit(free, "p2", NOW, RULES))
    assert (paused.state, paused.pending, paused.pause_until) == (PAUSED, None, NOW + timedelta(minutes=10))


def test_without_a_wish_no_pause_follows_a_visit() -> None:
    assert windows.pause_after_visit(window_in(OPEN), "p2", NOW, RULES) == []


def test_signing_off_during_a_pause_ends_the_pause_first() -> None:
    resumed, left = windows.sign_off(window_in(PAUSED), CLERK, None, NOW)
    assert isinstance(resumed, events.WindowResumed)
    assert left == events.SignedOff("s1", 1, CLERK)


@pytest.mark.parametrize(("beyond", "seconds"), [(-1.0, 0), (0.0, 0), (0.999, 0), (61.5, 61)])
def test_the_seconds_beyond_the_limit_are_told_at_the_return(beyond: float, seconds: int) -> None:
    away = window_in(PAUSED, pause_limit_at=NOW - timedelta(seconds=beyond))
    assert windows.resume(away, CLERK, NOW).overrun_seconds == seconds


def test_a_pause_without_a_limit_has_no_overrun() -> None:
    assert windows.overrun_seconds(None, NOW) == 0
    assert not window_in(OPEN).overrun(NOW)


def test_a_window_is_overrun_from_the_limit_on() -> None:
    away = window_in(PAUSED, pause_limit_at=NOW)
    assert not away.overrun(NOW - timedelta(microseconds=1))
    assert away.overrun(NOW)


def test_after_a_pause_nothing_of_it_is_left_and_the_sign_on_goes_on() -> None:
    told = window_in(PAUSED, pause_warned=True, pause_escalated=True, pause_acknowledged=True)
    back = after(told, windows.resume(told, CLERK, NOW))
    assert back == WindowState(1, since=NOW, sign_on="s1", clerk=CLERK, signed_on_at=minutes_ago(60))


def test_warning_escalation_and_acknowledgement_are_remembered() -> None:
    happened = every_event()
    state = after(window_in(PAUSED), [happened[f"Pause{what}"] for what in ("Warned", "Escalated", "Acknowledged")])
    assert (state.pause_warned, state.pause_escalated, state.pause_acknowledged) == (True, True, True)


# -- undo -------------------------------------------------------------------------------------------------------


def undone(*, serving: bool) -> Event:
    return events.StepUndone("A1", 1, "TicketFinished", "{}", serving=serving)


def test_an_undone_step_brings_the_visit_back_to_the_window() -> None:
    finished = after(window_in(SERVING), every_event()["TicketFinished"])
    assert (finished.state, after(finished, undone(serving=True)).state) == (OPEN, SERVING)
    assert after(window_in(SERVING), undone(serving=False)).state == CALLING


# -- relief, closure, lending -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [CALLING, SERVING])
def test_relief_keeps_the_visit_and_its_timer(state: str) -> None:
    before = window_in(state)
    relieved = after(before, windows.relieve(before, OTHER, "s2", None, NOW))
    assert (relieved.clerk, relieved.sign_on, relieved.signed_on_at) == (OTHER, "s2", NOW)
    assert (relieved.state, relieved.ticket, relieved.since) == (state, before.ticket, before.since)


def test_relief_ends_a_pause_with_its_seconds_beyond_the_limit() -> None:
    away = window_in(PAUSED, pause_limit_at=NOW - timedelta(seconds=61))
    resumed, taken = windows.relieve(away, OTHER, "s2", None, NOW)
    assert (resumed, taken) == (
        events.WindowResumed("p1", 1, CLERK, 61),
        events.WindowRelieved(1, "s1", CLERK, "s2", OTHER),
    )
    assert after(away, [resumed, taken]).state == OPEN


def test_relief_needs_somebody_to_relieve_and_somebody_who_is_free() -> None:
    assert code_of(lambda: windows.relieve(window_in(CLOSED), OTHER, "s2", None, NOW))[0] == "not_signed_on"
    assert code_of(lambda: windows.relieve(window_in(OPEN), CLERK, "s2", None, NOW))[0] == "already_signed_on"
    assert code_of(lambda: windows.relieve(window_in(OPEN), OTHER, "s2", 4, NOW)) == (
        "already_signed_on",
        {"window": 4},
    )


def test_relief_that_was_asked_for_is_forgotten_when_somebody_is_there() -> None:
    asked = after(window_in(PAUSED), events.ReliefAsked(1, OTHER))
    assert asked.relief_asked == OTHER
    assert after(asked, windows.relieve(asked, OTHER, "s2", None, NOW)).relief_asked is None


def test_a_leavers_window_is_suspended_until_somebody_signs_on() -> None:
    left = after(window_in(OPEN), events.WindowSuspended(1, "s1", CLERK))
    assert (left.state, left.clerk, left.suspended) == (PAUSED, None, True)
    assert after(left, windows.sign_on(left, OTHER, "s2", None)).state == OPEN


def test_nobody_signs_on_while_a_closure_lasts() -> None:
    closed = after(window_in(CLOSED), events.ClosureBegan("c1", 1, NOW + timedelta(hours=1)))
    assert code_of(lambda: windows.sign_on(closed, CLERK, "s2", None)) == ("window_closed", {"window": 1})
    assert after(closed, events.ClosureEnded("c1", 1)).closed_until is None


def test_a_lent_queue_becomes_a_primary_one_and_survives_who_comes_and_goes() -> None:
    planned = Window(1, "1A", "consult", ("A",), ("B", "N"))
    lent = after(window_in(OPEN), events.WindowLent(1, "B", CLERK))
    assert (windows.as_lent(planned, lent).primary, windows.as_lent(planned, lent).secondary) == (("A", "B"), ("N",))
    assert after(lent, windows.sign_off(lent, CLERK, None, NOW)).lent == ("B",)
    assert after(lent, events.WindowLent(1, None, CLERK)).lent == ()
    assert windows.as_lent(planned, window_in(OPEN)) is planned


def test_a_pause_that_was_only_asked_for_may_be_withdrawn() -> None:
    wishing = window_in(SERVING, pending=PENDING)
    assert after(wishing, windows.withdraw_pause(wishing, CLERK)).pending is None
    assert code_of(lambda: windows.withdraw_pause(window_in(SERVING), CLERK))[0] == "not_paused"


def test_a_visit_that_ended_with_the_day_leaves_the_window_empty() -> None:
    assert windows.without_ticket(window_in(SERVING)).state == OPEN


def test_events_of_tickets_without_a_window_leave_windows_alone() -> None:
    concerned = {kind for kind, event in every_event().items() if hasattr(event, "window")}
    for kind in set(every_event()) - concerned:
        assert after(window_in(SERVING), every_event()[kind]) == window_in(SERVING)
