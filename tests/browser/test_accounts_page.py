"""Accounts and device keys as a page (X1, W7): a leaver's access ends with one confirmed action."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import running_hall
from tests.browser.screens import SIGN, accessibility_faults, connected, opened
from tests.clients import Device, Staff
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@contextmanager
def accounts(hall: HallServer, browser: Browser, who: str) -> Iterator[Page]:
    with opened(browser, f"{hall.url}/display/accounts", (1024, 768)) as page:
        page.locator("board-sign-in").get_by_label("工号").fill(who)
        page.get_by_label("密码").fill(hall.credentials["staff"][who])
        page.keyboard.press("Enter")
        yield page


def row(page: Page, staff: str) -> Locator:
    return page.locator(f"tr[data-key='{staff}']")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def confirm(page: Page, name: str) -> None:
    expect(page.locator("dialog[open]")).to_be_visible()
    assert accessibility_faults(page) == []
    page.locator("dialog[open]").get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def test_a_leavers_access_ends_and_the_window_says_so_without_a_time(hall: HallServer, browser: Browser) -> None:
    leaver = Staff(hall.url, "工号003", hall.credentials["staff"]["工号003"]).sign_in().sign_on(3)
    with accounts(hall, browser, "工号060") as page, opened(browser, f"{hall.url}/display/window/3", SIGN) as sign:
        connected(sign)
        expect(row(page, "工号003")).to_contain_text("3 号")
        press(page, "撤销权限 工号003")
        expect(page.locator("dialog")).to_contain_text("3 号窗口：窗口马上显示“暂停服务”")
        confirm(page, "撤销权限")
        expect(row(page, "工号003")).to_contain_text("已撤销")
        expect(sign.locator(".sign .st")).to_contain_text("暂停服务")
        expect(sign.locator(".sign")).not_to_contain_text("恢复")
        assert leaver.get("session").status == 401
        press(page, "恢复 工号003")
        confirm(page, "恢复权限")
        expect(row(page, "工号003")).to_contain_text("可登录")
    leaver.sign_in()


def test_a_new_password_is_shown_once_and_works(hall: HallServer, browser: Browser) -> None:
    with accounts(hall, browser, "工号058") as page:
        press(page, "重置密码 工号006")
        confirm(page, "重置密码")
        secret = page.locator(".secret").inner_text()
        page.keyboard.press("Escape")
        expect(page.locator(".secret")).to_be_visible()
        confirm(page, "已经记下")
        expect(page.locator("dialog")).to_have_count(0)
        assert secret not in page.content()
    Staff(hall.url, "工号006", secret).sign_in()


def test_a_device_gets_a_new_key_and_the_old_one_is_dead(hall: HallServer, browser: Browser) -> None:
    with accounts(hall, browser, "工号058") as page:
        press(page, "换发密钥 K5")
        confirm(page, "换发密钥")
        token = page.locator(".secret").inner_text()
    assert Device(hall.url, hall.credentials["devices"]["K5"]).get("device").status == 401
    Device(hall.url, token).get("device").expect()


def test_security_has_no_passwords_to_give_and_audit_only_reads(hall: HallServer, browser: Browser) -> None:
    with accounts(hall, browser, "工号060") as page:
        expect(page.get_by_role("button", name="撤销权限 工号010")).to_be_visible()
        expect(page.get_by_role("button", name="重置密码")).to_have_count(0)
        expect(row(page, "工号060")).to_contain_text("本人")
    with accounts(hall, browser, "工号059") as page:
        expect(row(page, "工号010")).to_be_visible()
        expect(page.locator("table button")).to_have_count(0)
        assert accessibility_faults(page) == []


def test_a_manager_is_told_politely_that_accounts_are_for_others(hall: HallServer, browser: Browser) -> None:
    with accounts(hall, browser, "工号057") as page:
        expect(page.locator("board-sign-in").get_by_role("alert")).to_contain_text("没有这项权限")
        expect(page.locator("table")).to_have_count(0)
