"""The web application of one hall: blueprints, the news namespace, file types, limits."""

from __future__ import annotations

import json
import mimetypes
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

import caller.blueprint
import display.blueprint
import kiosk.blueprint
from server.services.ports import Voice
from server.transports import (
    api_access,
    api_arrangements,
    api_hall,
    api_ledgers,
    api_session,
    api_tickets,
    api_windows,
    compression,
    errors,
    health,
    openapi,
    pages,
)
from server.transports.endpoint import PREFIX, House
from server.transports.sockets import NewsNamespace

MAX_BODY_BYTES = 64 * 1024
PING_SECONDS = 10
"""A page that is gone is noticed after about twice this time."""

_API = (api_access, api_arrangements, api_session, api_hall, api_tickets, api_windows, api_ledgers)
_REST = (
    api_hall.audio,
    api_tickets.codes,
    api_ledgers.files,
    openapi.blueprint,
    health.blueprint,
    pages.blueprint,
    kiosk.blueprint.blueprint,
    caller.blueprint.blueprint,
    display.blueprint.blueprint,
)


class _Json:
    """JSON for sockets: Chinese as it is, no spaces."""

    @staticmethod
    def dumps(value: Any, **options: Any) -> str:
        return json.dumps(value, **{**options, "ensure_ascii": False, "separators": (",", ":")})

    @staticmethod
    def loads(text: str, **options: Any) -> Any:
        return json.loads(text, **options)


def create_socketio() -> SocketIO:
    """The sockets, before the application exists: the hall's wire needs them."""
    return SocketIO(
        async_mode="gevent",
        json=_Json,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
        max_http_buffer_size=MAX_BODY_BYTES,
        manage_session=False,
    )


def create_app(house: House, voice: Voice, socketio: SocketIO) -> Flask:
    """The application that serves `house`."""
    mimetypes.add_type("text/javascript", ".js")
    app = Flask("server", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["paihao"] = house
    app.extensions["paihao.voice"] = voice
    for module in _API:
        app.register_blueprint(module.blueprint, url_prefix=PREFIX)
    for blueprint in _REST:
        app.register_blueprint(blueprint)
    errors.register(app)
    pages.register(app)
    compression.register(app)
    socketio.init_app(app)
    sockets = NewsNamespace(house)
    app.extensions["paihao.sockets"] = sockets
    socketio.on_namespace(sockets)
    return app
