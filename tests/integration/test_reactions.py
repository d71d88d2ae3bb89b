"""What pages hear besides news: phones of their own ticket, figures that moved, devices that fell silent."""

from __future__ import annotations

from typing import Any

import pytest

from server.services import arranging, ticketing
from server.services.beats import ALIVE_SECONDS
from tests.living_hall import LivingHall


def told(hall: LivingHall, ticket: Any) -> list[dict[str, Any]]:
    """What the page of this ticket was sent."""
    return [message["ticket"] for message in hall.wire.of("ticket", f"ticket:{ticket.id}")]


# -- phones ------------------------------------------------------------------------------------------------------


def test_a_phone_hears_of_its_own_call_at_once(hall: LivingHall) -> None:
    hall.sign_on(1)
    ticket = hall.issue("A")
    hall.reactions.follow(ticket.id)
    hall.call_next(1)
    assert [(each["state"], each["window"]) for each in told(hall, ticket)] == [("called", 1)]


def test_a_phone_hears_how_many_are_ahead_with_the_next_tick(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    ticket = hall.issue("A")
    hall.reactions.follow(ticket.id)
    hall.call_next(1)
    assert told(hall, ticket) == []
    hall.reactions.tick()
    assert [each["ahead"] for each in told(hall, ticket)] == [0]


def test_a_phone_is_not_told_the_same_twice(hall: LivingHall) -> None:
    hall.sign_on(1)
    ticket = hall.issue("A")
    hall.reactions.follow(ticket.id)
    for _ in range(3):
        hall.reactions.tick()
        hall.let_pass(minutes=1)
    assert len(told(hall, ticket)) == 1


def test_nobody_hears_of_a_ticket_that_nobody_follows(hall: LivingHall) -> None:
    hall.sign_on(1)
    followed, other = hall.issue("A"), hall.issue("A")
    hall.reactions.follow(followed.id)
    hall.call_next(1)
    hall.holder(ticketing.on_the_way, other)
    assert told(hall, followed), "somebody is told, so that this test means something"
    assert told(hall, other) == []


def test_a_ticket_is_followed_until_its_last_page_is_closed(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    hall.reactions.follow(ticket.id)
    hall.reactions.follow(ticket.id)
    hall.reactions.unfollow(ticket.id)
    assert hall.reactions.followed == {ticket.id: 1}
    hall.reactions.unfollow(ticket.id)
    hall.reactions.unfollow(ticket.id)
    assert hall.reactions.followed == {}
    hall.holder(ticketing.on_the_way, ticket)
    assert told(hall, ticket) == []


def test_every_phone_hears_of_an_evacuation(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    hall.reactions.follow(ticket.id)
    hall.arrange(lambda work: arranging.evacuate(work, on=True))
    assert len(told(hall, ticket)) == 1


def test_a_page_of_yesterdays_ticket_is_left_in_peace(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    hall.reactions.follow(ticket.id)
    hall.at("2026-11-25T10:00:00+08:00")
    hall.reactions.tick()
    assert {each["number"] for each in told(hall, ticket)} <= {"A001"}


# -- figures -----------------------------------------------------------------------------------------------------


def estimates(hall: LivingHall, room: str = "public") -> list[str]:
    """The queues whose figures were told, in order."""
    return [row["id"] for message in hall.wire.of("estimates", room) for row in message["queues"]]


def test_figures_are_told_when_they_moved_and_not_again(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.reactions.tick()
    assert set(estimates(hall)) == {"A", "B"}
    assert estimates(hall, "staff") == estimates(hall)
    hall.reactions.tick()
    assert set(estimates(hall)) == {"A", "B"}
    assert len(estimates(hall)) == 2


def test_figures_go_down_while_a_visit_lasts_and_nothing_else_happens(hall: LivingHall) -> None:
    hall.sign_on(3)
    hall.issue("N")
    hall.call_next(3)
    hall.start(3)
    hall.reactions.tick()
    before = hall.board.picture("public", hall.clock.now())["queues"][2]["estimate"]["likely_minutes"]
    count = len(estimates(hall))
    hall.let_pass(minutes=5)
    hall.reactions.tick()
    after = hall.board.picture("public", hall.clock.now())["queues"][2]["estimate"]["likely_minutes"]
    assert len(estimates(hall)) > count
    assert after == pytest.approx(before - 5, abs=1)


def test_figures_do_not_move_within_the_same_moment(hall: LivingHall) -> None:
    hall.sign_on(3)
    hall.reactions.tick()
    count = len(hall.wire.sent)
    hall.let_pass(seconds=14)
    hall.reactions.tick()
    assert len(hall.wire.sent) == count


# -- devices -----------------------------------------------------------------------------------------------------


def silent(hall: LivingHall) -> dict[str, bool]:
    """The devices as the manager's board was told last."""
    return {row["id"]: row["silent"] for row in hall.wire.of("devices", "staff")[-1]["devices"]}


def test_the_manager_hears_of_a_device_that_falls_silent_and_of_its_return(hall: LivingHall) -> None:
    hall.hall.beats.note("K1", printer={"state": "ok"}, paper_left=70)
    hall.reactions.tick()
    assert silent(hall) == {"K1": False, "K2": False, "MS1": False}
    hall.clock.machine += ALIVE_SECONDS + 0.1
    hall.reactions.tick()
    assert silent(hall)["K1"]
    hall.hall.beats.note("K1", printer={"state": "ok"}, paper_left=69)
    hall.reactions.tick()
    assert not silent(hall)["K1"]


def test_devices_are_told_only_when_something_about_them_changed(hall: LivingHall) -> None:
    hall.hall.beats.note("K1", printer={"state": "ok"})
    hall.reactions.tick()
    hall.clock.machine += 20
    hall.hall.beats.note("K1", printer={"state": "ok"})
    hall.reactions.tick()
    assert len(hall.wire.of("devices")) == 1
    hall.hall.beats.note("K1", printer={"state": "out"})
    hall.reactions.tick()
    assert hall.wire.of("devices")[-1]["devices"][0]["printer"] == {"state": "out"}


def test_at_night_a_silent_kiosk_is_no_alarm(hall: LivingHall) -> None:
    hall.hall.beats.note("K1")
    hall.at("2026-11-24T22:00:00+08:00")
    hall.clock.machine += 3600
    hall.reactions.tick()
    assert not silent(hall)["K1"]


def test_the_public_hears_nothing_of_devices(hall: LivingHall) -> None:
    hall.hall.beats.note("K1")
    hall.reactions.tick()
    assert hall.wire.of("devices", "staff")
    assert hall.wire.of("devices", "public") == []
