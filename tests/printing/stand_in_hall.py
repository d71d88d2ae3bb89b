"""A hall's server that is not there: answers what a kiosk asks, remembers it, and can go away or lose a reply."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_socketio import Namespace, SocketIO, emit
from werkzeug.serving import BaseWSGIServer, make_server

from tests.printing.samples import hall, ticket

TOKEN = "a kiosk's token"
PAGE = "<!doctype html><title>取号</title><kiosk-page kiosk='K1'></kiosk-page>"
POLICY = "default-src 'self'; connect-src 'self' ws: wss:"


class StandInHall:
    """Listens on a port of its own that it keeps when it goes away and comes back."""

    def __init__(self) -> None:
        self.hall = hall()
        self.tickets: dict[str, dict[str, Any]] = {}  # by request id
        self.issue: dict[str, Any] = {}  # fields of the next tickets
        self.results: list[tuple[str, dict[str, Any]]] = []  # (token, body) of each report about paper
        self.beats: list[dict[str, Any]] = []
        self.seen: list[dict[str, str]] = []  # headers of every request
        self.connected: list[str | None] = []  # Authorization of every socket
        self.replies_to_lose = 0
        self.refuse_results = False
        with socket.create_server(("127.0.0.1", 0)) as finder:
            self.port = finder.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._app = self._make_app()
        self._serving: BaseWSGIServer | None = None

    def come(self) -> None:
        """Starts answering."""
        self._serving = make_server("127.0.0.1", self.port, self._app, threaded=True)
        threading.Thread(target=self._serving.serve_forever, args=(0.05,), daemon=True).start()

    def go(self) -> None:
        """Stops answering; connections are refused."""
        if self._serving is not None:
            self._serving.shutdown()
            self._serving.server_close()
            self._serving = None

    def _make_app(self) -> Flask:
        app = Flask(__name__, static_folder=None)
        app.before_request(lambda: self.seen.append(dict(request.headers)))
        self._add_pages(app)
        self._add_facts(app)
        self._add_tickets(app)
        SocketIO(app, async_mode="threading").on_namespace(News(self))
        return app

    @staticmethod
    def _add_pages(app: Flask) -> None:
        @app.get("/kiosk/<name>")
        def page(name: str) -> Response:
            return Response(
                f"{PAGE}{name}", headers={"Content-Security-Policy": POLICY, "Set-Cookie": "paihao_session=x"}
            )

        @app.get("/static/<path:name>")
        def part(name: str) -> Response:
            answer = Response(f"// {name} {request.args}", mimetype="text/javascript")
            answer.set_etag("one")
            answer.make_conditional(request.environ)
            return answer

        @app.get("/display/manager")
        def not_for_kiosks() -> str:
            return "manager"

    def _add_facts(self, app: Flask) -> None:
        call = "/api/v1"

        @app.get(f"{call}/hall")
        def hall_answer() -> Response:
            return jsonify(self.hall)

        @app.get(f"{call}/device")
        def device() -> Response:
            return jsonify({"id": "K1", "kind": "kiosk", "zone": "1A"})

        @app.get(f"{call}/picture")
        def picture() -> Response:
            return jsonify({"view": request.args["view"], "at": "中"})

        @app.post(f"{call}/device/beat")
        def beat() -> Response:
            self.beats.append(request.get_json())
            return jsonify({"now": "2026-11-24T10:00:00+08:00", "speed": 1})

    def _add_tickets(self, app: Flask) -> None:
        call = "/api/v1"

        @app.post(f"{call}/tickets")
        def issue() -> tuple[Response, int]:
            wish = request.get_json()
            if wish.get("queue") == "Z":
                return jsonify({"error": {"code": "no_open_window", "message": "对不起", "message_en": "Sorry"}}), 409
            made = self.tickets.setdefault(wish["request_id"], self._issue(wish))
            if self.replies_to_lose:
                self.replies_to_lose -= 1
                request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return jsonify({"ticket": made}), 201

        @app.post(f"{call}/tickets/<token>/print")
        def result(token: str) -> tuple[Response, int]:
            if self.refuse_results:
                return jsonify({"error": {"code": "unwell"}}), 500
            self.results.append((token, request.get_json()))
            return jsonify({"ticket": {}}), 200

        @app.post(f"{call}/tickets/<token>/reprint")
        def reprint(token: str) -> Response:
            return jsonify({"ticket": next(made for made in self.tickets.values() if made["token"] == token)})

    def _issue(self, wish: dict[str, Any]) -> dict[str, Any]:
        number = f"M{len(self.tickets) + 1:03}"
        paper = "paperless" if wish.get("print") == "none" else "pending"
        return ticket(number, token=f"token-{number}", print=paper) | self.issue


class News(Namespace):
    """Says who came, and gives back what it is sent."""

    def __init__(self, server: StandInHall) -> None:
        super().__init__("/news")
        self._server = server

    def on_connect(self, auth: Any) -> None:
        self._server.connected.append(request.headers.get("Authorization"))
        emit("welcome", {"auth": auth})

    @staticmethod
    def on_beat(body: Any) -> Any:
        return {"heard": body}


def wait_until(true: Callable[[], object], seconds: float = 10) -> None:
    """Returns as soon as `true()` is; fails when that takes too long."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def quietly(close: Callable[[], object]) -> None:
    """Ends something that may have ended already."""
    with suppress(OSError, ProcessLookupError):
        close()
