"""A page's socket without a library: it can stop reading, count bytes and look at every frame as it came.

Only what the server sends is understood: whole text frames, unmasked. Enough of Socket.IO to connect and to keep alive.
"""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

CONNECT, PONG = "40/news,", "3"
PING = "2"
NEWS = '42/news,["news",'


class PlainSocket:
    """One connection to the news. `read` gives the text of each frame as it comes, pings answered."""

    def __init__(self, url: str, auth: dict[str, Any], *, receive_bytes: int | None = None, cookie: str = "") -> None:
        address = urlsplit(url)
        self.raw = socket.socket()
        if receive_bytes is not None:  # the system may only make it small before the connection is there
            self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.raw.settimeout(20)
        self.raw.connect((address.hostname, address.port))
        self._rest = b""
        self._upgrade(address.netloc, cookie)
        self.send(f"{CONNECT}{json.dumps(auth)}")

    def send(self, text: str) -> None:
        """One short text frame, masked as a browser's must be."""
        data, mask = text.encode(), os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        assert len(data) < 126 * 100
        size = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0xFE]) + struct.pack("!H", len(data))
        self.raw.sendall(b"\x81" + size + mask + masked)

    def read(self) -> Iterator[str]:
        """The text of every frame; raises on one that no server may send."""
        while True:
            first, second = self._take(2)
            if first != 0x81 or second & 0x80:
                raise ValueError(f"a frame began with {first:#x} {second:#x}")
            length = second
            if second == 126:
                (length,) = struct.unpack("!H", self._take(2))
            elif second == 127:
                (length,) = struct.unpack("!Q", self._take(8))
            text = self._take(length).decode()
            if text == PING:
                self.send(PONG)
            yield text

    def news(self) -> Iterator[dict[str, Any]]:
        """Every piece of news."""
        for text in self.read():
            if text.startswith(NEWS):
                yield json.loads(text[len(NEWS) : -1])

    def close(self) -> None:
        self.raw.close()

    def _upgrade(self, host: str, cookie: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
            *([f"Cookie: {cookie}"] if cookie else []),
        ]
        self.raw.sendall("\r\n".join([*lines, "", ""]).encode())
        while b"\r\n\r\n" not in self._rest:
            self._rest += self.raw.recv(4096)
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head

    def _take(self, count: int) -> bytes:
        while len(self._rest) < count:
            data = self.raw.recv(max(4096, count - len(self._rest)))
            if not data:
                raise ConnectionError("the server hung up")
            self._rest += data
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken
