"""The whole way from the touch to the paper, once with each kind of printer that can be played on one machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pyzbar import pyzbar

from tests.printing.kiosk_machine import KioskMachine
from tests.printing.print_queue import PrintQueue
from tests.printing.samples import URL
from tests.printing.stand_in_hall import StandInHall, wait_until
from tests.printing.virtual_printer import Mechanism, SerialPrinter, TcpPrinter


@pytest.fixture
def server() -> Iterator[StandInHall]:
    server = StandInHall()
    server.come()
    yield server
    server.go()


def take_one(server: StandInHall, folder: Path, printer: str, path: str = "") -> dict[str, str]:
    """Takes a number at a kiosk with that printer; returns what the server was told about its paper."""
    kiosk = KioskMachine(server, folder, printer=printer, path=path).start()
    try:
        token = kiosk.take().json()["ticket"]["token"]
        wait_until(lambda: server.results, seconds=20)
        assert kiosk.get("/api/v1/hall").status_code == 200
        assert server.results[0][0] == token
        return server.results[0][1]
    finally:
        kiosk.stop()


def code_on(slip: Image.Image) -> str:
    (code,) = pyzbar.decode(slip.convert("L"))
    return str(code.data.decode())


def test_a_network_printer(server: StandInHall, tmp_path: Path) -> None:
    with TcpPrinter(Mechanism("near_end")) as there:
        told = take_one(server, tmp_path, f"network:127.0.0.1:{there.port}")
    assert told == {"result": "printed", "problem": "near_end"}
    assert [code_on(slip) for slip in there.mechanism.slips] == [URL]


def test_a_network_printer_that_is_off(server: StandInHall, tmp_path: Path) -> None:
    with TcpPrinter(Mechanism()) as there:
        port = there.port
    assert take_one(server, tmp_path, f"network:127.0.0.1:{port}") == {"result": "failed", "problem": "offline"}


def test_a_serial_printer_with_narrow_paper(server: StandInHall, tmp_path: Path) -> None:
    with SerialPrinter(Mechanism()) as there:
        assert take_one(server, tmp_path, f"serial:{there.device}?paper=58") == {"result": "printed"}
    assert [(code_on(slip), slip.width) for slip in there.mechanism.slips] == [(URL, 384)]


def test_a_print_queue(server: StandInHall, tmp_path: Path) -> None:
    queue = PrintQueue(tmp_path)
    told = take_one(server, tmp_path, "cups:slips", path=str(tmp_path))
    assert told == {"result": "printed", "problem": "unconfirmed"}
    assert queue.called()[-1] == "M001"
    assert [code_on(slip) for slip in queue.slips()] == [URL]
