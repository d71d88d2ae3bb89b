"""The ledgers as a page (S2): chosen, filtered, marked in words, printed and taken away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import running_hall, take
from tests.browser.screens import accessibility_faults, opened
from tests.clients import Staff
from tests.hall_server import HallServer

LEDGERS = ["上岗", "空岗", "离岗", "关闭备案", "突发", "自检", "特办"]


def staff(hall: HallServer, name: str) -> Staff:
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """A hall in which something stands in every ledger."""
    for server in running_hall(tmp_path_factory):
        clerk = staff(server, "工号003").sign_on(3)
        staff(server, "工号004").sign_on(4)
        clerk.post("windows/3/self-check", results={"console": "ok", "voice": "fault"}).expect()
        clerk.post("incidents", type="dispute", note="两人争吵").expect(201)
        number = take(server, "B")
        manager = staff(server, "工号057")
        manager.post("put-first", number=number, reason="特殊群体").expect()
        filing = {"window": 9, "ends_at": "2026-11-24T17:30:00+08:00", "reason": "业务调整", "staff_to": "培训"}
        manager.post("closures", filing).expect(201)
        clerk.post("windows/3/pause", reason="临时离岗", minutes=10).expect()
        yield server


@pytest.fixture
def page(hall: HallServer, browser: Browser) -> Iterator[Page]:
    with opened(browser, f"{hall.url}/display/ledgers", (1366, 768)) as found:
        sign_in(found, hall, "工号059")
        expect(found.locator("#rows tbody tr")).to_have_count(2)
        yield found


def sign_in(page: Page, hall: HallServer, who: str) -> None:
    form = page.locator("board-sign-in form")
    form.get_by_label("工号").fill(who)
    form.get_by_label("密码").fill(hall.credentials["staff"][who])
    page.keyboard.press("Enter")


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).check(force=True)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{name}台账")


def test_a_clerk_is_told_politely_that_ledgers_are_for_others(hall: HallServer, browser: Browser) -> None:
    with opened(browser, f"{hall.url}/display/ledgers") as page:
        sign_in(page, hall, "工号010")
        expect(page.locator("board-sign-in").get_by_role("alert")).to_contain_text("没有这项权限")
        expect(page.locator("#ledger")).to_be_hidden()


def test_every_ledger_has_chinese_heads_and_its_rows(page: Page) -> None:
    for name in LEDGERS:
        choose(page, name)
        expect(page.locator("#rows tbody tr").first).to_be_visible()
        heads = page.locator("#rows thead th").all_inner_texts()
        assert heads
        assert not [head for head in heads if head.isascii()]
        assert accessibility_faults(page) == []


def test_who_was_late_is_marked_with_word_icon_and_colour(page: Page) -> None:
    mark = page.locator("#rows .mark").first
    expect(mark).to_have_text("迟到")
    expect(mark.locator("svg")).to_have_count(1)
    expect(mark).to_have_class("mark warn")


def test_rows_are_filtered_by_window_and_by_clerk(page: Page) -> None:
    page.get_by_label("窗口", exact=True).fill("4")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    page.get_by_label("窗口", exact=True).fill("")
    page.get_by_label("工号").fill("003")
    expect(page.locator("#rows tbody tr")).to_contain_text(["工号003"])
    expect(page.locator("#period")).to_contain_text("1 条")


def test_days_without_entries_say_so_and_the_address_keeps_the_question(page: Page) -> None:
    page.get_by_label("从").fill("2026-11-20")
    page.get_by_label("到").fill("2026-11-20")
    expect(page.locator("#rows")).to_contain_text("这段时间没有记录")
    page.reload()
    expect(page.get_by_label("从")).to_have_value("2026-11-20")


def test_the_table_is_taken_away_as_csv(page: Page) -> None:
    choose(page, "突发")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 CSV").click()
    assert waiting.value.suggested_filename == "incidents.csv"
    assert "两人争吵" in waiting.value.path().read_text("utf-8-sig")


def test_on_paper_there_is_the_table_and_nothing_to_press(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("#rows table")).to_be_visible()
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".office-head .do")).to_be_hidden()
