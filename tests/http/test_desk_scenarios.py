"""Scenarios 1, 2, 5, 10 and 13 of the requirements, through the interface of the running program and its own clock."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.clients import Anybody, Device, Listener, Reply, Staff
from tests.hall_server import HallServer

StartHall = Callable[..., HallServer]


def clerk(hall: HallServer, name: str) -> Staff:
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in()


def kiosk(hall: HallServer) -> Device:
    return Device(hall.url, hall.credentials["devices"]["K1"])


def take(hall: HallServer, queue: str = "B") -> dict[str, Any]:
    ticket: dict[str, Any] = kiosk(hall).post("tickets", queue=queue, after_hours_choice="wait").expect(201)["ticket"]
    return ticket


def window(hall: HallServer, number: int) -> dict[str, Any]:
    rows = Anybody(hall.url).get("picture").expect()["windows"]
    return next(row for row in rows if row["number"] == number)


def jump(hall: HallServer, to: str, *, crash: bool = False) -> None:
    """The server was down until `to`."""
    hall.kill() if crash else hall.stop()
    at = hall.options.index("--now")
    hall.options = (*hall.options[: at + 1], to, *hall.options[at + 2 :])
    hall.start()


def wait_until(holds: Callable[[], bool], what: str, within_seconds: float = 10) -> None:
    deadline = time.monotonic() + within_seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {within_seconds} s"
        time.sleep(0.1)


def at_the_same_moment(*deeds: Callable[[], Reply]) -> list[Reply]:
    """Everybody waits at one barrier and presses together."""
    barrier = threading.Barrier(len(deeds))
    replies: list[Reply | None] = [None] * len(deeds)

    def press(place: int, deed: Callable[[], Reply]) -> None:
        barrier.wait()
        replies[place] = deed()

    threads = [threading.Thread(target=press, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [reply for reply in replies if reply is not None]


# -- 1: two windows press in the same millisecond ------------------------------------------------------------------


def test_two_windows_that_call_at_the_same_moment_call_two_tickets(start_hall: StartHall) -> None:
    hall = start_hall()
    desks = [(clerk(hall, name).sign_on(number), number) for name, number in (("工号003", 3), ("工号004", 4))]
    expected = {take(hall)["number"] for _ in range(10)}
    called: list[str] = []
    for _ in range(5):
        deeds = [lambda desk=desk, n=n: desk.post(f"windows/{n}/call-next") for desk, n in desks]
        called += [reply.expect()["ticket"]["number"] for reply in at_the_same_moment(*deeds)]
        for desk, number in desks:
            desk.post(f"windows/{number}/start").expect()
            desk.post(f"windows/{number}/finish", outcome="受理").expect()
    assert len(called) == len(set(called))
    assert set(called) == expected


def test_one_clerk_who_presses_twice_calls_one_ticket(start_hall: StartHall) -> None:
    hall = start_hall()
    desk = clerk(hall, "工号003").sign_on(3)
    pages = [desk.another_page(), desk.another_page()]
    take(hall)
    take(hall)
    replies = at_the_same_moment(*[lambda page=page: page.post("windows/3/call-next") for page in pages])
    assert sorted(reply.status for reply in replies) == [200, 409]
    assert next(reply for reply in replies if reply.status == 409).code == "window_busy"


# -- 2: the pause: 14:59 and 15:00 ----------------------------------------------------------------------------------


def absence(hall: HallServer) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = clerk(hall, "工号057").get("ledgers/absence").expect()["rows"]
    return rows


def escalations(hall: HallServer) -> int:
    """How often the journal says that the limit was told."""
    with closing(sqlite3.connect(hall.data / "hall.db")) as database:
        found = database.execute("SELECT count(*) FROM journal WHERE kind = 'PauseEscalated'").fetchone()
    return int(found[0])


@pytest.fixture
def paused(start_hall: StartHall) -> HallServer:
    """Window 3 is paused at ten o'clock and a moment."""
    hall = start_hall()
    desk = clerk(hall, "工号003").sign_on(3)
    desk.post("windows/3/pause", reason="临时离岗").expect()
    return hall


def began(hall: HallServer) -> str:
    return str(absence(hall)[0]["from"])


def seconds_after(moment: str, seconds: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(seconds=seconds)).isoformat()


