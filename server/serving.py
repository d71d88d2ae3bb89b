"""Serving a hall: one gevent process, the watcher, the second hand, and an orderly end."""

from __future__ import annotations

import gc
import logging
import signal
import socket
from collections.abc import Callable
from functools import partial

import gevent
from flask import Flask
from gevent.event import Event
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler

from server.bootstrap import Built

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.1
TICK_SECONDS = 1.0
SPEAK_SECONDS = 0.05
BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Without TCP_NODELAY every answer on a kept connection waits 44 ms for an
    acknowledgement: pywsgi sends head and body apart and never sets it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def web_server(listener: socket.socket, app: Flask) -> WSGIServer:
    """HTTP and WebSocket in one process. This handler never cuts a message short for a page that reads slowly."""
    return WSGIServer(listener, app, handler_class=WebSocketHandler, log=None, error_log=log)


def serve(built: Built, listener: socket.socket, prepare: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; then let running requests end. `prepare` is done before anybody is answered:
    whoever finds the server ready must also find the credentials."""
    hall, reactions = built.house.hall, built.house.reactions
    server = web_server(listener, built.app)
    over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, over.set)
    prepare()
    built.clock.begin()
    while hall.watch():  # what became due while the server was down
        pass
    server.start()
    loops = [
        gevent.spawn(_repeat, hall.watch, WATCH_SECONDS),
        gevent.spawn(_repeat, reactions.tick, TICK_SECONDS),
        *(gevent.spawn(_repeat, partial(hall.announcer.say_in, z), SPEAK_SECONDS) for z in hall.announcer.zones),
        gevent.spawn(_repeat, built.clock.report_steps, TICK_SECONDS),
    ]
    _calm_collector()
    over.wait()
    log.info("stopping")
    gevent.killall([*loops, *built.background])
    server.stop(timeout=2)


def _repeat(work: Callable[[], object], rest_seconds: float) -> None:
    """Do one unit after another while there is more, then rest; one that fails is logged and tried again later."""
    while True:
        try:
            more = work() is True
        except Exception:
            log.exception("%s failed", getattr(work, "__qualname__", work))
            more = False
        gevent.sleep(0 if more else rest_seconds)


def _calm_collector() -> None:
    """What was made at the start lives as long as the process: the garbage collector need not look at it again and
    again, which with a thousand pages stops everything for a tenth of a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
