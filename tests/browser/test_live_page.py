"""How a page stays true (DESIGN §7): its picture, the news by number, gaps, reconnects and a server that counts anew.

The page is the real main screen; the hall before it does only what a test says.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import connected, opened
from tests.browser.watched_hall import WatchedHall


@pytest.fixture
def hall() -> Iterator[WatchedHall]:
    hall = WatchedHall()
    yield hall
    hall.close()


@pytest.fixture
def screen(hall: WatchedHall, browser: Browser) -> Iterator[Page]:
    with opened(browser, f"{hall.url}/display/main/MS1") as page:
        yield connected(page)


def seq_of(page: Page) -> int:
    return int(page.locator("html").get_attribute("data-seq") or -1)


def test_the_page_tells_the_number_of_its_picture(hall: WatchedHall, screen: Page) -> None:
    assert seq_of(screen) == hall.picture["seq"]
    hall.call("B047", 3)
    expect(screen.locator("html")).to_have_attribute("data-seq", str(hall.picture["seq"]))


def test_news_that_were_lost_on_the_way_are_fetched(
    hall: WatchedHall, screen: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as on_the_way:
        on_the_way.setattr(hall._socket, "emit", lambda *_, **__: None)
        hall.call("B047", 3)
    hall.call("B048", 4)
    expect(screen.locator("html")).to_have_attribute("data-seq", str(hall.picture["seq"]))
    expect(screen.locator("call-hero .number")).to_have_text("B048")
    expect(screen.locator("recent-calls")).to_contain_text("B047")


def test_what_happened_while_the_page_was_away_is_there_after_it_came_back(hall: WatchedHall, screen: Page) -> None:
    hall.go_away()
    hall.call("B049", 3)
    hall.come_back()
    expect(screen.locator("html")).to_have_attribute("data-seq", str(hall.picture["seq"]), timeout=15_000)
    expect(screen.locator("call-hero .number")).to_have_text("B049")


def test_a_server_that_counts_anew_is_believed(hall: WatchedHall, screen: Page) -> None:
    screen.route("**/api/v1/news*", lambda route: route.fulfill(status=410, json={"error": {"code": "too_far_back"}}))
    hall.go_away()
    hall.picture["seq"] = 1  # a backup was restored
    hall.come_back()
    expect(screen.locator("html")).to_have_attribute("data-seq", "1", timeout=15_000)
    hall.call("B050", 3)
    expect(screen.locator("call-hero .number")).to_have_text("B050")