def test_who_returns_at_14_59_is_not_escalated(paused: HallServer) -> None:
    start = began(paused)
    jump(paused, seconds_after(start, 14 * 60 + 50))
    desk = clerk(paused, "工号003")
    desk.post("windows/3/resume", password=desk.password).expect()
    time.sleep(12)
    (row,) = absence(paused)
    assert (row["escalated_at"], row["overrun_seconds"]) == (None, 0)
    assert row["to"] < seconds_after(start, 15 * 60)
    assert row["warned_at"] is not None


def test_at_15_00_lead_and_manager_are_told_once(paused: HallServer) -> None:
    start = began(paused)
    jump(paused, seconds_after(start, 14 * 60 + 55))
    listening = Listener(paused.url, cookie=clerk(paused, "工号052").cookie, view="manager")
    piece = listening.wait_for("news", lambda news: news["kind"] == "PauseEscalated", within_seconds=15)
    row = next(row for row in piece["changed"]["windows"] if row["number"] == 3)
    assert row["overrun"] is True
    time.sleep(2)
    assert len([news for news in listening.of("news") if news["kind"] == "PauseEscalated"]) == 1
    listening.close()
    (away,) = absence(paused)
    assert seconds_after(start, 15 * 60) <= away["escalated_at"] <= seconds_after(start, 15 * 60 + 2)


@pytest.mark.parametrize("crash", [False, True])
def test_the_limit_is_told_once_also_when_the_server_was_down_at_15_00(paused: HallServer, crash: bool) -> None:
    start = began(paused)
    jump(paused, seconds_after(start, 16 * 60), crash=crash)
    wait_until(lambda: absence(paused)[0]["escalated_at"] is not None, "the escalation")
    jump(paused, seconds_after(start, 17 * 60))
    time.sleep(2)
    assert escalations(paused) == 1
    desk = clerk(paused, "工号003")
    desk.post("windows/3/resume", password=desk.password).expect()
    (row,) = absence(paused)
    assert 120 <= row["overrun_seconds"] <= 150
    assert row["escalated_at"] < seconds_after(start, 16 * 60 + 30)


def test_a_paused_clerk_s_console_is_locked_until_the_password(paused: HallServer) -> None:
    desk = clerk(paused, "工号003")
    assert desk.post("windows/3/call-next").code == "window_paused"
    assert desk.post("tickets", queue="B").code == "locked_console"
    assert desk.post(
        "closures", window=3, ends_at="2026-11-24T17:00:00+08:00", reason="其他", staff_to="培训"
    ).code == ("locked_console")
    assert desk.post("incidents", type="help").status == 201
    assert desk.post("windows/3/resume", password="guess").code == "bad_credentials"
    desk.post("windows/3/resume", password=desk.password).expect()
    assert desk.post("tickets", queue="B").status == 201


# -- 5: a leaver ----------------------------------------------------------------------------------------------------


def test_a_leaver_is_out_in_less_than_five_seconds(start_hall: StartHall) -> None:
    hall = start_hall()
    desk = clerk(hall, "工号003").sign_on(3)
    elsewhere = clerk(hall, "工号003")
    taken = take(hall)
    desk.post("windows/3/call-next").expect()
    page = Listener(hall.url, cookie=desk.cookie, view="caller")
    guard = clerk(hall, "工号060")
    begun = time.monotonic()
    guard.post("accounts/deactivate", staff="工号003", reason="离职").expect()
    page.wait_for("signed-out", lambda told: told["code"] == "session_expired")
    wait_until(lambda: not page.socket.connected, "the socket is cut", within_seconds=5)
    assert desk.get("session").code == "session_expired"
    assert elsewhere.post("windows/3/call-next").code == "session_expired"
    assert time.monotonic() - begun < 5
    assert (window(hall, 3)["state"], window(hall, 3)["sign"]["text"]) == ("paused", "暂停服务")
    answer = Anybody(hall.url).get(f"tickets/{taken['token']}").expect()["ticket"]
    assert (answer["state"], answer["ahead"]) == ("waiting", 0)
    assert Anybody(hall.url).post("session", staff="工号003", password=desk.password).code == "bad_credentials"
    with pytest.raises(Exception, match="namespaces failed to connect"):
        Listener(hall.url, cookie=desk.cookie, view="caller")


