from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
import requests
import socketio

from tests.clients import Anybody, Device, Listener, Staff
from tests.hall_server import HallServer

SignIn = Callable[[str], Staff]
Row = dict[str, Any]


@contextmanager
def listening(hall: HallServer, **how: Any) -> Iterator[Listener]:
    """A page that listens, for as long as the block lasts."""
    listener = Listener(hall.url, **how)
    yield listener
    listener.close()


def refusal(hall: HallServer, *, cookie: str | None = None, **auth: Any) -> Row:
    """What a page that may not listen is told."""
    told: list[Row] = []
    page = socketio.Client(reconnection=False)
    page.on("connect_error", told.append, namespace="/news")
    headers = {"Cookie": cookie} if cookie else {}
    with pytest.raises(socketio.exceptions.ConnectionError):
        page.connect(hall.url, namespaces=["/news"], auth=auth, headers=headers, transports=["websocket"])
    page.disconnect()
    return told[0]


def test_pages_of_staff_are_refused_without_a_session(hall_server: HallServer) -> None:
    for view in ("caller", "manager", "kiosk"):
        told = refusal(hall_server, view=view)
        assert (told["message"], told["data"]["code"]) == ("not_signed_in", "not_signed_in"), view


def test_the_manager_s_page_is_refused_to_a_clerk(hall_server: HallServer, staff: SignIn) -> None:
    assert refusal(hall_server, cookie=staff("工号001").cookie, view="manager")["message"] == "not_allowed"
    with listening(hall_server, cookie=staff("工号057").cookie, view="manager"):
        pass


def test_a_kiosk_s_page_needs_a_kiosk_s_key(hall_server: HallServer) -> None:
    devices = hall_server.credentials["devices"]
    assert refusal(hall_server, view="kiosk", token="made up")["message"] == "unknown_device"
    assert refusal(hall_server, view="kiosk", token=devices["MS1"])["message"] == "not_allowed"
    with listening(hall_server, view="kiosk", token=devices["K1"]):
        pass


def test_a_page_that_is_not_there_is_refused(hall_server: HallServer) -> None:
    assert refusal(hall_server, view="kitchen")["message"] == "invalid"
    assert refusal(hall_server, view=["display"])["message"] == "invalid"
    assert refusal(hall_server, ticket="none")["message"] == "not_found"


def test_a_foreign_page_cannot_listen(hall_server: HallServer) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    reply = requests.get(f"{hall_server.url}/socket.io/?EIO=4&transport=polling", headers=headers, timeout=10)
    assert reply.status_code == 400
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_a_ticket_s_page_hears_its_own_ticket_only(hall_server: HallServer, kiosk: Device, staff: SignIn) -> None:
    mine, other = (kiosk.post("tickets", queue="T").expect(201)["ticket"] for _ in range(2))
    clerk = staff("工号042").sign_on(42)
    with (
        listening(hall_server, ticket=mine["token"]) as phone,
        listening(hall_server, ticket=other["token"]) as next_phone,
    ):
        clerk.post("windows/42/call-next").expect()
        heard = phone.wait_for("ticket", lambda told: told["ticket"]["state"] == "called")
        assert heard["ticket"]["where"]["windows"] == [42]
        clerk.post("windows/42/start").expect()
        clerk.post("windows/42/finish", outcome="受理").expect()
        phone.wait_for("ticket", lambda told: told["ticket"]["state"] == "done")
        next_phone.wait_for("ticket", lambda told: told["ticket"]["ahead"] == 0)
        assert {told["ticket"]["id"] for told in phone.of("ticket")} == {mine["id"]}
        assert {told["ticket"]["id"] for told in next_phone.of("ticket")} == {other["id"]}
        assert phone.of("news") == phone.of("estimates") == []


