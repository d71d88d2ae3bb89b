"""The main screen of a zone (D1, D2, D4, D5), before a hall whose facts the test sets."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import CUT_OFF, PORTRAIT, accessibility_faults, connected, opened, pixels
from tests.browser.watched_hall import WatchedHall
from tests.browser.watched_rows import QUEUES, call_row, ticket_at, wait, window_row

HERO = "call-hero .number"
RECENT = "recent-calls .n"
YELLOW = "rgb(255, 201, 74)"


@pytest.fixture
def hall() -> Iterator[WatchedHall]:
    hall = WatchedHall()
    yield hall
    hall.close()


@pytest.fixture
def screen(hall: WatchedHall, browser: Browser) -> Iterator[Page]:
    """The landscape screen of zone 1A."""
    with opened(browser, f"{hall.url}/display/main/MS1") as page:
        yield connected(page)


def band(page: Page) -> dict[str, str]:
    """The words of the queue band by queue letter."""
    return {
        row.locator(".disc").inner_text(): re.sub(r"\s+", " ", row.inner_text())
        for row in page.locator(".queues > li").all()
    }


def test_a_call_becomes_the_hero_in_yellow_and_blinks(hall: WatchedHall, screen: Page) -> None:
    hall.call("B047", 3)
    expect(screen.locator(HERO)).to_have_text("B047")
    expect(screen.locator("call-hero .to .plate")).to_have_text("3")
    hero = screen.locator(".hero")
    expect(hero).to_have_css("background-color", YELLOW)
    expect(hero).to_have_css("animation-name", "new-call")
    expect(hero).to_have_css("animation-duration", "1s")
    expect(hero).to_have_css("animation-iteration-count", "4")


def test_nothing_blinks_for_those_who_asked_for_less_motion(hall: WatchedHall, browser: Browser) -> None:
    with opened(browser, f"{hall.url}/display/main/MS1", reduced_motion="reduce") as page:
        connected(page)
        hall.call("B047", 3)
        expect(page.locator(HERO)).to_have_text("B047")
        expect(page.locator(".hero")).to_have_css("animation-name", "none")


def test_the_newest_call_is_told_politely_to_those_who_listen(hall: WatchedHall, screen: Page) -> None:
    hall.call("B047", 3)
    region = screen.locator("[aria-live=polite]#newest-call")
    expect(region).to_have_text("请B047号到3号窗口办理")


def test_two_calls_in_one_second_are_both_shown_at_once_and_each_is_the_hero(hall: WatchedHall, screen: Page) -> None:
    hall.call("B048", 4)
    hall.call("G017", 20)
    expect(screen.locator(HERO)).to_have_text("B048")
    expect(screen.locator(RECENT)).to_have_text(["G017"])
    expect(screen.locator(HERO)).to_have_text("G017", timeout=15_000)
    expect(screen.locator(RECENT)).to_have_text(["B048"])


WATCH_THE_STAGE = """() => {
  window.stage = [];
  new MutationObserver(() => {
    const number = document.querySelector("call-hero .number")?.textContent.trim();
    if (number && window.stage.at(-1)?.number !== number) window.stage.push({number, at: performance.now()});
  }).observe(document.querySelector("call-hero"), {childList: true, subtree: true, characterData: true});
}"""


def test_a_hero_keeps_the_stage_for_four_seconds_before_the_next_takes_it(hall: WatchedHall, screen: Page) -> None:
    screen.evaluate(WATCH_THE_STAGE)
    hall.call("B048", 4)
    hall.call("B049", 5)
    expect(screen.locator(HERO)).to_have_text("B049", timeout=15_000)
    first, second = screen.evaluate("window.stage")
    assert (first["number"], second["number"]) == ("B048", "B049")
    assert second["at"] - first["at"] >= 3900


def test_a_call_is_yellow_only_while_the_window_waits_for_the_person(hall: WatchedHall, screen: Page) -> None:
    hall.call("B047", 3)
    expect(screen.locator(".hero.called")).to_be_visible()
    hall.tell("ServiceStarted", windows=[window_row(3, "serving", ticket=ticket_at("B047", "serving"))])
    expect(screen.locator(".hero:not(.called)")).to_contain_text("刚刚叫过", timeout=15_000)
    expect(screen.locator(HERO)).to_have_text("B047")


def test_a_call_again_moves_its_ticket_up_instead_of_listing_it_twice(hall: WatchedHall, screen: Page) -> None:
    hall.picture["calls"] = [call_row(99, "B047", 3), call_row(98, "B046", 4), call_row(97, "B047", 3, calls=1)]
    screen.reload()
    connected(screen)
    expect(screen.locator(HERO)).to_have_text("B047")
    expect(screen.locator(RECENT)).to_have_text(["B046"])


def test_a_reload_loses_no_call(hall: WatchedHall, screen: Page) -> None:
    for number, window in [("B047", 3), ("B048", 4), ("B049", 5)]:
        hall.call(number, window)
    screen.reload()
    connected(screen)
    expect(screen.locator(HERO)).to_have_text("B049")
    expect(screen.locator(RECENT)).to_have_text(["B048", "B047"])
    expect(screen.locator(".hero.is-new")).to_have_count(0)


def test_a_screen_that_lost_the_server_says_so_with_the_time_of_its_picture(hall: WatchedHall, screen: Page) -> None:
    hall.go_away()
    foot = screen.locator("notice-line")
    expect(foot).to_contain_text(re.compile(r"画面停在 10:04，正在重新连接，请以广播为准"), timeout=15_000)
    expect(screen.locator("live-state")).to_have_text("连接中断")
    assert "等候9人" in band(screen)["B"], "the last true figures stay"


def test_calls_made_while_the_screen_was_cut_off_are_shown_when_it_is_back(hall: WatchedHall, screen: Page) -> None:
    hall.go_away()
    screen.wait_for_selector("html[data-live=stale]", timeout=15_000)
    hall.call("B047", 3)
    hall.call("B048", 4)
    hall.come_back()
    connected(screen)
    expect(screen.locator(HERO)).to_have_text("B047")
    expect(screen.locator(RECENT)).to_have_text(["B048"])


def test_a_wait_is_a_range_in_words_and_unknown_is_never_a_zero(screen: Page) -> None:
    words = band(screen)
    assert words["B"].endswith("等候9人 约 20–30 分")
    assert words["A"].endswith("等候3人 10 分以内")
    assert words["E"].endswith("等候0人 现在不用等")
    assert words["X"].endswith("等候1人 时间待定")


def test_a_screen_without_a_picture_shows_no_figure_at_all(hall: WatchedHall, browser: Browser) -> None:
    hall.go_away()
    with opened(browser, f"{hall.url}/display/main/MS1") as page:
        page.wait_for_selector("html[data-live=stale]", timeout=15_000)
        expect(page.locator("h1")).to_have_text("示范区政务服务中心")
        expect(page.locator("queue-band")).to_have_text("")


def test_new_estimates_change_the_band_without_other_news(hall: WatchedHall, screen: Page) -> None:
    hall.emit("estimates", {"at": "2026-11-24T10:05:00+08:00", "queues": [{"id": "B", "estimate": wait(30, 40, 50)}]})
    expect(screen.locator(".queues > li", has_text="综合办事").locator(".e")).to_have_text("约 30–50 分")


def test_a_screen_shows_the_queues_of_its_zone_and_the_calls_of_its_loudspeaker(
    hall: WatchedHall, screen: Page
) -> None:
    assert list(band(screen)) == [prefix for prefix, _, zone, _, _ in QUEUES if zone == "1A"]
    hall.call("J036", 29)
    hall.call("F020", 15)
    expect(screen.locator(HERO)).to_have_text("F020")
    expect(screen.locator(".hero .way")).to_have_text("一楼B区 社保医保区进门左侧")
    expect(screen.locator(RECENT)).to_have_count(0)


def test_appointments_and_priority_are_flagged_and_no_name_is_shown(hall: WatchedHall, screen: Page) -> None:
    hall.call("VC009", 9)
    expect(screen.locator(HERO)).to_have_text("VC009")
    expect(screen.locator(".hero .tag").first).to_have_text("优先")
    hall.call("YB031", 5)
    expect(screen.locator("recent-calls .tag")).to_have_text("预约")
    assert "工号" not in screen.locator("main").inner_text()


def test_after_hours_the_foot_turns_blue_and_says_that_numbers_stay_valid(hall: WatchedHall, screen: Page) -> None:
    hall.tell("PhaseChanged", hall={"phase": "after_hours", "phase_until": None})
    foot = screen.locator(".notice.after")
    expect(foot).to_contain_text("延时服务")
    expect(foot).to_contain_text("已取号的办事群众请放心等候")


def test_at_noon_the_screen_says_when_it_goes_on(hall: WatchedHall, screen: Page) -> None:
    hall.tell("PhaseChanged", hall={"phase": "lunch", "phase_until": "2026-11-24T14:00:00+08:00"})
    expect(screen.locator("call-hero")).to_contain_text("午间休息")
    expect(screen.locator("call-hero")).to_contain_text("14:00 继续办理")
    assert band(screen)["X"].endswith("14:00 继续"), "a queue that nobody serves now"
    assert band(screen)["B"].endswith("约 20–30 分"), "a queue of windows on noon duty"


def test_a_new_business_day_begins_with_an_empty_stage(hall: WatchedHall, screen: Page) -> None:
    hall.call("B047", 3)
    expect(screen.locator(HERO)).to_have_text("B047")
    hall.picture["calls"] = []
    hall.tell("DayBegan", hall={"business_day": "2026-11-25", "phase": "open"})
    expect(screen.locator(HERO)).to_have_count(0)


def test_notices_take_turns(hall: WatchedHall, browser: Browser) -> None:
    hall.picture["notices"] = ["第一条", "第二条"]
    with opened(browser, f"{hall.url}/display/main/MS1") as page:
        connected(page)
        expect(page.locator("notice-line .text")).to_have_text("第一条")
        expect(page.locator("notice-line .text")).to_have_text("第二条", timeout=15_000)


def test_the_server_is_told_which_calls_stood_on_the_screen(hall: WatchedHall, screen: Page) -> None:
    hall.call("B047", 3)
    hall.call("B048", 4)
    expect(screen.locator(RECENT)).to_have_text(["B048"])
    for _ in range(100):
        told = sorted(call for report in hall.said("shown") for call in report["call_ids"])
        if len(told) == 2:
            break
        screen.wait_for_timeout(50)
    assert told == ["101", "102"]


@pytest.mark.parametrize("number", ["B047", "YB031", "YB1012"])
@pytest.mark.parametrize("size", [(1920, 1080), PORTRAIT])
def test_the_newest_number_and_the_recent_ones_can_be_read_at_ten_metres(
    hall: WatchedHall, browser: Browser, number: str, size: tuple[int, int]
) -> None:
    hall.picture["calls"] = [call_row(99, number, 3), call_row(98, number.replace("B", "C"), 9)]
    with opened(browser, f"{hall.url}/display/main/MS1", size) as page:
        connected(page)
        assert pixels(page, HERO) >= 170
        assert pixels(page, RECENT) >= 58
        assert page.evaluate(CUT_OFF) == []


def test_portrait_follows_the_real_shape_of_the_panel(hall: WatchedHall, browser: Browser) -> None:
    hall.picture["calls"] = [call_row(99, "J036", 29), call_row(98, "H021", 26)]
    with opened(browser, f"{hall.url}/display/main/MS3", PORTRAIT) as page:
        connected(page)
        order = ["call-hero", "recent-calls", "queue-band", "notice-line"]
        tops = [page.locator(part).bounding_box()["y"] for part in order]  # type: ignore[index]
        assert tops == sorted(tops)
        assert len(set(tops)) == len(order)
        expect(page.locator("recent-calls li")).to_contain_text("号窗口")


@pytest.mark.parametrize(("screen_id", "size", "window"), [("MS2", (1920, 1080), 41), ("MS3", PORTRAIT, 35)])
def test_the_way_to_a_window_in_another_zone_fits_beside_its_number(
    hall: WatchedHall, browser: Browser, screen_id: str, size: tuple[int, int], window: int
) -> None:
    audio = next(zone["audio"] for zone in hall.hall["zones"] if zone["id"] == window_row(window)["zone"])
    for zone in hall.hall["zones"]:
        zone["audio"] = audio
    hall.picture["calls"] = [call_row(99, "YL1005", window)]
    with opened(browser, f"{hall.url}/display/main/{screen_id}", size) as page:
        connected(page)
        expect(page.locator(".hero .way")).to_be_visible()
        assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("size", [(1920, 1080), PORTRAIT, (3840, 1080), (1280, 720)])
def test_twenty_four_queues_with_long_names_take_turns_and_nothing_is_cut_off(
    hall: WatchedHall, browser: Browser, size: tuple[int, int]
) -> None:
    everything = [row | {"zone": "1A"} for row in hall.picture["queues"]]
    more = [everything[9] | {"id": f"Q{place}", "waiting": 112, "estimate": wait(130, 160, 190)} for place in range(6)]
    hall.picture["queues"] = everything + more
    with opened(browser, f"{hall.url}/display/main/MS1", size) as page:
        connected(page)
        before = page.locator(".queues .disc").all_inner_texts()
        assert page.evaluate(CUT_OFF) == []
        expect(page.locator(".queues .disc").first).not_to_have_text(before[0], timeout=15_000)
        assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("size", [(1920, 1080), PORTRAIT])
def test_a_main_screen_has_no_accessibility_fault(hall: WatchedHall, browser: Browser, size: tuple[int, int]) -> None:
    hall.hall["demo"] = True
    hall.picture["calls"] = [call_row(99, "YB047", 3), call_row(98, "VC009", 9)]
    with opened(browser, f"{hall.url}/display/main/MS1", size, reduced_motion="reduce") as page:
        connected(page)
        expect(page.locator(HERO)).to_have_text("YB047")
        assert accessibility_faults(page) == []


def test_a_screen_that_the_hall_file_does_not_know_is_not_found(hall: WatchedHall, browser: Browser) -> None:
    page = browser.new_page()
    answer = page.goto(f"{hall.url}/display/main/MS99")
    assert answer is not None
    assert answer.status == 404
    page.close()
