"""One use case at a time: remembered when accepted, undone when refused, told to the world afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from server.domain.errors import Refused
from server.services import attendance, issuing, visits
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


# -- a new day ---------------------------------------------------------------------------------------------------


def test_at_four_the_day_turns(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(2)
    hall.issue("A")
    served = hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    hall.let_pass(minutes=1)
    hall.call_next(2)
    hall.at("2026-11-25T03:59:59+08:00")
    assert hall.ticket(served).state == "called"
    before = hall.floor.seq
    hall.at("2026-11-25T04:00:00+08:00")
    cut = [entry for entry in hall.journal() if entry.seq > before]
    assert [entry.kind for entry in cut] == [
        "TicketFinished",
        "TicketExpired",
        "SignedOff",
        "SignedOff",
        "DayBegan",
        "PhaseChanged",
    ]
    assert getattr(cut[0].event, "forgotten", None) is True
    assert all(getattr(entry.event, "by_clock", True) for entry in cut)
    assert {entry.actor for entry in cut} == {"system:clock"}
    assert hall.faults() == []


def test_a_new_day_numbers_from_the_beginning_also_when_the_server_was_down(hall: LivingHall) -> None:
    for _ in range(3):
        hall.issue("A")
    hall.close()
    hall.clock.set_to("2026-11-25T10:00:00+08:00")
    hall.reopen()
    hall.settle()
    assert hall.issue("A").number == "A001"
    assert hall.issue("A").number == "A002"


def test_a_command_that_comes_before_the_watcher_numbers_into_the_new_day(hall: LivingHall) -> None:
    old = hall.issue("A")
    hall.clock.set_to("2026-11-25T10:00:00+08:00")
    new = hall.issue("A")
    assert (new.number, new.business_day.isoformat(), new.id != old.id) == ("A001", "2026-11-25", True)
    began = next(entry for entry in hall.journal() if entry.kind == "DayBegan" and entry.seq > 2)
    assert began.actor == "system:clock"
    assert hall.faults() == []


def test_a_refused_command_before_the_watcher_does_not_turn_the_day_by_half(hall: LivingHall) -> None:
    old = hall.issue("A")
    hall.clock.set_to("2026-11-25T03:00:00+08:00")
    assert code_of(lambda: hall.issue("A")) == "closed"
    hall.clock.set_to("2026-11-25T05:00:00+08:00")
    assert code_of(lambda: hall.issue("A")) == "closed"
    assert hall.ticket(old).state == "waiting"
    hall.settle()
    assert hall.floor.ticket(old.id) is None


def test_yesterdays_identities_are_forgotten(hall: LivingHall) -> None:
    hall.issue("A", identity="hash of somebody")
    assert code_of(lambda: hall.issue("A", identity="hash of somebody")) == "already_waiting"
    hall.at("2026-11-25T10:00:00+08:00")
    with hall.storage.unit_of_work() as uow:
        yesterday = hall.journal()[0].business_day
        assert uow.tickets_of(yesterday, "hash of somebody") == []
    assert hall.issue("A", identity="hash of somebody").number == "A001"


def test_the_watcher_may_be_asked_twice(hall: LivingHall) -> None:
    hall.clock.set_to("2026-11-25T04:00:00+08:00")
    assert hall.settle() == 2
    assert (hall.hall.watch(), hall.settle()) == (False, 0)


# -- pauses and tickets at the window ----------------------------------------------------------------------------


def test_a_pause_asked_for_while_serving_begins_when_the_visit_has_left(hall: LivingHall) -> None:
    hall.sign_on(1)
    for leave in (
        lambda: hall.finish(1),
        lambda: hall.at_window(visits.give_back, 1, "叫错号"),
        lambda: hall.at_window(visits.hold, 1, "其他", 5),
        lambda: hall.at_window(visits.transfer, 1, visits.Destination("B", None), "其他"),
    ):
        hall.issue("A")
        hall.call_next(1)
        hall.start(1)
        assert hall.pause(1).state == "serving"
        leave()
        assert hall.floor.window(1).state == "paused"
        assert hall.resume(1).state == "open"
    hall.call_next(1)
    assert hall.pause(1).state == "calling"
    hall.call_three_times_and_miss(1)
    assert hall.floor.window(1).state == "paused"


def test_a_long_pause_is_warned_and_escalated_once_each_also_over_a_restart(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1, minutes=10)
    hall.let_pass(minutes=11, seconds=59)
    assert "PauseWarned" not in hall.kinds()
    hall.let_pass(seconds=1)
    hall.let_pass(minutes=2, seconds=59, milliseconds=999)
    assert hall.kinds().count("PauseWarned") == 1
    assert "PauseEscalated" not in hall.kinds()
    hall.let_pass(milliseconds=1)
    hall.reopen()
    hall.let_pass(minutes=30)
    assert (hall.kinds().count("PauseWarned"), hall.kinds().count("PauseEscalated")) == (1, 1)
    hall.resume(1)
    (pause,) = hall.floor.pauses.values()
    assert pause.overrun_seconds == 30 * 60


def test_after_downtime_the_lead_is_told_once(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1)
    hall.close()
    hall.clock.let_pass(hours=1)
    hall.reopen()
    hall.settle()
    assert (hall.kinds().count("PauseWarned"), hall.kinds().count("PauseEscalated")) == (0, 1)


def test_a_clerk_sits_at_one_window_and_a_window_has_one_clerk(hall: LivingHall) -> None:
    hall.sign_on(1)
    assert code_of(lambda: hall.sign_on(2, "工号001")) == "already_signed_on"
    assert code_of(lambda: hall.sign_on(1, "工号002")) == "window_taken"
    hall.sign_off(1)
    assert hall.sign_on(2, "工号001").clerk == "工号001"


def test_nobody_signs_off_with_a_visit_at_the_window(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    with pytest.raises(Refused) as refused:
        hall.sign_off(1)
    assert (refused.value.code, refused.value.facts["number"]) == ("window_busy", "A001")


def test_a_pause_is_acknowledged_once_and_an_open_window_not_at_all(hall: LivingHall) -> None:
    lead = staff("工号009", "area_lead")
    hall.sign_on(1)
    hall.act(lead, lambda work: attendance.acknowledge(work, 1))
    hall.pause(1)
    for _ in range(2):
        hall.act(lead, lambda work: attendance.acknowledge(work, 1))
    assert hall.kinds().count("PauseAcknowledged") == 1
