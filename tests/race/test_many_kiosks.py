from collections import defaultdict
from functools import partial
from itertools import chain

from tests.clients import Device
from tests.crowd import at_once
from tests.hall_server import HallServer

QUEUES = "BCDEF"


def test_sixteen_clients_draw_six_hundred_numbers_without_gap_or_double(hall_server: HallServer) -> None:
    tokens = list(hall_server.credentials["devices"].values())
    kiosks = [Device(hall_server.url, tokens[index % 5]) for index in range(16)]

    def draw(mine: int) -> list[tuple[str, str]]:
        return [one(kiosks[mine], QUEUES[number % 5]) for number in range(mine, 600, 16)]

    def one(kiosk: Device, queue: str) -> tuple[str, str]:
        ticket = kiosk.post("tickets", queue=queue).expect(201)["ticket"]
        return ticket["queue"], ticket["number"]

    drawn = list(chain(*at_once([partial(draw, mine) for mine in range(16)])))
    numbers = defaultdict(list)
    for queue, number in drawn:
        numbers[queue].append(number)
    assert {queue: sorted(found) for queue, found in numbers.items()} == {
        queue: [f"{queue}{sequence:03}" for sequence in range(1, 121)] for queue in QUEUES
    }


def test_the_same_request_sent_sixteen_times_at_once_gives_one_number(hall_server: HallServer) -> None:
    kiosks = [Device(hall_server.url, hall_server.credentials["devices"]["K1"]) for _ in range(16)]
    for attempt in range(1, 11):
        replies = at_once([partial(kiosk.post, "tickets", queue="B", request_id=f"tap {attempt}") for kiosk in kiosks])
        assert {reply.status for reply in replies} == {201}
        assert {reply.body["ticket"]["number"] for reply in replies} == {f"B{attempt:03}"}
        assert len({reply.body["ticket"]["token"] for reply in replies}) == 1
    waiting = kiosks[0].get("picture", view="kiosk").expect()["queues"]
    assert next(queue["waiting"] for queue in waiting if queue["id"] == "B") == 10


def test_a_request_id_is_each_issuer_s_own(hall_server: HallServer) -> None:
    kiosks = [Device(hall_server.url, hall_server.credentials["devices"][name]) for name in ("K1", "K2", "K3")]
    replies = at_once([partial(kiosk.post, "tickets", queue="B", request_id="tap 1") for kiosk in kiosks])
    assert sorted(reply.expect(201)["ticket"]["number"] for reply in replies) == ["B001", "B002", "B003"]


def test_one_person_at_sixteen_kiosks_at_once_holds_one_number(hall_server: HallServer) -> None:
    kiosks = [Device(hall_server.url, hall_server.credentials["devices"]["K1"]) for _ in range(16)]
    replies = at_once([partial(kiosk.post, "tickets", queue="B", identity="a card's number") for kiosk in kiosks])
    assert [reply.body["ticket"]["number"] for reply in replies if reply.status == 201] == ["B001"]
    assert {reply.code for reply in replies if reply.status != 201} == {"already_waiting"}
