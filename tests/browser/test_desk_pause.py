from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import AtWindow, Desk, desks, running_hall, take
from tests.clients import Anybody
from tests.conftest import StartHall
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory, "--speed", "60")  # a minute of the hall takes a second


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


@pytest.fixture
def at_real_speed(start_hall: StartHall, browser: Browser) -> Iterator[AtWindow]:
    """Where a promise must be the sign, to the minute."""
    yield from desks(start_hall(), browser)


def sign(hall: HallServer, window: int) -> str:
    """What the screen of a window tells the public."""
    rows = Anybody(hall.url).get("picture", view="display").expect()["windows"]
    text: str = next(row for row in rows if row["number"] == window)["sign"]["text"]
    return text


def paused(desk: Desk) -> Desk:
    """The clerk has left for as long as the limit allows."""
    desk.press("F9").asks(f"{desk.window} 号窗口短暂离岗").press("Enter")
    expect(desk.page.get_by_role("heading", name=f"{desk.window} 号窗口已暂停")).to_be_visible()
    return desk


def test_the_pause_shows_what_it_will_do_before_it_is_done(at_real_speed: AtWindow) -> None:
    desk = at_real_speed(3)
    hall = desk.hall
    take(hall, "B")
    expect(desk.number).to_be_visible()
    desk.press("F9").asks("3 号窗口短暂离岗")
    beside = desk.question.locator(".ask-aside")
    expect(beside.locator(".mini")).to_contain_text("暂停服务")
    for consequence in ("不再向本窗口叫号", "1 位等候者", "自动报备区域负责人 工号052", "记入离岗台账", "本机锁定"):
        expect(beside).to_contain_text(consequence)
    assert "暂停" not in sign(hall, 3)

    promised = beside.locator(".mini b").inner_text()
    desk.press("Enter")
    expect(desk.page.locator("pause-lock .until")).to_have_text(f"{promised} 回到窗口")
    assert f"暂停服务，预计 {promised} 恢复" in sign(hall, 3)


def test_the_shorter_return_that_was_chosen_is_the_one_people_see(at: AtWindow) -> None:
    desk = at(4)
    desk.press("F9").asks("4 号窗口短暂离岗")
    desk.question.get_by_role("radio", name="5 分钟", exact=False).first.focus()
    desk.press("Space").press("Enter")
    expect(desk.page.locator("pause-lock [data-timer]")).to_contain_text("0")
    assert desk.page.locator("pause-lock [data-timer]").inner_text() <= "05:00"


def test_a_paused_desk_stays_locked_through_a_reload(at: AtWindow) -> None:
    desk = paused(at(5))
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="5 号窗口已暂停")).to_be_visible()
    expect(desk.page.locator("window-panel")).to_be_hidden()
    desk.press("F6").press("F9")
    expect(desk.question).to_have_count(0)


def test_only_the_password_unlocks_and_the_return_begins_with_an_apology(at: AtWindow) -> None:
    desk = paused(at(6))
    expect(desk.page.get_by_role("textbox", name="密码")).to_be_focused()
    desk.page.keyboard.type("not the password")
    desk.press("Enter")
    expect(desk.page.get_by_role("alert").filter(has_text="密码不正确")).to_be_visible()
    desk.page.keyboard.type(desk.password)
    desk.press("Enter")
    expect(desk.page.locator("window-panel .phrase")).to_contain_text("对不起，让您久等了")
    expect(desk.state).to_contain_text("空闲")


def test_the_lock_warns_at_twelve_minutes_and_says_at_fifteen_that_it_was_reported(at: AtWindow) -> None:
    desk = paused(at(7))
    expect(desk.page.locator("pause-lock .say")).to_contain_text("请准备回到窗口", timeout=15_000)
    expect(desk.page.locator("pause-lock .say")).to_contain_text("已上报区域负责人和大厅管理员", timeout=10_000)
    expect(desk.page.locator("pause-lock .left")).to_contain_text("已超过")


def test_a_pause_asked_for_while_serving_begins_when_the_visit_is_done(at: AtWindow, hall: HallServer) -> None:
    desk = at(9)
    take(hall, "C")
    desk.primary_key("叫下一个").primary_key("开始办理")
    expect(desk.state).to_contain_text("正在办理")
    desk.press("F9").asks("9 号窗口办完后短暂离岗").press("Enter")
    expect(desk.key("pause")).to_contain_text("已约定 15 分")
    expect(desk.state).to_contain_text("正在办理")
    desk.primary_key("办结")
    desk.press("1")
    expect(desk.page.get_by_role("heading", name="9 号窗口已暂停")).to_be_visible()
