from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import DESK_SIZE, AtWindow, Desk, desks, running_hall, take
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


def test_a_whole_visit_is_served_by_keyboard_alone(at: AtWindow, hall: HallServer) -> None:
    desk = at(3)
    first, second = take(hall, "B", item="B04"), take(hall, "B")

    desk.primary_key("叫下一个")
    expect(desk.state).to_contain_text("正在呼叫")
    expect(desk.number).to_have_text(first)
    assert desk.ticket(first)["state"] == "called"

    desk.primary_key("开始办理")
    expect(desk.state).to_contain_text("正在办理")
    expect(desk.page.locator(".pace")).to_contain_text("通常 6–10 分钟")

    desk.primary_key("办结")
    desk.asks(f"办结 {first}").press("4")
    expect(desk.state).to_contain_text("空闲")
    expect(desk.page.locator("own-day dl")).to_contain_text("1件")

    desk.press("Control+z")
    expect(desk.state).to_contain_text("正在办理")
    expect(desk.number).to_have_text(first)

    desk.press("F2").asks(f"办结 {first}").press("Enter")
    expect(desk.state).to_contain_text("正在呼叫")
    expect(desk.number).to_have_text(second)


def test_the_window_of_the_address_is_proposed_and_another_can_be_typed(browser: Browser, hall: HallServer) -> None:
    context = browser.new_context(viewport=DESK_SIZE)  # type: ignore[arg-type]
    desk = Desk(context.new_page(), hall, 4).open().sign_in()
    expect(desk.page.get_by_role("textbox", name="窗口号")).to_have_value("4")
    desk.page.keyboard.type("5")
    expect(desk.page.locator("window-choice")).to_contain_text("综合办事窗口")
    desk.press("Enter")
    expect(desk.page.locator("desk-bar .plate")).to_have_text("5")
    expect(desk.page.locator("desk-bar")).to_contain_text("工号004")
    context.close()


def test_a_wrong_password_is_told_politely_and_can_be_typed_again(browser: Browser, hall: HallServer) -> None:
    context = browser.new_context(viewport=DESK_SIZE)  # type: ignore[arg-type]
    desk = Desk(context.new_page(), hall, 6).open()
    expect(desk.page.get_by_role("textbox", name="工号")).to_be_focused()
    desk.page.keyboard.type("6")  # the digits alone are enough: the hall knows how its staff numbers look
    desk.press("Tab").page.keyboard.type("not the password")
    desk.press("Enter")
    expect(desk.page.get_by_role("alert").filter(has_text="请核对后再试")).to_be_visible()
    desk.page.keyboard.type(desk.password)
    desk.press("Enter")
    expect(desk.page.locator("window-choice")).to_be_visible()
    context.close()


def test_a_reload_in_the_middle_of_a_visit_loses_nothing(at: AtWindow, hall: HallServer) -> None:
    desk = at(13)
    number = take(hall, "X")
    desk.primary_key("叫下一个").primary_key("开始办理")
    desk.page.reload()
    expect(desk.state).to_contain_text("正在办理")
    expect(desk.number).to_have_text(number)


def test_a_double_press_calls_once_and_does_not_start_the_service(at: AtWindow, hall: HallServer) -> None:
    desk = at(14)
    number = take(hall, "S")
    expect(desk.number).to_have_text(number)
    desk.page.wait_for_timeout(700)
    desk.press("Enter").press("Enter")
    expect(desk.state).to_contain_text("正在呼叫")
    desk.press("Enter")
    desk.page.wait_for_timeout(300)
    assert desk.ticket(number)["state"] == "called"


def test_a_key_held_down_acts_once(at: AtWindow, hall: HallServer) -> None:
    desk = at(24)
    number = take(hall, "H")
    expect(desk.number).to_have_text(number)
    desk.page.wait_for_timeout(700)
    for _ in range(30):  # the keyboard repeats while the finger rests
        desk.page.keyboard.down("Enter")
        desk.page.wait_for_timeout(50)
    desk.page.keyboard.up("Enter")
    assert desk.ticket(number)["state"] == "called"


def test_calling_with_nobody_waiting_says_so_and_changes_nothing(at: AtWindow) -> None:
    desk = at(28)
    expect(desk.page.locator("ticket-card")).to_contain_text("暂无等候")
    desk.primary_key("叫下一个")
    expect(desk.note).to_contain_text("现在没有人等候")
    expect(desk.state).to_contain_text("空闲")


def test_after_signing_off_the_window_is_free_for_another_clerk(at: AtWindow) -> None:
    desk = at(31)
    desk.press("End").asks("31 号窗口下岗").press("Enter")
    expect(desk.page.locator('[data-window="31"]')).to_contain_text("空着")
