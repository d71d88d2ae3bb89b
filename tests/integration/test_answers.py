"""What a command answers: the ticket or window acted on, as it is now, without what the news will bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.domain.errors import Refused
from server.services import access, attendance, calling, issuing, queries, visits
from server.services.access import Access, account_rows
from server.services.calling_sentences import order_rows
from server.services.issuing import Wish
from server.services.work import Work
from tests.fakes import MemoryAccess, PlainPasswords
from tests.living_hall import KIOSK, LivingHall, staff


def at_window(hall: LivingHall, window: int, use_case: Callable[[Work], Any]) -> dict[str, Any]:
    """The answer of a command at a window."""

    def body(work: Work, ticket: Any) -> dict[str, Any]:
        return queries.window_body(hall.hall, work, window, ticket)

    _, answer = hall.hall.do(hall.clerk_at(window), use_case, body)
    return answer


# -- commands ----------------------------------------------------------------------------------------------------


def test_a_ticket_is_answered_with_all_that_slip_and_phone_show(hall: LivingHall) -> None:
    hall.sign_on(1)

    def body(work: Work, ticket: Any) -> dict[str, Any]:
        return queries.ticket_body(hall.hall, work, ticket)

    _, answer = hall.hall.do(KIOSK, lambda work: issuing.issue(work, Wish(queue="A")), body)
    shown = answer["ticket"]
    assert (shown["number"], shown["state"], shown["ahead"], shown["print"]) == ("A001", "waiting", 0, "pending")
    assert shown["estimate"]["likely_minutes"] == 0
    assert (shown["where"]["windows"], shown["notice"]) == ([1], None)


def test_the_ticket_of_an_answer_is_the_one_acted_on(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    answer = at_window(hall, 1, lambda work: visits.finish(work, 1, "受理", (), None))
    assert (answer["ticket"]["state"], answer["window"]["state"]) == ("done", "open")
    assert answer["seq"] == hall.floor.seq


def test_nobody_waiting_is_answered_with_no_ticket(hall: LivingHall) -> None:
    hall.sign_on(1)
    answer = at_window(hall, 1, lambda work: calling.call_next(work, 1))
    assert (answer["ticket"], answer["window"]["state"]) == (None, "open")


def test_what_costs_every_press_comes_with_the_news(hall: LivingHall) -> None:
    hall.sign_on(1)
    answer = at_window(hall, 1, lambda work: calling.call_next(work, 1))
    assert {"next", "today"}.isdisjoint(answer["window"])
    (row,) = [row for row in hall.board.picture("caller", hall.clock.now())["windows"] if row["number"] == 1]
    assert {"next", "today"} <= set(row)


# -- why the next is next ----------------------------------------------------------------------------------------


def explained(hall: LivingHall, window: int) -> list[tuple[str, str]]:
    """(number, why) of whom a window calls next."""
    rows = order_rows(hall.plan, hall.floor, hall.plan.window_by_number[window], hall.clock.now())
    assert all(row["why_en"].isascii() or "Nobody waits" in row["why_en"] for row in rows)
    return [(row["number"], row["why"]) for row in rows]


def test_each_of_the_next_is_explained_in_words(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.issue("B")
    for _ in range(3):
        hall.issue("A", priority_group="老年人")
    assert explained(hall, 1) == [
        ("VA002", "老年人优先"),
        ("VA003", "老年人优先"),
        ("A001", "已连续叫 2 位优先，按规则轮到 1 位普通群众"),
        ("VA004", "老年人优先"),
        ("B001", "A 队列没有人等候；按取号先后，10:00 取号"),
    ]


def test_who_was_sent_to_this_window_and_who_is_back_is_explained(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(2)
    hall.issue("A")
    hall.issue("A")
    hall.call_next(1)
    hall.transfer(1, window=2)
    hall.call_next(1)
    hall.give_back(1)
    assert explained(hall, 2)[0] == ("A001", "指定在本窗口办理；从别的窗口转来，不用重新排队")
    assert explained(hall, 1) == [("A002", "挂起或退回后回来，优先叫")]


def test_the_order_explained_is_the_order_in_which_people_are_called(hall: LivingHall) -> None:
    hall.sign_on(1)
    for number in range(9):
        hall.issue("A", priority_group="老年人" if number % 2 else None)
    told = [number for number, _ in explained(hall, 1)]
    called = []
    while ticket := hall.call_next(1):
        called.append(ticket.number)
        hall.finish_called(1)
    assert told == called[: len(told)]
    assert len(told) == 8


# -- people who come and go --------------------------------------------------------------------------------------


def test_the_list_of_accounts_says_who_may_sign_in_and_where_they_are(hall: LivingHall) -> None:
    hall.sign_on(1)
    house = Access(MemoryAccess(), PlainPasswords(), hall.clock)
    house.open_accounts([("工号001", "clerk", True), ("工号002", "clerk", False)])
    rows = {row["staff"]: row for row in account_rows(house, hall.plan, hall.floor)}
    assert {name: (row["account"], row["active"], row["window"]) for name, row in list(rows.items())[:3]} == {
        "工号001": (True, True, 1),
        "工号002": (True, False, None),
        "工号003": (False, False, None),
    }


@pytest.mark.parametrize(
    "use_case",
    [
        lambda work: access.record_password(work, "工号777"),
        lambda work: access.record_end(work, "工号777", "离职"),
        lambda work: access.record_restored(work, "工号777"),
        lambda work: access.record_enrolment(work, "K9"),
        lambda work: attendance.ask_relief(work, 1, "工号777"),
    ],
    ids=["password", "end", "restored", "device", "relief"],
)
def test_nobody_of_that_number_is_refused(hall: LivingHall, use_case: Callable[[Work], Any]) -> None:
    with pytest.raises(Refused) as refused:
        hall.act(staff("工号011", "system"), use_case)
    assert refused.value.code == "invalid"


def test_a_pause_may_ask_for_somebody_to_take_over(hall: LivingHall) -> None:
    hall.sign_on(1)
    state = hall.act(staff("工号001"), lambda work: attendance.pause(work, 1, "临时离岗", 5, relief="工号004"))
    assert (state.state, hall.journal()[-1].kind) == ("paused", "ReliefAsked")
    with pytest.raises(Refused) as refused:
        hall.arrange(lambda work: attendance.ask_relief(work, 2, "工号004"))
    assert refused.value.code == "not_signed_on"


def test_a_pause_that_was_asked_for_during_a_visit_may_be_withdrawn(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    hall.pause(1)
    assert hall.act(staff("工号001"), lambda work: attendance.withdraw_pause(work, 1)).pending is None
    hall.finish_called(1)
    assert hall.floor.window(1).state == "open"
