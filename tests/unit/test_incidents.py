"""The table of an incident's life: reported, taken, closed; and leave, that may be withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain import events, incidents, leaves
from server.domain.errors import Refused
from server.domain.events import Event
from server.domain.incidents import CLOSED, OPEN, TAKEN, Incident
from server.domain.leaves import Leave
from tests.makers import NOW, TODAY, entry, every_event

INCIDENT = Incident("i1", TODAY, "lift", "2B", "staff:工号001", NOW, "note-1")
LEAD = "工号009"

VERBS: dict[str, Callable[[Incident], Event]] = {
    "take": lambda incident: incidents.take(incident, LEAD),
    "close": lambda incident: incidents.close(incident, LEAD, "note-2"),
}
NEXT = {"take": {OPEN: TAKEN}, "close": {OPEN: CLOSED, TAKEN: CLOSED}}


def after(incident: Incident, event: Event) -> Incident:
    return incidents.evolve(event, incident, entry(event))


@pytest.mark.parametrize("state", [OPEN, TAKEN, CLOSED])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_state(verb: str, state: str) -> None:
    incident = replace(INCIDENT, state=state)
    if state in NEXT[verb]:
        assert after(incident, VERBS[verb](incident)).state == NEXT[verb][state]
        return
    with pytest.raises(Refused) as refused:
        VERBS[verb](incident)
    assert (refused.value.code, refused.value.facts["state"]) == ("wrong_state", state)


def test_an_incident_keeps_who_did_what_when() -> None:
    report = events.IncidentReported("i1", "lift", "2B", "staff:工号001", "note-1")
    opened = incidents.reported(report, entry(report))
    assert opened == INCIDENT
    closed = after(after(opened, VERBS["take"](opened)), VERBS["close"](opened))
    assert (closed.taken_by, closed.taken_at, closed.closed_by, closed.closed_at) == (LEAD, NOW, LEAD, NOW)
    assert (closed.note, closed.closing_note) == ("note-1", "note-2")


def test_other_events_leave_an_incident_alone() -> None:
    others = {kind: event for kind, event in every_event().items() if not kind.startswith("Incident")}
    assert others
    assert all(after(INCIDENT, event) == INCIDENT for event in others.values())


def test_an_incident_concerns_its_day_and_every_day_until_it_is_closed() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert [replace(INCIDENT, state=state).concerns(tomorrow) for state in (OPEN, TAKEN, CLOSED)] == [True, True, False]
    assert replace(INCIDENT, state=CLOSED).concerns(TODAY)


# -- leave -------------------------------------------------------------------------------------------------------

LAST = TODAY + timedelta(days=2)


def leave() -> Leave:
    filing = events.LeaveFiled("l1", "工号001", TODAY, LAST)
    return leaves.filed(filing, entry(filing))


def test_leave_covers_its_first_and_its_last_day() -> None:
    days = [TODAY + timedelta(days=number) for number in range(-1, 4)]
    assert [leave().covers(day) for day in days] == [False, True, True, True, False]


def test_withdrawn_leave_covers_no_day() -> None:
    withdrawal = events.LeaveWithdrawn("l1")
    withdrawn = leaves.evolve(withdrawal, leave(), entry(withdrawal))
    assert withdrawn.withdrawn
    assert not withdrawn.covers(TODAY)


def test_other_events_leave_leave_alone() -> None:
    event = every_event()["TicketExpired"]
    assert leaves.evolve(event, leave(), entry(event)) == leave()
