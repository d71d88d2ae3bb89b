"""What the holder of a number may do with it, and what their page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from server.domain.errors import Refused
from server.services import queries, ticketing, visits
from tests.living_hall import LivingHall


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def page(hall: LivingHall, ticket: Any) -> dict[str, Any]:
    """What the page of a ticket shows now."""
    found = queries.find_ticket(hall.hall, ticket.token, hall.clock.now())
    shown: dict[str, Any] = queries.ticket_page(hall.hall, found, hall.clock.now())
    return shown


def missed(hall: LivingHall) -> Any:
    """Somebody who was called three times and did not come; window 1 is open."""
    hall.sign_on(1)
    ticket = hall.issue("A")
    hall.call_next(1)
    hall.call_three_times_and_miss(1)
    return ticket


# -- the holder --------------------------------------------------------------------------------------------------


def test_a_number_is_given_up_with_a_code_from_the_hall_file_or_the_first_of_them(hall: LivingHall) -> None:
    one, two = hall.issue("A"), hall.issue("A")
    assert hall.cancel(one).state == "cancelled"
    hall.holder(ticketing.cancel, two, "我不想等了")
    reasons = [entry.event.reason for entry in hall.journal()[-2:]]  # type: ignore[attr-defined]
    assert (reasons[0].code, reasons[0].note) == (hall.plan.desk.cancel_reasons[0], None)
    assert hall.storage.notes([reasons[1].note]) == {reasons[1].note: "我不想等了"}


def test_a_missed_person_returns_behind_the_third_and_is_told_until_when_they_may(hall: LivingHall) -> None:
    ticket = missed(hall)
    for _ in range(4):
        hall.issue("A")
    shown = page(hall, ticket)["ticket"]
    assert (shown["can"]["return"], shown["return_until"]) == (True, "2026-11-24T10:30:40+08:00")
    back = hall.return_to_line(ticket)
    assert (back.state, back.flags) == ("waiting", ("returned",))
    assert page(hall, ticket)["ticket"]["ahead"] == 3
    assert code_of(lambda: hall.return_to_line(ticket)) == "wrong_state"


def test_who_comes_back_too_late_or_twice_is_refused(hall: LivingHall) -> None:
    ticket = missed(hall)
    hall.let_pass(minutes=30, seconds=1)
    assert code_of(lambda: hall.return_to_line(ticket)) == "return_too_late"
    again = hall.issue("A")
    hall.call_next(1)
    hall.call_three_times_and_miss(1)
    hall.return_to_line(again)
    hall.call_next(1)
    hall.call_three_times_and_miss(1)
    assert code_of(lambda: hall.return_to_line(again)) == "return_not_allowed"
    assert not page(hall, again)["ticket"]["can"]["return"]


def test_the_slip_may_fail_and_be_printed_again(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    assert hall.holder(ticketing.report_print, ticket, "paper_out").print == "failed"
    assert hall.holder(ticketing.reprint, ticket).print == "pending"
    assert hall.holder(ticketing.report_print, ticket, None).print == "printed"


def test_on_the_way_is_told_until_the_visit_begins(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    assert page(hall, ticket)["ticket"]["can"]["on_the_way"]
    assert hall.holder(ticketing.on_the_way, ticket).on_the_way
    assert not page(hall, ticket)["ticket"]["can"]["on_the_way"]


def test_near_closing_the_holder_chooses_and_leaving_gives_the_number_up(hall: LivingHall) -> None:
    hall.sign_on(1)
    stay, leave = hall.issue("A"), hall.issue("A")
    assert hall.holder(ticketing.choose_after_hours, stay, "wait").after_hours_choice == "wait"
    assert hall.holder(ticketing.choose_after_hours, leave, "leave").state == "cancelled"
    chosen = [entry.event for entry in hall.journal() if entry.kind == "AfterHoursChosen"]
    assert chosen[0].predicted_finish_at > hall.clock.now()  # type: ignore[attr-defined]


def test_a_choice_without_an_open_window_has_no_prediction(hall: LivingHall) -> None:
    hall.holder(ticketing.choose_after_hours, hall.issue("A"), "wait")
    assert hall.journal()[-1].event.predicted_finish_at is None  # type: ignore[attr-defined]


def test_a_secret_link_is_dead_when_the_day_is_over_and_when_it_is_invented(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    assert page(hall, ticket)["ticket"]["number"] == "A001"
    hall.clock.set_to("2026-11-25T04:00:00+08:00")
    for act in (lambda: page(hall, ticket), lambda: hall.cancel(ticket)):
        assert code_of(act) == "not_found"
    hall.settle()
    assert code_of(lambda: page(hall, ticket)) == "not_found"
    invented = replace(ticket, token="invented")
    assert code_of(lambda: hall.cancel(invented)) == "not_found"


# -- the page ----------------------------------------------------------------------------------------------------


def test_the_page_shows_where_to_go_how_many_are_ahead_and_when(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    ticket = hall.issue("A", item="A01")
    answer = page(hall, ticket)
    shown = answer["ticket"]
    assert (shown["ahead"], shown["item_name"], shown["queue_name"]) == (1, "办事咨询", "咨询")
    assert shown["where"]["text"] == "一楼A区 1 号窗口"
    assert shown["url"] == f"http://hall.test/t/{ticket.token}"
    assert shown["estimate"]["low_minutes"] <= shown["estimate"]["likely_minutes"] <= shown["estimate"]["high_minutes"]
    assert answer["hall"] == {"short_name": "试验大厅", "name": "试验政务服务中心", "hotline": "12345"}
    assert answer["seq"] == hall.floor.seq


def test_the_page_of_a_called_number_shows_its_window_and_no_wait(hall: LivingHall) -> None:
    hall.sign_on(2)
    ticket = hall.issue("A")
    hall.call_next(2)
    shown = page(hall, ticket)["ticket"]
    assert (shown["where"]["windows"], shown["estimate"], shown["ahead"], shown["calls"]) == ([2], None, 0, 1)
    assert shown["can"] == {"cancel": False, "return": False, "on_the_way": True}


def test_without_an_open_window_the_wait_is_unknown_and_the_planned_windows_are_named(hall: LivingHall) -> None:
    shown = page(hall, hall.issue("B"))["ticket"]
    assert shown["estimate"] == {"unknown": "no_open_window"}
    assert shown["where"]["windows"] == [2, 3]


def test_who_chose_to_wait_past_closing_reads_that_the_number_stays_valid(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.at("2026-11-24T17:29:00+08:00")
    ticket = hall.issue("A", after_hours_choice="wait")
    notice = page(hall, ticket)["ticket"]["notice"]
    assert "您选择了继续等候" in notice["text"]
    assert "17:30" in notice["text_en"]
    assert notice["finish_at"] > "2026-11-24T17:30:00+08:00"


def test_who_will_be_done_in_time_reads_no_such_notice(hall: LivingHall) -> None:
    hall.sign_on(1)
    assert page(hall, hall.issue("A", after_hours_choice="wait"))["ticket"]["notice"] is None
    assert page(hall, hall.issue("A"))["ticket"]["notice"] is None


def test_a_page_never_shows_why_or_by_whom(hall: LivingHall) -> None:
    ticket = hall.issue("A")
    hall.sign_on(1)
    hall.call_next(1)
    hall.at_window(visits.give_back, 1, "他没有带身份证")
    shown = repr(page(hall, ticket))
    assert "A001" in shown, "the page is about this ticket"
    assert "身份证" not in shown
