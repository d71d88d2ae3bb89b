from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.desk import AtWindow, Desk, desks, running_hall, take
from tests.hall_server import HallServer

QUESTIONS = {"F2": "办结", "F6": "挂起", "F7": "转办", "F8": "退回队列", "F9": "短暂离岗", "F1": "全部按键"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


def faults(desk: Desk) -> list[str]:
    """What axe-core finds on the page as it stands."""
    found = Axe().run(desk.page).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


def test_signing_in_and_choosing_a_window_are_accessible(browser: Browser, hall: HallServer) -> None:
    context = browser.new_context()
    desk = Desk(context.new_page(), hall, 5).open()
    expect(desk.page.get_by_role("textbox", name="工号")).to_be_focused()
    assert faults(desk) == []
    desk.sign_in()
    expect(desk.page.locator("window-choice")).to_be_visible()
    assert faults(desk) == []
    context.close()


def test_every_state_of_the_desk_is_accessible(at: AtWindow, hall: HallServer) -> None:
    desk = at(3)
    assert faults(desk) == []
    take(hall, "B", item="B04")
    desk.primary_key("叫下一个")
    expect(desk.state).to_contain_text("正在呼叫")
    desk.press("F4")
    expect(desk.note).to_contain_text("过号")
    assert faults(desk) == []
    desk.primary_key("开始办理")
    expect(desk.state).to_contain_text("正在办理")
    assert faults(desk) == []
    for key, title in QUESTIONS.items():
        desk.press(key)
        expect(desk.question.get_by_role("heading", level=2)).to_contain_text(title)
        assert faults(desk) == [], key
        desk.press("Escape")


def test_the_lock_of_a_pause_is_accessible(at: AtWindow) -> None:
    desk = at(4)
    desk.press("F9").press("Enter")
    expect(desk.page.get_by_role("heading", name="4 号窗口已暂停")).to_be_visible()
    assert faults(desk) == []


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (683, 384)])
def test_nothing_is_cut_off_at_the_sizes_of_desks_and_at_double_zoom(
    at: AtWindow, hall: HallServer, size: tuple[int, int]
) -> None:
    desk = at({1366: 9, 1920: 10, 683: 12}[size[0]])
    desk.page.set_viewport_size({"width": size[0], "height": size[1]})
    take(hall, {9: "C", 10: "D", 12: "E"}[desk.window], priority_group="老年人")
    expect(desk.number).to_be_visible()
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for key in desk.page.locator('[data-action="press"]').all():
        key.scroll_into_view_if_needed()
        expect(key).to_be_in_viewport(ratio=0.99)
