"""People and machines of the hall, as tests speak for them: staff, devices, anybody, and a page that listens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import requests
import socketio


@dataclass(frozen=True)
class Reply:
    """An answer of the server; `body` is its JSON, or its text where it is none."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> str | None:
        """The code of a refusal."""
        return self.body["error"]["code"] if isinstance(self.body, dict) and "error" in self.body else None

    def expect(self, status: int = 200) -> Any:
        """The body, after making sure of the status."""
        assert self.status == status, f"{status} expected, got {self.status}: {self.body}"
        return self.body


class Anybody:
    """Somebody without a name, such as a phone or a public screen."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False  # the loopback needs no proxy

    def get(self, path: str, **query: Any) -> Reply:
        return self._call("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any] | None = None, **fields: Any) -> Reply:
        """POST the fields as a JSON object: `clerk.post("windows/3/finish", outcome="accepted")`."""
        return self._call("POST", path, json={**(body or {}), **fields})

    def delete(self, path: str) -> Reply:
        return self._call("DELETE", path)

    def _call(self, method: str, path: str, **extra: Any) -> Reply:
        where = f"{self.url}{path}" if path.startswith("/") else f"{self.url}/api/v1/{path}"
        answer = self.http.request(method, where, timeout=30, **extra)
        is_json = bool(answer.content) and answer.headers.get("Content-Type", "").startswith("application/json")
        return Reply(answer.status_code, answer.json() if is_json else answer.text, dict(answer.headers))


class Staff(Anybody):
    """A member of staff: `Staff(url, "工号003", password).sign_in()`."""

    def __init__(self, url: str, staff: str, password: str) -> None:
        super().__init__(url)
        self.staff = staff
        self.password = password

    def sign_in(self) -> Self:
        """Open a session; later commands carry its cookie and CSRF token."""
        session = self.post("session", staff=self.staff, password=self.password).expect(200)
        self.http.headers["X-CSRF-Token"] = session["csrf"]
        return self

    def sign_on(self, window: int) -> Self:
        """Take up work at a window."""
        self.post(f"windows/{window}/sign-on").expect(200)
        return self

    def another_page(self) -> Anybody:
        """The same session in one more window of the browser, with a connection of its own."""
        page = Anybody(self.url)
        page.http.headers.update({"Cookie": self.cookie, "X-CSRF-Token": self.http.headers["X-CSRF-Token"]})
        return page

    @property
    def cookie(self) -> str:
        """The session as a Cookie header, for sockets and browsers."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies)


class Device(Anybody):
    """An enrolled machine, such as kiosk K1."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url)
        self.token = token
        self.http.headers["Authorization"] = f"Bearer {token}"


class Listener:
    """A page's ear: connects to the news and keeps what it hears, in order, as (event, message)."""

    def __init__(self, url: str, *, cookie: str | None = None, **auth: Any) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("*", self._keep, namespace="/news")
        headers = {"Cookie": cookie} if cookie else {}
        self.socket.connect(url, namespaces=["/news"], auth=auth, headers=headers, transports=["websocket"])

    def of(self, event: str) -> list[Any]:
        """All messages of one event so far."""
        return [message for name, message in self.heard if name == event]

    def wait_for(
        self, event: str, such_that: Callable[[Any], bool] = lambda _: True, *, within_seconds: float = 5
    ) -> Any:
        """The first message of an event that fits."""
        deadline = time.monotonic() + within_seconds
        while time.monotonic() < deadline:
            if fitting := [message for message in self.of(event) if such_that(message)]:
                return fitting[0]
            time.sleep(0.01)
        raise AssertionError(f"no such {event} within {within_seconds} s; heard {self.heard}")

    def close(self) -> None:
        self.socket.disconnect()

    def _keep(self, event: str, message: Any = None) -> None:
        self.heard.append((event, message))
