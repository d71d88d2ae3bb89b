"""`python3 -m kiosk`: the agent of a kiosk. Prepares its environment, then shows the page and prints slips."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings import Settings


def main() -> int:
    """Runs the agent until it is told to stop. Returns 0, or 2 with a sentence when it cannot begin."""
    from server.environment import prepare

    prepare()
    from gevent import monkey

    monkey.patch_all()
    import logging

    from kiosk.printers import SpecError
    from kiosk.settings import SettingsError, read_settings
    from kiosk.slip_fonts import FontMissing

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # a server that is away is told once, by the agent
    try:
        settings = read_settings()
        return _test_slip(settings) if settings.test_slip else _run(settings)
    except (SettingsError, SpecError, FontMissing) as problem:
        print(problem, file=sys.stderr)
        return 2


def _run(settings: Settings) -> int:
    import signal

    import gevent
    from gevent.event import Event

    from kiosk.agent import LOOPBACK, Agent

    told_to_stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, told_to_stop.set)
    agent = Agent(settings)
    try:
        agent.start()
    except OSError as error:
        print(
            f"端口 {settings.port} 不能使用：{error}\nPort {settings.port} cannot be used: {error}", file=sys.stderr
        )  # fmt: skip
        return 2
    page = f"http://{LOOPBACK}:{agent.web.server_port}/"
    print(f"取号机 {settings.id} 已就绪。Kiosk {settings.id} is ready: {page} → {settings.server}", flush=True)
    told_to_stop.wait()
    agent.stop()
    return 0


def _test_slip(settings: Settings) -> int:
    from kiosk.agent_selftest import in_words, sample_slip
    from kiosk.printers import open_printer

    printer = open_printer(settings.printer)
    result = printer.print_slip(sample_slip(settings.id, printer.paper_mm), "TEST")
    print(in_words(result))
    return 0 if result.state == "printed" else 1


if __name__ == "__main__":
    sys.exit(main())
