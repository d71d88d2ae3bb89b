"""The page with the links: every page of the hall can be found from it."""

import pytest
import requests
from playwright.sync_api import Browser

from tests.browser.screens import accessibility_faults, opened
from tests.hall_server import HallServer

SIZES = [(1280, 900), (390, 844)]


@pytest.mark.parametrize("size", SIZES)
def test_every_link_of_the_index_leads_somewhere(
    hall_server: HallServer, browser: Browser, size: tuple[int, int]
) -> None:
    with opened(browser, hall_server.url, size) as page:
        links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    kinds = {link.removeprefix(hall_server.url).split("/")[1].split("?")[0] for link in links}
    assert kinds == {"kiosk", "caller", "display", "api", "health"}
    sample = {link.rsplit("/", 1)[0].split("?")[0]: link for link in links}
    assert {link: requests.get(link, timeout=10).status_code for link in sample.values()} == dict.fromkeys(
        sample.values(), 200
    )


def test_the_demo_says_how_to_sign_in_without_showing_a_password(hall_server: HallServer, browser: Browser) -> None:
    with opened(browser, hall_server.url) as page:
        assert "demo-credentials.json" in page.locator("main").inner_text()
        shown = page.content()
    assert not [word for word in hall_server.credentials["staff"].values() if word in shown]
