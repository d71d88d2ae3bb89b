"""Events as facts: each kind is stored as text and read back, and old journals stay readable."""

from __future__ import annotations

import json

import pytest

from server.domain import events
from server.domain.events import EVENTS, Reason
from tests.makers import WHY, every_event


def test_the_samples_have_every_field_filled() -> None:
    for event in every_event().values():
        assert all(value != getattr(type(event), name, None) for name, value in vars(event).items()), event


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_survives_being_stored(kind: str) -> None:
    event = every_event()[kind]
    assert events.from_data(kind, events.to_data(event)) == event


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_stored_before_a_field_was_added_can_still_be_read(kind: str) -> None:
    event = every_event()[kind]
    optional = {name for name in vars(event) if hasattr(type(event), name)}
    old = {name: value for name, value in json.loads(events.to_data(event)).items() if name not in optional}
    read = events.from_data(kind, json.dumps(old))
    assert type(read) is type(event)


def test_a_field_that_nobody_knows_any_more_is_left_out() -> None:
    assert events.from_data("TicketExpired", '{"gone":1,"ticket":"A1"}') == events.TicketExpired("A1")


def test_a_kind_that_was_renamed_is_read_as_its_new_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events.RENAMED, "TicketVoided", "TicketExpired")
    assert events.from_data("TicketVoided", '{"ticket":"A1"}') == events.TicketExpired("A1")


def test_a_kind_that_nobody_knows_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        events.from_data("NeverHeardOf", "{}")


def test_defaults_are_not_written() -> None:
    assert events.to_data(events.TicketFinished("A1", 1, "受理")) == '{"outcome":"受理","ticket":"A1","window":1}'


@pytest.mark.parametrize("kind", EVENTS)
def test_a_reason_is_a_code_and_the_id_of_a_note_never_a_text(kind: str) -> None:
    reasons = [value for value in vars(every_event()[kind]).values() if isinstance(value, Reason)]
    assert all(set(vars(reason)) == {"code", "note"} for reason in reasons)
    assert events.to_data(events.TicketCancelled("A1", WHY)) == '{"reason":{"code":"其他"},"ticket":"A1"}'


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        every_event()["TicketExpired"].ticket = "A2"  # type: ignore[attr-defined]
