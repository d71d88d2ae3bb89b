"""Steps beyond the plain visit: taken back, held and ready, joint cases, without a number, the order explained."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import AtWindow, Desk, desks, running_hall, take
from tests.clients import Staff
from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    yield from running_hall(tmp_path_factory)


@pytest.fixture
def at(hall: HallServer, browser: Browser) -> Iterator[AtWindow]:
    yield from desks(hall, browser)


def served(desk: Desk, queue: str) -> str:
    """Somebody of this queue sits at the window; their number."""
    number = take(desk.hall, queue)
    desk.primary_key("叫下一个").primary_key("开始办理")
    expect(desk.state).to_contain_text("正在办理")
    return number


def test_whatever_step_was_last_is_named_and_taken_back(at: AtWindow) -> None:
    desk = at(10)
    number = served(desk, "D")
    undo = desk.key("undo")
    for key, title, label in (
        ("F6", "挂起", "撤销挂起"),
        ("F7", "转办", "撤销转办"),
        ("F8", "退回队列", "撤销退回"),
    ):
        desk.press(key)
        expect(desk.question.get_by_role("heading", level=2)).to_contain_text(title)
        desk.press("Enter")
        expect(undo).to_contain_text(label)
        expect(undo).to_contain_text(f"{number}，")
        desk.press("Control+z")
        expect(desk.number).to_have_text(number)
        expect(desk.state).to_contain_text("正在办理")
        assert desk.ticket(number)["state"] == "serving"


def test_a_start_is_taken_back_and_the_person_is_called_as_before(at: AtWindow) -> None:
    desk = at(13)
    served(desk, "X")
    expect(desk.key("undo")).to_contain_text("撤销开始")
    desk.press("Control+z")
    expect(desk.state).to_contain_text("正在呼叫")


def test_a_joint_case_comes_back_with_the_opinion_of_the_other_window(at: AtWindow) -> None:
    first, other = at(3), at(4)
    number = served(first, "B")
    first.press("F7").asks(f"把 {number} 转办")
    first.question.get_by_role("textbox", name="或指定窗口").focus()
    first.page.keyboard.type("4")
    first.question.get_by_role("radio", name="联办", exact=True).focus()
    first.press("Space")
    expect(first.question.get_by_role("checkbox", name="联办")).to_be_checked()
    expect(first.question.locator(".phrase")).to_contain_text("请您到 4 号窗口")
    first.press("Enter")
    expect(first.state).to_contain_text("空闲")

    other.primary_key("叫下一个").primary_key("开始办理")
    expect(other.page.locator("ticket-card")).to_contain_text("3 号窗口请出具意见")
    expect(other.primary).to_contain_text("返回 3 号窗口")
    other.primary_key("出具意见").asks(f"出具意见 {number}").press("1")
    expect(other.state).to_contain_text("空闲")

    expect(first.page.locator("change-log")).to_contain_text(f"4 号窗口出具意见，{number} 回到受理窗口")
    expect(first.page.locator("next-up li.first")).to_contain_text(number)


def test_a_visit_is_handed_to_a_person_on_duty_by_their_digits(at: AtWindow) -> None:
    desk = at(5)
    other = Staff(desk.hall.url, "工号006", desk.hall.credentials["staff"]["工号006"]).sign_in().sign_on(6)
    number = served(desk, "B")
    desk.press("F7").asks(f"把 {number} 转办")
    desk.question.get_by_role("combobox", name="或指定人员").focus()
    desk.page.keyboard.type("6")
    expect(desk.question.locator("[type=submit]")).to_contain_text("转到 工号006")
    desk.press("Enter")
    expect(desk.state).to_contain_text("空闲")
    assert other.post("windows/6/call-next").expect()["ticket"]["number"] == number


def test_a_held_visit_whose_papers_are_here_comes_back_at_once(at: AtWindow) -> None:
    desk = at(9)
    number = served(desk, "C")
    desk.press("F6").asks(f"挂起 {number}").press("Enter")
    expect(desk.page.locator("next-up .aside")).to_contain_text(number)
    desk.press("Shift+F6")
    expect(desk.note).to_contain_text("已回到队列")
    expect(desk.page.locator("next-up li.first")).to_contain_text(number)


def test_of_several_held_visits_the_digit_says_which_is_ready(at: AtWindow) -> None:
    desk = at(12)
    numbers = []
    for count in (1, 2):
        numbers.append(served(desk, "E"))
        desk.press("F6").asks(f"挂起 {numbers[-1]}").press("Enter")
        expect(desk.page.locator("next-up .aside [data-key]").filter(has_text="E")).to_have_count(count)
    desk.press("Shift+F6").asks("材料已齐").press("2")
    expect(desk.page.locator("next-up li.first")).to_contain_text("E")
    states = [desk.ticket(number)["state"] for number in numbers]
    assert sorted(str(state) for state in states) == ["held", "waiting"]


def test_somebody_without_a_number_is_served_in_one_step_and_nobody_is_called(at: AtWindow) -> None:
    desk = at(40)
    waiting = take(desk.hall, "N")
    desk.press("Insert").asks("无号办理").press("n")
    expect(desk.state).to_contain_text("正在办理")
    assert desk.number.inner_text() != waiting
    assert desk.ticket(waiting)["state"] == "waiting"


def test_a_pause_that_was_asked_for_during_a_visit_is_taken_back_by_the_same_key(at: AtWindow) -> None:
    desk = at(41)
    served(desk, "R")
    desk.press("F9").asks("41 号窗口办完后短暂离岗").press("Enter")
    expect(desk.key("pause")).to_contain_text("取消办完后暂停")
    desk.press("F9")
    expect(desk.key("pause")).not_to_contain_text("取消")
    desk.primary_key("办结").press("1")
    expect(desk.state).to_contain_text("空闲")


def test_the_desk_says_why_the_next_is_next(at: AtWindow, hall: HallServer) -> None:
    desk = at(24)
    ordinary, elder = take(hall, "H"), take(hall, "H", priority_group="老年人")
    expect(desk.page.locator("next-up li.first")).to_contain_text(elder)
    desk.press("Shift+F2").asks(f"为什么先叫 {elder}？")
    lines = desk.question.locator(".why li")
    expect(lines.nth(0)).to_contain_text("老年人优先")
    expect(lines.nth(1)).to_contain_text(ordinary)
    expect(lines.nth(1)).to_contain_text("按取号先后")
    desk.press("Enter")
    expect(desk.question).to_have_count(0)


def test_the_number_pad_calls_as_a_hard_caller_does(at: AtWindow) -> None:
    desk = at(28)
    number = take(desk.hall, "J")
    expect(desk.number).to_have_text(number)
    desk.page.wait_for_timeout(700)
    desk.press("NumpadEnter")
    expect(desk.state).to_contain_text("正在呼叫")
    desk.page.wait_for_timeout(700)
    desk.press("NumpadEnter")
    expect(desk.state).to_contain_text("正在办理")
    desk.press("NumpadDecimal")
    expect(desk.state).to_contain_text("正在呼叫")
