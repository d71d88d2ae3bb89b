import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.clients import Device, Staff
from tests.conftest import StartHall
from tests.hall_server import HallServer
from tests.integration.terminal import ROWS, Terminal

Sit = Callable[..., Terminal]


@pytest.fixture(scope="module")
def hall(start_shared_hall: StartHall) -> HallServer:
    """One hall for all tests of this file; each works at a window of its own."""
    return start_shared_hall()


@pytest.fixture
def sit() -> Iterator[Sit]:
    """Starts the terminal caller of a window, signed in; every one is ended with the test."""
    started: list[Terminal] = []

    def at(hall: HallServer, window: int) -> Terminal:
        staff = f"工号{window:03d}"
        password = hall.credentials["staff"][staff]
        options = ("--server", hall.url, "--window", str(window), "--staff", staff)
        started.append(Terminal(*options, password=password))
        return started[-1]

    yield at
    for terminal in started:
        print(terminal.text)
        terminal.close()


def take(hall: HallServer, **wish: Any) -> str:
    """Somebody takes a number at the kiosk."""
    kiosk = Device(hall.url, hall.credentials["devices"]["K1"])
    number: str = kiosk.post("tickets", **wish).expect(201)["ticket"]["number"]
    return number


def row(hall: HallServer, window: int, number: str) -> dict[str, Any]:
    """The ticket as the server has it."""
    staff = f"工号{window:03d}"
    viewer = Staff(hall.url, staff, hall.credentials["staff"][staff]).sign_in()
    found: dict[str, Any] = next(
        each for each in viewer.get("picture", view="caller").expect()["tickets"] if each["number"] == number
    )
    return found


def test_a_whole_visit_by_the_keys_of_a_number_pad(hall: HallServer, sit: Sit) -> None:
    number = take(hall, item="F01")
    terminal = sit(hall, 19)
    terminal.shows("19 号窗口", "未上岗", "已连接")
    terminal.press("\n").shows("空闲", f"下一位 {number}", "Enter 叫下一个")
    terminal.rests().press("\n").shows("正在呼叫", number, "您好，请坐")
    terminal.rests().press("\n").shows("正在办理", "已办理 00:0")
    terminal.rests().press("\n").shows(f"办结 {number}，办理结果是？", "1  受理")
    terminal.press("1").shows("办件流水号")
    terminal.press("2026-0042\n").shows("空闲", "今天办结 1 件", "请您对我的服务作出评价")
    terminal.press(".").shows("正在办理", number)
    assert row(hall, 19, number)["state"] == "serving"


def test_a_refusal_is_shown_with_the_seconds_to_wait_and_a_closed_key_says_why(hall: HallServer, sit: Sit) -> None:
    take(hall, queue="G")
    terminal = sit(hall, 15)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.rests().press("\n").shows("正在呼叫")
    terminal.press("*").shows("秒后")
    terminal.press("-").shows("过号：再重呼 2 次后可以过号")


def test_hold_give_back_transfer_and_serving_without_a_number_each_by_their_keys(hall: HallServer, sit: Sit) -> None:
    first, second = take(hall, queue="B"), take(hall, queue="B")
    terminal = sit(hall, 3)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.rests().press("\n").shows("正在呼叫", first)
    terminal.press("b").shows(f"把 {first} 退回队列")
    terminal.press("1").shows("空闲", f"下一位 {first}")
    terminal.rests().press("\n").shows("正在呼叫", first)
    terminal.rests().press("\n").shows("正在办理")
    terminal.press("7").shows("多久回来")
    terminal.press("1").shows("5 分钟，原因？")
    terminal.press("1").shows(f"{first} 挂起", f"下一位 {second}")
    terminal.rests().press("\n").shows("正在呼叫", second)
    terminal.press("t").shows("转到哪里", "C")
    terminal.press("c").shows("转办", "原因？")
    terminal.press("1").shows("空闲")
    assert (row(hall, 3, first)["state"], row(hall, 3, second)["queue"]) == ("held", "C")
    terminal.press("w").shows("无号办理")
    terminal.press("b").shows("正在办理")
    terminal.rests().press("+").shows("办理结果是？")
    terminal.press("4").shows("正在呼叫", second)


def test_a_pause_locks_the_terminal_and_the_password_opens_it_with_an_apology(hall: HallServer, sit: Sit) -> None:
    terminal = sit(hall, 4)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.press("/").shows("短暂离岗", "有人补岗，窗口不停")
    terminal.press("1").shows("预计多久回来")
    terminal.press("1").shows("暂停服务", "已离岗", "区域负责人已报备")
    terminal.press("c").shows("已暂停锁定")
    terminal.rests().press("\n").shows("请输入密码")
    terminal.press("wrong\n").shows("暂停服务")
    terminal.rests().press("\n").shows("请输入密码")
    assert "*****" in terminal.press("wrong").shows("*****")
    terminal.press("\x7f" * 5 + hall.credentials["staff"]["工号004"] + "\n").shows("空闲", "对不起，让您久等了。")


