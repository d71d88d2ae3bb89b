"""The desk in the morning: the self-check before opening, heard in the hall; keys as the hall file lays them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import DESK_SIZE, Desk, desks, take
from tests.clients import Staff
from tests.conftest import StartHall
from tests.hall_server import ROOT
from tests.machine import chromium

BEFORE_OPENING = "2026-11-24T08:50:00+08:00"
SAMPLE = ROOT / "server" / "halls" / "sample.yaml"


@pytest.fixture(scope="module")
def loud(browser: Browser) -> Iterator[Browser]:
    """A browser that may play without a touch, as a hall's screens are set up."""
    arguments = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    other = browser.browser_type.launch(executable_path=chromium(), args=arguments)
    yield other
    other.close()


def test_before_opening_the_self_check_is_offered_and_the_voice_is_really_heard(
    start_hall: StartHall, browser: Browser, loud: Browser
) -> None:
    hall = start_hall(now=BEFORE_OPENING)
    screen = loud.new_page()
    screen.goto(f"{hall.url}/display/main/MS1")
    screen.wait_for_selector("html[data-audio=ready]")
    context = browser.new_context(viewport=DESK_SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
    desk = Desk(context.new_page(), hall, 3).open().sign_in()
    expect(desk.page.get_by_role("button", name="3 号窗口上岗")).to_be_visible()
    desk.press("Enter").asks("3 号窗口设备自检")
    expect(desk.question).to_contain_text("测试语音已播完", timeout=12_000)
    desk.press("Enter")
    expect(desk.note).to_contain_text("自检结果已登记")
    manager = Staff(hall.url, "工号057", hall.credentials["staff"]["工号057"]).sign_in()
    (row,) = manager.get("ledgers/self-checks").expect()["rows"]
    assert "'voice': 'ok'" in str(row) or "voice:ok" in str(row), row
    context.close()
    screen.close()


def test_keys_and_number_pad_are_as_the_hall_file_lays_them(
    start_hall: StartHall, browser: Browser, tmp_path: Path
) -> None:
    own = SAMPLE.read_text("utf-8").replace("  keys: {} ", "  keys: {hold: F10} ").replace('help: "0"', 'hold: "5"')
    assert own.count("hold: F10") == own.count('hold: "5"') == 1
    file = tmp_path / "hall.yaml"
    file.write_text(own, "utf-8")
    hall = start_hall("--hall", str(file))
    for at in desks(hall, browser):
        desk = at(3)
        number = take(hall, "B")
        desk.primary_key("叫下一个").primary_key("开始办理")
        expect(desk.key("hold")).to_contain_text("F10")
        expect(desk.key("call")).not_to_contain_text("F10")
        for key in ("F10", "Numpad5"):
            desk.press(key).asks(f"挂起 {number}").press("Escape")
