"""One use case at a time: remembered when accepted, undone when refused, told to the world afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from server.domain.errors import Refused
from server.services import issuing, visits
from server.services.hall import Happened, Request
from server.services.issuing import Wish
from server.services.work import Work
from tests.living_hall import KIOSK, LivingHall, staff


def issue(hall: LivingHall, request: Request, actor: Any = KIOSK, queue: str = "A") -> tuple[int, dict[str, Any]]:
    def body(_: Work, ticket: Any) -> dict[str, Any]:
        return {"number": ticket.number, "id": ticket.id}

    return hall.hall.do(actor, lambda work: issuing.issue(work, Wish(queue=queue)), body, request)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


# -- the same request again --------------------------------------------------------------------------------------


def test_a_repeated_request_is_answered_as_the_first_and_nothing_happens(hall: LivingHall) -> None:
    first = issue(hall, Request("r1", {"queue": "A"}, 201))
    seq = hall.floor.seq
    assert issue(hall, Request("r1", {"queue": "A"}, 201)) == first
    assert first[0] == 201
    assert hall.floor.seq == seq


def test_a_repeated_request_is_known_after_a_restart(hall: LivingHall) -> None:
    first = issue(hall, Request("r1", {"queue": "A"}, 201))
    hall.reopen()
    assert issue(hall, Request("r1", {"queue": "A"}, 201)) == first


def test_the_answer_stays_as_it_was_although_the_hall_went_on(hall: LivingHall) -> None:
    hall.sign_on(1)
    first = issue(hall, Request("r1", {}))
    hall.call_next(1)
    assert issue(hall, Request("r1", {})) == first


def test_the_same_id_with_another_body_is_refused(hall: LivingHall) -> None:
    issue(hall, Request("r1", {"queue": "A"}))
    assert code_of(lambda: issue(hall, Request("r1", {"queue": "B"}), queue="B")) == "request_id_reused"


def test_the_order_of_fields_makes_no_other_body(hall: LivingHall) -> None:
    first = issue(hall, Request("r1", {"queue": "A", "print": "none"}))
    assert issue(hall, Request("r1", {"print": "none", "queue": "A"})) == first


def test_another_issuer_may_use_the_same_id(hall: LivingHall) -> None:
    first = issue(hall, Request("r1", {}))
    assert issue(hall, Request("r1", {}), staff("工号005", "guide")) != first


def test_the_same_id_on_another_day_is_another_request(hall: LivingHall) -> None:
    first = issue(hall, Request("r1", {}))
    hall.at("2026-11-25T10:00:00+08:00")
    second = issue(hall, Request("r1", {}))
    assert (second[1]["number"], second[1]["id"] != first[1]["id"]) == ("A001", True)


def test_a_refused_request_is_not_remembered(hall: LivingHall) -> None:
    hall.sign_on(1)

    def call() -> object:
        return hall.act(staff("工号001"), lambda work: visits.start(work, 1), Request("r1", {}))

    assert code_of(call) == "no_active_ticket"
    hall.issue("A")
    hall.call_next(1)
    assert hall.act(staff("工号001"), lambda work: visits.start(work, 1), Request("r1", {})).state == "serving"


def test_without_an_id_every_request_is_a_new_one(hall: LivingHall) -> None:
    assert issue(hall, Request())[1]["number"] == "A001"
    assert issue(hall, Request())[1]["number"] == "A002"


# -- refused, or broken ------------------------------------------------------------------------------------------


def test_a_refused_use_case_leaves_nothing_behind(hall: LivingHall) -> None:
    before = hall.floor.seq

    def two_things(work: Work) -> None:
        issuing.issue(work, Wish(queue="A"))
        visits.start(work, 1)

    assert code_of(lambda: hall.act(KIOSK, two_things)) == "not_signed_on"
    assert (hall.floor.seq, list(hall.floor.all_tickets()), hall.faults()) == (before, [], [])
    assert hall.issue("A").number == "A001"


def test_a_use_case_that_breaks_leaves_nothing_behind_and_the_hall_goes_on(hall: LivingHall) -> None:
    def broken(work: Work) -> None:
        issuing.issue(work, Wish(queue="A"))
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        hall.act(KIOSK, broken)
    assert hall.issue("A").number == "A001"


# -- telling the world -------------------------------------------------------------------------------------------


def test_followers_hear_what_happened_with_the_tickets_as_they_were(hall: LivingHall) -> None:
    heard: list[Happened] = []
    ticket = hall.issue("A")
    hall.sign_on(1)
    hall.hall.followers.append(heard.append)
    hall.call_next(1)
    (happened,) = heard
    assert [entry.kind for entry in happened.entries] == ["TicketCalled"]
    assert happened.before == {ticket.id: ticket}
    assert hall.ticket(ticket).state == "called"


def test_followers_hear_nothing_when_nothing_happened(hall: LivingHall) -> None:
    heard: list[Happened] = []
    hall.sign_on(1)
    hall.hall.followers.append(heard.append)
    assert hall.call_next(1) is None
    assert heard == []


def test_what_failed_to_follow_does_not_undo_the_ticket_and_is_logged(
    hall: LivingHall, caplog: pytest.LogCaptureFixture
) -> None:
    hall.sign_on(1)
    hall.hall.announcer.join("AZ1", "one")

    def no_paper(_: Happened) -> None:
        raise RuntimeError("no paper")

    hall.reactions.table = (("paper", no_paper), *hall.reactions.table)
    with caplog.at_level(logging.ERROR):
        ticket = hall.issue("A")
    assert hall.ticket(ticket).number == "A001"
    assert "after TicketIssued: paper failed" in caplog.text
    assert [news["kind"] for news in hall.wire.of("news", "public")][-1] == "TicketIssued", "the next ones still run"


def test_a_follower_that_fails_is_logged_and_the_next_one_told(
    hall: LivingHall, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Happened] = []

    def broken(_: Happened) -> None:
        raise RuntimeError("broken")

    hall.hall.followers[:0] = [broken]
    hall.hall.followers.append(heard.append)
    assert hall.issue("A").number == "A001"
    assert len(heard) == 1
    assert "after TicketIssued" in caplog.text
