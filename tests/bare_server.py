"""Flask and Socket.IO with nothing behind them, served exactly as the hall is.

    python -m tests.bare_server PORT

What it takes is the floor under every figure of `tests/bench`, and what it sends shows how the sockets themselves
behave. `POST /echo` answers with the JSON it got; `POST /emit` with `{"times": 3, "bytes": 600}` sends news to every
connected page first.
"""

from __future__ import annotations

import sys
from typing import Any

from gevent import monkey

monkey.patch_all()

import gevent  # noqa: E402 - everything must see the patched library
from flask import Flask, jsonify, request  # noqa: E402
from flask_socketio import Namespace, join_room  # noqa: E402

from server.app import create_socketio  # noqa: E402
from server.serving import listen, web_server  # noqa: E402


class _News(Namespace):
    """Everybody who connects is in one room."""

    def on_connect(self, _: Any = None) -> None:
        join_room("public")


def main(port: int) -> None:
    """Serve for ever."""
    app, socketio = Flask("bare"), create_socketio()

    @app.post("/echo")
    def echo() -> Any:
        return jsonify(request.get_json())

    @app.post("/emit")
    def emit() -> Any:
        wish = request.get_json()
        for seq in range(1, wish["times"] + 1):
            news = {"seq": seq, "kind": "bare", "text": "x" * wish["bytes"]}
            socketio.emit("news", news, namespace="/news", to="public")
        return jsonify(wish)

    socketio.init_app(app)
    socketio.on_namespace(_News("/news"))
    web_server(listen("127.0.0.1", port), app).start()
    gevent.get_hub().join()


if __name__ == "__main__":
    main(int(sys.argv[1]))
