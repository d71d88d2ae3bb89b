"""The agent of one kiosk, put together: the only file here that names every part."""

import os
from collections.abc import Callable
from typing import Any

from gevent.threadpool import ThreadPool

from kiosk.agent_beats import Beats
from kiosk.agent_desk import PrintDesk
from kiosk.agent_hall import HallMemory
from kiosk.agent_ledger import PrintLedger
from kiosk.agent_selftest import sample_slip
from kiosk.agent_web import create_app
from kiosk.printers import Printer, open_printer
from kiosk.printers.job import escpos_job
from kiosk.relay import Server
from kiosk.relay_tunnel import Tunnel, TunnelServer
from kiosk.settings import Settings

LOOPBACK = "127.0.0.1"  # never anything else: the agent speaks with the kiosk's token for whoever asks


class Agent:
    """One running kiosk. Raises FontMissing and SpecError when it could never print a slip."""

    def __init__(self, settings: Settings) -> None:
        settings.data.mkdir(parents=True, exist_ok=True)
        # where python-escpos keeps its table of printers; else it makes a new temporary folder at every start
        os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", str(settings.data))
        printer = open_printer(settings.printer)
        escpos_job(sample_slip(settings.id, printer.paper_mm))  # the first slip of the day must not be the slow one
        run = _way_to_call(printer)
        server = Server(settings.server, settings.token)
        hall = HallMemory(settings.data)
        ledger = PrintLedger(settings.data)
        self.desk = PrintDesk(printer, ledger, server, hall, run)
        self.beats = Beats(printer, server, hall, run)
        self.desk.on_trouble = self.beats.beat_soon
        self.beats.on_return = self.desk.server_is_back
        app = create_app(settings.id, server, self.desk, self.beats, ledger)
        self.web = TunnelServer((LOOPBACK, settings.port), app, Tunnel(settings.server, settings.token))

    def start(self) -> None:
        """Opens the door and sets everything going. Raises OSError when the port is taken."""
        self.web.start()
        self.desk.start()
        self.beats.start()

    def stop(self) -> None:
        """Closes the door; what is not yet told is on disk."""
        self.web.stop(timeout=1)


def _way_to_call(printer: Printer) -> Callable[..., Any]:
    """Printers that know nothing of gevent get one thread of their own, so that the page stays alive meanwhile."""
    if not printer.blocks:
        return lambda work, *arguments: work(*arguments)
    own_thread = ThreadPool(1)
    return lambda work, *arguments: own_thread.apply(work, arguments)
