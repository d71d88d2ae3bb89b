import socket
from collections.abc import Iterator

import pytest
import socketio

from tests.printing.kiosk_machine import KioskMachine
from tests.printing.stand_in_hall import TOKEN, StandInHall, wait_until

HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{more}\r\n"
)


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


def first_line(kiosk: KioskMachine, *, host: str = "", more: str = "") -> str:
    """The status line that a WebSocket handshake gets."""
    address = kiosk.url.removeprefix("http://")
    with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=10) as line:
        line.sendall(HANDSHAKE.format(host=host or address, more=more).encode())
        return line.recv(4096).decode().splitlines()[0]


@pytest.mark.parametrize("transports", [["websocket"], ["polling"], ["polling", "websocket"]], ids="-".join)
def test_news_come_through_by_every_transport(kiosk: KioskMachine, server: StandInHall, transports: list[str]) -> None:
    heard: list[dict[str, object]] = []
    page = socketio.Client(reconnection=False)
    page.on("welcome", heard.append, namespace="/news")
    page.connect(kiosk.url, namespaces=["/news"], transports=transports, auth={"view": "kiosk"})
    wait_until(lambda: heard == [{"auth": {"view": "kiosk"}}])
    assert page.transport() == transports[-1]
    assert page.call("beat", {"page": "kiosk"}, namespace="/news", timeout=10) == {"heard": {"page": "kiosk"}}
    assert server.connected[-1] == f"Bearer {TOKEN}"
    page.disconnect()


def test_long_news_come_through_whole(kiosk: KioskMachine) -> None:
    page = socketio.Client(reconnection=False)
    page.connect(kiosk.url, namespaces=["/news"], transports=["websocket"])
    body = {"text": "取号" * 50_000}
    assert page.call("beat", body, namespace="/news", timeout=20) == {"heard": body}
    page.disconnect()


@pytest.mark.parametrize(
    ("host", "more"), [("", "Origin: https://evil.example\r\n"), ("evil.example", ""), ("", "Origin: null\r\n")]
)
def test_a_foreign_page_gets_no_socket(kiosk: KioskMachine, host: str, more: str) -> None:
    assert first_line(kiosk) == "HTTP/1.1 101 Switching Protocols"
    assert first_line(kiosk, host=host, more=more) == "HTTP/1.1 403 Forbidden"


def test_a_socket_without_a_server_is_refused_and_works_again_later(kiosk: KioskMachine, server: StandInHall) -> None:
    server.go()
    assert first_line(kiosk) == "HTTP/1.1 503 Service Unavailable"
    server.come()
    assert first_line(kiosk) == "HTTP/1.1 101 Switching Protocols"