def test_a_leaver_stays_out_after_a_restart_and_the_window_can_be_taken(start_hall: StartHall) -> None:
    hall = start_hall()
    desk = clerk(hall, "工号003").sign_on(3)
    clerk(hall, "工号060").post("accounts/deactivate", staff="工号003", reason="离职").expect()
    jump(hall, "2026-11-24T10:30:00+08:00")
    assert Anybody(hall.url).post("session", staff="工号003", password=desk.password).code == "bad_credentials"
    assert window(hall, 3)["sign"]["text"] == "暂停服务"
    clerk(hall, "工号004").sign_on(3)
    assert window(hall, 3)["state"] == "open"
    (left,) = [
        row for row in clerk(hall, "工号059").get("ledgers/attendance").expect()["rows"] if row["clerk"] == "工号003"
    ]
    assert left["to"] is not None


# -- 10: missed after three calls -------------------------------------------------------------------------------


def test_a_number_is_missed_after_three_calls_and_comes_back_once_behind_three(start_hall: StartHall) -> None:
    hall = start_hall("--speed", "20")
    desk = clerk(hall, "工号003").sign_on(3)
    first, *others = [take(hall) for _ in range(6)]
    here = Anybody(hall.url)

    def called(number: str) -> None:
        assert desk.post("windows/3/call-next").expect()["ticket"]["number"] == number

    def missed() -> None:
        for calls in (2, 3):
            assert desk.post("windows/3/miss", reason="叫号三次未到").code in {"too_soon", "too_few_calls"}
            again = desk.post("windows/3/call-again")
            if calls == 2:
                assert again.code == "too_soon"
            wait_until(lambda: desk.post("windows/3/call-again").status == 200, "20 s of the hall", 10)
        desk.post("windows/3/miss", reason="叫号三次未到").expect()

    called(first["number"])
    missed()
    back = here.post(f"tickets/{first['token']}/return").expect()["ticket"]
    assert (back["state"], back["ahead"]) == ("waiting", 3)
    for other in others[:3]:
        called(other["number"])
        desk.post("windows/3/start").expect()
        desk.post("windows/3/finish", outcome="受理").expect()
    called(first["number"])
    missed()
    assert here.post(f"tickets/{first['token']}/return").code == "return_not_allowed"


def test_half_an_hour_later_a_missed_number_does_not_come_back(start_hall: StartHall) -> None:
    hall = start_hall("--speed", "20")
    desk = clerk(hall, "工号003").sign_on(3)
    first = take(hall)
    desk.post("windows/3/call-next").expect()
    for _ in range(2):
        wait_until(lambda: desk.post("windows/3/call-again").status == 200, "20 s of the hall", 10)
    desk.post("windows/3/miss", reason="叫号三次未到").expect()
    jump(hall, "2026-11-24T10:45:00+08:00")
    assert Anybody(hall.url).post(f"tickets/{first['token']}/return").code == "return_too_late"


# -- 13: a window is cut off --------------------------------------------------------------------------------------


def test_a_console_that_was_cut_off_gets_the_hall_as_it_is_and_calls_nobody_twice(start_hall: StartHall) -> None:
    hall = start_hall()
    desk = clerk(hall, "工号003").sign_on(3)
    expected = [take(hall)["number"] for _ in range(2)]
    page = Listener(hall.url, cookie=desk.cookie, view="caller")
    picture = desk.get("picture", view="caller").expect()
    page.close()
    sent: dict[str, Any] = {"request_id": "the press whose answer was lost"}
    desk.post("windows/3/call-next", **sent).expect()
    repeated = desk.post("windows/3/call-next", **sent).expect()
    assert repeated["ticket"]["number"] == expected[0]
    missed = desk.get("news", view="caller", after=str(picture["seq"])).expect()["news"]
    assert [piece["kind"] for piece in missed] == ["TicketCalled"]
    assert missed[0]["seq"] == picture["seq"] + 1
    now = desk.get("picture", view="caller").expect()
    assert [call["number"] for call in now["calls"]] == [expected[0]]
    assert desk.post("windows/3/call-next").code == "window_busy"


def test_a_console_finds_its_visit_again_after_the_power_failed(start_hall: StartHall) -> None:
    hall = start_hall()
    desk = clerk(hall, "工号003").sign_on(3)
    number = take(hall)["number"]
    desk.post("windows/3/call-next").expect()
    hall.kill()
    hall.start()
    assert window(hall, 3)["ticket"]["number"] == number
    assert desk.post("windows/3/start").expect()["ticket"]["number"] == number
