"""The sign over a window (D3, D5): every state in words, an icon and a colour, and what happens next."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import CUT_OFF, SIGN, accessibility_faults, connected, opened, pixels
from tests.browser.watched_hall import WatchedHall
from tests.browser.watched_rows import Row, ago, ahead, ticket_at, window_row

YELLOW = "rgb(255, 201, 74)"
CALLING = window_row(3, "calling", ticket=ticket_at("B047", "called"))
SERVING = window_row(3, "serving", ticket=ticket_at("B047", "serving"))
PAUSED = window_row(3, "paused", pause={"from": ago(minutes=4), "until": ahead(minutes=10, seconds=55)})
PAUSED_OPEN_END = window_row(3, "paused", pause={"from": ago(minutes=4), "until": None})
OVERDUE = window_row(3, "paused", overrun=True, pause={"from": ago(minutes=21), "until": ago(minutes=6)})
AFTER_HOURS = window_row(3, "serving", after_hours=True, ticket=ticket_at("B112", "serving"))
CLOSED = window_row(3, "closed")
LONGEST = window_row(
    3, "calling", after_hours=True, ticket=ticket_at("YB1012", "called", flags=["appointment", "priority"])
)
FILED = window_row(3, "closed", sign={"text": "", "text_en": "", "until": ahead(hours=4)})
FILED_FOR_DAYS = window_row(3, "closed", sign={"text": "", "text_en": "", "until": ahead(days=3)})
SUSPENDED = window_row(3, "paused", clerk=None, pause=None)
STATES = {
    "calling": CALLING,
    "serving": SERVING,
    "open": window_row(3, "open"),
    "paused": PAUSED,
    "paused without an end": PAUSED_OPEN_END,
    "overdue": OVERDUE,
    "after hours, serving": AFTER_HOURS,
    "after hours, free": window_row(3, "open", after_hours=True),
    "closed": CLOSED,
    "closed by filing": FILED,
    "closed by filing for days": FILED_FOR_DAYS,
    "suspended": SUSPENDED,
    "the longest number": LONGEST,
}


@pytest.fixture
def hall() -> Iterator[WatchedHall]:
    hall = WatchedHall()
    yield hall
    hall.close()


@pytest.fixture
def sign(hall: WatchedHall, browser: Browser) -> Iterator[Page]:
    """The sign of window 3, for queue B 综合办事(个人事项)."""
    with opened(browser, f"{hall.url}/display/window/3", SIGN) as page:
        yield connected(page)


def become(hall: WatchedHall, row: Row, *others: Row) -> None:
    hall.tell("WindowChanged", windows=[row, *others])


def test_a_called_number_turns_the_whole_sign_yellow_and_blinks(hall: WatchedHall, sign: Page) -> None:
    become(hall, CALLING)
    expect(sign.locator(".sign.calling")).to_have_css("background-color", YELLOW)
    expect(sign.locator(".n")).to_have_text("B047")
    expect(sign.locator(".n")).to_have_css("animation-name", "new-call")
    expect(sign.locator(".st")).to_contain_text("请到本窗口办理")
    expect(sign.locator("#newest-call")).to_have_text("请B047号到本窗口办理")


def test_a_call_again_blinks_again(hall: WatchedHall, sign: Page) -> None:
    become(hall, CALLING)
    sign.locator(".n").evaluate("element => { element.dataset.seen = 'yes'; }")
    become(hall, window_row(3, "calling", ticket=ticket_at("B047", "called", calls=2)))
    expect(sign.locator(".n:not([data-seen])")).to_have_text("B047")


def test_the_person_at_the_window_is_shown_as_being_served(hall: WatchedHall, sign: Page) -> None:
    become(hall, SERVING)
    expect(sign.locator(".sign.serving .st")).to_contain_text("正在办理")
    expect(sign.locator(".n")).to_have_text("B047")
    expect(sign.locator(".n")).to_have_css("animation-name", "none")


def test_a_free_window_welcomes_and_says_what_it_is_for(sign: Page) -> None:
    expect(sign.locator(".say")).to_contain_text("热情为您服务")
    expect(sign.locator(".say .queues")).to_contain_text("综合办事")
    expect(sign.locator(".id")).to_contain_text("3")


def test_a_pause_says_when_service_goes_on_and_who_else_calls_but_not_why(hall: WatchedHall, sign: Page) -> None:
    working = [window_row(number, "serving", ticket=ticket_at(f"B05{number}", "serving")) for number in (4, 5, 6)]
    closed = [window_row(number, "closed") for number in (7, 8)]
    become(hall, PAUSED | {"pause": PAUSED["pause"] | {"reason": "用餐轮换"}}, *working, *closed)
    expect(sign.locator(".st")).to_contain_text("暂停服务")
    expect(sign.locator(".big")).to_have_text("10:15恢复服务")
    expect(sign.locator(".ring")).to_contain_text("11")
    expect(sign.locator(".sub")).to_have_text("请稍候，或留意 4–6 号窗口叫号")
    expect(sign.locator(".say")).not_to_contain_text("用餐")


def test_an_overdue_pause_apologises_and_promises_that_numbers_stay_valid(hall: WatchedHall, sign: Page) -> None:
    become(hall, OVERDUE)
    expect(sign.locator(".words")).to_have_text("对不起，让您久等了")
    expect(sign.locator(".sub")).to_have_text("正在安排补岗，您的号码仍然有效")
    expect(sign.locator(".say")).not_to_contain_text("10:")


def test_after_hours_is_blue_with_its_word_and_calms_those_who_wait(hall: WatchedHall, sign: Page) -> None:
    become(hall, AFTER_HOURS)
    expect(sign.locator(".sign.after .st")).to_contain_text("延时服务")
    expect(sign.locator(".n")).to_have_text("B112")
    expect(sign.locator(".sub")).to_have_text("已取号的办事群众请放心等候")


def test_a_closed_window_sends_people_to_the_nearest_one_that_does_the_same(hall: WatchedHall, sign: Page) -> None:
    become(hall, CLOSED, window_row(4, "paused"), window_row(5, "closed"))
    expect(sign.locator(".st")).to_contain_text("本窗口已关闭")
    expect(sign.locator(".to .plate")).to_have_text("6")


def test_a_closed_window_at_noon_says_when_it_opens_again(hall: WatchedHall, sign: Page) -> None:
    hall.tell("PhaseChanged", hall={"phase": "lunch", "phase_until": "2026-11-24T14:00:00+08:00"}, windows=[CLOSED])
    expect(sign.locator(".say")).to_contain_text("本窗口 14:00 再开")


def test_when_the_day_is_over_the_sign_says_when_the_next_begins(hall: WatchedHall, sign: Page) -> None:
    everything_closed = [window_row(number, "closed") for number in range(1, 43)]
    over = {"phase": "closed", "phase_until": "2026-11-25T09:00:00+08:00"}
    hall.tell("PhaseChanged", hall=over, windows=everything_closed)
    expect(sign.locator(".words")).to_have_text("明天 09:00 再为您服务")


def test_a_sign_that_lost_the_server_says_so_with_the_time_of_its_picture(hall: WatchedHall, sign: Page) -> None:
    become(hall, SERVING)
    expect(sign.locator(".n")).to_have_text("B047")
    hall.go_away()
    expect(sign.locator(".strip.stale")).to_have_text("画面停在 10:04，正在重新连接，请以广播为准", timeout=15_000)
    expect(sign.locator(".n")).to_have_text("B047")
    assert sign.evaluate(CUT_OFF) == []


def test_the_number_and_the_state_can_be_read_at_six_metres(hall: WatchedHall, sign: Page) -> None:
    # On a sign 30 cm wide 1280 pixels are .234 mm each: 6 cm for the number, 1.8 cm for words would be 256 and 77 px;
    # signs hang wider, 1 m for 1280 px, and there the same heights are 77 and 23 px.
    become(hall, CALLING)
    expect(sign.locator(".n")).to_have_text("B047")
    assert pixels(sign, ".n") >= 77
    assert pixels(sign, ".st", digit=0.9) >= 23


@pytest.mark.parametrize("state", STATES)
def test_every_state_fits_its_sign_and_has_no_accessibility_fault(
    hall: WatchedHall, browser: Browser, state: str
) -> None:
    hall.hall["demo"] = True
    become(hall, STATES[state])
    with opened(browser, f"{hall.url}/display/window/3", SIGN, reduced_motion="reduce") as page:
        connected(page)
        assert page.evaluate(CUT_OFF) == []
        assert accessibility_faults(page) == []


@pytest.mark.parametrize("size", [(1920, 600), (640, 200), (1280, 800), (1024, 768)])
def test_the_sign_fills_panels_of_other_sizes(hall: WatchedHall, browser: Browser, size: tuple[int, int]) -> None:
    become(hall, LONGEST)
    with opened(browser, f"{hall.url}/display/window/3", size) as page:
        connected(page)
        assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("number", [24, 41])
def test_long_queue_names_and_two_digit_windows_fit_under_the_plate(
    hall: WatchedHall, browser: Browser, number: int
) -> None:
    with opened(browser, f"{hall.url}/display/window/{number}", SIGN) as page:
        connected(page)
        assert page.evaluate(CUT_OFF) == []
        expect(page.locator(".id .plate")).to_have_text(str(number))


def test_a_window_that_the_hall_does_not_have_is_not_found(hall: WatchedHall, browser: Browser) -> None:
    page = browser.new_page()
    answer = page.goto(f"{hall.url}/display/window/99")
    assert answer is not None
    assert answer.status == 404
    page.close()


@pytest.mark.parametrize(
    ("row", "until"), [(FILED, "本窗口 14:04 再开"), (FILED_FOR_DAYS, "本窗口 11月27日 10:04 再开")]
)
def test_a_filed_closure_says_until_when_and_where_to_go(hall: WatchedHall, sign: Page, row: Row, until: str) -> None:
    become(hall, row)
    expect(sign.locator(".st")).to_contain_text("暂停服务")
    expect(sign.locator(".to .plate")).to_have_text("4")
    expect(sign.locator(".to")).to_contain_text(until)


def test_a_filed_closure_without_another_window_sends_to_the_desk(hall: WatchedHall, browser: Browser) -> None:
    until = ahead(hours=4)
    with opened(browser, f"{hall.url}/display/window/9", SIGN) as page:
        connected(page)
        become(
            hall,
            window_row(9, "closed", sign={"text": "", "text_en": "", "until": until}),
            *[window_row(number, "closed") for number in range(3, 9)],
            *[window_row(number, "closed") for number in (10, 11, 12)],
        )
        expect(page.locator(".words")).to_have_text("14:04 再为您服务")
        expect(page.locator(".sub")).to_contain_text("请到咨询台")


def test_a_suspended_window_gives_no_time(hall: WatchedHall, sign: Page) -> None:
    become(hall, SUSPENDED)
    expect(sign.locator(".st")).to_contain_text("暂停服务")
    expect(sign.locator(".to .plate")).to_have_text("4")
    expect(sign.locator(".say")).not_to_contain_text("恢复")
    expect(sign.locator(".say")).not_to_contain_text("马上回来")
