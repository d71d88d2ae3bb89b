"""A clerk at the desk, as the browser tests speak for them: who sits where, what they press, what they see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.clients import Device, Staff
from tests.hall_server import OPEN, HallServer

SETTLE_MS = 650  # the desk takes a second Enter sooner than this for a double press
DESK_SIZE = {"width": 1366, "height": 768}


@dataclass
class Desk:
    """The page of one clerk at one window. Everything is done by keyboard."""

    page: Page
    hall: HallServer
    window: int

    @property
    def staff(self) -> str:
        return f"工号{self.window:03d}"

    @property
    def password(self) -> str:
        password: str = self.hall.credentials["staff"][self.staff]
        return password

    def open(self) -> Desk:
        """The page at the window's own address; it asks who is there."""
        self.page.goto(f"{self.hall.url}/caller?window={self.window}")
        return self

    def sign_in(self) -> Desk:
        """Staff number and password, typed."""
        expect(self.page.get_by_role("heading", name="您好，请登录")).to_be_visible()
        self.page.keyboard.type(self.staff)
        self.press("Tab")
        self.page.keyboard.type(self.password)
        self.press("Enter")
        return self

    def sign_on(self) -> Desk:
        """Take up the window that is proposed."""
        expect(self.page.get_by_role("button", name=f"{self.window} 号窗口上岗")).to_be_visible()
        self.press("Enter")
        expect(self.primary).to_be_visible()
        return self

    def press(self, key: str) -> Desk:
        self.page.keyboard.press(key)
        return self

    def primary_key(self, says: str) -> Desk:
        """Enter, once the large key says this and the desk has come to rest."""
        expect(self.primary).to_contain_text(says)
        self.page.wait_for_timeout(SETTLE_MS)
        return self.press("Enter")

    def asks(self, title: str) -> Desk:
        """Make sure that this question is on the screen."""
        expect(self.question.get_by_role("heading", level=2)).to_have_text(title)
        return self

    @property
    def primary(self) -> Locator:
        return self.page.locator("window-panel .go")

    @property
    def question(self) -> Locator:
        return self.page.locator("dialog[open]")

    @property
    def state(self) -> Locator:
        return self.page.locator("ticket-card .state")

    @property
    def number(self) -> Locator:
        return self.page.locator("ticket-card [data-ticket]")

    @property
    def note(self) -> Locator:
        """What the desk says about the last press."""
        return self.page.locator("window-panel .note")

    def key(self, name: str) -> Locator:
        return self.page.locator(f'[data-action="press"][data-key="{name}"]')

    def ticket(self, number: str) -> dict[str, object]:
        """The ticket as the server has it."""
        viewer = Staff(self.hall.url, self.staff, self.password).sign_in()
        rows = viewer.get("picture", view="caller").expect()["tickets"]
        found: dict[str, object] = next((row for row in rows if row["number"] == number), {})
        return found


AtWindow = Callable[[int], Desk]


def take(hall: HallServer, queue: str, **fields: Any) -> str:
    """Somebody takes a number at the kiosk; its number."""
    kiosk = Device(hall.url, hall.credentials["devices"]["K1"])
    number: str = kiosk.post("tickets", queue=queue, **fields).expect(201)["ticket"]["number"]
    return number


def running_hall(folder: pytest.TempPathFactory, *options: str) -> Iterator[HallServer]:
    """For a fixture: one demo hall for all tests of a file; each of them works at a window of its own."""
    hall = HallServer(folder.mktemp("desk") / "hall", ("--now", OPEN, "--visitors", "0", *options)).start()
    yield hall
    hall.stop()


def desks(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    """For a fixture: opens the desk of a window in a browser of its own, signed in and signed on."""
    contexts = []

    def at(window: int) -> Desk:
        context = browser.new_context(viewport=DESK_SIZE, reduced_motion="reduce", locale="zh-CN")  # type: ignore[arg-type]
        contexts.append(context)
        return Desk(context.new_page(), hall, window).open().sign_in().sign_on()

    yield at
    for context in contexts:
        context.close()
