"""A hand-written hall for the pages that watch: it speaks the contract and does only what a test says.

The pages are the real ones, under the real content security policy; only the facts are invented, so that a test can
show an overdue window, two calls in one second or a server that went away, without playing a whole day.
"""

import json
import threading
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.serving import BaseWSGIServer, make_server

from display.blueprint import blueprint
from tests.browser import watched_rows as rows
from tests.browser.watched_rows import NOW, Row, ago

ROOT = Path(__file__).parents[2]
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-test'; style-src 'self' 'nonce-test'; img-src 'self' data:; "
    "connect-src 'self' ws: wss:; media-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


class WatchedHall:
    """A server on loopback whose facts a test sets by hand. `heard` is what the pages said over their sockets."""

    def __init__(self, port: int = 0) -> None:
        self.hall = rows.hall_answer()
        self.heard: list[tuple[str, Row]] = []
        self.session: Row | None = None
        self.present = True
        self.sounds: dict[str, bytes] = {}
        self.picture: Row = {
            "seq": 100, "view": "display", "business_day": "2026-11-24", "phase": "open", "phase_until": None,
            "queues": rows.queue_rows(), "windows": [rows.window_row(number) for number in range(1, 43)],
            "calls": [], "notices": [], "tickets": [], "devices": [], "staff": [], "alerts": [],
        }  # fmt: skip
        self._news_told: list[Row] = []
        self._pages: set[str] = set()
        self._socket = SocketIO(async_mode="threading")
        self._server: BaseWSGIServer = make_server("127.0.0.1", port, self._app(), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    # What a test does to the hall

    def tell(self, kind: str = "TicketCalled", **changed: Any) -> int:
        """Change rows and send the news of it; returns the news' number."""
        self.picture["seq"] += 1
        news = {"seq": self.picture["seq"], "at": ago(), "kind": kind, "changed": changed}
        for name, fresh in changed.items():
            if name == "hall":
                self.picture |= fresh
            elif name == "calls":
                self.picture["calls"] = [*fresh, *self.picture["calls"]][:60]
            else:
                by_id = {row["id"]: row for row in fresh}
                self.picture[name] = [by_id.pop(row["id"], row) for row in self.picture[name]] + list(by_id.values())
        self._news_told.append(news)
        self._socket.emit("news", news, namespace="/news")
        return int(news["seq"])

    def call(self, number: str, window: int, **facts: Any) -> None:
        """A ticket is called to a window: the window's row and the call in one piece of news."""
        seq = self.picture["seq"] + 1
        row = rows.window_row(window, "calling", since=ago(), ticket=rows.ticket_at(number, "called", called_at=ago()))
        self.tell(calls=[rows.call_row(seq, number, window, at=ago(), **facts)], windows=[row])

    def emit(self, event: str, data: Row) -> None:
        """Anything else a server may say."""
        self._socket.emit(event, data, namespace="/news")

    def go_away(self) -> None:
        """The server cannot be reached any more."""
        self.present = False
        for page in list(self._pages):
            self._socket.server.disconnect(page, namespace="/news")

    def come_back(self) -> None:
        """The server answers again."""
        self.present = True

    def said(self, event: str) -> list[Row]:
        """What the pages said under that name, oldest first."""
        return [data for name, data in self.heard if name == event]

    def close(self) -> None:
        """Stop listening."""
        self.go_away()
        self._server.shutdown()
        self._thread.join(5)

    # The server

    def _app(self) -> Flask:
        app = Flask("watched_hall", static_folder=str(ROOT / "server/static"), static_url_path="/static")
        app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "server/templates")])
        app.register_blueprint(blueprint)
        app.context_processor(self._context)
        app.after_request(self._headers)
        app.add_url_rule("/api/v1/hall", view_func=lambda: self.hall)
        app.add_url_rule("/api/v1/picture", view_func=self._picture)
        app.add_url_rule("/api/v1/news", view_func=self._news)
        app.add_url_rule("/api/v1/session", view_func=self._session, methods=["GET", "POST", "DELETE"])
        app.add_url_rule("/audio/<name>", view_func=self._audio)
        self._socket.init_app(app)
        self._socket.on_event("connect", self._connect, namespace="/news")
        self._socket.on_event("disconnect", self._disconnect, namespace="/news")
        for event in ("beat", "announced", "shown"):
            self._socket.on_event(event, self._hear(event), namespace="/news")
        return app

    def _context(self) -> Row:
        return {
            "csp_nonce": "test",
            "hall": self.hall,
            "asset": lambda path: path,
            "demo": self.hall["demo"],
            "page_lang": "zh-CN",
            "import_map": json.dumps({"imports": {"shared/": "/static/shared/", "vendor/": "/static/vendor/"}}),
        }

    @staticmethod
    def _headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    def _picture(self) -> Response:
        if not self.present:
            abort(503)
        if request.args["view"] == "manager" and self.session is None:
            return self._refusal(401, "not_signed_in", "请先登录")
        now = NOW.isoformat(timespec="seconds")
        return jsonify(self.picture | {"now": now, "at": now, "clock": {"now": now, "speed": 1}})

    def _news(self) -> Response:
        if not self.present:
            abort(503)
        if request.args["view"] == "manager" and self.session is None:
            return self._refusal(401, "session_expired", "登录已到期")
        after = int(request.args["after"])
        return jsonify({"news": [news for news in self._news_told if news["seq"] > after]})

    def _session(self) -> Response | tuple[str, int]:
        if request.method == "DELETE":
            self.session = None
            return "", 204
        if request.method == "POST":
            asked = request.get_json()
            if asked.get("password") != "right":
                return self._refusal(401, "bad_credentials", "工号或密码不对，请再试一次")
            self.session = {
                "csrf": "c",
                "staff": asked["staff"],
                "role": asked["staff"],
                "expires_at": rows.ahead(hours=8),
            }
        return jsonify(self.session) if self.session else self._refusal(401, "not_signed_in", "请先登录")

    def _audio(self, name: str) -> Response:
        if name not in self.sounds:
            abort(404)
        return Response(self.sounds[name], mimetype="audio/wav")

    @staticmethod
    def _refusal(status: int, code: str, message: str) -> Response:
        response = jsonify({"error": {"code": code, "message": message, "message_en": code}})
        response.status_code = status
        return response

    def _connect(self, auth: Row | None) -> None:
        if not self.present:
            raise Refused("away")
        self._pages.add(request.sid)  # type: ignore[attr-defined]
        self.heard.append(("connect", auth or {}))

    def _disconnect(self, *_: object) -> None:
        self._pages.discard(request.sid)  # type: ignore[attr-defined]

    def _hear(self, event: str) -> Any:
        def hear(data: Row) -> Row:
            self.heard.append((event, data))
            return {"now": NOW.isoformat(timespec="seconds")}

        return hear
