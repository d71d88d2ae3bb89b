"""Late, early off and empty windows, overrides, quotas that shrink, fairness through a day (W1, K13 to K15)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import delete

from server.adapters import tables
from server.domain.errors import Refused
from server.domain.quotas import places_left
from server.services import arranging, attendance, calling
from server.services.ledgers import LEDGERS
from tests.halls import hall_plan
from tests.living_hall import LivingHall

DAY = "2026-11-24"
OpenHall = Callable[..., LivingHall]
Row = dict[str, object]


def ledger(hall: LivingHall, name: str, day: str = DAY) -> list[Row]:
    wanted = date.fromisoformat(day)
    return LEDGERS[name](hall.plan, hall.storage, wanted, wanted, hall.clock.now())


def empty(hall: LivingHall, window: int, day: str = DAY) -> list[tuple[str, str | None]]:
    """The stretches in which a window was empty, as clock times."""
    rows = [row for row in ledger(hall, "empty", day) if row["window"] == window]
    return [(str(row["from"])[11:16], str(row["to"])[11:16] if row["to"] else None) for row in rows]


# -- late, early off, empty -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "early", "late"), [("08:55:00", 5, False), ("08:55:01", 4, True), ("09:10:00", -10, True)]
)
def test_in_time_is_five_minutes_before_the_opening(open_hall: OpenHall, came: str, early: int, late: bool) -> None:
    hall = open_hall(now=f"{DAY}T{came}+08:00")
    hall.sign_on(2)
    (row,) = ledger(hall, "attendance")
    assert (row["minutes_early"], row["late"], row["early_off"], row["to"]) == (early, late, False, None)


def test_who_takes_another_window_over_is_not_late(open_hall: OpenHall) -> None:
    hall = open_hall(now=f"{DAY}T10:00:00+08:00")
    hall.sign_on(2, "工号004")
    assert ledger(hall, "attendance")[0]["late"] is False


@pytest.mark.parametrize(("left", "early_off"), [("11:59:59", True), ("12:00:00", False)])
def test_who_leaves_before_the_closing_is_off_early(open_hall: OpenHall, left: str, early_off: bool) -> None:
    hall = open_hall(now=f"{DAY}T08:50:00+08:00")
    hall.sign_on(2)
    hall.at(f"{DAY}T{left}+08:00")
    hall.sign_off(2)
    assert ledger(hall, "attendance")[0]["early_off"] is early_off


def test_a_planned_window_without_anybody_is_empty_while_it_lasts(open_hall: OpenHall) -> None:
    hall = open_hall(now=f"{DAY}T08:50:00+08:00")
    assert empty(hall, 2) == []
    hall.at(f"{DAY}T09:30:00+08:00")
    assert empty(hall, 2) == [("09:00", None)]
    hall.sign_on(2)
    hall.at(f"{DAY}T11:00:00+08:00")
    hall.sign_off(2)
    hall.at(f"{DAY}T13:00:00+08:00")
    assert empty(hall, 2) == [("09:00", "09:30"), ("11:00", "12:00")]


def test_a_change_of_clerks_is_no_empty_window(open_hall: OpenHall) -> None:
    hall = open_hall(now=f"{DAY}T08:50:00+08:00")
    hall.sign_on(2)
    hall.at(f"{DAY}T10:00:00+08:00")
    hall.sign_off(2)
    hall.let_pass(seconds=59)
    hall.sign_on(2, "工号004")
    hall.at(f"{DAY}T12:00:00+08:00")
    assert empty(hall, 2) == []


def test_a_filed_closure_is_no_empty_window(open_hall: OpenHall) -> None:
    hall = open_hall(now=f"{DAY}T08:50:00+08:00")
    hall.sign_on(2)
    hall.file_closure(2, f"{DAY}T10:00:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.at(f"{DAY}T10:00:00+08:00")
    hall.at(f"{DAY}T11:00:00+08:00")
    hall.at(f"{DAY}T11:20:00+08:00")
    assert empty(hall, 2) == [("11:00", None)]


def test_a_window_is_empty_only_in_the_sessions_it_is_planned_in(open_hall: OpenHall) -> None:
    hall = open_hall(now=f"{DAY}T16:00:00+08:00")
    assert empty(hall, 4) == [("09:00", "12:00")]
    assert empty(hall, 3) == [("09:00", "12:00"), ("14:00", None)]


def test_on_a_saturday_only_the_windows_of_the_saturday_can_be_empty(open_hall: OpenHall) -> None:
    hall = open_hall(now="2026-11-28T13:00:00+08:00")
    assert empty(hall, 1, "2026-11-28") == [("09:00", "12:00")]
    assert empty(hall, 2, "2026-11-28") == []


# -- overrides and notes ----------------------------------------------------------------------------------------


def test_everything_that_lets_somebody_go_first_is_in_the_ledger_of_overrides(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(2)
    for _ in range(3):
        hall.issue("A")
    hall.issue("A", priority_group="老年人")
    hall.call_one(1, "A002", "她发烧了")
    hall.arrange(lambda work: calling.put_first(work, "A003", "特殊群体"))
    hall.at_window(calling.walk_in, 2, "B", None)
    hall.arrange(lambda work: attendance.lend(work, 1, "N"))
    hall.arrange(lambda work: arranging.move_queue(work, "A", "B", "人员调配"))
    rows = ledger(hall, "overrides")
    assert [(row["kind"], row["number"], row["reason"]) for row in rows[:5]] == [
        ("priority", "VA004", "老年人"),
        ("called_on_purpose", "A002", "她发烧了"),
        ("put_first", "A003", "特殊群体"),
        ("walk_in", "B001", "无号办理"),
        ("lent", None, "N"),
    ]
    assert sorted((row["kind"], row["number"]) for row in rows[5:]) == [
        ("moved", "A001"),
        ("moved", "A003"),
        ("moved", "VA004"),
    ]
    assert {row["by"] for row in rows[2:3]} == {"staff:工号009"}


def test_calls_in_order_are_no_overrides(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    assert ledger(hall, "overrides") == []


def test_when_the_words_are_erased_the_rows_stay(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_one(1, "A001", "她说她是他的母亲")
    assert [row["reason"] for row in ledger(hall, "overrides")] == ["她说她是他的母亲"]
    with hall.storage.engine.begin() as connection:
        connection.execute(delete(tables.notes))
    assert [(row["number"], row["reason"]) for row in ledger(hall, "overrides")] == [("A001", "其他")]
    assert hall.faults() == []


# -- quotas (K15) -----------------------------------------------------------------------------------------------


def places(clock: str, *, taken: int, waiting: int, quota: int = 20) -> int | None:
    plan = hall_plan()
    queue = replace(plan.queue_by_prefix["N"], quota={"afternoon": quota})
    return places_left(plan, queue, datetime.fromisoformat(f"{DAY}T{clock}+08:00"), taken=taken, waiting=waiting)


def test_a_quota_is_whole_before_its_session_and_shrinks_with_the_time_that_is_left() -> None:
    assert places("13:55:00", taken=0, waiting=0) == 20
    assert places("15:45:00", taken=0, waiting=0) == 10
    assert places("17:29:00", taken=0, waiting=0) == 1
    left = [
        places(f"{hour}:{minute:02}:00", taken=0, waiting=0) or 0 for hour in (14, 15, 16) for minute in (0, 20, 40)
    ]
    assert left == sorted(left, reverse=True)


def test_who_waits_takes_a_place_of_those_that_can_still_be_served() -> None:
    assert places("15:45:00", taken=4, waiting=4) == 6
    assert places("15:45:00", taken=4, waiting=12) == 0
    assert places("13:55:00", taken=19, waiting=0) == 1


def test_without_a_quota_for_the_session_there_is_no_bound() -> None:
    assert places("10:00:00", taken=500, waiting=500) is None
    assert places("18:00:00", taken=0, waiting=0) is None


def test_the_kiosk_refuses_when_the_quota_is_used_up(open_hall: OpenHall) -> None:
    hall = open_hall(now=f"{DAY}T14:00:00+08:00")
    hall.issue("N", after_hours_choice="wait")
    hall.issue("N", after_hours_choice="wait")
    with pytest.raises(Refused) as refused:
        hall.issue("N", after_hours_choice="wait")
    assert refused.value.code == "quota_reached"


# -- fairness ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [3, 30])
def test_on_a_day_with_thirty_percent_priority_nobody_ordinary_is_passed_by_more_than_the_ratio_allows(
    open_hall: OpenHall, seed: int
) -> None:
    hall, chance = open_hall(now=f"{DAY}T09:00:00+08:00"), random.Random(seed)
    hall.sign_on(1)
    rules = hall.plan.priority
    called: list[tuple[str, bool]] = []
    for _ in range(60):
        for _ in range(chance.choice((0, 1, 2, 2))):
            favoured = chance.random() < 0.3
            hall.issue("A", priority_group="老年人" if favoured else None, after_hours_choice="wait")
        visit = hall.call_next(1)
        if visit is not None:
            called.append((visit.number, visit.priority_group is not None))
            hall.finish_called(1)
        hall.let_pass(minutes=2)
    ordinary = [number for number, favoured in called if not favoured]
    assert ordinary == sorted(ordinary), "ordinary people are called in order of arrival"
    in_a_row = 0
    for place, (_, favoured) in enumerate(called):
        in_a_row = in_a_row + 1 if favoured else 0
        if in_a_row > rules.max_consecutive_priority:
            assert waiting_then(hall, called[place][0]) == [], "somebody ordinary was passed over"
    assert sum(favoured for _, favoured in called) >= 10


def waiting_then(hall: LivingHall, number: str) -> list[str]:
    """Ordinary people who were waiting when this number was called."""
    ticket = hall.floor.by_number(number)
    assert ticket is not None
    assert ticket.called_at is not None
    at = ticket.called_at
    everybody = [t for t in hall.floor.all_tickets() if t.priority_group is None]
    return [t.number for t in everybody if t.issued_at <= at and (t.called_at is None or t.called_at > at)]
