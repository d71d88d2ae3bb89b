from collections.abc import Iterator

import pytest
import requests
from pyzbar import pyzbar

from tests.printing.kiosk_machine import KioskMachine
from tests.printing.samples import URL
from tests.printing.stand_in_hall import PAGE, POLICY, TOKEN, StandInHall, wait_until


@pytest.fixture(scope="module")
def server() -> Iterator[StandInHall]:
    server = StandInHall()
    server.come()
    yield server
    server.go()


@pytest.fixture(scope="module")
def kiosk(server: StandInHall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskMachine]:
    kiosk = KioskMachine(server, tmp_path_factory.mktemp("kiosk")).start()
    yield kiosk
    kiosk.stop()


# The page


def test_the_kiosk_page_is_the_server_s_own(kiosk: KioskMachine) -> None:
    page = kiosk.get("/")
    assert page.text == f"{PAGE}K1"
    assert page.headers["Content-Security-Policy"] == POLICY
    assert "Set-Cookie" not in page.headers


def test_what_the_page_is_made_of_comes_through_with_its_caching(kiosk: KioskMachine) -> None:
    part = kiosk.get("/static/shared/live.js?v=3")
    assert part.headers["Content-Type"].startswith("text/javascript")
    assert "('v', '3')" in part.text
    assert kiosk.get("/static/shared/live.js", headers={"If-None-Match": part.headers["ETag"]}).status_code == 304


def test_pages_of_staff_do_not_come_through(kiosk: KioskMachine, server: StandInHall) -> None:
    assert requests.get(f"{server.url}/display/manager", timeout=5).text == "manager"
    assert kiosk.get("/display/manager").status_code == 404
    assert kiosk.get("/static/%2e%2e/display/manager").status_code == 404


def test_calls_carry_the_kiosk_s_token_and_nothing_of_the_page(kiosk: KioskMachine, server: StandInHall) -> None:
    answer = kiosk.get(
        "/api/v1/picture?view=kiosk", headers={"Authorization": "Bearer of the page", "Cookie": "paihao_session=x"}
    )
    assert answer.json() == {"view": "kiosk", "at": "中"}
    assert server.seen[-1]["Authorization"] == f"Bearer {TOKEN}"
    assert "Cookie" not in server.seen[-1]