def test_the_public_news_name_no_staff_and_no_secret(hall_server: HallServer, kiosk: Device, staff: SignIn) -> None:
    clerk = staff("工号024")
    with listening(hall_server, view="display") as screen:
        clerk.sign_on(24)
        ticket = kiosk.post("tickets", queue="H").expect(201)["ticket"]
        clerk.post("windows/24/call-next").expect()
        clerk.post("windows/24/pause", reason="用餐轮换").expect()
        clerk.post("windows/24/start").expect()
        clerk.post("windows/24/finish", outcome="受理").expect()
        screen.wait_for("news", lambda told: told["kind"] == "WindowPaused")
        for secret in ("工号", ticket["token"], "用餐轮换"):
            assert secret not in str(screen.of("news"))


def busy_quarter_hour(kiosk: Device, clerk: Staff, window: int, queue: str) -> None:
    """A bit of everything that changes what screens show."""
    tokens = [
        kiosk.post("tickets", queue=queue, after_hours_choice="wait").expect(201)["ticket"]["token"] for _ in range(6)
    ]
    clerk.sign_on(window)
    for ending, fields in (
        ("finish", {"outcome": "受理"}),
        ("hold", {"reason": "补充材料", "minutes": 5}),
        ("transfer", {"reason": "业务不符", "queue": "A"}),
        ("give-back", {"reason": "叫错号"}),
    ):
        clerk.post(f"windows/{window}/call-next").expect()
        clerk.post(f"windows/{window}/start").expect()
        clerk.post(f"windows/{window}/{ending}", fields).expect()
    kiosk.post(f"tickets/{tokens[-1]}/cancel").expect()
    kiosk.post(f"tickets/{tokens[-2]}/print", result="failed", problem="paper_out").expect()
    clerk.post(f"windows/{window}/pause", reason="临时离岗").expect()
    clerk.post(f"windows/{window}/resume", password=clerk.password).expect()
    clerk.post(f"windows/{window}/sign-off").expect()


def folded(picture: Row, news: list[Row]) -> Row:
    """The picture after the news, by the contract's rule: rows are replaced by id, calls go in front."""
    rows = {
        name: {row["id"]: row for row in picture[name]} for name in ("queues", "windows", "tickets") if name in picture
    }
    calls, top = list(picture["calls"]), dict[str, Any]()
    for one in news:
        changed = one["changed"]
        top |= changed.get("hall", {})
        calls = [*changed.get("calls", []), *calls][:12]
        for name, known in rows.items():
            known.update({row["id"]: row for row in changed.get(name, [])})
            for gone in one.get("removed", {}).get(name, []):
                known.pop(gone, None)
    return {
        **picture,
        **top,
        "calls": calls,
        "seq": news[-1]["seq"],
        **{name: list(known.values()) for name, known in rows.items()},
    }


def comparable(picture: Row) -> Row:
    """Without what changes with time alone, and in a fixed order."""
    lists = {
        name: sorted(picture.get(name, []), key=lambda row: str(row["id"])) for name in ("queues", "windows", "tickets")
    }
    queues = [{**row, "estimate": None} for row in lists["queues"]]
    return {**lists, "queues": queues, "calls": picture["calls"], "phase": picture["phase"], "seq": picture["seq"]}


@pytest.mark.parametrize("view", ["display", "caller"])
def test_the_old_picture_with_the_news_is_the_new_picture(
    hall_server: HallServer, kiosk: Device, staff: SignIn, view: str
) -> None:
    clerk = staff("工号015")
    with listening(hall_server, view=view, cookie=clerk.cookie) as page:
        before = clerk.get("picture", view=view).expect()
        busy_quarter_hour(kiosk, clerk, 15, "F")
        after = clerk.get("picture", view=view).expect()
        page.wait_for("news", lambda told: told["seq"] == after["seq"])
        news = [told for told in page.of("news") if before["seq"] < told["seq"] <= after["seq"]]
        assert all(later["seq"] == earlier["seq"] + 1 for earlier, later in pairwise(page.of("news")))
        assert len(news) == after["seq"] - before["seq"] > 20
        assert comparable(folded(before, news)) == comparable(after)
        again = clerk.get("news", view=view, after=before["seq"]).expect()["news"]
        assert [(one["seq"], one["kind"]) for one in again] == [(one["seq"], one["kind"]) for one in news]
        assert comparable(folded(before, again)) == comparable(after)


