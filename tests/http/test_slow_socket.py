"""A page on a bad line: it stops reading for a while, and must not be sent half a message (speed.md, T2)."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import requests

from tests.clients import Listener, Staff
from tests.crowd import at_once
from tests.hall_server import HallServer
from tests.plain_socket import PlainSocket
from tests.running import bare_server

SignIn = Callable[[str], Staff]

FAR_MORE_THAN_BUFFERS = 20_000
"""Messages of 600 bytes; the kernels of both sides keep a few megabytes for one connection."""


def test_a_page_that_stops_reading_gets_every_message_whole_afterwards(tmp_path: Path) -> None:
    with bare_server(tmp_path) as port:
        slow = PlainSocket(f"http://127.0.0.1:{port}", {}, receive_bytes=4096)
        frames = slow.read()
        assert next(frames).startswith("0{")
        assert next(frames).startswith("40/news,")
        wish = {"seq": 1, "times": FAR_MORE_THAN_BUFFERS, "bytes": 600}
        requests.post(f"http://127.0.0.1:{port}/emit", json=wish, timeout=60)
        time.sleep(3)  # until the buffers are full and the server has had to wait
        news = slow.news()
        assert [next(news)["seq"] for _ in range(FAR_MORE_THAN_BUFFERS)] == list(range(1, FAR_MORE_THAN_BUFFERS + 1))
        slow.close()


def test_a_page_of_the_hall_that_stops_reading_catches_up(hall_server: HallServer, staff: SignIn) -> None:
    slow = PlainSocket(hall_server.url, {"view": "display"}, receive_bytes=4096)
    news = slow.news()
    before = staff("工号001").get("picture").expect()["seq"]
    pushes = come_and_go(staff)
    heard = [next(news) for _ in range(pushes)]
    assert [one["seq"] for one in heard] == list(range(before + 1, before + pushes + 1))
    slow.close()


def test_pages_that_never_read_do_not_delay_the_others(hall_server: HallServer, staff: SignIn) -> None:
    deaf = [PlainSocket(hall_server.url, {"view": "display"}, receive_bytes=4096) for _ in range(5)]
    screen = Listener(hall_server.url, view="display")
    come_and_go(staff)
    seq = staff("工号001").get("picture").expect()["seq"]
    screen.wait_for("news", lambda told: told["seq"] == seq, within_seconds=30)
    screen.close()
    for page in deaf:
        page.close()


def come_and_go(staff: SignIn, rounds: int = 20) -> int:
    """Eight clerks sign on and off; gives how many pieces of news that makes."""
    clerks = {window: staff(f"工号{window:03}") for window in (3, 4, 5, 15, 16, 20, 24, 28)}

    def at(window: int, clerk: Staff) -> None:
        for _ in range(rounds):
            clerk.sign_on(window).post(f"windows/{window}/sign-off").expect()

    at_once([partial(at, window, clerk) for window, clerk in clerks.items()])
    return 2 * rounds * len(clerks)
