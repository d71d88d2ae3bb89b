"""What each audience may see, and how far back news can be told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.services import board, queries, visits
from tests.living_hall import LivingHall

STAFF_ONLY = ("工号001", "我妈妈病了", "老年人")


@pytest.fixture
def busy(hall: LivingHall) -> LivingHall:
    """Window 1 serves somebody with priority; window 2 is paused for a reason of the clerk's own."""
    hall.sign_on(1)
    hall.sign_on(2)
    hall.issue("A", priority_group="老年人")
    hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    hall.pause(2, "我妈妈病了", 10)
    return hall


def picture(hall: LivingHall, view: str) -> dict[str, Any]:
    shown: dict[str, Any] = queries.picture(hall.hall, view)
    return shown


# -- audiences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["public", "display", "kiosk"])
def test_the_public_sees_no_clerk_no_reason_and_nobodys_group(busy: LivingHall, view: str) -> None:
    staff_view = json.dumps(picture(busy, "manager"), ensure_ascii=False)
    assert "工号001" in staff_view, "staff see it, so hiding it means something"
    assert "老年人" in staff_view
    shown = json.dumps(picture(busy, view), ensure_ascii=False)
    assert [word for word in STAFF_ONLY if word in shown] == []
    assert "tickets" not in picture(busy, view)
    assert "next" not in picture(busy, view)["windows"][0]


def test_the_publics_news_name_no_clerk_no_reason_and_nobodys_group(busy: LivingHall) -> None:
    busy.at_window(visits.give_back, 1, "叫错号")
    told = json.dumps(busy.wire.of("news", "public"), ensure_ascii=False)
    assert "工号001" in json.dumps(busy.wire.of("news", "staff"), ensure_ascii=False)
    assert [word for word in STAFF_ONLY if word in told] == []


def test_a_clerks_own_words_for_a_pause_reach_not_even_staff(busy: LivingHall) -> None:
    shown = json.dumps(picture(busy, "manager"), ensure_ascii=False)
    assert "我妈妈病了" not in shown
    assert picture(busy, "manager")["windows"][1]["pause"]["reason"] == "其他"


def test_the_manager_alone_sees_devices(busy: LivingHall) -> None:
    assert [view for view in board.AUDIENCE_OF_VIEW if "devices" in picture(busy, view)] == ["manager"]


# -- rows --------------------------------------------------------------------------------------------------------


def window(hall: LivingHall, number: int, view: str = "public") -> dict[str, Any]:
    return next(row for row in picture(hall, view)["windows"] if row["number"] == number)


def test_a_sign_says_when_a_paused_window_is_back_and_apologises_when_it_is_not(busy: LivingHall) -> None:
    assert window(busy, 2)["sign"]["text"] == "暂停服务，预计 10:10 恢复"
    assert window(busy, 2)["sign"]["until"] == "2026-11-24T10:10:00+08:00"
    busy.let_pass(minutes=15)
    assert (window(busy, 2)["sign"]["text"], window(busy, 2)["overrun"]) == ("暂停服务，对不起，让您久等了", True)


@pytest.mark.parametrize(
    ("number", "text"), [(1, "正在办理"), (3, "热情为您服务"), (4, "本窗口已关闭")], ids=["serving", "open", "closed"]
)
def test_a_sign_says_what_a_window_does(busy: LivingHall, number: int, text: str) -> None:
    busy.sign_on(3)
    assert window(busy, number)["sign"] == {
        "text": text,
        "text_en": window(busy, number)["sign"]["text_en"],
        "until": None,
    }


def test_a_queue_says_who_waits_since_when_and_whether_that_is_many(busy: LivingHall) -> None:
    def queue() -> dict[str, Any]:
        row: dict[str, Any] = picture(busy, "public")["queues"][0]
        return row

    assert (queue()["waiting"], queue()["warn"], queue()["open_windows"]) == (1, False, 1)
    busy.let_pass(minutes=1)
    busy.issue("A")
    busy.issue("A")
    assert (queue()["waiting"], queue()["warn"]) == (3, True)
    assert queue()["longest_since"] == "2026-11-24T10:00:00+08:00"


def test_a_desk_sees_whom_it_calls_next_what_it_can_undo_and_its_figures(busy: LivingHall) -> None:
    busy.let_pass(minutes=4)
    busy.finish(1)
    row = window(busy, 1, "caller")
    (waiting,) = busy.floor.waiting("A")
    assert (row["next"], row["undo"]["number"]) == ([waiting.id], "VA001")
    assert row["today"] == {"done": 1, "average_minutes": 4.0, "pauses": 0, "pause_minutes": 0, "missed": 0}


def test_a_desk_sees_that_a_pause_will_follow(busy: LivingHall) -> None:
    busy.pause(1, minutes=7)
    assert window(busy, 1, "caller")["pause_pending"] == {"minutes": 7}
    assert "pause_pending" not in window(busy, 1)


def test_only_so_many_who_are_next_are_shown(hall: LivingHall) -> None:
    hall.sign_on(1)
    tickets = [hall.issue("A").id for _ in range(board.NEXT_SHOWN + 3)]
    assert window(hall, 1, "caller")["next"] == tickets[: board.NEXT_SHOWN]


# -- news that were missed ---------------------------------------------------------------------------------------


def test_missed_news_are_told_from_where_a_page_stands(busy: LivingHall) -> None:
    seq = busy.board.seq
    busy.issue("A")
    busy.issue("A")
    missed = busy.board.news_after("public", seq)
    assert missed is not None
    assert [news["seq"] for news in missed] == [seq + 1, seq + 2]
    assert busy.board.news_after("public", seq + 2) == []


def test_news_from_before_a_restart_or_from_the_future_cannot_be_told(busy: LivingHall) -> None:
    seq = busy.board.seq
    assert busy.board.news_after("public", seq + 1) is None
    busy.reopen()
    assert busy.board.news_after("public", seq) == []
    assert busy.board.news_after("public", seq - 1) is None


def test_news_too_far_back_cannot_be_told(hall: LivingHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "NEWS_KEPT", 3)
    hall.reopen()
    seq = hall.board.seq
    for _ in range(5):
        hall.issue("A")
    assert hall.board.news_after("caller", seq + 1) is None
    kept = hall.board.news_after("caller", seq + 2)
    assert kept is not None
    assert len(kept) == 3
