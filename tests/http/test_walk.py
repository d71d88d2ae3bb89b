"""A ticket's walk (DESIGN §13) through HTTP alone, as another program would go it."""

import re
from collections.abc import Callable
from datetime import datetime

from tests.clients import Anybody, Device, Staff
from tests.hall_server import HallServer

SignIn = Callable[[str], Staff]


def test_a_visit_from_the_kiosk_to_the_finish(
    hall_server: HallServer, kiosk: Device, staff: SignIn, anybody: Anybody
) -> None:
    issued = kiosk.post("tickets", queue="B", request_id="tap").expect(201)["ticket"]
    assert (issued["number"], issued["state"], issued["ahead"], issued["channel"]) == ("B001", "waiting", 0, "kiosk")
    assert issued["where"]["zone"] == "1A"
    assert issued["url"] == f"{hall_server.url}/t/{issued['token']}"
    assert issued["print"] == "pending"
    phone = anybody.get(f"tickets/{issued['token']}").expect()["ticket"]
    assert (phone["number"], phone["state"]) == ("B001", "waiting")
    assert kiosk.post(f"tickets/{issued['token']}/print", result="printed").expect()["ticket"]["print"] == "printed"

    clerk = staff("工号003").sign_on(3)
    called = clerk.post("windows/3/call-next").expect()
    assert (called["ticket"]["id"], called["ticket"]["state"]) == (issued["id"], "called")
    assert (called["window"]["state"], called["window"]["ticket"]["number"]) == ("calling", "B001")
    assert anybody.get(f"tickets/{issued['token']}").expect()["ticket"]["where"]["windows"] == [3]
    public = anybody.get("picture").expect()
    assert [(call["number"], call["window"]) for call in public["calls"]] == [("B001", 3)]

    started = clerk.post("windows/3/start").expect()
    assert (started["ticket"]["state"], started["window"]["state"]) == ("serving", "serving")
    finished = clerk.post("windows/3/finish", outcome="受理", case_number="2026-001").expect()
    assert (finished["ticket"]["state"], finished["window"]["state"], finished["window"]["ticket"]) == (
        "done",
        "open",
        None,
    )
    assert anybody.get(f"tickets/{issued['token']}").expect()["ticket"]["state"] == "done"
    assert clerk.post("windows/3/undo").expect()["ticket"]["state"] == "serving"
    assert clerk.post("windows/3/finish", outcome="受理").expect()["ticket"]["state"] == "done"
    assert clerk.post("windows/3/call-next").expect()["ticket"] is None
    assert clerk.post("windows/3/sign-off").expect()["window"]["state"] == "closed"


def test_everybody_reads_the_same_estimate(kiosk: Device, staff: SignIn, anybody: Anybody) -> None:
    staff("工号028").sign_on(28)
    first = kiosk.post("tickets", queue="J").expect(201)["ticket"]
    second = kiosk.post("tickets", queue="J").expect(201)["ticket"]
    assert (first["ahead"], second["ahead"]) == (0, 1)
    assert second["estimate"]["likely_minutes"] >= 1
    assert first["estimate"]["start_at"] <= second["estimate"]["start_at"] <= second["estimate"]["finish_at"]
    phone = anybody.get(f"tickets/{second['token']}").expect()["ticket"]
    assert phone["estimate"]["likely_minutes"] == second["estimate"]["likely_minutes"]


def test_a_second_call_waits_for_its_time_and_says_how_long(kiosk: Device, staff: SignIn) -> None:
    kiosk.post("tickets", queue="K").expect(201)
    clerk = staff("工号032").sign_on(32)
    clerk.post("windows/32/call-next").expect()
    again = clerk.post("windows/32/call-again")
    assert (again.status, again.code) == (409, "too_soon")
    assert 0 < again.body["error"]["wait_seconds"] <= 20
    miss = clerk.post("windows/32/miss", reason="叫号三次未到")
    assert (miss.status, miss.code) == (409, "too_soon")
    busy = clerk.post("windows/32/call-next")
    assert (busy.code, busy.body["error"]["ticket"]) == (
        "window_busy",
        clerk.post("windows/32/start").expect()["ticket"]["id"],
    )


def test_what_a_ticket_can_go_through_at_a_window(kiosk: Device, staff: SignIn, anybody: Anybody) -> None:
    ticket = kiosk.post("tickets", queue="M", item="M01").expect(201)["ticket"]
    clerk = staff("工号037").sign_on(37)
    clerk.post("windows/37/call-next").expect()
    back = clerk.post("windows/37/give-back", reason="叫错号").expect()["ticket"]
    assert (back["state"], back["number"], back["issued_at"]) == ("waiting", ticket["number"], ticket["issued_at"])
    one = clerk.post("windows/37/call", number=ticket["number"], reason="特殊群体").expect()["ticket"]
    assert one["id"] == ticket["id"]
    clerk.post("windows/37/start").expect()
    assert clerk.post("windows/37/hold", reason="补充材料", minutes=5).expect()["ticket"]["state"] == "held"
    assert anybody.get(f"tickets/{ticket['token']}").expect()["ticket"]["state"] == "held"
    assert anybody.post(f"tickets/{ticket['token']}/cancel").expect()["ticket"]["state"] == "cancelled"
    gone = anybody.post(f"tickets/{ticket['token']}/cancel")
    assert (gone.status, gone.code) == (409, "wrong_state")


