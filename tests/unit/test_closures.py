"""The table of a closure's life (3.2.4): every verb in every state, and what time makes due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from server.domain import closures, events
from server.domain.closures import APPROVED, FILED, OVER, RUNNING, WITHDRAWN, Closure
from server.domain.errors import Refused
from server.domain.events import Event
from tests.makers import NOW, TODAY, WHY, entry, every_event, window_in

STATES = (FILED, APPROVED, RUNNING, OVER, WITHDRAWN)
BEGINS, ENDS = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
CLOSURE = Closure("c1", TODAY, 1, WHY, WHY, BEGINS, ENDS, NOW, "staff:工号009")

VERBS: dict[str, Callable[[Closure], Event]] = {"approve": closures.approve, "withdraw": closures.withdraw}
NEXT: dict[str, dict[str, str]] = {
    "approve": {FILED: APPROVED},
    "withdraw": {FILED: WITHDRAWN, APPROVED: WITHDRAWN, RUNNING: OVER},
}


def in_state(state: str) -> Closure:
    return replace(CLOSURE, state=state)


def after(closure: Closure, event: Event, at: datetime = NOW) -> Closure:
    return closures.evolve(event, closure, entry(event, at=at))


@pytest.mark.parametrize(("verb", "state"), [(verb, state) for verb in NEXT for state in NEXT[verb]])
def test_an_allowed_verb_leads_to_the_next_state(verb: str, state: str) -> None:
    assert after(in_state(state), VERBS[verb](in_state(state))).state == NEXT[verb][state]


@pytest.mark.parametrize(
    ("verb", "state"), [(verb, state) for verb in NEXT for state in STATES if state not in NEXT[verb]]
)
def test_any_other_verb_is_refused(verb: str, state: str) -> None:
    with pytest.raises(Refused) as refused:
        VERBS[verb](in_state(state))
    assert (refused.value.code, refused.value.facts["state"]) == ("wrong_state", state)


def due(state: str, now: datetime, window: str = "open") -> str | None:
    """The kind of what is due."""
    event = closures.due(in_state(state), window_in(window), now)
    return type(event).__name__ if event else None


@pytest.mark.parametrize(
    ("state", "now", "kind"),
    [
        (FILED, BEGINS, None),
        (FILED, ENDS, "ClosureWithdrawn"),
        (APPROVED, BEGINS - timedelta(microseconds=1), None),
        (APPROVED, BEGINS, "ClosureBegan"),
        (APPROVED, ENDS, "ClosureWithdrawn"),
        (RUNNING, ENDS - timedelta(microseconds=1), None),
        (RUNNING, ENDS, "ClosureEnded"),
        (OVER, ENDS, None),
        (WITHDRAWN, ENDS, None),
    ],
)
def test_what_time_makes_due(state: str, now: datetime, kind: str | None) -> None:
    assert due(state, now) == kind


@pytest.mark.parametrize("window", ["calling", "serving"])
def test_a_closure_waits_until_the_visit_has_left_the_window(window: str) -> None:
    assert due(APPROVED, BEGINS, window) is None
    assert due(APPROVED, BEGINS, "paused") == "ClosureBegan"


def test_of_two_closures_of_a_window_the_second_waits_for_the_first() -> None:
    assert closures.due(in_state(APPROVED), replace(window_in("closed"), closure="c0"), BEGINS) is None


def test_a_closure_keeps_who_did_what_when() -> None:
    filing = events.ClosureFiled("c1", 1, WHY, BEGINS, ENDS, WHY)
    filed = closures.filed(filing, entry(filing))
    assert (filed.state, filed.filed_at, filed.filed_by, filed.approved_at) == (FILED, NOW, "staff:工号001", None)
    approved = after(filed, closures.approve(filed), NOW + timedelta(minutes=1))
    assert (approved.approved_at, approved.approved_by) == (NOW + timedelta(minutes=1), "staff:工号001")
    running = after(approved, events.ClosureBegan("c1", 1, ENDS), BEGINS)
    over = after(running, events.ClosureEnded("c1", 1), ENDS)
    assert (over.began_at, over.ended_at, over.state) == (BEGINS, ENDS, OVER)


def test_a_managers_own_closure_is_approved_with_its_filing() -> None:
    filing = events.ClosureFiled("c1", 1, WHY, BEGINS, ENDS, WHY, approved=True)
    assert (closures.filed(filing, entry(filing)).state, closures.filed(filing, entry(filing)).approved_at) == (
        APPROVED,
        NOW,
    )


def test_other_events_leave_a_closure_alone() -> None:
    others = {kind: event for kind, event in every_event().items() if not kind.startswith("Closure")}
    assert others
    assert all(after(CLOSURE, event) == CLOSURE for event in others.values())


def test_a_closure_concerns_its_day_and_every_day_until_it_is_over() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert [in_state(state).concerns(tomorrow) for state in STATES] == [True, True, True, False, False]
    assert all(in_state(state).concerns(TODAY) for state in STATES)
