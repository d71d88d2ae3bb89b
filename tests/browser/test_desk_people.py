"""The people of a desk: who takes over, who is called for help, what is reported, who may no longer be here."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.desk import DESK_SIZE, AtWindow, Desk, desks, running_hall, take
from tests.clients import Staff
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


def staff(hall: HallServer, name: str) -> Staff:
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in()


def faults(desk: Desk) -> list[str]:
    found = Axe().run(desk.page).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


def relieved_by(desk: Desk, digits: str, password: str) -> None:
    """Another clerk types their number and password into the question that is open."""
    expect(desk.question.get_by_role("textbox", name="接替人工号")).to_be_focused()
    desk.page.keyboard.type(digits)
    desk.press("Tab").page.keyboard.type(password)
    desk.press("Enter")


def test_relief_is_offered_before_a_pause_and_the_page_goes_on_as_the_other_clerk(
    at: AtWindow, hall: HallServer
) -> None:
    desk = at(3)
    number = take(hall, "B")
    desk.primary_key("叫下一个").primary_key("开始办理")
    desk.press("F9").asks("3 号窗口办完后短暂离岗")
    expect(desk.question).to_contain_text("先请人补岗，窗口不停")
    assert faults(desk) == []
    desk.press("0").asks("3 号窗口补岗")
    assert faults(desk) == []
    relieved_by(desk, "43", hall.credentials["staff"]["工号043"])
    expect(desk.page.locator("desk-bar")).to_contain_text("工号043")
    expect(desk.number).to_have_text(number)
    expect(desk.state).to_contain_text("正在办理")
    desk.primary_key("办结").asks(f"办结 {number}").press("1")
    expect(desk.state).to_contain_text("空闲")


def test_a_wrong_password_of_the_relief_is_told_and_nothing_changes(at: AtWindow) -> None:
    desk = at(4)
    desk.press("Shift+F9").asks("4 号窗口补岗")
    relieved_by(desk, "44", "not the password")
    expect(desk.question.get_by_role("alert")).to_contain_text("不正确")
    desk.press("Escape")
    expect(desk.page.locator("desk-bar")).to_contain_text("工号004")


def test_a_locked_desk_goes_on_with_the_clerk_who_relieves(at: AtWindow, hall: HallServer) -> None:
    desk = at(5)
    desk.press("F9").asks("5 号窗口短暂离岗").press("Enter")
    expect(desk.page.get_by_role("heading", name="5 号窗口已暂停")).to_be_visible()
    desk.press("F2").asks("5 号窗口补岗")
    relieved_by(desk, "45", hall.credentials["staff"]["工号045"])
    expect(desk.page.locator("desk-bar")).to_contain_text("工号045")
    expect(desk.state).to_contain_text("空闲")
    expect(desk.page.locator("window-panel .phrase")).to_contain_text("对不起，让您久等了")


def test_the_lead_is_asked_to_send_somebody_and_the_desk_shows_whom(at: AtWindow, hall: HallServer) -> None:
    desk = at(6)
    desk.press("Shift+F9").asks("6 号窗口补岗").press("F2")
    expect(desk.page.locator("own-reports")).to_contain_text("请人来 已上报")
    staff(hall, "工号052").post("windows/6/ask-relief", staff="工号046").expect(200)
    expect(desk.page.locator("own-reports")).to_contain_text("已安排 工号046 来接替")


def test_an_incident_is_sent_with_one_key_and_the_desk_shows_who_took_it(at: AtWindow, hall: HallServer) -> None:
    desk = at(9)
    desk.press("PageUp").asks("突发事件")
    expect(desk.question.get_by_role("radio", name="9 号窗口")).to_be_checked()
    assert faults(desk) == []
    desk.press("3")
    reports = desk.page.locator("own-reports")
    expect(reports).to_contain_text("突发疾病 已上报")
    lead = staff(hall, "工号052")
    rows = lead.get("picture", view="manager").expect()["incidents"]
    incident = next(row for row in rows if row["type"] == "illness")
    assert incident["place"] == "9"
    lead.post(f"incidents/{incident['id']}/take").expect(200)
    expect(reports).to_contain_text("工号052 正在处理")
    expect(desk.page.locator("change-log")).to_contain_text("9 号窗口：突发疾病，工号052 正在处理")
    lead.post(f"incidents/{incident['id']}/close").expect(200)
    expect(reports).to_be_empty()


def test_help_and_a_fault_are_reported_without_leaving_the_visit(at: AtWindow, hall: HallServer) -> None:
    desk = at(10)
    take(hall, "D")
    desk.primary_key("叫下一个")
    expect(desk.state).to_contain_text("正在呼叫")
    desk.press("Home").asks("请人来、报修").press("2")
    expect(desk.page.locator("own-reports")).to_contain_text("报修 已上报")
    expect(desk.state).to_contain_text("正在呼叫")


def test_an_evacuation_stops_the_keys_and_says_why(at: AtWindow, hall: HallServer) -> None:
    desk = at(13)
    take(hall, "X")
    manager = staff(hall, "工号057")
    manager.post("evacuation", on=True).expect(200)
    try:
        expect(desk.note).to_contain_text("正在疏散")
        expect(desk.primary).to_have_attribute("aria-disabled", "true")
        expect(desk.key("incident").first).not_to_have_attribute("aria-disabled", "true")
        assert faults(desk) == []
        desk.press("F9")
        expect(desk.question).to_have_count(0)
    finally:
        manager.post("evacuation", on=False).expect(200)
    expect(desk.primary).not_to_have_attribute("aria-disabled", "true")
    expect(desk.page.locator("change-log")).to_contain_text("疏散结束")


def test_whose_access_ends_is_back_at_sign_in_and_told_why(at: AtWindow, hall: HallServer) -> None:
    desk = at(14)
    staff(hall, "工号060").post("accounts/deactivate", staff="工号014", reason="离职").expect(200)
    expect(desk.page.get_by_role("alert").filter(has_text="您的登录已被结束")).to_be_visible()
    expect(desk.page.locator("window-panel")).to_be_hidden()


def test_the_self_check_tries_every_device_and_files_what_was_found(
    at: AtWindow, hall: HallServer, browser: Browser
) -> None:
    desk = at(24)
    sign = browser.new_context(viewport=DESK_SIZE)  # type: ignore[arg-type]
    page = sign.new_page()
    page.goto(f"{hall.url}/display/window/24")
    expect(page.locator("html")).to_have_attribute("data-live", "connected")
    desk.press("PageDown").asks("24 号窗口设备自检")
    for found in ("往返", "已连接，画面实时", "主屏没有接通声音", "未接评价器", "与服务器"):
        expect(desk.question).to_contain_text(found)
    expect(desk.question.locator("[type=submit]")).to_contain_text("语音有故障")
    assert faults(desk) == []
    desk.question.locator('fieldset[data-key="voice"]').get_by_role("radio", name="未配备").focus()
    desk.press("Space")
    expect(desk.question.locator("[type=submit]")).to_contain_text("设备正常")
    desk.press("Enter")
    expect(desk.note).to_contain_text("自检结果已登记")
    (row,) = staff(hall, "工号057").get("ledgers/self-checks").expect()["rows"]
    assert "screen" in str(row)
    sign.close()
