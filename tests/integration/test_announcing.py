"""The loudspeaker zones: one sentence at a time, in order, said by one master, kept over restarts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.adapters import tables
from server.services import calling
from server.services.announcing import GRACE_SECONDS, call_speech
from tests.halls import plan_with
from tests.living_hall import LivingHall


class Zones:
    """A hall with the loudspeaker `one` in zone AZ1; windows 1 and 2 are heard there, window 3 in AZ2."""

    def __init__(self, hall: LivingHall) -> None:
        self.hall = hall
        for window in (1, 2, 3):
            hall.sign_on(window)
        self.announcer.join("AZ1", "one")

    @property
    def announcer(self) -> Any:
        return self.hall.hall.announcer

    def call(self, window: int = 1, queue: str = "A") -> str:
        """Somebody comes and is called; gives the number."""
        ticket = self.hall.issue(queue)
        called = self.hall.call_next(window)
        assert called == self.hall.ticket(ticket)
        return ticket.number

    def say(self) -> list[dict[str, Any]]:
        """Let the zones speak; gives what was sent since the last time."""
        before = len(self.hall.wire.of("announce"))
        self.announcer.say_next()
        found: list[dict[str, Any]] = self.hall.wire.of("announce")[before:]
        return found

    def said(self) -> list[str]:
        return [one["number"] for one in self.say()]

    def heard(self, message: dict[str, Any], screen: str = "one", *, ok: bool = True) -> None:
        self.announcer.heard(message["zone"], message["id"], screen, ok=ok)

    def became(self) -> list[tuple[str, str, str | None]]:
        """(number, state, why dropped) of every announcement, in order."""
        a = tables.announcements.c
        with self.hall.storage.engine.connect() as connection:
            rows = connection.execute(select(a.number, a.state, a.drop_reason).order_by(a.id))
            return [(row.number, row.state, row.drop_reason) for row in rows]


@pytest.fixture
def zones(hall: LivingHall) -> Zones:
    return Zones(hall)


def test_a_call_is_sent_to_the_master_of_its_zone_with_all_it_needs(zones: Zones) -> None:
    number = zones.call()
    (message,) = zones.say()
    assert {key: message[key] for key in ("zone", "number", "window", "times", "duration_seconds")} == {
        "zone": "AZ1",
        "number": number,
        "window": 1,
        "times": 2,
        "duration_seconds": 4.0,
    }
    assert message["text"] == "请A001号到1号窗口办理"
    assert message["url"].startswith("/audio/")
    assert [where for event, _, where in zones.hall.wire.sent if event == "announce"] == ["one"]


def test_calls_are_said_in_order_and_never_at_the_same_time(zones: Zones) -> None:
    first, second = zones.call(1), zones.call(2, "B")
    (message,) = zones.say()
    assert (message["number"], zones.say()) == (first, [])
    zones.heard(message)
    assert zones.said() == [second]


def test_another_zone_speaks_meanwhile(zones: Zones) -> None:
    zones.announcer.join("AZ2", "upstairs")
    below, above = zones.call(1), zones.call(3, "N")
    assert {(one["zone"], one["number"]) for one in zones.say()} == {("AZ1", below), ("AZ2", above)}


def test_a_window_in_a_zone_without_a_loudspeaker_is_called_in_silence(zones: Zones) -> None:
    zones.hall.sign_on(4)
    zones.call(4, "S")
    assert zones.say() == []
    assert zones.became() == []


def test_only_the_master_can_say_that_it_was_heard(zones: Zones) -> None:
    zones.announcer.join("AZ1", "two")
    zones.call()
    (message,) = zones.say()
    zones.heard(message, screen="two")
    zones.heard({**message, "id": message["id"] + 1})
    zones.heard({**message, "zone": "nowhere"})
    assert zones.became() == [("A001", "queued", None)]
    zones.heard(message)
    assert zones.became() == [("A001", "said", None)]


def test_a_master_that_could_not_play_says_so(zones: Zones) -> None:
    zones.call()
    (message,) = zones.say()
    zones.heard(message, ok=False)
    assert zones.became() == [("A001", "failed", None)]


# -- masters ----------------------------------------------------------------------------------------------------


def roles(zones: Zones) -> list[tuple[str, bool]]:
    return [(where, message["master"]) for event, message, where in zones.hall.wire.sent if event == "audio-role"]


def test_the_first_loudspeaker_of_a_zone_is_its_master_and_each_is_told(zones: Zones) -> None:
    assert not zones.announcer.join("AZ1", "two")
    assert zones.announcer.join("AZ2", "upstairs")
    assert roles(zones) == [("one", True), ("one", True), ("two", False), ("upstairs", True)]


def test_when_the_master_leaves_the_next_takes_up_what_it_was_saying(zones: Zones) -> None:
    zones.announcer.join("AZ1", "two")
    number = zones.call()
    zones.say()
    zones.announcer.leave("AZ1", "one")
    assert roles(zones)[-1] == ("two", True)
    (message,) = zones.say()
    assert message["number"] == number
    zones.heard(message, screen="two")
    assert zones.became() == [(number, "said", None)]


def test_a_master_that_leaves_while_the_sentence_is_made_is_not_sent_it(zones: Zones) -> None:
    number = zones.call()
    zones.hall.voice.meanwhile = lambda: zones.announcer.leave("AZ1", "one")
    assert zones.say() == []
    zones.announcer.join("AZ1", "two")
    assert zones.said() == [number]


def test_when_another_loudspeaker_leaves_the_master_goes_on(zones: Zones) -> None:
    zones.announcer.join("AZ1", "two")
    zones.call()
    (message,) = zones.say()
    zones.announcer.leave("AZ1", "two")
    zones.announcer.leave("AZ1", "never there")
    assert zones.say() == []
    zones.heard(message)
    assert zones.became() == [("A001", "said", None)]


def test_without_a_loudspeaker_calls_wait_for_one(zones: Zones) -> None:
    zones.announcer.leave("AZ1", "one")
    assert not zones.announcer.has_master("AZ1")
    number = zones.call()
    assert zones.say() == []
    zones.announcer.join("AZ1", "three")
    assert zones.said() == [number]


# -- a master that says nothing ---------------------------------------------------------------------------------


def test_a_master_that_never_answers_is_given_up_after_the_sound_should_have_ended(zones: Zones) -> None:
    zones.call(1)
    second = zones.call(2, "B")
    (message,) = zones.say()
    zones.hall.clock.machine += message["duration_seconds"] + GRACE_SECONDS
    assert zones.say() == []
    zones.hall.clock.machine += 0.01
    assert zones.said() == [second]
    assert zones.became()[0] == ("A001", "unheard", None)


def test_sound_takes_real_time_however_fast_the_hall_runs(zones: Zones) -> None:
    zones.call()
    zones.call(2, "B")
    zones.say()
    zones.hall.clock.set_to("2026-11-24T10:30:00+08:00")
    assert zones.say() == []


@pytest.mark.parametrize("kind", ["a voice that fails", "a voice that breaks down"])
def test_a_sentence_that_cannot_be_made_into_sound_does_not_silence_the_zone(zones: Zones, kind: str) -> None:
    zones.call(1)
    zones.hall.voice.broken = kind
    zones.say()
    zones.hall.voice.broken = ""
    second = zones.call(2, "B")
    assert zones.said() == [second]
    assert zones.became()[0] == ("A001", "failed", None)


# -- what need not be said any more -----------------------------------------------------------------------------


def test_a_call_that_was_answered_before_it_was_said_is_dropped(zones: Zones) -> None:
    zones.announcer.leave("AZ1", "one")
    zones.call()
    zones.hall.start(1)
    zones.announcer.join("AZ1", "one")
    assert zones.say() == []
    assert zones.became() == [("A001", "dropped", "answered")]


def test_a_call_again_takes_the_place_of_a_call_not_yet_said(zones: Zones) -> None:
    zones.call(2, "B")
    number = zones.call(1)
    (busy,) = zones.say()
    zones.hall.let_pass(seconds=20)
    zones.hall.at_window(calling.call_again, 1)
    zones.heard(busy)
    (message,) = zones.say()
    assert message["number"] == number
    assert [row for row in zones.became() if row[0] == number] == [
        (number, "dropped", "superseded"),
        (number, "queued", None),
    ]


def test_a_call_that_waited_longer_than_a_minute_is_dropped(zones: Zones) -> None:
    zones.announcer.leave("AZ1", "one")
    zones.call()
    zones.hall.clock.machine += 61
    zones.announcer.join("AZ1", "one")
    assert zones.say() == []
    assert zones.became() == [("A001", "dropped", "stale")]


def test_when_many_wait_each_is_said_once(open_hall: Callable[..., LivingHall]) -> None:
    hall = open_hall(plan_with(voice=plan_with().voice.__class__(repeat_when_backlog_over=1)))
    zones = Zones(hall)
    zones.announcer.leave("AZ1", "one")
    zones.call(1)
    zones.call(2, "B")
    zones.announcer.join("AZ1", "one")
    (message,) = zones.say()
    assert message["times"] == 1
    zones.heard(message)
    (message,) = zones.say()
    assert message["times"] == 2


# -- over a restart ---------------------------------------------------------------------------------------------


def test_what_was_not_yet_heard_is_said_after_a_restart(zones: Zones) -> None:
    first, second = zones.call(1), zones.call(2, "B")
    zones.say()
    zones.hall.reopen()
    zones.announcer.join("AZ1", "one")
    (message,) = zones.say()
    assert message["number"] == first
    zones.heard(message)
    assert zones.said() == [second]


def test_what_was_heard_is_not_said_again_after_a_restart(zones: Zones) -> None:
    zones.call(1)
    (message,) = zones.say()
    zones.heard(message)
    zones.hall.reopen()
    zones.announcer.join("AZ1", "one")
    assert zones.say() == []


# -- ahead of the press -----------------------------------------------------------------------------------------


def test_the_sentences_of_those_who_are_next_are_made_before_anybody_presses(zones: Zones) -> None:
    for _ in range(3):
        zones.hall.issue("A")
    zones.call(2, "B")
    prepared = {sentence.text for sentence in zones.hall.voice.prepared}
    assert {"请A001号到1号窗口办理", "请A002号到1号窗口办理"} <= prepared


def test_nothing_is_prepared_for_a_zone_without_a_loudspeaker(zones: Zones) -> None:
    zones.hall.issue("N")
    assert [sentence.text for sentence in zones.hall.voice.prepared if "N001" in sentence.text] == []


def test_where_one_circuit_is_heard_on_two_floors_the_call_says_which(open_hall: Callable[..., LivingHall]) -> None:
    plan = plan_with()
    one_circuit = tuple(zone.__class__(**{**vars(zone), "audio": "AZ1"}) for zone in plan.zones)
    speech = call_speech(plan_with(zones=one_circuit), "N001", 3, recall=False)
    assert "二楼" in speech.text
    assert "二楼" not in call_speech(plan, "N001", 3, recall=False).text