# Strangers


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
def test_a_foreign_page_is_refused(kiosk: KioskMachine, server: StandInHall, origin: str) -> None:
    before = len(server.tickets)
    answer = kiosk.post("/api/v1/tickets", {"queue": "M"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_origin"
    assert len(server.tickets) == before


def test_a_foreign_name_that_points_here_is_refused(kiosk: KioskMachine) -> None:
    assert kiosk.get("/api/v1/hall", headers={"Host": "evil.example"}).status_code == 403


def test_our_own_page_and_programs_of_this_machine_are_let_in(kiosk: KioskMachine) -> None:
    assert kiosk.get("/api/v1/hall", headers={"Origin": kiosk.url}).status_code == 200
    assert kiosk.get("/api/v1/hall").status_code == 200


# Paper


def test_a_ticket_is_printed_and_the_server_is_told(kiosk: KioskMachine, server: StandInHall) -> None:
    made = kiosk.take().json()["ticket"]
    codes = pyzbar.decode(kiosk.slip(made["number"]))
    assert [code.data.decode() for code in codes] == [URL]
    wait_until(lambda: (made["token"], {"result": "printed"}) in server.results)


def test_the_answer_does_not_wait_for_the_paper(kiosk: KioskMachine) -> None:
    assert kiosk.take().json()["ticket"]["print"] == "pending"


def test_a_ticket_without_a_request_id_gets_one(kiosk: KioskMachine, server: StandInHall) -> None:
    before = set(server.tickets)
    kiosk.take()
    (request_id,) = set(server.tickets) - before
    assert len(request_id) == 32


def test_a_repeated_request_is_printed_once(kiosk: KioskMachine) -> None:
    numbers = [kiosk.take(request_id="twice").json()["ticket"]["number"] for _ in range(2)]
    assert numbers[0] == numbers[1]
    next_one = kiosk.take().json()["ticket"]["number"]
    kiosk.slip(next_one)  # slips come in order, so a second one would lie there by now
    assert [name for name in kiosk.printed() if name.startswith(numbers[0])] == [numbers[0]]


def test_a_lost_reply_ends_in_one_ticket_and_one_slip(kiosk: KioskMachine, server: StandInHall) -> None:
    before = len(server.tickets)
    server.replies_to_lose = 1
    made = kiosk.take().json()["ticket"]
    assert len(server.tickets) == before + 1
    kiosk.slip(made["number"])
    assert [name for name in kiosk.printed() if name.startswith(made["number"])] == [made["number"]]


@pytest.mark.parametrize("wish", [{"print": "none"}, {"after_hours_choice": "leave"}])
def test_a_ticket_without_paper_leaves_none(kiosk: KioskMachine, server: StandInHall, wish: dict[str, str]) -> None:
    server.issue = {"state": "cancelled"} if "after_hours_choice" in wish else {}
    paperless = kiosk.take(**wish).json()["ticket"]["number"]
    server.issue = {}
    kiosk.slip(kiosk.take().json()["ticket"]["number"])
    assert paperless not in kiosk.printed()


def test_a_refusal_comes_through_as_it_is(kiosk: KioskMachine) -> None:
    before = kiosk.printed()
    answer = kiosk.take(queue="Z")
    assert answer.status_code == 409
    assert answer.json() == {"error": {"code": "no_open_window", "message": "对不起", "message_en": "Sorry"}}
    assert kiosk.printed() == before


def test_a_reprint_comes_out_as_a_second_slip(kiosk: KioskMachine, server: StandInHall) -> None:
    made = kiosk.take(language="en").json()["ticket"]
    kiosk.slip(made["number"])
    answer = kiosk.post(f"/api/v1/tickets/{made['token']}/reprint", {})
    assert answer.json()["ticket"]["number"] == made["number"]
    again = kiosk.slip(f"{made['number']}-2")
    assert again.tobytes() != kiosk.slip(made["number"]).tobytes()  # it says that it is a reprint
    wait_until(lambda: server.results.count((made["token"], {"result": "printed"})) == 2)


def test_the_hall_s_paper_is_used(kiosk: KioskMachine, server: StandInHall) -> None:
    assert server.hall["slip"]["paper_mm"] == 80
    assert kiosk.slip(kiosk.take().json()["ticket"]["number"]).width == 576


def test_an_empty_printer_is_told_to_server_and_page(kiosk: KioskMachine, server: StandInHall) -> None:
    (kiosk.slips / "state").write_text("out")
    made = kiosk.take().json()["ticket"]
    wait_until(lambda: (made["token"], {"result": "failed", "problem": "out"}) in server.results)
    wait_until(lambda: server.beats[-1]["printer"] == {"state": "out"})  # at once, not at the next beat
    assert kiosk.get("/api/v1/device").json() == {
        "id": "K1",
        "kind": "kiosk",
        "zone": "1A",
        "printer": {"state": "out"},
    }
    status = kiosk.get("/agent/status").json()
    assert status["slips"]["last"]["state"] == "failed"
    assert status["slips"]["last"]["problem"] == "out"
    (kiosk.slips / "state").unlink()


def test_what_nobody_can_be_sure_of_counts_as_failed(kiosk: KioskMachine, server: StandInHall) -> None:
    (kiosk.slips / "state").write_text("unknown")
    made = kiosk.take().json()["ticket"]
    wait_until(lambda: (made["token"], {"result": "failed", "problem": "no_answer"}) in server.results)
    (kiosk.slips / "state").unlink()


def test_a_ticket_that_cannot_be_drawn_does_not_stop_the_next(kiosk: KioskMachine, server: StandInHall) -> None:
    server.issue = {"url": "x" * 3000, "token": "too-long"}
    kiosk.take()
    wait_until(lambda: ("too-long", {"result": "failed", "problem": "software"}) in server.results)
    server.issue = {}
    kiosk.slip(kiosk.take().json()["ticket"]["number"])


def test_the_kiosk_beats(kiosk: KioskMachine, server: StandInHall) -> None:
    assert kiosk.get("/agent/status").json()["server"] == {"away": False, "refused": ""}
    assert server.beats[0] == {"version": "1.0.0", "printer": {"state": "ok"}}
