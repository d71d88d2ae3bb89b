"""Every refusal has one shape, whatever went wrong; nothing that anybody sends makes the server stumble."""

import json
import socket
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.clients import Anybody, Device, Reply, Staff
from tests.hall_server import HallServer

SignIn = Callable[[str], Staff]

REFUSED: dict[str, tuple[int, str, Callable[[Anybody, Device, Staff], Reply]]] = {
    "a body that is no JSON": (400, "malformed", lambda a, k, s: send(k, "tickets", b'{"queue": "B"')),
    "a call by nobody": (401, "not_signed_in", lambda a, k, s: a.post("tickets", queue="B")),
    "a call by the wrong role": (403, "not_allowed", lambda a, k, s: s.post("devices", id="K1")),
    "a ticket that is not there": (404, "not_found", lambda a, k, s: a.get("tickets/none")),
    "an address that is not there": (404, "not_found", lambda a, k, s: a.get("nowhere")),
    "a window that is not there": (404, "not_found", lambda a, k, s: s.post("windows/99/sign-on")),
    "a verb that is not there": (404, "not_found", lambda a, k, s: s.post("windows/3/dance")),
    "a method that is not there": (405, "method_not_allowed", lambda a, k, s: a._call("PATCH", "hall")),
    "a rule of the hall": (409, "not_signed_on", lambda a, k, s: s.post("windows/3/call-next")),
    "news from too far back": (410, "too_far_back", lambda a, k, s: a.get("news", after=999_999)),
    "a body that is too long": (413, "malformed", lambda a, k, s: send(k, "tickets", b" " * 70_000)),
    "a value that is not allowed": (422, "invalid", lambda a, k, s: k.post("tickets", queue="?")),
    "a field that nobody knows": (422, "invalid", lambda a, k, s: k.post("tickets", queue="B", colour="red")),
}  # fmt: skip


def send(caller: Anybody, path: str, body: bytes, **headers: str) -> Reply:
    """A body exactly as given."""
    return caller._call("POST", path, data=body, headers={"Content-Type": "application/json", **headers})


@pytest.fixture
def clerk(staff: SignIn) -> Staff:
    return staff("工号003")


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_has_a_code_and_both_languages(anybody: Anybody, kiosk: Device, clerk: Staff, case: str) -> None:
    status, code, call = REFUSED[case]
    reply = call(anybody, kiosk, clerk)
    assert (reply.status, reply.code) == (status, code)
    assert list(reply.body) == ["error"]
    assert reply.headers["Content-Type"].startswith("application/json")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in reply.body["error"]["message"])
    assert reply.body["error"]["message_en"].isascii()


def test_a_method_that_is_not_there_names_those_that_are(anybody: Anybody) -> None:
    assert "GET" in anybody._call("PATCH", "hall").headers["Allow"]


def test_a_wrong_value_names_its_field(kiosk: Device, clerk: Staff) -> None:
    clerk.sign_on(3)
    for reply, field in (
        (kiosk.post("tickets", queue="?"), "queue"),
        (kiosk.post("tickets", item="Z99"), "item"),
        (kiosk.post("tickets", queue="B", priority_group="nobody"), "priority_group"),
        (kiosk.post("tickets", queue="B", items=["B01", 7]), "items.1"),
        (kiosk.post("tickets"), "queue"),
        (clerk.post("windows/3/pause"), "reason"),
        (clerk.post("windows/3/pause", reason="其他", minutes=0), "minutes"),
        (clerk.post("windows/3/pause", reason="其他", minutes=1.5), "minutes"),
        (clerk.post("windows/3/pause", reason="其他", minutes=True), "minutes"),
    ):
        assert (reply.status, reply.code, reply.body["error"]["field"]) == (422, "invalid", field)
    clerk.post("windows/3/sign-off").expect()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[]", "malformed"),
        (b'"queue"', "malformed"),
        (b"null", "malformed"),
        (b"7", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b'{"queue": "\xff"}', "malformed"),
        (b"[" * 60_000, "malformed"),
        (b'{"a":' * 12_000, "malformed"),
        (b'{"minutes": %s}' % (b"9" * 5000), "malformed"),
        (b'{"queue": NaN}', "invalid"),
        (b'{"queue": Infinity}', "invalid"),
        (rb'{"queue": "\ud800"}', "invalid"),
        (rb'{"item": "\udfff"}', "invalid"),
        (rb'{"\ud800": 1}', "invalid"),
        (rb'{"queue": "B", "request_id": "\ud800"}', "invalid"),
        (rb'{"queue": "B", "identity": "\ud800"}', "invalid"),
        (rb'{"queue": "B", "items": ["\ud800"]}', "invalid"),
        (rb'{"queue": "B", "request_id": "\u0000"}', "invalid"),
        (rb'{"queue": "\u0000"}', "invalid"),
    ],
)
def test_an_odd_body_is_refused_calmly(kiosk: Device, body: bytes, code: str) -> None:
    reply = send(kiosk, "tickets", body)
    assert (reply.code, reply.status) == (code, {"malformed": 400, "invalid": 422}[code])


