"""Giving a number: every guard, and the promise that goes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from server.domain.errors import Refused
from server.services.identity import keyed_hash
from tests.halls import hall_plan, plan_with, plan_with_after_hours
from tests.living_hall import LivingHall, staff

GUIDE = staff("工号005", "guide")
DAY = "2026-11-24T"

Open = Callable[..., LivingHall]


def refusal(hall: LivingHall, *queue: Any, **wish: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        hall.issue(*queue, **wish)
    return refused.value.code, refused.value.facts


def at(hall: LivingHall, clock: str, day: str = DAY) -> LivingHall:
    hall.at(f"{day}{clock}+08:00")
    return hall


# -- the number --------------------------------------------------------------------------------------------------


def test_each_queue_counts_for_itself(hall: LivingHall) -> None:
    assert [hall.issue(queue).number for queue in "ABA"] == ["A001", "B001", "A002"]


def test_a_priority_number_is_marked_and_counts_in_the_same_sequence(hall: LivingHall) -> None:
    assert [hall.issue("A").number, hall.issue("A", priority_group="老年人").number, hall.issue("A").number] == [
        "A001",
        "VA002",
        "A003",
    ]


def test_a_ticket_knows_who_gave_it_and_how(hall: LivingHall) -> None:
    paper = hall.issue("A")
    phone = hall.issue("A", GUIDE, channel="guide", paperless=True)
    assert (paper.device, paper.channel, paper.print) == ("K1", "kiosk", "pending")
    assert (phone.device, phone.channel, phone.print) == (None, "guide", "paperless")


def test_tokens_and_ids_cannot_be_guessed_from_each_other(hall: LivingHall) -> None:
    tickets = [hall.issue("A") for _ in range(5)]
    assert len({ticket.token for ticket in tickets} | {ticket.id for ticket in tickets}) == 10
    assert min(len(ticket.token) for ticket in tickets) >= 20


def test_an_item_leads_to_its_queue(hall: LivingHall) -> None:
    ticket = hall.issue(None, item="B01", items=("B01", "B02"))
    assert (ticket.queue, ticket.item, ticket.items) == ("B", "B01", ("B01", "B02"))
    assert hall.issue(None, items=("B02", "B01")).item == "B02"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"queue": None}, "queue"),
        ({"queue": "Q"}, "queue"),
        ({"queue": "A", "item": "X99"}, "item"),
        ({"queue": "A", "items": ("X99",)}, "items"),
        ({"queue": "A", "item": "B01"}, "item"),
        ({"queue": "A", "priority_group": "认识主任的人"}, "priority_group"),
    ],
)
def test_a_wrong_wish_names_its_field(hall: LivingHall, wish: dict[str, Any], field: str) -> None:
    code, facts = refusal(hall, **wish)
    assert (code, facts["field"]) == ("invalid", field)


def test_when_all_numbers_are_given_the_queue_says_so(open_hall: Open) -> None:
    plan = plan_with(numbering=replace(hall_plan().numbering, grow_to_four_digits=False, kiosk_block=499))
    hall = open_hall(plan)
    assert hall.issue("A").number == "A001"
    assert refusal(hall, "A")[0] == "quota_reached"


# -- hours -------------------------------------------------------------------------------------------------------


def test_kiosks_give_numbers_from_ten_minutes_before_the_opening(hall: LivingHall) -> None:
    code, facts = refusal(at(hall, "08:49:59", "2026-11-25T"), "A")
    assert (code, facts["next_open_at"]) == ("closed", "2026-11-25T08:50:00+08:00")
    assert facts["hours"] == ["09:00–12:00", "14:00–17:30"]
    assert at(hall, "08:50:00", "2026-11-25T").issue("A").number == "A001"


def test_over_noon_only_queues_on_duty_give_numbers(hall: LivingHall) -> None:
    at(hall, "12:30:00")
    assert hall.issue("A").number == "A001"
    assert refusal(hall, "N")[0] == "closed"


def test_after_closing_no_number_is_given_and_the_refusal_is_polite(hall: LivingHall) -> None:
    at(hall, "17:30:00")
    with pytest.raises(Refused) as refused:
        hall.issue("A")
    assert "11月25日 08:50" in refused.value.message
    assert "不在取号时间内" in refused.value.message


def test_on_a_saturday_by_appointment_the_next_workday_is_told(hall: LivingHall) -> None:
    code, facts = refusal(at(hall, "10:00:00", "2026-11-28T"), "A")
    assert (code, facts["next_open_at"]) == ("closed", "2026-11-30T08:50:00+08:00")


def test_a_hall_that_never_opens_again_says_see_the_notice(open_hall: Open) -> None:
    plan = hall_plan()
    season = replace(plan.hours.seasons[0], sessions=())
    hall = open_hall(
        plan_with(hours=replace(plan.hours, seasons=(season,), saturday=replace(plan.hours.saturday, enabled=False)))
    )
    code, facts = refusal(hall, "A")
    assert (code, facts["next_open_at"], facts["hours"]) == ("closed", None, [])


# -- windows and quota -------------------------------------------------------------------------------------------


def test_a_queue_whose_windows_are_closed_but_planned_still_gives_numbers(hall: LivingHall) -> None:
    ticket = hall.issue("S")
    assert (ticket.number, ticket.promise) == ("S001", None)


def test_a_queue_that_nobody_serves_any_more_today_is_refused(hall: LivingHall) -> None:
    assert refusal(at(hall, "15:00:00"), "S")[0] == "no_open_window"
    hall.sign_on(4)
    assert hall.issue("S").number == "S001"


def test_a_quota_counts_for_its_session(hall: LivingHall) -> None:
    morning = [hall.issue("N") for _ in range(3)]
    for ticket in morning:
        hall.cancel(ticket)
    at(hall, "14:00:00")
    assert [hall.issue("N").number for _ in range(2)] == ["N004", "N005"]
    assert refusal(hall, "N") == ("quota_reached", {"quota": 2})


def test_a_quota_shrinks_with_the_time_that_is_left(hall: LivingHall) -> None:
    at(hall, "16:00:00")
    assert hall.issue("N").number == "N001"
    assert refusal(hall, "N") == ("quota_reached", {"quota": 2})


# -- one per person ----------------------------------------------------------------------------------------------


def test_a_person_has_one_active_number_in_a_queue_and_is_shown_it(hall: LivingHall) -> None:
    first = hall.issue("A", identity="somebody")
    assert refusal(hall, "A", identity="somebody") == ("already_waiting", {"number": "A001", "token": first.token})
    assert hall.issue("B", identity="somebody").number == "B001"
    assert hall.issue("A", identity="somebody else").number == "A002"
    assert hall.issue("A").number == "A003"


def test_who_is_done_or_has_given_up_may_come_again(hall: LivingHall) -> None:
    hall.cancel(hall.issue("A", identity="somebody"))
    hall.sign_on(1)
    hall.issue("A", identity="somebody")
    hall.serve(1)
    assert hall.issue("A", identity="somebody").number == "A003"


def test_a_missed_person_is_still_in_the_hall(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A", identity="somebody")
    hall.call_next(1)
    hall.call_three_times_and_miss(1)
    assert refusal(hall, "A", identity="somebody")[0] == "already_waiting"


def test_an_identity_is_kept_as_a_hash_of_today_only(hall: LivingHall) -> None:
    today = keyed_hash(hall.hall, " 5001 x ")
    assert today == keyed_hash(hall.hall, "5001X") == keyed_hash(hall.hall, "５００１ｘ")
    assert today != keyed_hash(hall.hall, "5001Y")
    assert "5001" not in str(today)
    assert keyed_hash(hall.hall, None) is None
    at(hall, "10:00:00", "2026-11-25T")
    assert keyed_hash(hall.hall, "5001X") != today


# -- near closing (4.3.4.2) --------------------------------------------------------------------------------------


def test_who_would_be_done_after_closing_is_told_when_and_chooses(hall: LivingHall) -> None:
    hall.sign_on(1)
    at(hall, "17:29:00")
    code, facts = refusal(hall, "A")
    assert (code, facts["closes_at"]) == ("after_hours_choice", "2026-11-24T17:30:00+08:00")
    assert facts["predicted_finish_at"] > facts["closes_at"]
    assert facts["choices"] == ["wait", "book", "leave"]
    assert refusal(hall, "A", after_hours_choice="leave")[0] == "after_hours_choice"
    ticket = hall.issue("A", after_hours_choice="wait")
    assert (ticket.number, ticket.after_hours_choice) == ("A001", "wait")


def test_who_will_be_done_in_time_is_not_asked(hall: LivingHall) -> None:
    hall.sign_on(1)
    assert at(hall, "17:10:00").issue("A").after_hours_choice is None


def test_noon_is_a_closing_time_but_not_for_queues_on_duty(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(3)
    at(hall, "11:58:00")
    assert refusal(hall, "N")[0] == "after_hours_choice"
    assert hall.issue("A").number == "A001"


def test_without_an_open_window_nobody_can_predict_and_nobody_is_asked(hall: LivingHall) -> None:
    assert at(hall, "17:29:00").issue("A").promise is None


def test_a_hall_that_does_not_ask_does_not_ask(open_hall: Open) -> None:
    hall = open_hall(plan_with_after_hours(notice_when_predicted_finish_after_close=False))
    hall.sign_on(1)
    assert at(hall, "17:29:00").issue("A").number == "A001"


# -- the promise -------------------------------------------------------------------------------------------------


def test_the_promise_is_kept_with_the_ticket_and_grows_along_the_line(hall: LivingHall) -> None:
    hall.sign_on(1)
    promised = [hall.issue("A").promise for _ in range(4)]
    likely = [promise.likely_minutes for promise in promised if promise]
    assert (len(likely), likely[0], likely == sorted(likely)) == (4, 0, True)
    for promise in promised:
        assert promise is not None
        assert promise.low_minutes <= promise.likely_minutes <= promise.high_minutes
        assert promise.finish_at > promise.start_at


def test_somebody_with_priority_is_promised_the_place_they_get(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    ordinary = [hall.issue("A").promise for _ in range(5)]
    favoured = hall.issue("A", priority_group="老年人").promise
    assert favoured is not None
    assert ordinary[0] is not None
    assert favoured.likely_minutes == pytest.approx(ordinary[0].likely_minutes, abs=0.1)
