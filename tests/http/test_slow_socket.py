"""A page on a bad line: it stops reading for a while, and must not be sent half a message (speed.md, T2)."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from tests.clients import Device, Listener, Staff
from tests.crowd import at_once
from tests.hall_server import HallServer
from tests.plain_socket import PONG, PlainSocket

SignIn = Callable[[str], Staff]

ROUNDS = 25
PUSHES = 8 * 2 * ROUNDS
MORE_THAN_BUFFERS = 400_000
"""Bytes: what the kernels of both sides keep for one connection is less."""


def many_pushes(hall: HallServer, staff: SignIn) -> None:
    """Thousands of changes of the hall, from eight desks at once."""
    clerks = {window: staff(f"工号{window:03}") for window in (3, 4, 5, 15, 16, 20, 24, 28)}

    def come_and_go(clerk: Staff, window: int) -> None:
        for _ in range(ROUNDS):
            clerk.sign_on(window).post(f"windows/{window}/sign-off").expect()

    at_once([partial(come_and_go, clerk, window) for window, clerk in clerks.items()])


@contextmanager
def alive(page: PlainSocket) -> Iterator[None]:
    """The page says that it lives, though it does not read."""
    over = threading.Event()

    def say() -> None:
        while not over.wait(3):
            page.send(PONG)

    speaking = threading.Thread(target=say)
    speaking.start()
    yield
    over.set()
    speaking.join()


def test_a_page_that_stops_reading_gets_every_message_whole_afterwards(hall_server: HallServer, staff: SignIn) -> None:
    slow = PlainSocket(hall_server.url, {"view": "display"}, receive_bytes=4096)
    news = slow.news()
    before = Device(hall_server.url, hall_server.credentials["devices"]["K1"]).get("picture").expect()["seq"]
    with alive(slow):
        many_pushes(hall_server, staff)
    heard = [next(news) for _ in range(PUSHES)]
    slow.close()
    print(len(json.dumps(heard)))
    assert len(json.dumps(heard)) > MORE_THAN_BUFFERS
    assert [one["seq"] for one in heard] == list(range(before + 1, before + PUSHES + 1))


def test_a_page_that_never_reads_does_not_delay_the_others(hall_server: HallServer, staff: SignIn) -> None:
    deaf = [PlainSocket(hall_server.url, {"view": "display"}, receive_bytes=4096) for _ in range(5)]
    screen = Listener(hall_server.url, view="display")
    many_pushes(hall_server, staff)
    clerk = staff("工号001").sign_on(1)
    seq = clerk.get("picture").expect()["seq"]
    screen.wait_for("news", lambda told: told["seq"] == seq, within_seconds=30)
    screen.close()
    for page in deaf:
        page.close()
