"""A citizen at the kiosk (K1, K5, K7, K8, K11, K12, K14, K19), in front of the running program."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.kiosk_visit import (
    TAKE_WITHOUT_PAPER,
    choose,
    clerk_at,
    kiosk_of,
    kiosk_page,
    number_on,
    row_of,
    take,
    waiting,
)
from tests.browser.screens import LANDSCAPE, PORTRAIT, TABLET, accessibility_faults
from tests.conftest import StartHall
from tests.hall_server import OPEN, HallServer

KEY_MILLIMETRES = 20
PANEL_MILLIMETRES = 398  # a 32-inch panel, upright
CUT_OFF = """() => [...document.querySelectorAll('header *, main *, footer *')].filter((element) => {
  if (!element.getClientRects().length || element.closest('.hear, svg')) return false;
  const box = element.getBoundingClientRect();
  const wide = getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1;
  return wide || box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1;
}).map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`)"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """One open hall for this file; each test uses queues of its own."""
    server = HallServer(tmp_path_factory.mktemp("kiosk") / "hall", ("--now", OPEN, "--visitors", "0")).start()
    yield server
    server.kill()


@pytest.fixture
def page(hall: HallServer, browser: Browser) -> Iterator[Page]:
    with kiosk_page(browser, hall) as opened_page:
        yield opened_page


# The way to a number


def test_the_start_page_shows_every_queue_in_three_groups(page: Page) -> None:
    expect(page.locator("main.home .group")).to_have_count(3)
    letters = page.locator(".tile .disc").all_inner_texts()
    assert sorted(letters) == sorted("ABCDEXSFGHJPKLMNRT")
    expect(page.get_by_role("heading", level=1)).to_have_text("您好，请问您需要办理什么业务？")


def test_a_visitor_takes_a_number_and_sees_what_the_server_says_of_it(hall: HallServer, page: Page) -> None:
    take(hall, "J", 2)
    choose(page, "J", "J01")
    page.click(TAKE_WITHOUT_PAPER)
    expect(page.locator("main.taken .number")).to_have_text(re.compile(r"^J\d{3}$"))
    token = str(page.get_attribute(".code img", "src")).removeprefix("/api/v1/qr/").removesuffix(".svg")
    ticket = kiosk_of(hall).get(f"tickets/{token}").expect()["ticket"]
    assert (ticket["number"], ticket["item"], ticket["print"]) == (number_on(page), "J01", "paperless")
    expect(page.locator(".facts .line")).to_contain_text("前面 2 人")
    expect(page.locator(".taken .place")).to_contain_text("二楼C区")


def test_the_code_on_the_slip_is_drawn(hall: HallServer, page: Page) -> None:
    choose(page, "J", "J02")
    page.click(TAKE_WITHOUT_PAPER)
    width = page.locator(".code img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width > 0


def test_before_the_number_the_page_tells_wait_people_and_place(hall: HallServer, page: Page) -> None:
    clerk_at(hall, 20)
    take(hall, "G", 3)
    choose(page, "G", "G01")
    expect(page.locator(".range")).to_have_text(re.compile(r"^约\d+–\d+分钟$"), timeout=10_000)
    told = row_of(hall, "G")["estimate"]
    expect(page.locator(".range")).to_have_text(f"约{told['low_minutes']}–{told['high_minutes']}分钟")
    expect(page.locator(".wait-part .line")).to_contain_text("前面 3 人")
    expect(page.locator(".wait-part .dots i")).to_have_count(4)
    expect(page.locator(".wait-part .dots i.you")).to_have_count(1)
    expect(page.locator(".go-to .place")).to_have_text(re.compile(r"一楼B区\s*20 号窗口"))


def test_a_wait_that_nobody_knows_is_not_told_as_zero(page: Page) -> None:
    choose(page, "N", "N01") if page.locator("[data-queue=N]").count() == 0 else page.click("[data-queue=N]")
    expect(page.locator("main.confirm .range")).to_have_text("时间待定")


def test_what_to_bring_can_be_read_before_queueing(page: Page) -> None:
    choose(page, "M", "M01")
    page.click("[data-action=materials]")
    expect(page.locator("main.materials li").first).to_be_visible()
    page.click("main.materials [data-action=back]")
    expect(page.locator("main.confirm")).to_be_visible()


def test_who_needs_priority_says_so_by_touch_and_only_the_group_is_sent(hall: HallServer, page: Page) -> None:
    choose(page, "R", "R01") if page.locator("[data-queue=R]").count() == 0 else page.click("[data-queue=R]")
    page.click("[data-action=priority]")
    page.click("[data-group=孕产妇]")
    expect(page.locator(".prio")).to_contain_text("优先办理：孕产妇")
    page.click(TAKE_WITHOUT_PAPER)
    expect(page.locator("main.taken .number")).to_have_text(re.compile(r"^VR\d{3}$"))


# Never a second ticket (K5)


def test_a_double_tap_gives_one_ticket(hall: HallServer, page: Page) -> None:
    before = waiting(hall, "K")
    choose(page, "K", "K01")
    page.dblclick(TAKE_WITHOUT_PAPER)
    expect(page.locator("main.taken .number")).to_be_visible()
    assert waiting(hall, "K") == before + 1


def losing(replies: int, asked: list[Any]) -> Any:
    """Lets every request through, but the first `replies` answers never arrive."""

    def pass_on(route: Route) -> None:
        asked.append(route.request.post_data_json)
        answer = route.fetch()
        if len(asked) <= replies:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    return pass_on


def test_a_lost_reply_is_asked_for_again_with_the_same_request_id(hall: HallServer, page: Page) -> None:
    before, asked = waiting(hall, "L"), list[Any]()
    page.route("**/api/v1/tickets", losing(1, asked))
    choose(page, "L", "L01")
    page.click(TAKE_WITHOUT_PAPER)
    expect(page.locator("main.taken .number")).to_be_visible()
    assert len({body["request_id"] for body in asked}) == 1
    assert len(asked) == 2
    assert waiting(hall, "L") == before + 1


def test_when_no_reply_comes_the_visitor_may_try_again_without_a_second_ticket(hall: HallServer, page: Page) -> None:
    before, asked = waiting(hall, "L"), list[Any]()
    page.route("**/api/v1/tickets", losing(2, asked))
    choose(page, "L", "L02")
    page.click(TAKE_WITHOUT_PAPER)
    expect(page.locator("main.refusal")).to_contain_text("暂时没有收到回复")
    page.click("[data-action=retry]")
    expect(page.locator("main.taken .number")).to_be_visible()
    assert waiting(hall, "L") == before + 1


# Live


def test_a_tile_follows_the_queue_and_keeps_the_focus(hall: HallServer, page: Page) -> None:
    page.focus("[data-queue=D]")
    before = waiting(hall, "D")
    take(hall, "D")
    expect(page.locator("[data-queue=D] .wait b").first).to_have_text(str(before + 1))
    assert page.evaluate("document.activeElement.dataset.queue") == "D"


def test_the_page_lives_without_websockets(hall: HallServer, browser: Browser) -> None:
    with kiosk_page(browser, hall) as page:
        page.route_web_socket(re.compile(".*"), lambda socket: socket.close())
        page.reload()
        page.wait_for_selector("html[data-live=connected]")
        before = waiting(hall, "C")
        take(hall, "C")
        expect(page.locator("[data-queue=C] .wait b").first).to_have_text(str(before + 1))


def test_a_page_without_its_server_says_so_with_the_time_of_its_picture(
    start_hall: StartHall, browser: Browser
) -> None:
    hall = start_hall()
    with kiosk_page(browser, hall) as page:
        hall.kill()
        expect(page.locator("html")).to_have_attribute("data-live", "stale", timeout=9_000)
        expect(page.locator(".not-live")).to_be_visible()
        expect(page.locator(".not-live [data-stale-at]")).to_have_text(re.compile(r"^10:0\d$"))
        hall.start()
        expect(page.locator("html")).to_have_attribute("data-live", "connected", timeout=20_000)
        expect(page.locator(".not-live")).to_be_hidden()


# A polite no (K8) and the choice near closing (4.3.4.2)


def near_closing(start_hall: StartHall) -> HallServer:
    """A hall at 17:20 in which one window serves real estate and people wait."""
    hall = start_hall(now="2026-11-24T17:20:00+08:00")
    clerk_at(hall, 37)
    take(hall, "M", 2, item="M01")
    return hall


def test_near_closing_three_equal_choices_and_waiting_gives_the_number(start_hall: StartHall, browser: Browser) -> None:
    hall = near_closing(start_hall)
    with kiosk_page(browser, hall) as page:
        choose(page, "M", "M01")
        page.click(TAKE_WITHOUT_PAPER)
        expect(page.locator("main.choice h1")).to_have_text(re.compile(r"现在临近下班时间，您预计 \d\d:\d\d 办完"))
        expect(page.locator(".option strong > span:first-child")).to_have_text(["继续等候", "改为预约", "放弃取号"])
        sizes = [page.locator(".option").nth(place).bounding_box() for place in range(3)]
        assert len({(round(box["width"]), round(box["height"])) for box in sizes if box}) == 1
        assert accessibility_faults(page) == []
        page.click("[data-choice=wait]")
        expect(page.locator("main.taken .number")).to_have_text("M003")
        expect(page.locator("main.taken .notice")).to_contain_text("您选择了继续等候")


@pytest.mark.parametrize(("choice", "said"), [("book", "为您改为预约"), ("leave", "没有取号，再见")])
def test_who_books_or_leaves_near_closing_takes_no_number(
    start_hall: StartHall, browser: Browser, choice: str, said: str
) -> None:
    hall = near_closing(start_hall)
    with kiosk_page(browser, hall) as page:
        choose(page, "M", "M01")
        page.click(TAKE_WITHOUT_PAPER)
        page.click(f"[data-choice={choice}]")
        expect(page.locator("main.refusal h1")).to_contain_text(said)
    assert waiting(hall, "M") == 2


def test_outside_the_hours_the_page_tells_when_the_hall_opens_and_what_to_do_instead(
    start_hall: StartHall, browser: Browser
) -> None:
    hall = start_hall(now="2026-11-24T19:00:00+08:00")
    with kiosk_page(browser, hall) as page:
        expect(page.locator("main.home h1")).to_have_text("对不起，现在不在取号时间")
        page.click("[data-queue=B]")
        expect(page.locator("main.refusal")).to_have_attribute("data-code", "closed")
        expect(page.locator("main.refusal > .detail")).to_contain_text("明天 08:50")
        expect(page.locator(".hours")).to_contain_text("14:00–17:30")
        expect(page.locator(".instead")).to_contain_text("24 小时自助服务区")
        assert accessibility_faults(page) == []


def test_the_start_page_closes_with_the_hall(start_hall: StartHall, browser: Browser) -> None:
    hall = start_hall("--speed", "20", now="2026-11-24T17:28:00+08:00")
    with kiosk_page(browser, hall) as page:
        expect(page.locator("main.home h1")).to_have_text("您好，请问您需要办理什么业务？")
        expect(page.locator("main.home h1")).to_have_text("对不起，现在不在取号时间", timeout=15_000)
        expect(page.locator(".tile.off")).to_have_count(18)


def test_a_kiosk_that_is_not_enrolled_says_so_politely(hall: HallServer, browser: Browser) -> None:
    with kiosk_page(browser, hall) as page:
        page.route(
            "**/api/v1/tickets", lambda route: route.fulfill(status=401, json={"error": {"code": "unknown_device"}})
        )
        choose(page, "F", "F01")
        page.click(TAKE_WITHOUT_PAPER)
        expect(page.locator("main.refusal h1")).to_contain_text("这台取号机还没有启用")
        expect(page.locator(".instead")).to_contain_text("使用旁边的取号机")


# What becomes of the paper


def test_the_page_follows_the_paper_from_printing_to_printed(hall: HallServer, browser: Browser) -> None:
    with kiosk_page(browser, hall, printer="ok") as page:
        choose(page, "S", "S01")
        page.click("[data-print=printer]")
        expect(page.locator(".paper")).to_have_attribute("data-print", "pending")
        expect(page.locator(".foot [data-idle]")).to_have_attribute("data-idle", "")
        token = str(page.get_attribute(".code img", "src")).removeprefix("/api/v1/qr/").removesuffix(".svg")
        kiosk_of(hall).post(f"tickets/{token}/print", result="printed").expect()
        expect(page.locator(".paper")).to_have_text("请取走您的号票")


def test_paper_that_failed_is_told_with_the_code_to_scan(hall: HallServer, browser: Browser) -> None:
    with kiosk_page(browser, hall, printer="ok") as page:
        choose(page, "S", "S02")
        page.click("[data-print=printer]")
        token = str(page.get_attribute(".code img", "src")).removeprefix("/api/v1/qr/").removesuffix(".svg")
        kiosk_of(hall).post(f"tickets/{token}/print", result="failed", problem="out").expect()
        expect(page.locator(".paper")).to_contain_text("对不起，没有打印出来。号码有效，请用手机扫码保存")
        expect(page.locator(".code img")).to_be_visible()


@pytest.mark.parametrize("state", ["out", "cover", "offline"])
def test_a_printer_that_cannot_print_is_told_before_the_number(hall: HallServer, browser: Browser, state: str) -> None:
    with kiosk_page(browser, hall, printer=state) as page:
        choose(page, "A", "A01")
        expect(page.locator(".paper")).to_contain_text("暂时不能打印")
        expect(page.locator("[data-print=printer]")).to_have_count(0)
        expect(page.locator(TAKE_WITHOUT_PAPER)).to_be_visible()


# A page left alone forgets


def hurry(page: Page, **seconds: int) -> None:
    """Shortens the patience of the page, which it reads from its own element."""
    page.locator("kiosk-page").evaluate(
        "(kiosk, seconds) => Object.assign(kiosk.dataset, seconds)",
        {f"{name}Seconds": str(value) for name, value in seconds.items()},
    )


def test_a_visit_left_alone_is_asked_about_and_then_forgotten(page: Page) -> None:
    hurry(page, idle=3, warn=2)
    page.click("[data-action=language]")
    page.click("[data-queue=B]")
    expect(page.get_by_role("alertdialog")).to_contain_text("Do you need more time?")
    expect(page.get_by_role("button", name="Continue")).to_be_focused()
    expect(page.locator("main.home h1")).to_have_text("您好，请问您需要办理什么业务？", timeout=8_000)


def test_a_touch_keeps_the_visit(page: Page) -> None:
    hurry(page, idle=3, warn=2)
    page.click("[data-queue=B]")
    page.get_by_role("button", name="继续办理").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.locator("main.items")).to_be_visible()


def test_the_number_does_not_stay_on_the_screen(page: Page) -> None:
    hurry(page, scan=2)
    choose(page, "F", "F02")
    page.click(TAKE_WITHOUT_PAPER)
    number = number_on(page)
    expect(page.locator("main.home")).to_be_visible(timeout=8_000)
    assert number not in page.content()


def test_the_patience_of_the_page_is_a_minute_and_ten_seconds_after_the_slip(page: Page) -> None:
    kiosk = page.locator("kiosk-page")
    expect(kiosk).to_have_attribute("data-idle-seconds", "60")
    expect(kiosk).to_have_attribute("data-slip-seconds", "10")


# For everybody


def test_the_language_changes_and_chinese_stands_second(page: Page) -> None:
    page.click("[data-action=language]")
    expect(page.locator("kiosk-page")).to_have_attribute("lang", "en")
    expect(page.locator("main.home h1")).to_have_text("Welcome. Which service do you need?")
    expect(page.locator(".ask .en")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("[data-queue=F] strong")).to_have_text("Social insurance")


def test_large_keys_are_six_a_page_and_all_in_the_lower_half(page: Page) -> None:
    page.click("[data-action=elder]")
    expect(page.locator(".large-keys button")).to_have_count(6)
    tops = page.locator("main button").evaluate_all("keys => keys.map(key => key.getBoundingClientRect().top)")
    assert min(tops) >= PORTRAIT[1] * 0.4
    page.click("[data-action=more]")
    page.click("[data-action=more]")
    expect(page.locator("[data-action=more]")).to_be_disabled()
    page.click("[data-action=normal]")
    expect(page.locator("main.home .group")).to_have_count(3)


def test_a_number_can_be_taken_with_the_keyboard_alone(page: Page) -> None:
    page.focus("[data-queue=F]")
    page.keyboard.press("Enter")
    expect(page.locator("main.items h1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main.confirm h1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("main.items")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main.taken .number")).to_be_visible()


def test_the_focus_shows_in_two_rings(page: Page) -> None:
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("element => getComputedStyle(element).outlineWidth") == "3px"
    assert "3px" in focused.evaluate("element => getComputedStyle(element).boxShadow")


def each_page(page: Page) -> Iterator[str]:
    """Walks a whole visit and stops at every page of it."""
    yield "home"
    page.click("[data-queue=F]")
    yield "items"
    page.click("[data-item=F03]")
    yield "confirm"
    page.click("[data-action=priority]")
    yield "priority"
    page.click("[data-group='']")
    page.click("[data-action=materials]")
    yield "materials"
    page.click("main.materials [data-action=back]")
    page.click(TAKE_WITHOUT_PAPER)
    page.wait_for_selector("main.taken")
    yield "taken"
    page.click("[data-action=home]")
    page.click("[data-action=elder]")
    yield "elder"


def test_no_page_of_a_visit_has_accessibility_faults(page: Page) -> None:
    found = {name: faults for name in each_page(page) if (faults := accessibility_faults(page))}
    assert found == {}


@pytest.mark.parametrize(
    ("size", "language"),
    [(PORTRAIT, "zh"), (PORTRAIT, "en"), (LANDSCAPE, "zh"), (LANDSCAPE, "en"), (TABLET, "zh"), ((768, 1024), "zh")],
)
def test_nothing_is_cut_off_on_any_panel(
    hall: HallServer, browser: Browser, size: tuple[int, int], language: str
) -> None:
    with kiosk_page(browser, hall, size) as page:
        if language == "en":
            page.click("[data-action=language]")
        found = {name: cut for name in each_page(page) if (cut := page.evaluate(CUT_OFF))}
    assert found == {}


@pytest.mark.parametrize("low_high", [(65, 105), (100, 115), (330, 700)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_wait_fits_the_slip(
    hall: HallServer, browser: Browser, low_high: tuple[int, int], language: str
) -> None:
    def tell_long_waits(route: Route) -> None:
        picture = route.fetch().json()
        for row in picture["queues"]:
            low, high = low_high
            row |= {"waiting": 48, "estimate": {"low_minutes": low, "likely_minutes": low, "high_minutes": high}}
        route.fulfill(json=picture)

    with kiosk_page(browser, hall) as page:
        page.route("**/api/v1/picture*", tell_long_waits)
        page.reload()
        page.wait_for_selector("html[data-live=connected]")
        if language == "en":
            page.click("[data-action=language]")
        assert page.evaluate(CUT_OFF) == []
        choose(page, "F", "F01")
        assert page.evaluate(CUT_OFF) == []


def test_every_key_is_at_least_twenty_millimetres_high(page: Page) -> None:
    smallest = PORTRAIT[0] / PANEL_MILLIMETRES * KEY_MILLIMETRES
    small = {}
    for name in each_page(page):
        heights = page.locator("button:visible").evaluate_all("keys => keys.map(key => key.offsetHeight)")
        assert heights or name == "none"
        small[name] = [height for height in heights if height < smallest]
    assert not any(small.values()), small


def test_the_page_asks_nobody_but_its_own_host(hall: HallServer, browser: Browser) -> None:
    asked: set[str] = set()
    with kiosk_page(browser, hall) as page:
        page.on("request", lambda request: asked.add(request.url))
        page.reload()
        page.wait_for_selector("html[data-live=connected]")
    assert asked
    assert [url for url in asked if not url.startswith((hall.url, hall.url.replace("http", "ws", 1)))] == []
