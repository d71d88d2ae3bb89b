"""Flask and Socket.IO with nothing behind them, served exactly as the hall is.

    python -m tests.bare_server PORT FOLDER

What it takes is the floor under every figure of `tests/bench`, and what it sends shows how the sockets themselves
behave. `POST /echo` answers with the JSON it got; `POST /commit` writes one row durably into a database in FOLDER
first; `POST /emit` with `{"seq": 7, "times": 3, "bytes": 600}` does so too and then sends so much news to every page.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from gevent import monkey

monkey.patch_all()

import gevent  # noqa: E402 - everything must see the patched library
from flask import Flask, jsonify, request  # noqa: E402
from flask_socketio import Namespace, join_room  # noqa: E402

from server.app import create_socketio  # noqa: E402
from server.serving import listen, web_server  # noqa: E402
from tests.ledger import Ledger  # noqa: E402


class _News(Namespace):
    """Everybody who connects is in one room."""

    def on_connect(self, _: Any = None) -> None:
        join_room("public")


def main(port: int, folder: Path) -> None:
    """Serve for ever."""
    app, socketio = Flask("bare"), create_socketio()
    ledger = Ledger(folder)

    @app.post("/echo")
    def echo() -> Any:
        return jsonify(request.get_json())

    @app.post("/commit")
    def commit() -> Any:
        ledger.commit()
        return jsonify(request.get_json())

    @app.post("/emit")
    def emit() -> Any:
        ledger.commit()
        wish = request.get_json()
        for seq in range(wish["seq"], wish["seq"] + wish["times"]):
            news = {"seq": seq, "kind": "bare", "text": "x" * wish["bytes"]}
            socketio.emit("news", news, namespace="/news", to="public")
        return jsonify(wish)

    socketio.init_app(app)
    socketio.on_namespace(_News("/news"))
    web_server(listen("127.0.0.1", port), app).start()
    gevent.get_hub().join()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
