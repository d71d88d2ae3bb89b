from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import AtWindow, Desk, desks, running_hall, take
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory, "--speed", "10")  # the cool-down of 20 seconds takes two


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


def called(desk: Desk, queue: str) -> str:
    """Somebody of this queue is called; their number."""
    number = take(desk.hall, queue)
    desk.primary_key("叫下一个")
    expect(desk.number).to_have_text(number)
    expect(desk.state).to_contain_text("正在呼叫")
    return number


def served(desk: Desk, queue: str) -> str:
    """Somebody of this queue sits at the window; their number."""
    number = called(desk, queue)
    desk.primary_key("开始办理")
    expect(desk.state).to_contain_text("正在办理")
    return number


def test_f6_holds_a_visit_and_the_list_says_when_it_comes_back(at: AtWindow) -> None:
    desk = at(9)
    number = served(desk, "C")
    desk.press("F6").asks(f"挂起 {number}").press("Enter")
    expect(desk.state).to_contain_text("空闲")
    expect(desk.page.locator("next-up .aside")).to_contain_text(number)
    assert desk.ticket(number)["state"] == "held"


def test_f7_and_the_letter_of_a_queue_transfer_a_visit(at: AtWindow) -> None:
    desk = at(10)
    number = served(desk, "D")
    desk.press("F7").asks(f"把 {number} 转办").press("e")
    expect(desk.question.locator("[type=submit]")).to_contain_text("转到 E 帮办代办")
    expect(desk.question.locator(".phrase")).to_contain_text("不用重新取号")
    desk.press("Enter")
    expect(desk.state).to_contain_text("空闲")
    assert desk.ticket(number)["queue"] == "E"


def test_f8_gives_a_visit_back_to_its_queue(at: AtWindow) -> None:
    desk = at(13)
    number = called(desk, "X")
    desk.press("F8").asks(f"把 {number} 退回队列").press("1")
    expect(desk.state).to_contain_text("空闲")
    assert desk.ticket(number)["state"] == "waiting"


def test_f3_calls_again_after_the_cool_down_and_f4_misses_after_three_calls(at: AtWindow) -> None:
    desk = at(24)
    number = called(desk, "H")
    expect(desk.key("call-again")).to_have_attribute("aria-disabled", "true")
    expect(desk.key("call-again")).to_contain_text("秒后")
    desk.press("F4")
    expect(desk.note).to_contain_text("再重呼 2 次后可以过号")
    for again in (2, 3):
        expect(desk.key("call-again")).not_to_have_attribute("aria-disabled", "true", timeout=6000)
        desk.press("F3")
        expect(desk.page.locator("ticket-card")).to_contain_text(f"第 {again} 次呼叫")
    desk.press("F4").asks(f"{number} 过号").press("1")
    expect(desk.state).to_contain_text("空闲")
    assert desk.ticket(number)["state"] == "missed"

    desk.press("F10").asks("叫指定号")
    expect(desk.question).to_contain_text("过号，再叫")
    desk.press("Enter")
    expect(desk.number).to_have_text(number)
    expect(desk.state).to_contain_text("正在呼叫")


def test_f10_calls_a_typed_number_out_of_turn(at: AtWindow, hall: HallServer) -> None:
    desk = at(28)
    take(hall, "J")
    wanted = take(hall, "J")
    expect(desk.page.locator("next-up")).to_contain_text(wanted)
    desk.press("F10").asks("叫指定号")
    desk.question.get_by_role("textbox", name="或输入号码").focus()
    desk.page.keyboard.type(wanted.lower())
    desk.press("Enter")
    expect(desk.number).to_have_text(wanted)


def test_insert_serves_somebody_who_has_no_number(at: AtWindow) -> None:
    desk = at(40)
    desk.press("Insert").asks("无号办理").press("n")
    expect(desk.state).to_contain_text("正在办理")
    expect(desk.number).to_contain_text("N")


def test_escape_leaves_a_question_and_changes_nothing(at: AtWindow) -> None:
    desk = at(41)
    number = served(desk, "R")
    for key in ("F2", "F6", "F7", "F8", "F9", "F1"):
        desk.press(key)
        expect(desk.question).to_be_visible()
        desk.press("Escape")
        expect(desk.question).to_have_count(0)
    assert desk.ticket(number)["state"] == "serving"
    expect(desk.primary).to_be_focused()


def test_focus_stays_inside_a_question(at: AtWindow) -> None:
    desk = at(42)
    served(desk, "T")
    desk.press("F7")
    expect(desk.question).to_be_visible()
    for _ in range(12):
        desk.press("Tab")
        assert desk.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )


def test_a_reason_of_ones_own_is_asked_for_before_it_is_sent(at: AtWindow) -> None:
    desk = at(31)
    number = called(desk, "P")
    desk.press("F8").asks(f"把 {number} 退回队列")
    desk.question.get_by_role("radio", name="其他").focus()
    desk.press("Space")
    words = desk.question.get_by_role("textbox", name="补充说明")
    expect(words).to_be_visible()
    words.focus()
    desk.page.keyboard.type("打印机正在换纸")
    desk.press("Enter")
    expect(desk.state).to_contain_text("空闲")


def test_a_refusal_is_shown_beside_the_keys_with_the_words_of_the_server(at: AtWindow) -> None:
    desk = at(35)
    number = called(desk, "L")
    desk.page.route(
        "**/windows/35/start",
        lambda route: route.fulfill(
            status=409,
            json={"error": {"code": "wrong_state", "message": f"{number} 号现在不能这样操作。", "message_en": ""}},
        ),
    )
    desk.primary_key("开始办理")
    expect(desk.note).to_contain_text(f"开始办理没有执行：{number} 号现在不能这样操作。")
    expect(desk.primary).to_contain_text("开始办理")


def test_single_keys_can_be_turned_off(at: AtWindow) -> None:
    desk = at(32)
    served(desk, "K")
    desk.press("F1").asks("全部按键").press("Space").press("Enter")
    desk.press("NumpadAdd")
    desk.page.wait_for_timeout(300)
    expect(desk.question).to_have_count(0)
    desk.press("F1").press("Space").press("Enter").press("NumpadAdd")
    desk.asks("办结 " + desk.number.inner_text())
