"""WebSockets through the kiosk: after the handshake bytes are passed on as they are, both ways, until one side ends."""

import json
import socket
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

import gevent
from gevent.pywsgi import WSGIHandler, WSGIServer

from kiosk.agent_refusals import FOREIGN, SERVER_AWAY, body_of
from kiosk.agent_trust import is_trusted

CONNECT_SECONDS = 2.0
PIECE = 65_536
HANDSHAKE = (
    "SEC-WEBSOCKET-KEY", "SEC-WEBSOCKET-VERSION", "SEC-WEBSOCKET-EXTENSIONS", "SEC-WEBSOCKET-PROTOCOL", "USER-AGENT",
)  # fmt: skip


class Tunnel:
    """The way to the server's socket, opened with the kiosk's own token and under the server's own name."""

    def __init__(self, server_url: str, token: str) -> None:
        parts = urlsplit(server_url)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._authority = parts.netloc.rpartition("@")[2]
        self._origin = f"{parts.scheme}://{self._authority}"
        self._prefix = parts.path
        self._token = token

    def open(self, target: str, headers: dict[str, str]) -> socket.socket:
        """A connection on which the handshake for `target` has been sent. Raises OSError."""
        line = socket.create_connection((self._host, self._port), timeout=CONNECT_SECONDS)
        if self._secure:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=self._host)
        fields = {
            "Host": self._authority,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Authorization": f"Bearer {self._token}",
            **{name.title(): value for name, value in headers.items() if name in HANDSHAKE},
        }
        if "ORIGIN" in headers:
            fields["Origin"] = self._origin  # the server accepts its own pages only, and this is one of them
        text = f"GET {self._prefix}{target} HTTP/1.1\r\n" + "".join(f"{name}: {fields[name]}\r\n" for name in fields)
        line.sendall(text.encode("latin-1") + b"\r\n")
        line.settimeout(None)
        return line


class TunnelServer(WSGIServer):
    """The local web server; knows where tunnels lead."""

    def __init__(self, address: tuple[str, int], application: object, tunnel: Tunnel) -> None:
        super().__init__(address, application, handler_class=TunnelHandler, log=None)
        self.tunnel = tunnel


class TunnelHandler(WSGIHandler):
    """Answers requests as usual, but hands a WebSocket's connection over to the tunnel."""

    def handle_one_response(self) -> None:
        """Called by gevent when a request's head has been read."""
        environ = self.environ
        if environ.get("HTTP_UPGRADE", "").lower() != "websocket" or not environ["PATH_INFO"].startswith("/socket.io/"):
            super().handle_one_response()
            return
        self.close_connection = True
        if not is_trusted(environ):
            self._refuse("403 Forbidden", FOREIGN)
            return
        try:
            far = self.server.tunnel.open(self.path, _headers(environ))
        except OSError:
            self._refuse("503 Service Unavailable", SERVER_AWAY)
            return
        self._pump(far)

    def _pump(self, far: socket.socket) -> None:
        """Both ways at once; when one side ends, so does the other."""
        ways = [gevent.spawn(self._to, far), gevent.spawn(self._from, far)]
        gevent.joinall(ways, count=1)
        for line in (far, self.socket):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        gevent.joinall(ways)
        far.close()

    def _to(self, far: socket.socket) -> None:
        with suppress(OSError):
            while data := self.rfile.read1(PIECE):  # through the reader that may hold bytes already
                far.sendall(data)

    def _from(self, far: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(PIECE):
                self.socket.sendall(data)

    def _refuse(self, status: str, refusal: dict[str, str]) -> None:
        body = json.dumps(body_of(refusal), ensure_ascii=False).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        with suppress(OSError):
            self.socket.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)


def _headers(environ: dict[str, str]) -> dict[str, str]:
    return {
        key.removeprefix("HTTP_").replace("_", "-"): value for key, value in environ.items() if key.startswith("HTTP_")
    }