def test_odd_letters_in_a_sign_in_are_refused_calmly(anybody: Anybody) -> None:
    for body in (
        rb'{"staff": "\ud800", "password": "x"}',
        rb'{"staff": "x", "password": "\ud800"}',
        b'{"staff": "x", "password": "%s"}' % (b"x" * 10_000),
    ):
        assert send(anybody, "session", body).status == 422


def test_an_empty_body_is_an_empty_object(clerk: Staff) -> None:
    assert send(clerk, "windows/4/sign-on", b"").status == 200
    assert send(clerk, "windows/4/sign-off", b"{}").status == 200


def test_a_long_body_without_a_length_is_cut_off(hall_server: HallServer, kiosk: Device) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"queue": "'
        for _ in range(200):
            yield b"B" * 1000

    headers = {"Authorization": f"Bearer {kiosk.token}", "Content-Type": "application/json"}
    reply = requests.post(f"{hall_server.url}/api/v1/tickets", data=endless(), headers=headers, timeout=10)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    "path",
    [
        "tickets/%00", "tickets/%ff", "tickets/..%2f..%2fhall", "tickets/%F0%9F%99%82", "windows/-1/start",
        "windows/999999999999999999999/start", "ledgers/%ff", "picture?view=%ff", "picture?view=nothing",
        "news?after=-1", "news?after=x",
        "news?after=%D9%A3", "news", "news?after=99999999999999999999", "ledgers/attendance?from=yesterday",
        "ledgers/attendance?from=2026-02-30", "ledgers/attendance?to=%00", "qr/none.svg", "qr/%ff.svg",
    ],
)  # fmt: skip
def test_an_odd_address_is_refused_calmly(staff: SignIn, path: str) -> None:
    reply = staff("工号057").get(path)
    assert reply.status in {403, 404, 405, 410, 422}, reply.body
    assert reply.code


def test_odd_headers_are_refused_calmly(hall_server: HallServer) -> None:
    for name, value in (
        ("Authorization", "Bearer \xff\xfe"),
        ("Authorization", "Bearer"),
        ("Authorization", "Basic eDp5"),
        ("Cookie", "paihao_session=\xff"),
        ("Cookie", "paihao_session=;;;="),
        ("Cookie", "=" * 5000),
    ):
        reply = requests.get(f"{hall_server.url}/api/v1/session", headers={name: value.encode("latin-1")}, timeout=10)
        assert reply.status_code in {400, 401, 403}, (name, value)


def test_a_broken_request_does_not_disturb_others(hall_server: HallServer, anybody: Anybody) -> None:
    for rubbish in (
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/v1/tickets HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", hall_server.port), timeout=5) as raw:
            raw.sendall(rubbish)
            raw.recv(1000)
    assert anybody.get("hall").status == 200
    assert "Traceback" not in hall_server.output()


def test_anonymous_commands_are_slowed_down_and_known_callers_are_not(
    hall_server: HallServer, anybody: Anybody, kiosk: Device, clerk: Staff
) -> None:
    tokens = [
        kiosk.post("tickets", queue="B", after_hours_choice="wait").expect(201)["ticket"]["token"] for _ in range(3)
    ]
    replies = [anybody.post(f"tickets/{tokens[0]}/reprint") for _ in range(400)]
    refused = [reply for reply in replies if reply.status == 429]
    assert {reply.code for reply in refused} == {"too_many"}
    assert sum(reply.status == 200 for reply in replies) >= 100
    assert len(refused) > 50
    for known, token in ((kiosk, tokens[1]), (clerk, tokens[2])):
        assert {known.post(f"tickets/{token}/reprint").status for _ in range(130)} == {200}


def test_what_went_wrong_inside_is_told_to_nobody_outside(anybody: Anybody) -> None:
    for case in ("nowhere", "tickets/none", "picture?view=x"):
        text = json.dumps(anybody.get(case).body)
        assert "Traceback" not in text
        assert "server" not in text
