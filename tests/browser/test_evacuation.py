"""An evacuation (4.2.2.6, H.7) is on every page at once, and every page goes on where it was when it ends."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kiosk_visit import take
from tests.browser.screens import LANDSCAPE, PORTRAIT, SIGN, accessibility_faults, connected, opened
from tests.clients import Device, Staff
from tests.hall_server import OPEN, HallServer

SENTENCE = "请听从工作人员引导有序疏散"
PHONE = (390, 844)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = HallServer(tmp_path_factory.mktemp("evacuation") / "hall", ("--now", OPEN, "--visitors", "0")).start()
    yield server
    server.kill()


@pytest.fixture
def manager(hall: HallServer) -> Iterator[Staff]:
    """The manager; whatever a test began is over after it."""
    found = Staff(hall.url, "工号057", hall.credentials["staff"]["工号057"]).sign_in()
    yield found
    found.post("evacuation", on=False).expect()


def covered(page: Page) -> None:
    expect(page.locator(".evacuation .say")).to_have_text(SENTENCE)
    box = page.locator(".evacuation").bounding_box()
    size = page.viewport_size
    assert box
    assert size
    assert (box["width"], box["height"]) == (size["width"], size["height"])
    assert page.evaluate("[...document.body.children].every((part) => part.inert || part.matches('.evacuation'))")
    assert page.evaluate("document.querySelector('.evacuation .say').scrollWidth <= innerWidth")
    assert page.evaluate("document.getAnimations().length") == 0
    assert accessibility_faults(page) == []


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/display/main/MS1", LANDSCAPE),
        ("/display/main/MS3", PORTRAIT),
        ("/display/window/3", SIGN),
        ("/kiosk/K1", PORTRAIT),
    ],
)
def test_a_screen_is_covered_and_returns(
    hall: HallServer, browser: Browser, manager: Staff, path: str, size: tuple[int, int]
) -> None:
    with opened(browser, f"{hall.url}{path}", size) as page:
        connected(page)
        manager.post("evacuation", on=True).expect()
        covered(page)
        manager.post("evacuation", on=False).expect()
        expect(page.locator(".evacuation")).to_have_count(0)
        assert page.evaluate("[...document.body.children].some((part) => part.inert)") is False


def test_a_page_that_opens_meanwhile_is_covered_too(hall: HallServer, browser: Browser, manager: Staff) -> None:
    manager.post("evacuation", on=True).expect()
    with opened(browser, f"{hall.url}/display/main/MS2") as page:
        connected(page)
        covered(page)


def test_a_phone_hears_of_it_and_keeps_its_number(hall: HallServer, browser: Browser, manager: Staff) -> None:
    (ticket,) = take(hall, "F", 1, item="F01")
    with opened(browser, f"{hall.url}/t/{ticket['token']}", PHONE) as page:
        connected(page)
        manager.post("evacuation", on=True).expect()
        covered(page)
        manager.post("evacuation", on=False).expect()
        expect(page.locator(".evacuation")).to_have_count(0)
        expect(page.locator(".slip .n")).to_have_text(ticket["number"])


def test_no_number_is_given_meanwhile(hall: HallServer, manager: Staff) -> None:
    kiosk = Device(hall.url, hall.credentials["devices"]["K1"])
    manager.post("evacuation", on=True).expect()
    refused = kiosk.post("tickets", queue="B")
    assert (refused.status, refused.code) == (409, "evacuation")
    manager.post("evacuation", on=False).expect()
    kiosk.post("tickets", queue="B").expect(201)


def test_the_manager_begins_and_ends_it_on_the_board_and_is_asked_first(
    hall: HallServer, browser: Browser, manager: Staff
) -> None:
    with opened(browser, f"{hall.url}/display/manager") as page:
        page.get_by_label("工号").fill("工号057")
        page.get_by_label("密码").fill(manager.password)
        page.keyboard.press("Enter")
        connected(page)
        page.get_by_role("button", name="疏散", exact=True).click()
        dialog = page.locator("dialog[open]")
        expect(dialog.get_by_role("heading", level=2)).to_have_text("确定要疏散整个大厅吗？")
        assert manager.get("picture").expect()["evacuation"] is False
        dialog.get_by_role("button", name="开始疏散").click()
        expect(page.locator("board-notice")).to_contain_text("正在疏散")
        assert manager.get("picture").expect()["evacuation"] is True
        page.get_by_role("button", name="结束疏散").click()
        page.locator("dialog[open]").get_by_role("button", name="结束疏散").click()
        expect(page.locator("board-notice")).to_be_hidden()
        assert manager.get("picture").expect()["evacuation"] is False
