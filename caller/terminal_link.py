"""Asking the server: who is at the desk, what stands there, and one command at a time. Knows no rule of the hall."""

from __future__ import annotations

import secrets
from typing import Any

import requests

Json = dict[str, Any]

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 8.0
GATEWAY_TROUBLE = frozenset({502, 503, 504})
SIGNED_OUT = frozenset({"not_signed_in", "session_expired", "csrf"})


class ServerAway(Exception):
    """No answer: the server may or may not have got the request."""


class Refusal(Exception):
    """The server said no. `code` names the rule, `message` is its polite sentence."""

    def __init__(self, error: Json) -> None:
        self.code = str(error.get("code", "unknown"))
        self.message = str(error.get("message", self.code))
        self.facts = error
        super().__init__(self.message)


class Link:
    """The session of one clerk."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session: Json = {}
        self._http = requests.Session()
        self._http.trust_env = False  # the hall is near: no proxy, no netrc

    @property
    def cookie(self) -> str:
        """The session as a Cookie header, for the news."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._http.cookies)

    def sign_in(self, staff: str, password: str) -> None:
        """Open a session. Raises Refusal or ServerAway."""
        self.session = self._ask("POST", "session", {"staff": staff, "password": password})

    def renew(self) -> None:
        """Who the session belongs to now: after a relief it is another clerk's."""
        self.session = self.get("session")

    def sign_out(self) -> None:
        """End the session; a server that is away forgets it by itself."""
        try:
            self._ask("DELETE", "session")
        except (Refusal, ServerAway):
            self.session = {}

    def get(self, path: str) -> Json:
        """GET /api/v1/PATH. Raises Refusal or ServerAway."""
        return self._ask("GET", path)

    def command(self, path: str, body: Json) -> Json:
        """POST a command. Without an answer it is sent once more with the same id, so it never counts twice."""
        marked = {**body, "request_id": secrets.token_urlsafe(16)}
        try:
            return self._ask("POST", path, marked)
        except ServerAway:
            return self._ask("POST", path, marked)

    def _ask(self, method: str, path: str, body: Json | None = None) -> Json:
        try:
            answer = self._http.request(
                method,
                f"{self.url}/api/v1/{path}",
                json=body,
                headers={"X-CSRF-Token": self.session.get("csrf", ""), "Accept": "application/json"},
                timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
            )
        except requests.RequestException as error:
            raise ServerAway(str(error)) from error
        if answer.status_code in GATEWAY_TROUBLE:
            raise ServerAway(f"a gateway says {answer.status_code}")
        found = _object(answer)
        if not answer.ok:
            raise Refusal(found.get("error") or {"code": f"http_{answer.status_code}"})
        return found


def _object(answer: requests.Response) -> Json:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