def test_a_pause_asked_for_while_serving_may_be_withdrawn_and_a_joint_case_goes_to_a_window(
    hall: HallServer, sit: Sit
) -> None:
    number = take(hall, queue="H")
    terminal = sit(hall, 26)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.rests().press("\n").shows("正在呼叫", number)
    terminal.rests().press("\n").shows("正在办理")
    terminal.press("/").shows("短暂离岗")
    terminal.press("1").shows("预计多久回来")
    terminal.press("\n").shows("取消约定的暂停")
    terminal.press("/").shows("办完后暂停")
    terminal.press("8").shows("联办，办完回来")
    terminal.press("2").shows("转到几号窗口？")
    terminal.press("27\n").shows("原因？")
    terminal.press("3").shows("空闲")
    assert row(hall, 26, number)["joint_window"] == 26


def test_another_clerk_relieves_with_their_own_password_and_the_window_stays_open(hall: HallServer, sit: Sit) -> None:
    terminal = sit(hall, 5)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.press("r").shows("请输入工号")
    terminal.press("43\n").shows("工号043 的密码")
    terminal.press(hall.credentials["staff"]["工号043"] + "\n").shows("工号043 已补岗", "空闲")
    terminal.shows("5 号窗口 综合办事窗口  工号043", "已连接")
    number = take(hall, queue="B")
    terminal.shows(number)
    terminal.press("q").shows("5 号窗口下岗？")
    terminal.press("1").shows("未上岗")
    terminal.press("q")
    assert terminal.ends() == 0


def test_help_is_one_digit_away_and_those_in_charge_see_the_place(hall: HallServer, sit: Sit) -> None:
    terminal = sit(hall, 9)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.press("0").shows("请区域负责人来", "报修")
    terminal.press("1").shows("已经上报")
    lead = Staff(hall.url, "工号052", hall.credentials["staff"]["工号052"]).sign_in()
    incidents = lead.get("picture", view="manager").expect()["incidents"]
    assert [(each["type"], each["place"]) for each in incidents] == [("help", "9")]


def test_what_another_window_does_is_told_as_it_happens(hall: HallServer, sit: Sit) -> None:
    terminal = sit(hall, 6)
    terminal.shows("未上岗", "已连接")
    take(hall, queue="B")
    other = Staff(hall.url, "工号007", hall.credentials["staff"]["工号007"]).sign_in().sign_on(7)
    called = other.post("windows/7/call-next").expect()["ticket"]["number"]
    terminal.shows("7 号窗口上岗", f"7 号窗口叫号 {called}", within_seconds=3)


def test_a_killed_server_is_seen_within_five_seconds_and_the_desk_comes_back(start_hall: StartHall, sit: Sit) -> None:
    hall = start_hall()
    number = take(hall, queue="B")
    terminal = sit(hall, 3)
    terminal.shows("未上岗")
    terminal.press("\n").shows("Enter 叫下一个")
    terminal.rests().press("\n").shows("正在呼叫", number)
    hall.kill()
    terminal.shows("网络中断，按键暂停使用", within_seconds=5)
    terminal.rests().press("\n").shows("网络中断")
    hall.start()
    terminal.shows("已连接", "正在呼叫", number, within_seconds=15)
    terminal.rests().press("\n").shows("正在办理")
    assert row(hall, 3, number)["state"] == "serving"


def test_a_server_that_falls_silent_is_seen_within_five_seconds(start_hall: StartHall, sit: Sit) -> None:
    hall = start_hall()
    terminal = sit(hall, 3)
    terminal.shows("未上岗", "已连接")
    terminal.rests(1)
    assert hall.process is not None
    hall.process.send_signal(signal.SIGSTOP)
    silent = time.monotonic()
    try:
        terminal.shows("网络中断", within_seconds=5)
        assert time.monotonic() - silent > 1
    finally:
        hall.process.send_signal(signal.SIGCONT)
    terminal.shows("已连接", within_seconds=15)


def test_everything_stands_in_eighty_columns_and_a_smaller_terminal_is_told_so(hall: HallServer, sit: Sit) -> None:
    terminal = sit(hall, 8)
    lines = terminal.shows("未上岗", "全部按键").splitlines()
    assert len(lines) <= ROWS
    password = hall.credentials["staff"]["工号008"]
    small = Terminal("--server", hall.url, "--window", "8", "--staff", "工号008", password=password, columns=60)
    try:
        small.shows("请把终端放大到 80 列 24 行")
    finally:
        small.close()


def test_a_wrong_password_and_a_window_that_is_not_there_are_said_before_anything_begins(hall: HallServer) -> None:
    wrong = Terminal("--server", hall.url, "--window", "3", "--staff", "工号003", password="no")
    assert wrong.ends() == 2
    missing = Terminal(
        "--server", hall.url, "--window", "999", "--staff", "工号003", password=hall.credentials["staff"]["工号003"]
    )
    assert missing.ends() == 2
    assert "没有 999 号窗口" in missing.text
    for terminal in (wrong, missing):
        terminal.close()


def test_staff_number_and_password_are_asked_for_and_the_password_is_never_shown(hall: HallServer) -> None:
    password = hall.credentials["staff"]["工号010"]
    terminal = Terminal("--server", hall.url, "--window", "10")
    try:
        terminal.shows("工号 staff")
        terminal.press("工号010\n").shows("工号010 密码 password:")
        terminal.press("wrong\n").shows("password:", "不正确")
        assert password not in terminal.press(password + "\n").shows("10 号窗口", "未上岗")
        terminal.press("\x03")
        assert terminal.ends() == 0
    finally:
        terminal.close()
