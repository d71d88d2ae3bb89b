"""Many connected pages in a process of their own: they note when each piece of news reached each of them.

    python -m tests.bench.audience URL PAGES

It says "ready" when all are connected; for each number it reads it waits until every page has that news, and writes
the moments (monotonic clock, ns) and the size of the message as one line of JSON.
"""

from __future__ import annotations

import json
import re
import resource
import select
import sys
import time
from typing import TextIO

from tests.plain_socket import PING, PONG, PlainSocket

SEQ = re.compile(rb'^42/news,\["news",\{"seq":(\d+)')
PATIENCE_SECONDS = 20.0


class Audience:
    """The pages, and what has come to them so far."""

    def __init__(self, url: str, count: int) -> None:
        self._pages = {}
        self._epoll = select.epoll()
        for _ in range(count):
            page = PlainSocket(url, {"view": "display"})
            next(text for text in page.read() if text.startswith("40/news"))
            page.raw.setblocking(False)
            self._pages[page.raw.fileno()] = page
            self._epoll.register(page.raw, select.EPOLLIN)
        self._rest = dict.fromkeys(self._pages, b"")
        self._came: dict[int, list[int]] = {}
        self._size: dict[int, int] = {}

    def serve(self, orders: TextIO) -> None:
        """Listen, and answer for each number on `orders`."""
        self._epoll.register(orders, select.EPOLLIN)
        while True:
            if self._listen(1.0, orders.fileno()):
                line = orders.readline()
                if not line:
                    return
                self._tell(int(line), orders.fileno())

    def _tell(self, seq: int, orders: int) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self._came.get(seq, ())) < len(self._pages) and time.monotonic() < deadline:
            self._listen(0.1, orders)
        print(json.dumps({"came": self._came.get(seq, []), "bytes": self._size.get(seq, 0)}), flush=True)
        self._came = {later: came for later, came in self._came.items() if later > seq}

    def _listen(self, wait_seconds: float, orders: int) -> bool:
        """Take in what has come; True when there is an order to read."""
        ordered = False
        for file, _ in self._epoll.poll(wait_seconds):
            if file == orders:
                ordered = True
            else:
                self._receive(file)
        return ordered

    def _receive(self, file: int) -> None:
        data = self._pages[file].raw.recv(262144)
        now = time.monotonic_ns()
        if not data:
            raise ConnectionError("the server hung up on a page")
        rest = self._rest[file] + data
        while len(rest) >= 2:
            length, start = rest[1], 2
            if length == 126:
                length, start = int.from_bytes(rest[2:4], "big"), 4
            elif length == 127:
                length, start = int.from_bytes(rest[2:10], "big"), 10
            if len(rest) < start + length:
                break
            self._note(file, rest[start : start + length], now)
            rest = rest[start + length :]
        self._rest[file] = rest

    def _note(self, file: int, text: bytes, now: int) -> None:
        if found := SEQ.match(text):
            seq = int(found[1])
            self._came.setdefault(seq, []).append(now)
            self._size[seq] = len(text)
        elif text == PING.encode():
            self._pages[file].send(PONG)


def main(url: str, count: int) -> None:
    """Connect, and serve until there is nobody to ask."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count + 100), hard))
    audience = Audience(url, count)
    print("ready", flush=True)
    audience.serve(sys.stdin)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
