"""A visitor at a kiosk, and what a test arranges around them: windows that are open, people who came before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.browser.screens import PORTRAIT, connected, opened
from tests.clients import Device, Staff
from tests.hall_server import HallServer

TAKE_WITHOUT_PAPER = "[data-action=take][data-print=none]"


@contextmanager
def kiosk_page(
    browser: Browser, hall: HallServer, size: tuple[int, int] = PORTRAIT, *, printer: str | None = None, **context: Any
) -> Iterator[Page]:
    """The start page of K1, live. `printer`: the state that an agent would tell of its printer."""
    token = hall.credentials["devices"]["K1"]
    with opened(browser, "about:blank", size, **context) as page:
        if printer is not None:
            page.route("**/api/v1/device", lambda route: _with_printer(route, printer))
        page.goto(f"{hall.url}/kiosk/K1#token={token}")
        yield connected(page)


def _with_printer(route: Route, state: str) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "printer": {"state": state}})


def choose(page: Page, queue: str, item: str) -> None:
    """From the start page to the confirmation."""
    page.click(f"[data-queue={queue}]")
    page.click(f"[data-item={item}]")
    page.wait_for_selector("main.confirm")


def number_on(page: Page) -> str:
    """The number on the slip that the page shows."""
    return page.locator("main.taken .number").inner_text().strip()


def kiosk_of(hall: HallServer) -> Device:
    """Kiosk K1, speaking for itself."""
    return Device(hall.url, hall.credentials["devices"]["K1"])


def waiting(hall: HallServer, queue: str) -> int:
    """People in a queue, as the kiosk's picture tells it."""
    return int(row_of(hall, queue)["waiting"])


def row_of(hall: HallServer, queue: str) -> dict[str, Any]:
    """A queue's row of the kiosk's picture."""
    rows = kiosk_of(hall).get("picture", view="kiosk").expect()["queues"]
    return next(row for row in rows if row["id"] == queue)


def take(hall: HallServer, queue: str, count: int = 1, **wish: Any) -> list[dict[str, Any]]:
    """Others take numbers."""
    device = kiosk_of(hall)
    wishes = {"queue": queue, "print": "none", "after_hours_choice": "wait", **wish}
    return [device.post("tickets", **wishes).expect(201)["ticket"] for _ in range(count)]


def clerk_at(hall: HallServer, window: int) -> Staff:
    """The usual clerk of a window, signed on there."""
    name = f"工号{window:03d}"
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in().sign_on(window)
