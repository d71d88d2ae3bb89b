"""The pages that watch, before the real program: what is pressed at a desk is on the walls, and is heard."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import LANDSCAPE, PORTRAIT, SIGN, connected, opened
from tests.clients import Device, Staff
from tests.hall_server import OPEN, HallServer
from tests.machine import chromium

Clerk = Callable[[int], Staff]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """One demo hall for these tests; each works at windows of its own."""
    server = HallServer(Path(tmp_path_factory.mktemp("screens")) / "hall", ("--now", OPEN, "--visitors", "0"), {})
    yield server.start()
    server.kill()


@pytest.fixture
def clerk(hall: HallServer) -> Clerk:
    """The usual clerk of a window, signed in and signed on there."""

    def at(window: int) -> Staff:
        name = f"工号{window:03d}"
        return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in().sign_on(window)

    return at


@pytest.fixture
def issue(hall: HallServer) -> Callable[[str], str]:
    """Takes a number at a kiosk."""
    kiosk = Device(hall.url, hall.credentials["devices"]["K1"])
    return lambda queue: str(kiosk.post("tickets", queue=queue).expect(201)["ticket"]["number"])


def sign_in(page: Page, hall: HallServer, staff: str) -> None:
    page.get_by_label("工号").fill(staff)
    page.get_by_label("密码").fill(hall.credentials["staff"][staff])
    page.get_by_role("button", name="登录").click()


def test_a_call_pressed_at_a_desk_is_on_the_zone_screen_and_on_the_sign(
    hall: HallServer, browser: Browser, clerk: Clerk, issue: Callable[[str], str]
) -> None:
    number = issue("B")
    desk = clerk(4)
    with (
        opened(browser, f"{hall.url}/display/main/MS1", LANDSCAPE) as screen,
        opened(browser, f"{hall.url}/display/window/4", SIGN) as sign,
    ):
        connected(screen)
        connected(sign)
        desk.post("windows/4/call-next").expect(200)
        expect(screen.locator(".hero.called .number")).to_have_text(number)
        expect(sign.locator(".sign.calling .n")).to_have_text(number)
        desk.post("windows/4/start").expect(200)
        expect(sign.locator(".sign.serving .n")).to_have_text(number)


def test_a_call_of_another_floor_stays_on_its_floor(
    hall: HallServer, browser: Browser, clerk: Clerk, issue: Callable[[str], str]
) -> None:
    number = issue("J")
    desk = clerk(28)
    with (
        opened(browser, f"{hall.url}/display/main/MS2", LANDSCAPE) as first_floor,
        opened(browser, f"{hall.url}/display/main/MS3", PORTRAIT) as second_floor,
    ):
        connected(first_floor)
        connected(second_floor)
        desk.post("windows/28/call-next").expect(200)
        expect(second_floor.locator("call-hero .number")).to_have_text(number)
        expect(first_floor.locator("main")).not_to_contain_text(number)


def test_a_pause_shows_its_end_on_the_sign_and_on_the_board(hall: HallServer, browser: Browser, clerk: Clerk) -> None:
    desk = clerk(9)
    with (
        opened(browser, f"{hall.url}/display/window/9", SIGN) as sign,
        opened(browser, f"{hall.url}/display/manager", LANDSCAPE) as board,
    ):
        sign_in(board, hall, "工号057")
        connected(board)
        connected(sign)
        reasons = desk.get("hall").expect(200)["pause_reasons"]
        window = desk.post("windows/9/pause", reason=reasons[0], minutes=10).expect(200)["window"]
        until = window["pause"]["until"][11:16]
        expect(sign.locator(".sign.paused .big")).to_contain_text(until)
        plate = board.locator(".w[data-number='9']")
        expect(plate).to_contain_text("暂停")
        expect(plate).to_contain_text(until)


def test_a_clerk_is_told_that_the_board_is_not_for_this_account(hall: HallServer, browser: Browser) -> None:
    with opened(browser, f"{hall.url}/display/manager", LANDSCAPE) as board:
        sign_in(board, hall, "工号014")
        expect(board.get_by_role("alert")).not_to_have_text("", timeout=10_000)
        expect(board.locator(".panels")).to_be_hidden()
        sign_in(board, hall, "工号057")
        connected(board)
        expect(board.locator(".w")).to_have_count(42)


def test_the_screen_of_the_zone_is_its_loudspeaker_and_says_the_call(
    hall: HallServer, browser: Browser, clerk: Clerk, issue: Callable[[str], str]
) -> None:
    answers: list[dict[str, int | bool]] = []

    def listen(frame: str | bytes) -> None:
        if isinstance(frame, str) and frame.startswith('42/news,["announced"'):
            answers.append(json.loads(frame.removeprefix("42/news,"))[1])

    issue("M")
    desk = clerk(37)
    arguments = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    speaking = browser.browser_type.launch(executable_path=chromium(), args=arguments)
    page = speaking.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", listen))
    page.goto(f"{hall.url}/display/main/MS5")
    page.wait_for_selector("html[data-audio=ready][data-audio-master=true]", timeout=20_000)
    desk.post("windows/37/call-next").expect(200)
    page.wait_for_selector("html[data-audio=playing]", timeout=20_000)
    page.wait_for_selector("html[data-audio=ready]", timeout=40_000)
    assert [answer["ok"] for answer in answers] == [True]
    assert answers[0]["played_ms"] > 3000, "a chime and a sentence were really played"
    speaking.close()
