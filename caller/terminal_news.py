"""The ear of the terminal: a connection to `/news` that comes back by itself. What it hears lies in `heard`."""

from __future__ import annotations

import time
from queue import SimpleQueue
from typing import Any

import socketio

NAMESPACE = "/news"
EVENTS = ("news", "estimates", "clock", "signed-out")
BEAT_SECONDS = 2.0
SILENCE_SECONDS = 4.5
"""So long without an answer to a beat, and the screen says that it is not live (below the promised five seconds)."""

LOST_SECONDS = 1.5
"""A connection that comes back this soon was never missed: a relief, a proxy that changes its mind."""


class Ear:
    """Listens for one clerk. Its threads only put into `heard`; everything else happens where that is read."""

    def __init__(self, url: str, cookie: str) -> None:
        self.heard: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._url = url
        self._cookie = cookie
        self._answered = 0.0
        self._beaten = 0.0
        self._lost_at = time.monotonic()
        self._client = socketio.Client(reconnection_delay=0.5, reconnection_delay_max=2, request_timeout=4)
        self._client.on("connect", self._connected, namespace=NAMESPACE)
        self._client.on("disconnect", self._disconnected, namespace=NAMESPACE)
        self._client.on("connect_error", lambda why=None: self.heard.put(("refused", why)), namespace=NAMESPACE)
        for event in EVENTS:
            self._client.on(event, self._keeper(event), namespace=NAMESPACE)

    def start(self) -> None:
        """Begin to listen, without waiting for it; a server that is away is tried again and again."""
        self._client.start_background_task(
            self._client.connect,
            self._url,
            namespaces=[NAMESPACE],
            auth={"view": "caller"},
            headers={"Cookie": self._cookie},
            transports=["websocket"],
            wait=False,
            retry=True,
        )

    def stop(self) -> None:
        """Listen no longer."""
        self._client.shutdown()

    def live(self) -> bool:
        """Whether the server has answered a moment ago. Also beats: call it several times a second."""
        now = time.monotonic()
        if not self._client.connected or NAMESPACE not in self._client.namespaces:
            return now - self._lost_at < LOST_SECONDS
        if now - self._beaten >= BEAT_SECONDS:
            self._beaten = now
            self._client.emit("beat", {"page": "terminal"}, namespace=NAMESPACE, callback=self._answer)
        return now - self._answered < SILENCE_SECONDS

    def _connected(self) -> None:
        self._answered = time.monotonic()
        self.heard.put(("connected", None))

    def _disconnected(self, *_: Any) -> None:
        self._lost_at = time.monotonic()

    def _answer(self, told: Any = None) -> None:
        self._answered = time.monotonic()
        self.heard.put(("clock", told))

    def _keeper(self, event: str) -> Any:
        def keep(message: Any = None) -> None:
            self.heard.put((event, message))

        return keep
