"""What a lead and the manager do from the board (M3, W2–W5, W9), before the real program, by keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import running_hall, take
from tests.browser.screens import CUT_OFF, LANDSCAPE, TABLET, accessibility_faults, connected, opened
from tests.clients import Staff
from tests.hall_server import HallServer

MANAGER, LEAD_OF_1A, LEAD_OF_1B, AUDIT = "工号057", "工号052", "工号053", "工号059"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


def staff(hall: HallServer, name: str) -> Staff:
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in()


@pytest.fixture
def clerk(hall: HallServer) -> Callable[[int], Staff]:
    """The usual clerk of a window, signed on there."""
    return lambda window: staff(hall, f"工号{window:03d}").sign_on(window)


@contextmanager
def board(hall: HallServer, browser: Browser, who: str = MANAGER, size: tuple[int, int] = LANDSCAPE) -> Iterator[Page]:
    with opened(browser, f"{hall.url}/display/manager", size) as page:
        page.get_by_label("工号").fill(who)
        page.get_by_label("密码").fill(hall.credentials["staff"][who])
        page.keyboard.press("Enter")
        yield connected(page)


def entry(page: Page, title: str) -> Locator:
    return page.locator("attention-list li").filter(has_text=title)


def press(page: Page, key: Locator) -> None:
    """By keyboard alone."""
    key.focus()
    page.keyboard.press("Enter")


def question(page: Page, title: str) -> Locator:
    dialog = page.locator("dialog[open]")
    expect(dialog.get_by_role("heading", level=2)).to_contain_text(title)
    return dialog


def said(page: Page) -> Locator:
    return page.locator("#said")


def window(hall: HallServer, number: int) -> dict[str, object]:
    rows = staff(hall, MANAGER).get("picture", view="manager").expect()["windows"]
    return next(row for row in rows if row["number"] == number)


def test_a_lead_acknowledges_an_absence_and_it_leaves_the_list(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    clerk(3).post("windows/3/pause", reason="临时离岗", minutes=10).expect()
    with board(hall, browser, LEAD_OF_1A) as page:
        expect(page.locator("board-notice")).to_contain_text("3 号窗口报备离岗")
        press(page, entry(page, "3 号窗口报备离岗").get_by_role("button", name="报备已知悉"))
        expect(said(page)).to_have_text("3 号窗口的报备已知悉")
        expect(entry(page, "3 号窗口报备离岗")).to_have_count(0)
        expect(page.locator("board-notice")).to_be_hidden()
        assert window(hall, 3)["pause"]["acknowledged"] is True  # type: ignore[index]


def test_an_absence_is_loud_only_for_the_lead_of_its_zone(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    clerk(4).post("windows/4/pause", reason="临时离岗", minutes=10).expect()
    with board(hall, browser, LEAD_OF_1B) as page:
        expect(entry(page, "4 号窗口报备离岗")).to_be_visible()
        expect(page.locator("board-notice")).to_be_hidden()


def test_relief_is_sent_from_those_who_have_no_window(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    clerk(5).post("windows/5/pause", reason="用餐轮换", minutes=10).expect()
    with board(hall, browser) as page:
        press(page, entry(page, "5 号窗口报备离岗").get_by_role("button", name="派人补岗"))
        asked = question(page, "派人到 5 号窗口补岗")
        expect(asked.get_by_label("工号005")).to_have_count(0)
        expect(asked.locator("label").first).to_contain_text("机动补岗")
        press(page, asked.get_by_role("button", name="派去补岗"))
        expect(said(page)).to_contain_text("到 5 号窗口补岗")
        expect(entry(page, "5 号窗口报备离岗")).to_contain_text("已派 工号043")
        assert window(hall, 5)["relief_asked"] == "工号043"


def test_a_paused_window_is_closed_by_filing_and_its_absence_ends(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    clerk(6).post("windows/6/pause", reason="临时离岗", minutes=10).expect()
    with board(hall, browser) as page:
        press(page, page.locator(".w[data-number='6']"))
        press(page, question(page, "6").get_by_role("button", name="备案关闭"))
        asked = question(page, "备案关闭 6 号窗口")
        assert accessibility_faults(page) == []
        asked.get_by_label("离岗超时").check()
        press(page, asked.get_by_role("button", name="备案并批准"))
        expect(said(page)).to_contain_text("6 号窗口已备案关闭")
        expect(page.locator(".w[data-number='6']")).to_contain_text("备案关闭")
        expect(page.locator(".w[data-number='6']")).to_contain_text("至 17:30")
        assert (window(hall, 6)["state"], window(hall, 6)["clerk"]) == ("closed", None)


def test_a_refusal_is_told_in_the_question_which_stays(hall: HallServer, browser: Browser) -> None:
    with board(hall, browser) as page:
        press(page, page.get_by_role("button", name="号码优先"))
        asked = question(page, "让一个号码优先")
        asked.get_by_label("号码").fill("B998")
        page.keyboard.press("Enter")
        expect(asked.get_by_role("alert")).to_contain_text("没有找到")
        expect(asked.get_by_label("号码")).to_have_value("B998")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)


def test_a_clerks_filing_is_approved_or_withdrawn_on_the_board(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    for number in (9, 10):
        body = {"begins_at": "2026-11-24T16:00:00+08:00", "ends_at": "2026-11-24T17:00:00+08:00"}
        clerk(number).post("closures", body, window=number, reason="业务调整", staff_to="培训").expect(201)
    with board(hall, browser) as page:
        press(page, entry(page, "9 号窗口申请关闭").get_by_role("button", name="批准"))
        expect(said(page)).to_contain_text("已批准 9 号窗口")
        press(page, entry(page, "10 号窗口申请关闭").get_by_role("button", name="撤回"))
        press(page, question(page, "撤回 10 号窗口").get_by_role("button", name="撤回备案"))
        expect(entry(page, "申请关闭")).to_have_count(0)
    states = {row["window"]: row["state"] for row in staff(hall, MANAGER).get("ledgers/closures").expect()["rows"]}
    assert (states[9], states[10]) == ("approved", "withdrawn")


def test_a_window_is_lent_to_a_queue_and_taken_back(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    clerk(15)
    with board(hall, browser) as page:
        press(page, page.locator(".w[data-number='15']"))
        press(page, question(page, "15").get_by_role("button", name="支援其他队列"))
        question(page, "15 号窗口支援其他队列").get_by_label("支援哪个队列").select_option("A")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(said(page)).to_contain_text("15 号窗口现在也办理 A 队列")
        press(page, page.locator(".w[data-number='15']"))
        expect(question(page, "15")).to_contain_text("综合咨询")
        press(page, page.locator("dialog").get_by_role("button", name="收回支援"))
        expect(said(page)).to_contain_text("已恢复原来的队列")
        assert window(hall, 15)["lent"] == []


def test_a_number_is_put_first_with_its_reason_in_the_ledger(hall: HallServer, browser: Browser) -> None:
    take(hall, "A")
    number = take(hall, "A")
    with board(hall, browser) as page:
        press(page, page.get_by_role("button", name="号码优先"))
        asked = question(page, "让一个号码优先")
        asked.get_by_label("号码").fill(number.lower())
        asked.get_by_label("特殊群体").check()
        page.keyboard.press("Enter")
        expect(said(page)).to_contain_text(f"{number} 已排到最前")
    rows = staff(hall, MANAGER).get("ledgers/overrides").expect()["rows"]
    assert (rows[-1]["kind"], rows[-1]["number"], rows[-1]["reason"]) == ("put_first", number, "特殊群体")


def test_people_of_a_queue_without_a_window_are_moved(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    clerk(41)
    number = take(hall, "X")
    with board(hall, browser) as page:
        press(page, entry(page, "X 没有窗口开放").get_by_role("button", name="改到其他队列"))
        question(page, "改到其他队列").get_by_label("改到").select_option("R")
        press(page, page.locator("dialog").get_by_role("button", name="全部改到这个队列"))
        expect(said(page)).to_have_text("1 人已从 X 改到 R")
    tickets = staff(hall, MANAGER).get("picture", view="manager").expect()["tickets"]
    assert next(row["queue"] for row in tickets if row["number"] == number) == "R"


def test_an_incident_is_taken_and_closed_with_what_was_done(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff]
) -> None:
    desk = clerk(16)
    with board(hall, browser, LEAD_OF_1B) as page:
        desk.post("incidents", type="dispute").expect(201)
        loud = page.locator("board-notice .loud.alarm")
        expect(loud).to_contain_text("16 号窗口：争吵")
        expect(loud.locator("time")).to_be_visible()
        assert accessibility_faults(page) == []
        press(page, loud.get_by_role("button", name="我去处理"))
        expect(entry(page, "16 号窗口：争吵")).to_contain_text(f"{LEAD_OF_1B} 正在处理")
        expect(page.locator("board-notice")).to_be_hidden()
        press(page, entry(page, "16 号窗口：争吵").get_by_role("button", name="处置完毕"))
        question(page, "处置完毕").get_by_label("处置情况").fill("已劝开")
        page.keyboard.press("Enter")
        expect(entry(page, "16 号窗口：争吵")).to_have_count(0)
    row = staff(hall, MANAGER).get("ledgers/incidents").expect()["rows"][-1]
    assert (row["taken_by"], row["closing_note"]) == (LEAD_OF_1B, "已劝开")


def test_leave_is_filed_and_the_figures_of_staff_follow(hall: HallServer, browser: Browser) -> None:
    with board(hall, browser) as page:
        press(page, page.get_by_role("button", name="人员休假"))
        asked = question(page, "人员和休假")
        expect(asked.locator(".figures")).to_contain_text("51 人")
        asked.get_by_label("谁休假").select_option("工号020")
        press(page, asked.get_by_role("button", name="登记休假"))
        expect(said(page)).to_have_text("工号020 的休假已登记")
        expect(page.locator("hall-figures .hot")).to_contain_text("50")
        press(page, page.get_by_role("button", name="人员休假"))
        press(page, page.get_by_role("button", name="撤回 工号020 的休假"))
        expect(page.locator("hall-figures")).to_contain_text("51 人，应 51")


def test_who_only_watches_has_nothing_to_press(hall: HallServer, browser: Browser) -> None:
    with board(hall, browser, AUDIT) as page:
        expect(page.locator(".w")).to_have_count(42)
        expect(page.locator("attention-list button, board-notice button")).to_have_count(0)
        press(page, page.locator(".w[data-number='11']"))
        expect(question(page, "11").get_by_role("button")).to_have_count(1)


@pytest.mark.parametrize("size", [LANDSCAPE, TABLET])
def test_the_board_with_its_acts_is_accessible_and_nothing_is_cut_off(
    hall: HallServer, browser: Browser, clerk: Callable[[int], Staff], size: tuple[int, int]
) -> None:
    number = 24 if size == LANDSCAPE else 25
    clerk(number).post("incidents", type="help").expect(201)
    with board(hall, browser, MANAGER, size) as page:
        expect(entry(page, f"{number} 号窗口：请求支援")).to_be_attached()
        assert accessibility_faults(page) == []
        assert page.evaluate(CUT_OFF) == []
