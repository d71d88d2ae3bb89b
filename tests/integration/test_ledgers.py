"""The ledgers of who was at which window and who was away (3.2.2, 3.2.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from server.services import attendance, ledgers
from tests.living_hall import LivingHall, staff
from tests.makers import TODAY

LEAD = staff("工号009", "area_lead")
TOMORROW = TODAY + timedelta(days=1)


def rows(hall: LivingHall, ledger: str, first: Any = TODAY, last: Any = TODAY) -> list[dict[str, Any]]:
    return ledgers.LEDGERS[ledger](hall.plan, hall.storage, first, last, hall.clock.now())


def test_attendance_has_every_sign_on_also_one_that_lasts(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.let_pass(minutes=30)
    hall.sign_off(1)
    hall.sign_on(1, "工号002")
    assert [
        (row["window"], row["clerk"], row["from"][11:16], row["to"] and row["to"][11:16])
        for row in rows(hall, "attendance")
    ] == [
        (1, "工号001", "10:00", "10:30"),
        (1, "工号002", "10:30", None),
    ]


def test_who_forgot_to_sign_off_was_signed_off_by_the_clock(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.at("2026-11-25T04:00:00+08:00")
    (row,) = rows(hall, "attendance")
    assert (row["business_day"], row["to"], row["ended_by_clock"]) == ("2026-11-24", "2026-11-25T04:00:00+08:00", True)
    assert rows(hall, "attendance", TOMORROW, TOMORROW) == []


def test_absence_has_what_was_done_about_it_and_when(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1, "设备故障", 10)
    hall.let_pass(minutes=12)
    hall.let_pass(minutes=3)
    hall.let_pass(minutes=1)
    hall.act(LEAD, lambda work: attendance.acknowledge(work, 1))
    hall.let_pass(minutes=1)
    (running,) = rows(hall, "absence")
    assert (running["to"], running["overrun_seconds"]) == (None, 120)
    hall.resume(1)
    (row,) = rows(hall, "absence")
    clock = {
        name: row[name][11:16]
        for name in ("from", "reported_at", "until", "warned_at", "escalated_at", "acknowledged_at", "to")
    }
    assert clock == {
        "from": "10:00",
        "reported_at": "10:00",
        "until": "10:10",
        "warned_at": "10:12",
        "escalated_at": "10:15",
        "acknowledged_at": "10:16",
        "to": "10:17",
    }
    assert (row["window"], row["clerk"], row["reason"], row["overrun_seconds"]) == (1, "工号001", "设备故障", 120)


def test_absence_tells_a_clerks_own_words_as_long_as_they_are_kept(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1, "去接孩子")
    hall.resume(1)
    assert [row["reason"] for row in rows(hall, "absence")] == ["去接孩子"]


def test_a_ledger_covers_the_days_that_were_asked_for(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1)
    hall.resume(1)
    hall.at("2026-11-25T10:00:00+08:00")
    hall.sign_on(2)
    assert len(rows(hall, "attendance", TODAY, TOMORROW)) == 2
    assert len(rows(hall, "absence", TODAY, TOMORROW)) == 1
    assert rows(hall, "absence", TOMORROW, TOMORROW) == []
