"""The page behind the code on a slip (P1, P2, P3), in front of the running program."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kiosk_visit import clerk_at, kiosk_of, take
from tests.browser.screens import accessibility_faults, opened
from tests.clients import Staff
from tests.conftest import StartHall
from tests.hall_server import OPEN, HallServer

PHONE = (390, 844)
FIRST_LOAD_BYTES = 60_000
YELLOW = "rgb(255, 201, 74)"
REMEMBER_VIBRATION = "navigator.vibrate = (pattern) => (window.vibrated ??= []).push([pattern].flat()) > 0"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """One open hall for this file; each test uses a queue and window of its own."""
    server = HallServer(tmp_path_factory.mktemp("phone") / "hall", ("--now", OPEN, "--visitors", "0")).start()
    yield server
    server.kill()


@contextmanager
def phone(browser: Browser, hall: HallServer, ticket: dict[str, Any]) -> Iterator[Page]:
    """The page of a ticket, live, on a phone that can vibrate."""
    with opened(browser, "about:blank", PHONE, has_touch=True, is_mobile=True, device_scale_factor=2) as page:
        page.add_init_script(REMEMBER_VIBRATION)
        page.goto(f"{hall.url}/t/{ticket['token']}")
        page.wait_for_selector("html[data-live=connected]")
        yield page


def test_the_number_people_ahead_and_place_can_be_read(hall: HallServer, browser: Browser) -> None:
    *_, ticket = take(hall, "F", 4, item="F01")
    with phone(browser, hall, ticket) as page:
        expect(page.locator(".n")).to_have_text(ticket["number"])
        expect(page.locator("h1")).to_contain_text("前面还有3人")
        expect(page.locator(".dots i")).to_have_count(4)
        expect(page.locator(".dots i.you")).to_have_count(1)
        expect(page.locator(".go-to")).to_contain_text("一楼B区 15–19 号窗口")
        expect(page).to_have_title(f"前面 3 人 · {ticket['number']}")


def test_the_wait_is_told_as_clock_times_and_minutes_once_a_window_is_open(hall: HallServer, browser: Browser) -> None:
    *_, ticket = take(hall, "L", 3, item="L02")
    with phone(browser, hall, ticket) as page:
        expect(page.locator(".when .r")).to_have_text("时间待定")
        clerk_at(hall, 35)
        expect(page.locator(".when .r")).to_have_text(re.compile(r"^\d\d:\d\d–\d\d:\d\d$"), timeout=10_000)
        expect(page.locator(".when")).to_contain_text(re.compile(r"约 \d+–\d+ 分钟|\d+ 分钟以内"))


def test_the_page_is_readable_before_its_socket_connects(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "A")
    with opened(browser, "about:blank", PHONE) as page:
        page.route("**/vendor/**", lambda route: route.abort())
        page.goto(f"{hall.url}/t/{ticket['token']}")
        expect(page.locator(".n")).to_have_text(ticket["number"])
        expect(page.locator(".live")).to_contain_text("连接中")
        assert page.locator("html").get_attribute("data-live") == "connecting"


def test_the_first_look_costs_less_than_sixty_kilobytes(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "A")
    received: list[int] = []
    with opened(browser, "about:blank", PHONE) as page:
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
        page.goto(f"{hall.url}/t/{ticket['token']}")
        page.wait_for_selector("html[data-live=connected]")
    assert len(received) > 10, "the requests were counted"
    assert sum(received) < FIRST_LOAD_BYTES


def test_the_call_turns_the_page_yellow_with_the_window_the_title_and_a_vibration(
    hall: HallServer, browser: Browser
) -> None:
    (ticket,) = take(hall, "G")
    clerk = clerk_at(hall, 20)
    with phone(browser, hall, ticket) as page:
        page.locator("h1").tap()  # browsers let a page vibrate only after a touch
        clerk.post("windows/20/call-next").expect()
        expect(page.locator(".called .plate")).to_have_text("20")
        expect(page.locator("h1")).to_have_text("请到20号窗口办理")
        expect(page.locator("body")).to_have_css("background-color", YELLOW)
        expect(page).to_have_title(re.compile(f"轮到您了 · {ticket['number']}|请到20号窗口 · {ticket['number']}"))
        assert [400, 200, 400, 200, 800] in page.evaluate("window.vibrated")
        expect(page.get_by_role("status").filter(has_text="请")).to_have_text(f"请{ticket['number']}号到20号窗口办理")


def test_service_and_its_end_are_told(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "C")
    clerk = clerk_at(hall, 9)
    with phone(browser, hall, ticket) as page:
        clerk.post("windows/9/call-next").expect()
        clerk.post("windows/9/start").expect()
        expect(page.locator(".state")).to_have_text("正在为您办理")
        clerk.post("windows/9/finish", outcome="受理").expect()
        expect(page.locator(".state")).to_have_text("已办结")


def test_the_ticket_moves_up_while_one_watches(hall: HallServer, browser: Browser) -> None:
    _, ticket = take(hall, "D", 2)
    clerk = clerk_at(hall, 10)
    with phone(browser, hall, ticket) as page:
        expect(page.locator("h1")).to_contain_text("前面还有1人")
        clerk.post("windows/10/call-next").expect()
        expect(page.locator("h1")).to_contain_text("下一位就是您")


def test_after_a_miss_the_page_brings_the_visitor_back_in_line(start_hall: StartHall, browser: Browser) -> None:
    hall = start_hall("--speed", "60")  # the cool-down of a call is the hall's time: a third of a second here
    (ticket,) = take(hall, "H")
    clerk = clerk_at(hall, 24)
    with phone(browser, hall, ticket) as page:
        clerk.post("windows/24/call-next").expect()
        for _ in range(2):
            page.wait_for_timeout(400)
            clerk.post("windows/24/call-again").expect()
        clerk.post("windows/24/miss", reason="叫号三次未到").expect()
        expect(page.locator("h1")).to_contain_text("您的号码已过号")
        expect(page.locator(".in")).to_contain_text(re.compile(r"\d\d:\d\d 前可以恢复"))
        page.get_by_role("button", name="恢复排队").tap()
        expect(page.locator("h1")).to_contain_text("下一位就是您")


def test_cancelling_asks_first(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "J")
    with phone(browser, hall, ticket) as page:
        page.get_by_role("button", name="取消号码").tap()
        page.get_by_role("button", name="保留号码").tap()
        page.get_by_role("button", name="取消号码").tap()
        page.get_by_role("button", name="确定取消").tap()
        expect(page.locator(".state")).to_have_text("号码已取消")


def near_closing(start_hall: StartHall) -> tuple[HallServer, dict[str, Any]]:
    """A hall at 17:05 and somebody who would still be finished before closing, until many with priority come."""
    hall = start_hall(now="2026-11-24T17:05:00+08:00")
    clerk_at(hall, 40)
    device = kiosk_of(hall)
    ticket = device.post("tickets", queue="N", print="none").expect(201)["ticket"]
    take(hall, "N", 4, priority_group="孕产妇")
    return hall, ticket


@pytest.mark.parametrize(
    ("choice", "then"), [("继续等候", "前面还有4人"), ("改为预约", "前面还有4人"), ("放弃取号", "号码已取消")]
)
def test_who_would_be_finished_after_closing_is_asked_and_decides(
    start_hall: StartHall, browser: Browser, choice: str, then: str
) -> None:
    hall, ticket = near_closing(start_hall)
    with phone(browser, hall, ticket) as page:
        expect(page.locator("h1")).to_have_text(re.compile(r"现在临近下班时间，您预计 \d\d:\d\d 办完"), timeout=10_000)
        expect(page.locator(".option b")).to_have_text(["继续等候", "改为预约", "放弃取号"])
        assert accessibility_faults(page) == []
        page.get_by_role("button", name=choice).tap()
        expect(page.locator("h1")).to_contain_text(then)
        expect(page.locator(".why", has_text="约一个方便的时间")).to_have_count(int(choice == "改为预约"))


def test_saying_that_one_is_coming_is_confirmed(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "P")
    with phone(browser, hall, ticket) as page:
        page.get_by_role("button", name="我在路上").tap()
        expect(page.locator(".told")).to_have_text("已告诉窗口，请慢走")


def test_what_to_bring_is_listed(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "M", item="M01")
    with phone(browser, hall, ticket) as page:
        page.get_by_role("button", name="要带的材料").tap()
        expect(page.locator("ol.materials li").first).to_be_visible()


def test_a_code_that_leads_nowhere_says_what_to_do(hall: HallServer, browser: Browser) -> None:
    with opened(browser, f"{hall.url}/t/nothing-here", PHONE) as page:
        expect(page.locator("h1")).to_have_text("没有找到这个号码")
        expect(page.locator("main")).to_contain_text("请到取号机或咨询台重新取号")


def test_a_refused_command_is_told_and_the_page_stays(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "R")
    with phone(browser, hall, ticket) as page:
        refusal = {"error": {"code": "too_many", "message": "操作太频繁，请稍候再试。", "message_en": "Please wait."}}
        page.route("**/on-my-way", lambda route: route.fulfill(status=429, json=refusal))
        page.get_by_role("button", name="我在路上").tap()
        expect(page.get_by_role("alert")).to_have_text("操作太频繁，请稍候再试。")
        expect(page.get_by_role("button", name="我在路上")).to_be_enabled()


def test_the_pages_of_a_ticket_have_no_accessibility_faults(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "K", item="K01")
    clerk = clerk_at(hall, 32)
    found = {}
    with phone(browser, hall, ticket) as page:
        found["waiting"] = accessibility_faults(page)
        page.get_by_role("button", name="取消号码").tap()
        found["asking"] = accessibility_faults(page)
        clerk.post("windows/32/call-next").expect()
        page.wait_for_selector("main[data-key=called]")
        page.wait_for_timeout(4_500)  # the blink of a new call is over
        found["called"] = accessibility_faults(page)
        clerk.post("windows/32/start").expect()
        page.wait_for_selector("main[data-key=serving]")
        found["serving"] = accessibility_faults(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_keys_are_large_enough_for_a_thumb(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "K", item="K02")
    with phone(browser, hall, ticket) as page:
        heights = page.locator("button:visible").evaluate_all("keys => keys.map(key => key.offsetHeight)")
        assert len(heights) == 3
        assert min(heights) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_whom_nobody_will_serve_today_is_told_what_to_do(hall: HallServer, browser: Browser) -> None:
    (ticket,) = take(hall, "P", 1, item="P01")
    manager = Staff(hall.url, "工号057", hall.credentials["staff"]["工号057"]).sign_in()
    with phone(browser, hall, ticket) as page:
        filing = {"window": 31, "ends_at": "2026-11-24T20:00:00+08:00", "reason": "业务调整", "staff_to": "培训"}
        manager.post("closures", filing).expect(201)
        expect(page.locator("h1")).to_contain_text("今天没有窗口继续办理这项业务", timeout=10_000)
        expect(page.locator(".said")).to_contain_text("号码仍然有效")
        assert accessibility_faults(page) == []
        manager.post("queues/P/move", to="H", reason="业务调整").expect()
        expect(page.locator("h1")).to_contain_text(re.compile("前面还有|下一位"), timeout=10_000)
        expect(page.locator(".n")).to_have_text(ticket["number"])
        page.get_by_role("button", name="取消号码").click()
        page.get_by_role("button", name="确定取消").click()
        expect(page.locator("h1")).to_contain_text("号码已取消")