def test_a_page_that_missed_news_gets_them_by_number_or_is_sent_for_the_picture(
    hall_server: HallServer, kiosk: Device, anybody: Anybody
) -> None:
    seq = anybody.get("picture").expect()["seq"]
    assert anybody.get("news", after=seq).expect()["news"] == []
    kiosk.post("tickets", queue="B").expect(201)
    missed = anybody.get("news", after=seq).expect()["news"]
    assert [(one["seq"], one["kind"]) for one in missed] == [(seq + 1, "TicketIssued")]
    assert anybody.get("news", after=seq + 100).code == "too_far_back"


def test_after_a_restart_a_page_is_sent_for_the_picture(start_hall: Callable[..., HallServer]) -> None:
    hall = start_hall()
    kiosk = Device(hall.url, hall.credentials["devices"]["K1"])
    for _ in range(3):
        kiosk.post("tickets", queue="B").expect(201)
    seq = kiosk.get("picture").expect()["seq"]
    hall.kill()
    hall.start()
    assert kiosk.get("news", after=seq - 1).code == "too_far_back"
    assert kiosk.get("picture").expect()["seq"] >= seq


def test_estimates_follow_within_seconds(hall_server: HallServer, kiosk: Device, staff: SignIn) -> None:
    staff("工号028").sign_on(28)
    with listening(hall_server, view="display") as screen:
        kiosk.post("tickets", queue="J").expect(201)
        told = screen.wait_for("estimates", lambda told: any(row["id"] == "J" for row in told["queues"]))
        row = next(row for row in told["queues"] if row["id"] == "J")
        assert set(row) == {"id", "estimate"}
        assert row["estimate"]["low_minutes"] <= row["estimate"]["likely_minutes"] <= row["estimate"]["high_minutes"]


def test_a_beat_is_answered_with_the_hall_s_time(hall_server: HallServer) -> None:
    with listening(hall_server, view="display", screen="MS1") as screen:
        for told in ({"page": "main", "audio_ready": True}, {}, None, "rubbish", [1]):
            answer = screen.socket.call("beat", told, namespace="/news", timeout=5)
            assert answer["now"].startswith("2026-11-24T")
            assert answer["speed"] == 1


def test_what_nobody_understands_does_not_disturb_the_page(hall_server: HallServer, kiosk: Device) -> None:
    with listening(hall_server, view="display") as screen:
        for event, data in (
            ("announced", {"id": "x"}),
            ("announced", None),
            ("shown", 7),
            ("nonsense", {"a": 1}),
            ("news", {}),
        ):
            screen.socket.emit(event, data, namespace="/news")
        number = kiosk.post("tickets", queue="C").expect(201)["ticket"]["number"]
        screen.wait_for("news", lambda told: number in str(told))
    assert "Traceback" not in hall_server.output()


def test_one_screen_of_a_zone_speaks_and_the_next_takes_over(
    hall_server: HallServer, kiosk: Device, staff: SignIn
) -> None:
    clerk = staff("工号038").sign_on(38)
    with listening(hall_server, view="display", screen="MS5", audio=True) as second_choice:
        second_choice.wait_for("audio-role", lambda told: told == {"zone": "AZ3", "master": True})
        with listening(hall_server, view="display", screen="MS6", audio=True) as waiting:
            waiting.wait_for("audio-role", lambda told: told["master"] is False)
            kiosk.post("tickets", queue="M").expect(201)
            number = clerk.post("windows/38/call-next").expect()["ticket"]["number"]
            said = second_choice.wait_for("announce", lambda told: told["number"] == number, within_seconds=30)
            assert waiting.of("announce") == []
            sound = clerk.get(said["url"])
            assert sound.headers["Content-Type"] == "audio/wav"
            second_choice.close()
            waiting.wait_for("audio-role", lambda told: told["master"] is True)
