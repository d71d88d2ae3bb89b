"""The manager's board (M1): who, state, since for every window; every queue; what needs a person now."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.screens import CUT_OFF, LANDSCAPE, TABLET, accessibility_faults, connected, opened
from tests.browser.watched_hall import WatchedHall
from tests.browser.watched_rows import Row, ago, ahead, ticket_at, window_row


@pytest.fixture
def hall() -> Iterator[WatchedHall]:
    hall = WatchedHall()
    hall.session = {"csrf": "c", "staff": "工号057", "role": "manager", "expires_at": ahead(hours=8)}
    hall.hall["hours"]["planned_now"] = list(range(1, 43))
    for queue in hall.picture["queues"]:
        queue |= {"warn_waiting": 12, "warn_wait_minutes": 30, "warn": False, "longest_since": None}
    hall.picture["queues"] = [row | {"open_windows": 1} for row in hall.picture["queues"]]
    yield hall
    hall.close()


@pytest.fixture
def board(hall: WatchedHall, browser: Browser) -> Iterator[Page]:
    with opened(browser, f"{hall.url}/display/manager") as page:
        yield connected(page)


def plate(page: Page, number: int) -> Locator:
    return page.locator(f".w[data-number='{number}']")


def things_to_do(page: Page) -> Locator:
    return page.locator("attention-list li")


def seconds(counted: str) -> int:
    minutes, rest = counted.lstrip("+").split(":")[-2:]
    return int(minutes) * 60 + int(rest)


def test_the_board_asks_for_a_sign_in_and_says_what_was_wrong(hall: WatchedHall, browser: Browser) -> None:
    hall.session = None
    with opened(browser, f"{hall.url}/display/manager") as page:
        page.get_by_label("工号").fill("工号057")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("alert")).to_contain_text("工号或密码不对")
        expect(page.locator(".panels")).to_be_hidden()
        page.get_by_label("密码").fill("right")
        page.keyboard.press("Enter")
        connected(page)
        expect(page.locator(".w")).to_have_count(42)


def test_signing_out_takes_the_board_away(hall: WatchedHall, board: Page) -> None:
    board.get_by_role("button", name="退出").click()
    expect(board.get_by_label("密码")).to_be_visible()
    expect(board.locator(".panels")).to_be_hidden()
    assert hall.session is None


def test_a_window_shows_its_ticket_its_clerk_and_a_timer_that_runs(hall: WatchedHall, board: Page) -> None:
    ticket = ticket_at("B043", "serving", started_at=ago(minutes=6, seconds=31))
    hall.tell("ServiceStarted", windows=[window_row(4, "serving", ticket=ticket)])
    four = plate(board, 4)
    expect(four).to_contain_text("B043")
    expect(four).to_contain_text("办理")
    expect(four).to_contain_text("工号004")
    first = seconds(four.locator("time").inner_text())
    assert 6 * 60 + 31 <= first < 7 * 60 + 30
    board.wait_for_timeout(2200)
    assert seconds(four.locator("time").inner_text()) > first


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (window_row(4, "calling", ticket=ticket_at("B044", "called", called_at=ago(seconds=6))), "叫号"),
        (window_row(4, "paused", pause={"from": ago(minutes=4), "until": ahead(minutes=11)}), "暂停"),
        (window_row(4, "paused", clerk=None, pause=None), "停用"),
        (window_row(4, "closed", sign={"text": "", "text_en": "", "until": ahead(hours=4)}), "备案关闭"),
        (window_row(4, "open"), "空闲"),
        (window_row(4, "closed"), "未开"),
    ],
)
def test_every_state_has_its_word_and_an_icon(hall: WatchedHall, board: Page, row: Row, word: str) -> None:
    hall.tell("WindowChanged", windows=[row])
    expect(plate(board, 4)).to_contain_text(word)
    expect(plate(board, 4).locator("svg.i")).to_have_count(1)


def test_after_hours_a_plate_says_so_in_word_and_icon(hall: WatchedHall, board: Page) -> None:
    late = ticket_at("B048", "serving", started_at=ago(minutes=2))
    hall.tell("PhaseChanged", windows=[window_row(4, "serving", after_hours=True, ticket=late)])
    expect(plate(board, 4)).to_contain_text("延时")
    expect(plate(board, 4).locator("svg.i")).to_have_count(2)


def test_a_reserve_window_is_named_as_such_and_not_missed(hall: WatchedHall, board: Page) -> None:
    hall.tell("SignedOff", windows=[window_row(8, "closed")])
    expect(plate(board, 8)).to_contain_text("潮汐备用")
    expect(things_to_do(board)).to_have_count(0)
    expect(board.locator("attention-list")).to_contain_text("现在没有要处理的事")


def test_an_overdue_window_is_first_of_what_needs_a_person(hall: WatchedHall, board: Page) -> None:
    limit = ago(minutes=6, seconds=20)
    pause = {"from": ago(minutes=21, seconds=20), "until": limit, "limit_at": limit}
    hall.tell("SignedOff", windows=[window_row(41, "closed"), window_row(42, "closed")])
    hall.tell("PauseEscalated", windows=[window_row(19, "paused", overrun=True, pause=pause)])
    first = things_to_do(board).first
    expect(first).to_contain_text("19 号窗口超时未归")
    expect(first).to_contain_text("工号019，09:42 起暂停")
    assert 380 <= seconds(first.locator("time").inner_text()) < 440
    expect(plate(board, 19)).to_contain_text("超时")


def test_planned_windows_that_are_empty_are_told_by_zone(hall: WatchedHall, board: Page) -> None:
    hall.tell("SignedOff", windows=[window_row(41, "closed"), window_row(42, "closed"), window_row(5, "closed")])
    expect(things_to_do(board)).to_contain_text(["5 号窗口空岗", "2 个窗口空岗"])
    expect(things_to_do(board).nth(1)).to_contain_text("三楼F区 41–42 号")


def test_a_queue_over_its_threshold_turns_orange_and_is_told(hall: WatchedHall, board: Page) -> None:
    row = next(row for row in hall.picture["queues"] if row["id"] == "K")
    hall.tell("TicketIssued", queues=[row | {"waiting": 13, "warn": True, "longest_since": ago(minutes=34)}])
    hot = board.locator("queue-table tr.hot")
    expect(hot).to_contain_text("户政")
    expect(hot).to_contain_text("34 分")
    expect(things_to_do(board)).to_contain_text(["户政 K 等候 13 人"])
    expect(board.locator("hall-figures .hot")).to_contain_text("34")


def test_people_who_wait_where_no_window_is_open_are_an_alarm(hall: WatchedHall, board: Page) -> None:
    row = next(row for row in hall.picture["queues"] if row["id"] == "X")
    hall.tell("SignedOff", queues=[row | {"waiting": 2, "open_windows": 0}])
    expect(board.locator("attention-list li.alarm")).to_contain_text("没有窗口开放")
    expect(board.locator("queue-table tr", has_text="办不成事")).to_contain_text("待定")


def test_a_slip_that_was_not_printed_and_a_printer_without_paper_are_told(hall: WatchedHall, browser: Browser) -> None:
    failed = {"id": "t1", "number": "B051", "print": "failed", "state": "waiting", "issued_at": ago(minutes=3)}
    hall.picture["tickets"] = [failed]
    hall.picture["devices"] = [
        {"id": "K3", "kind": "kiosk", "zone": "1B", "printer": {"state": "out"}, "paper_left": 0},
        {"id": "K1", "kind": "kiosk", "zone": "1A", "printer": {"state": "ok"}},
    ]
    with opened(browser, f"{hall.url}/display/manager") as page:
        connected(page)
        expect(things_to_do(page)).to_contain_text(["B051 的小票没有打印出来", "取号机 K3 缺纸"])


def test_a_device_that_fell_silent_and_a_circuit_without_sound_are_told_as_they_happen(
    hall: WatchedHall, browser: Browser
) -> None:
    screen = {"id": "MS1", "kind": "screen", "zone": "1A", "silent": False, "printer": None, "audio_ready": True}
    kiosk = {"id": "K4", "kind": "kiosk", "zone": "2C", "silent": False, "printer": {"state": "ok"}}
    hall.picture["devices"] = [screen, kiosk]
    with opened(browser, f"{hall.url}/display/manager") as page:
        connected(page)
        expect(things_to_do(page)).to_have_count(0)
        silent = kiosk | {"silent": True, "last_seen": ago(minutes=2)}
        hall.emit("devices", {"devices": [screen | {"audio_ready": False}, silent]})
        expect(things_to_do(page)).to_contain_text(["取号机 K4 没有回应", "一楼广播没有声音"])


def test_the_head_counts_the_hall(hall: WatchedHall, board: Page) -> None:
    hall.tell("WindowChanged", windows=[window_row(8, "closed"), window_row(23, "closed")])
    figures = board.locator("hall-figures")
    expect(figures).to_contain_text(f"等候{sum(row['waiting'] for row in hall.picture['queues'])}")
    expect(figures).to_contain_text("窗口开放40 / 42")
    expect(figures).to_contain_text("在岗40")


def test_queues_show_what_a_newcomer_is_told_and_never_a_false_zero(board: Page) -> None:
    rows = board.locator("queue-table tbody tr")
    expect(rows).to_have_count(18)
    expect(rows.filter(has_text="综合办事")).to_contain_text("20–30")
    expect(rows.filter(has_text="水电气讯")).to_contain_text("待定")
    expect(rows.filter(has_text="帮办代办")).to_contain_text("不用等")


def test_a_board_that_lost_the_server_says_so(hall: WatchedHall, board: Page) -> None:
    hall.go_away()
    expect(board.locator("live-state")).to_have_text("连接中断", timeout=15_000)
    expect(board.locator(".not-live")).to_contain_text("10:0")


def test_an_ended_session_asks_again(hall: WatchedHall, board: Page) -> None:
    hall.session = None
    hall.go_away()
    hall.come_back()
    expect(board.get_by_role("alert")).to_contain_text("登录已到期", timeout=20_000)


@pytest.mark.parametrize("size", [LANDSCAPE, TABLET, (1366, 768), (3840, 1080)])
def test_forty_two_windows_and_twenty_four_queues_fit(
    hall: WatchedHall, browser: Browser, size: tuple[int, int]
) -> None:
    hall.hall["demo"] = True
    more = [hall.picture["queues"][9] | {"id": f"Q{place}", "waiting": 112} for place in range(6)]
    hall.picture["queues"] += more
    longest = ticket_at("YB1012", "serving", started_at=ago(hours=1, minutes=2))
    hall.picture["windows"] = [window_row(number, "serving", ticket=longest) for number in range(1, 43)]
    with opened(browser, f"{hall.url}/display/manager", size) as page:
        connected(page)
        assert page.evaluate(CUT_OFF) == []
        for panel in ("window-plates", "queue-table"):
            scrolls = page.eval_on_selector(panel, "element => element.scrollHeight > element.clientHeight + 1")
            assert not scrolls or size != LANDSCAPE, f"{panel} hangs on a wall, nobody can scroll it"


@pytest.mark.parametrize("size", [LANDSCAPE, TABLET])
def test_the_board_has_no_accessibility_fault(hall: WatchedHall, browser: Browser, size: tuple[int, int]) -> None:
    limit = ago(minutes=6)
    pause = {"from": ago(minutes=21), "until": limit, "limit_at": limit}
    calling = window_row(3, "calling", ticket=ticket_at("B047", "called"))
    after = window_row(5, "serving", after_hours=True, ticket=ticket_at("B048", "serving"))
    hall.tell(windows=[window_row(19, "paused", overrun=True, pause=pause), calling, after, window_row(42, "closed")])
    with opened(browser, f"{hall.url}/display/manager", size) as page:
        connected(page)
        expect(things_to_do(page)).to_have_count(2)
        assert accessibility_faults(page) == []


def test_the_sign_in_has_no_accessibility_fault(hall: WatchedHall, browser: Browser) -> None:
    hall.session = None
    with opened(browser, f"{hall.url}/display/manager", TABLET) as page:
        page.get_by_label("密码").wait_for()
        assert accessibility_faults(page) == []


@pytest.mark.parametrize(
    ("session", "loud"),
    [
        ({"role": "area_lead", "zone": "1B"}, True),
        ({"role": "area_lead", "zone": "1A"}, False),
        ({"role": "manager"}, True),
        ({"role": "audit"}, False),
    ],
)
def test_an_escalation_is_loud_for_the_zones_lead_and_the_manager(
    hall: WatchedHall, browser: Browser, session: Row, loud: bool
) -> None:
    hall.session |= session  # type: ignore[operator]
    with opened(browser, f"{hall.url}/display/manager") as page:
        connected(page)
        pause = {"from": ago(minutes=16), "until": ago(minutes=1), "limit_at": ago(minutes=1)}
        hall.tell("PauseEscalated", windows=[window_row(19, "paused", overrun=True, pause=pause)])
        expect(things_to_do(page).first).to_contain_text("19 号窗口超时未归")
        expect(page.locator("board-notice .loud.alarm")).to_have_count(1 if loud else 0)


def test_a_notice_that_was_read_goes_and_the_next_one_is_loud_again(hall: WatchedHall, board: Page) -> None:
    def reported(number: int) -> Row:
        facts = {"state": "open", "quiet": False, "reporter": "staff:工号003", "taken_by": None}
        return {"id": f"i{number}", "type": "power", "place": str(number), "zone": "1A", "reported_at": ago(), **facts}

    hall.picture["incidents"] = []
    board.reload()
    connected(board)
    hall.tell("IncidentReported", incidents=[reported(3)])
    notice = board.locator("board-notice")
    expect(notice).to_contain_text("3 号窗口：停电")
    notice.get_by_role("button", name="开启声音").click()
    expect(notice.get_by_role("button", name="声音已开")).to_have_attribute("aria-pressed", "true")
    notice.get_by_role("button", name="知道了").click()
    expect(notice).to_be_hidden()
    expect(things_to_do(board).first).to_contain_text("停电")
    hall.tell("IncidentReported", incidents=[reported(5)])
    expect(notice).to_contain_text("5 号窗口：停电")