def test_a_transferred_ticket_keeps_its_number_and_waits_elsewhere(kiosk: Device, staff: SignIn) -> None:
    ticket = kiosk.post("tickets", queue="L").expect(201)["ticket"]
    clerk = staff("工号035").sign_on(35)
    clerk.post("windows/35/call-next").expect()
    moved = clerk.post("windows/35/transfer", queue="N", reason="业务不符").expect()["ticket"]
    assert (moved["number"], moved["queue"], moved["state"]) == (ticket["number"], "N", "waiting")
    there = staff("工号040").sign_on(40)
    assert there.post("windows/40/call-next").expect()["ticket"]["number"] == ticket["number"]


def test_an_absence_is_on_the_sign_and_in_the_ledger(staff: SignIn, anybody: Anybody) -> None:
    clerk = staff("工号041").sign_on(41)
    paused = clerk.post("windows/41/pause", reason="临时离岗", minutes=5).expect()["window"]
    assert (paused["state"], paused["overrun"]) == ("paused", False)
    assert re.search(r"10:0\d", paused["sign"]["text"])
    public = {w["number"]: w for w in anybody.get("picture").expect()["windows"]}[41]
    assert (public["state"], public["clerk"]) == ("paused", None)
    assert "临时离岗" not in str(public)
    assert clerk.post("windows/41/call-next").code == "window_paused"
    rows = staff("工号057").get("ledgers/absence").expect()["rows"]
    mine = next(row for row in rows if row["window"] == 41)
    assert (mine["clerk"], mine["reason"], mine["to"]) == ("工号041", "临时离岗", None)
    wrong = clerk.post("windows/41/resume", password="wrong")
    assert (wrong.status, wrong.code) == (401, "bad_credentials")
    assert clerk.post("windows/41/resume", password=clerk.password).expect()["window"]["state"] == "open"
    rows = staff("工号057").get("ledgers/absence").expect()["rows"]
    assert next(row for row in rows if row["window"] == 41)["to"] is not None


def test_a_queue_is_known_by_its_item_too(kiosk: Device) -> None:
    ticket = kiosk.post("tickets", item="G02").expect(201)["ticket"]
    assert (ticket["queue"], ticket["item_name"]) == ("G", "异地就医备案")


def test_a_kiosk_s_offer_and_the_hall_agree(kiosk: Device, anybody: Anybody) -> None:
    hall = anybody.get("hall").expect()
    offered = kiosk.get("picture", view="kiosk").expect()["queues"]
    assert [queue["prefix"] for queue in hall["queues"]] == [row["id"] for row in offered]
    assert all(row["offered"] for row in offered)
    assert datetime.fromisoformat(hall["clock"]["now"]).utcoffset() is not None


def test_a_ticket_s_qr_code_is_its_page(kiosk: Device, anybody: Anybody) -> None:
    ticket = kiosk.post("tickets", queue="B").expect(201)["ticket"]
    assert len(ticket["url"].encode()) <= 50
    picture = anybody.get(f"qr/{ticket['token']}.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert "<svg" in picture.expect()


def test_outside_the_hours_no_number_is_given_and_the_next_opening_told(start_hall: Callable[..., HallServer]) -> None:
    hall = start_hall(now="2026-11-24T19:00:00+08:00")
    reply = Device(hall.url, hall.credentials["devices"]["K1"]).post("tickets", queue="B")
    assert (reply.status, reply.code) == (409, "closed")
    assert reply.body["error"]["next_open_at"].startswith("2026-11-25T08:50")
    assert "11月25日" in reply.body["error"]["message"]


def test_near_closing_the_citizen_chooses(start_hall: Callable[..., HallServer]) -> None:
    hall = start_hall(now="2026-11-24T17:20:00+08:00")
    clerk = hall.credentials["staff"]["工号037"]
    Staff(hall.url, "工号037", clerk).sign_in().sign_on(37)
    kiosk = Device(hall.url, hall.credentials["devices"]["K1"])
    asked = kiosk.post("tickets", item="M01", request_id="one")
    assert (asked.status, asked.code) == (409, "after_hours_choice")
    assert asked.body["error"]["predicted_finish_at"] > "2026-11-24T17:30"
    chosen = kiosk.post("tickets", item="M01", request_id="one", after_hours_choice="wait").expect(201)["ticket"]
    assert chosen["notice"]["finish_at"] > "2026-11-24T17:30"
