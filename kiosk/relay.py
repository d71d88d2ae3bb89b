"""The hall's server as the kiosk sees it: requests go there with the kiosk's own token, or the server is away."""

import json
from dataclasses import dataclass
from typing import Any

import requests
from requests.adapters import HTTPAdapter

ANSWER_SECONDS = 15.0
CONNECT_SECONDS = 2.0
CONNECTIONS = 20
GATEWAY_TROUBLE = frozenset({502, 503, 504})

# What may cross the kiosk; its cookies and tokens stay on either side.
REQUEST_HEADERS = (
    "Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "If-Modified-Since", "If-None-Match", "Range",
    "User-Agent",
)  # fmt: skip
NOT_FOR_THE_PAGE = frozenset({
    "connection", "content-length", "date", "keep-alive", "proxy-authenticate", "server", "set-cookie", "te", "trailer",
    "transfer-encoding", "upgrade",
})  # fmt: skip


class ServerAway(Exception):
    """The server did not answer: it may or may not have got the request."""


@dataclass(frozen=True)
class Reply:
    """An answer of the server, its body as it came (perhaps compressed)."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; an empty one when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Server:
    """Where the hall is kept. Commands get a fresh connection each: one that died while idle could lose a command."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self._reading = _session()

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Reply:
        """A call of the agent itself to `/api/v1/PATH`. Raises ServerAway."""
        sent = json.dumps(body if body is not None else {}).encode() if method != "GET" else b""
        return self.pass_on(method, f"/api/v1/{path}", headers={"Content-Type": "application/json"}, body=sent)

    def pass_on(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str],
        body: bytes = b"",
        answer_seconds: float = ANSWER_SECONDS,
    ) -> Reply:
        """Sends a request for `path` (with its query, quoted) and reads the whole answer. Raises ServerAway."""
        session = self._reading if method in {"GET", "HEAD"} else _session()
        kept = {name: value for name, value in headers.items() if name.title() in REQUEST_HEADERS}
        kept.setdefault("Accept-Encoding", "identity")
        try:
            answer = session.request(
                method,
                self.url + path,
                headers={**kept, "Authorization": f"Bearer {self.token}"},
                data=body,
                timeout=(CONNECT_SECONDS, answer_seconds),
                allow_redirects=False,
                stream=True,
            )
            content = answer.raw.read(decode_content=False)
        except (requests.RequestException, OSError) as error:
            raise ServerAway(str(error)) from error
        finally:
            if session is not self._reading:
                session.close()
        passed = [(name, value) for name, value in answer.headers.items() if name.lower() not in NOT_FOR_THE_PAGE]
        reply = Reply(answer.status_code, passed, content)
        if reply.status in GATEWAY_TROUBLE and "error" not in reply.json():
            raise ServerAway(f"a gateway says {reply.status}")
        return reply


def _session() -> requests.Session:
    """A session that knows no proxies (the hall is near), no cookies and no netrc."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=CONNECTIONS))
    return session
