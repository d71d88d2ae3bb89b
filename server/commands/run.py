"""`python3 -m server run`: a real hall."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from server.bootstrap import Built, build, open_folder
from server.serving import listen, serve
from server.settings import Settings


def main(settings: Settings) -> int:
    """Serve until told to stop."""
    return run(settings, lambda built: print(f"Paihao 排号: {built.settings.public_url}", flush=True))


def run(settings: Settings, when_ready: Callable[[Built], None]) -> int:
    """Open the data folder, listen, build, serve."""
    set_up_logging(settings)
    folder = open_folder(settings)
    with folder.locked():
        listener = listen(settings.host, settings.port)
        port = listener.getsockname()[1]
        if settings.port == 0:
            settings = replace(settings, port=port, public_url=settings.public_url.replace(":0", f":{port}"))
        built = build(settings, folder)
        try:
            serve(built, listener, lambda: when_ready(built))
        finally:
            built.close()
    return 0


def set_up_logging(settings: Settings) -> None:
    """One line an event, to standard error; no person is ever named."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True
    )
    for chatty in ("geventwebsocket", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
