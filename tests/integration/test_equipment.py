"""What the server knows of a window's equipment, and the test call of the morning self-check (W8)."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.errors import Refused
from server.services import equipment
from tests.living_hall import LivingHall, staff


def found(hall: LivingHall, window: int = 1) -> dict[str, Any]:
    return equipment.equipment_row(hall.hall, hall.plan.window_by_number[window])


def ask_for_a_test(hall: LivingHall) -> None:
    hall.act(hall.clerk_at(1), lambda work: equipment.test_call(work, 1))
    hall.hall.announcer.wake()


def test_a_screen_is_alive_as_long_as_its_beat_is_young(hall: LivingHall) -> None:
    assert found(hall)["screen"] == {"alive": False, "seen_at": None}
    hall.hall.beats.note(equipment.screen_of(1))
    assert found(hall)["screen"]["alive"] is True
    hall.clock.let_pass(seconds=61)
    assert found(hall)["screen"]["alive"] is False


def test_a_test_call_is_said_in_the_zone_and_calls_nobody(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.hall.announcer.join("AZ1", "one")
    assert found(hall)["voice"] == {"zone": "AZ1", "loudspeaker": True, "tested_at": None}
    ask_for_a_test(hall)
    hall.hall.announcer.say_next()
    (message,) = hall.wire.of("announce")
    assert (message["number"], message["window"], message["times"]) == (None, None, 1)
    assert "测试" in message["text"]
    assert found(hall)["voice"]["tested_at"] is None
    hall.hall.announcer.heard("AZ1", message["id"], "one", ok=True)
    assert found(hall)["voice"]["tested_at"] is not None


def test_a_test_that_could_not_be_played_does_not_count_as_heard(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.hall.announcer.join("AZ1", "one")
    ask_for_a_test(hall)
    hall.hall.announcer.say_next()
    (message,) = hall.wire.of("announce")
    hall.hall.announcer.heard("AZ1", message["id"], "one", ok=False)
    assert found(hall)["voice"]["tested_at"] is None


def test_without_a_main_screen_nobody_can_be_heard(hall: LivingHall) -> None:
    assert found(hall)["voice"]["loudspeaker"] is False


def test_only_who_is_signed_on_may_try_the_loudspeaker(hall: LivingHall) -> None:
    hall.sign_on(1)
    with pytest.raises(Refused) as refused:
        hall.act(staff("工号002"), lambda work: equipment.test_call(work, 1))
    assert refused.value.code == "not_yours"
