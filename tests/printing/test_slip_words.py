import pytest

from kiosk.slip_words import slip_text
from tests.printing.samples import NO_WINDOW, NOTICE, hall, ticket


@pytest.mark.parametrize(
    ("estimate", "turn", "wait"),
    [
        ({"likely_minutes": 32, "low_minutes": 25, "high_minutes": 40}, "17:35–17:50", "约 25–40 分钟"),
        ({"likely_minutes": 2, "low_minutes": 0, "high_minutes": 5}, "17:10–17:15", "5 分钟以内"),
        ({"likely_minutes": 15, "low_minutes": 15, "high_minutes": 15}, "17:25", "约 15 分钟"),
        ({"likely_minutes": 150, "low_minutes": 100, "high_minutes": 200}, "18:50–20:30", "约 1.5–3.5 小时"),
        (NO_WINDOW, "时间待定", "窗口开放后依次叫号"),
        ({"unknown": "starting"}, "时间待定", ""),
        ({}, "时间待定", ""),
        (None, "时间待定", ""),
    ],
)
def test_an_estimate_is_a_range_or_honestly_unknown(estimate: dict[str, int] | None, turn: str, wait: str) -> None:
    text = slip_text(ticket(estimate=estimate), hall())
    assert (text.turn, text.wait) == (turn, wait)


def test_nobody_ahead_and_a_free_window_is_no_waiting_and_not_a_range_of_nothing() -> None:
    text = slip_text(ticket(ahead=0, estimate={"likely_minutes": 0, "low_minutes": 0, "high_minutes": 0}), hall())
    assert (text.turn, text.wait) == ("现在不用等", "")


def test_the_time_of_a_reprint_counts_from_when_the_estimate_was_made() -> None:
    estimate = {"likely_minutes": 12, "low_minutes": 10, "high_minutes": 20, "start_at": "2026-11-24T17:42:05+08:00"}
    assert slip_text(ticket(estimate=estimate), hall(), reprint=True).turn == "17:40–17:50"


def test_the_time_on_the_first_slip_counts_from_the_taking_to_the_minute() -> None:
    estimate = {"likely_minutes": 78, "low_minutes": 55, "high_minutes": 100, "start_at": "2026-11-24T18:28:21+08:00"}
    assert slip_text(ticket(estimate=estimate), hall()).turn == "18:05–18:50"


def test_a_reprint_keeps_the_time_of_taking_and_says_what_it_is() -> None:
    assert slip_text(ticket(), hall()).taken_at == "2026-11-24 17:10:22 取号"
    assert slip_text(ticket(), hall(), reprint=True).taken_at == "2026-11-24 17:10:22 取号（补打）"


def test_nobody_ahead_is_told_as_it_is_and_not_knowing_is_left_out() -> None:
    assert slip_text(ticket(ahead=0), hall()).ahead == 0
    assert slip_text(ticket(ahead=None), hall()).ahead is None


def test_marks_from_a_keyboard_become_chinese_ones() -> None:
    text = slip_text(ticket(queue_name="综合办事(个人事项)", notice=NOTICE), hall())
    assert text.queue == "综合办事（个人事项）"
    assert text.notice == "下班时间 17:30，您预计 18:05 办完。您选择了继续等候，本号一直有效，请放心。"


def test_an_english_slip_keeps_the_chinese_place_for_the_signs_in_the_hall() -> None:
    text = slip_text(ticket(notice=NOTICE), hall(), language="en-GB")
    assert (text.hall, text.queue, text.item) == ("Demo Service Centre", "Real estate", "Transfer of a home")
    assert (text.place, text.route) == ("Floor 3, Zone E, windows 37–39", "三楼 E 区 37–39 号窗口")
    assert text.notice == NOTICE["text_en"]


def test_an_english_slip_says_in_chinese_what_has_no_english_name() -> None:
    text = slip_text(ticket(queue="A", queue_name="综合咨询", item=None, item_name=None), hall(), language="en")
    assert (text.queue, text.item) == ("综合咨询", "")


@pytest.mark.parametrize(
    ("windows", "place"),
    [
        ([37, 38, 39], "三楼 E 区　37–39 号窗口"),
        ([12, 3, 4, 10, 5], "三楼 E 区　3–5、10、12 号窗口"),
        ([13], "三楼 E 区　13 号窗口"),
        ([], "三楼 E 区 不动产公积金区 37–39 号窗口"),
    ],
)
def test_the_place_is_zone_and_windows(windows: list[int], place: str) -> None:
    assert slip_text(ticket(where=ticket()["where"] | {"windows": windows}), hall()).place == place


def test_nothing_is_invented_for_a_bare_answer() -> None:
    text = slip_text({"number": "A001", "issued_at": "2026-11-24T09:00:00+08:00"}, {})
    assert (text.hall, text.queue, text.place, text.notice, text.url, text.hotline) == ("", "", "", "", "", "")
    assert text.turn == "时间待定"
