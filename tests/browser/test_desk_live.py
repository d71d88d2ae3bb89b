import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.desk import AtWindow, desks, running_hall, take
from tests.clients import Staff
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


def clerk(hall: HallServer, window: int) -> Staff:
    """Another clerk, at another window."""
    name = f"工号{window:03d}"
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in().sign_on(window)


def test_what_others_do_shows_at_once_and_as_a_sentence(at: AtWindow, hall: HallServer) -> None:
    desk = at(3)
    number = take(hall, "B")
    expect(desk.page.locator("next-up li.first")).to_contain_text(number)
    expect(desk.page.locator('own-day li[data-key="B"]')).to_contain_text("1 人")

    other = clerk(hall, 4)
    other.post("windows/4/call-next").expect(200)
    expect(desk.page.locator("change-log")).to_contain_text(f"4 号窗口叫号 {number}")
    expect(desk.page.locator("next-up")).not_to_contain_text(number)
    other.post("windows/4/transfer", queue="G", reason="联办").expect(200)
    expect(desk.page.locator("change-log")).to_contain_text(f"4 号窗口把 {number} 转到 G 队列")
    other.post("windows/4/pause", reason="临时离岗", minutes=10).expect(200)
    expect(desk.page.locator("change-log")).to_contain_text("4 号窗口暂停，预计")


def test_what_happened_before_the_desk_was_opened_is_told_too(at: AtWindow, hall: HallServer) -> None:
    other = clerk(hall, 10)
    number = take(hall, "D")
    other.post("windows/10/call-next").expect(200)
    desk = at(11)
    expect(desk.page.locator("change-log")).to_contain_text(f"10 号窗口叫号 {number}")


def test_without_a_network_the_keys_rest_and_say_why_and_come_back_by_themselves(
    at: AtWindow, hall: HallServer
) -> None:
    desk = at(13)
    desk.page.evaluate("window.sameDocument = true")
    desk.page.context.set_offline(True)
    began = time.monotonic()
    expect(desk.note).to_contain_text("网络中断，按键暂停使用", timeout=8_000)
    assert time.monotonic() - began < 6.5
    expect(desk.primary).to_have_attribute("aria-disabled", "true")
    desk.press("F9")
    expect(desk.question).to_have_count(0)

    number = take(hall, "X")  # meanwhile somebody takes a number
    desk.page.context.set_offline(False)
    expect(desk.primary).not_to_have_attribute("aria-disabled", "true", timeout=15_000)
    expect(desk.number).to_have_text(number)
    assert desk.page.evaluate("window.sameDocument") is True


def test_a_command_whose_answer_is_lost_is_sent_again_and_counts_once(at: AtWindow, hall: HallServer) -> None:
    desk = at(14)
    first, second = take(hall, "S"), take(hall, "S")
    sent: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}")["request_id"])
        if len(sent) > 1:
            route.continue_()
            return
        route.fetch()  # the server does it
        route.abort()  # and nobody hears of it

    desk.page.route("**/windows/14/call-next", lose_the_first_answer)
    desk.primary_key("叫下一个")
    expect(desk.state).to_contain_text("正在呼叫")
    desk.page.wait_for_timeout(1_000)
    assert len(sent) == 2
    assert len(set(sent)) == 1
    expect(desk.note).to_be_empty()
    assert [desk.ticket(number)["state"] for number in (first, second)] == ["called", "waiting"]


def test_a_session_that_ended_asks_for_the_password_and_goes_on_where_it_was(at: AtWindow, hall: HallServer) -> None:
    desk = at(24)
    number = take(hall, "H")
    desk.primary_key("叫下一个")
    expect(desk.state).to_contain_text("正在呼叫")
    desk.page.context.clear_cookies()
    desk.primary_key("开始办理")
    expect(desk.page.get_by_role("alert").filter(has_text="请先登录")).to_be_visible()
    expect(desk.page.get_by_role("textbox", name="密码")).to_be_focused()
    desk.page.keyboard.type(desk.password)
    desk.press("Enter")
    expect(desk.number).to_have_text(number)
    desk.primary_key("开始办理")
    expect(desk.state).to_contain_text("正在办理")
