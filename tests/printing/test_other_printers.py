import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from escpos.exceptions import DeviceNotFoundError
from PIL import Image
from usb.core import USBError, USBTimeoutError

from kiosk.printers import PrintResult, open_printer
from kiosk.printers.conversation import EscposPrinter
from kiosk.printers.link import LinkError
from kiosk.printers.serial_line import SerialLink
from kiosk.printers.usb_device import UsbLink
from tests.printing.print_queue import PrintQueue
from tests.printing.virtual_printer import Mechanism, SerialPrinter

SLIP = Image.effect_noise((384, 200), 90).point([0] * 128 + [255] * 128, "1")


# A folder


def test_a_folder_gets_the_picture_under_the_ticket_s_number_and_the_bytes(tmp_path: Path) -> None:
    assert open_printer(f"virtual:{tmp_path / 'slips'}").print_slip(SLIP, "A012") == PrintResult("printed")
    assert Image.open(tmp_path / "slips/A012.png").tobytes() == SLIP.tobytes()
    mechanism = Mechanism()
    mechanism.take((tmp_path / "slips/A012.bin").read_bytes())
    assert [slip.tobytes() for slip in mechanism.slips] == [SLIP.tobytes()]


def test_a_second_slip_of_a_number_does_not_overwrite_the_first(tmp_path: Path) -> None:
    printer = open_printer(f"virtual:{tmp_path}")
    for _ in range(3):
        printer.print_slip(SLIP, "A012")
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["A012-2.png", "A012-3.png", "A012.png"]


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    open_printer(f"virtual:{tmp_path / 'slips'}").print_slip(SLIP, "../../A012")
    assert [path.name for path in (tmp_path / "slips").glob("*.png")] == [".._.._A012.png"]


@pytest.mark.parametrize(
    ("state", "result", "slips"),
    [
        ("out", PrintResult("failed", "out"), 0),
        ("cover", PrintResult("failed", "cover"), 0),
        ("near_end", PrintResult("printed", "near_end"), 1),
        ("unknown", PrintResult("unknown", "no_answer"), 1),
        ("soaked", PrintResult("unknown", "no_answer"), 1),
    ],
)
def test_a_folder_can_play_an_empty_printer(tmp_path: Path, state: str, result: PrintResult, slips: int) -> None:
    (tmp_path / "state").write_text(f"{state}\n")
    assert open_printer(f"virtual:{tmp_path}").print_slip(SLIP, "A012") == result
    assert len(list(tmp_path.glob("*.png"))) == slips


def test_a_folder_that_cannot_be_written_is_offline(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert open_printer(f"virtual:{tmp_path / 'file'}").print_slip(SLIP) == PrintResult("failed", "offline")


# The system's print queue, played by two scripts


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrintQueue:
    queue = PrintQueue(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return queue


def test_a_queue_gets_the_raw_job_and_promises_nothing(queue: PrintQueue) -> None:
    assert open_printer("cups:slips").print_slip(SLIP, "A012") == PrintResult("printed", "unconfirmed")
    assert queue.called() == ["-d", "slips", "-o", "raw", "-t", "A012"]
    assert [slip.tobytes() for slip in queue.slips()] == [SLIP.tobytes()]


def test_a_queue_that_refuses_has_not_printed(queue: PrintQueue) -> None:
    queue.refuse()
    assert open_printer("cups:slips").print_slip(SLIP) == PrintResult("failed", "offline")


@pytest.mark.parametrize(
    ("answer", "state"),
    [("printer slips is idle.", "unknown"), ("printer slips disabled since Tue -\n\tpaper jam", "offline")],
)
def test_a_queue_knows_only_whether_it_is_stopped(queue: PrintQueue, answer: str, state: str) -> None:
    queue.say(answer)
    assert open_printer("cups:slips").status() == state


def test_a_machine_without_print_queues_is_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_printer("cups:slips").print_slip(SLIP) == PrintResult("failed", "offline")
    assert open_printer("cups:slips").status() == "offline"


# A serial line, played by a pseudo-terminal


def test_a_printer_on_a_serial_line_prints_and_answers() -> None:
    with SerialPrinter(Mechanism()) as there:
        printer = EscposPrinter(lambda: SerialLink(there.device), mm_per_second=10_000)
        assert printer.print_slip(SLIP) == PrintResult("printed")
        assert [slip.tobytes() for slip in there.mechanism.slips] == [SLIP.tobytes()]
        there.mechanism.fault = "cover"
        assert printer.status() == "cover"
        assert printer.print_slip(SLIP) == PrintResult("failed", "cover")


def test_a_serial_line_that_is_not_there_is_offline(tmp_path: Path) -> None:
    assert open_printer(f"serial:{tmp_path / 'ttyS9'}").print_slip(SLIP) == PrintResult("failed", "offline")


# USB, played by an object with the methods of pyusb


class Device:
    """A USB printer: what is written to the out endpoint is printed, answers wait at the in endpoint."""

    def __init__(self, mechanism: Mechanism) -> None:
        self.mechanism = mechanism
        self.backend = SimpleNamespace(__module__="stand-in")
        self.answers = b""
        self.unplugged = False

    def set_configuration(self) -> None:
        """Every device has one."""

    def reset(self) -> None:
        """Nothing to forget."""

    def write(self, endpoint: int, data: bytes, _timeout: int) -> None:
        if self.unplugged or endpoint != 1:
            raise USBError("gone", errno=19)
        self.answers = self.mechanism.take(data)

    def read(self, endpoint: int, _size: int, _timeout: int) -> bytes:
        if not self.answers or endpoint != 0x82:
            raise USBTimeoutError("silence")
        return self.answers


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    device = Device(Mechanism())

    def find(**wanted: Any) -> Device | None:
        return device if wanted == {"idVendor": 0x0416, "idProduct": 0x5011} else None

    monkeypatch.setattr("usb.core.find", find)
    monkeypatch.setattr("usb.util.dispose_resources", lambda _device: None)
    return device


def usb_printer() -> EscposPrinter:
    return EscposPrinter(lambda: UsbLink(0x0416, 0x5011), mm_per_second=10_000)


@pytest.mark.parametrize("fault", ["ok", "near_end", "out", "cover", "offline"])
def test_a_usb_printer_answers_as_others_do(device: Device, fault: str) -> None:
    device.mechanism.fault = fault
    assert usb_printer().status() == fault


def test_a_usb_printer_gets_every_dot(device: Device) -> None:
    assert usb_printer().print_slip(SLIP) == PrintResult("printed")
    assert [slip.tobytes() for slip in device.mechanism.slips] == [SLIP.tobytes()]


def test_a_silent_usb_printer_is_unknown(device: Device) -> None:
    device.mechanism.fault = "silent"
    assert usb_printer().print_slip(SLIP) == PrintResult("unknown", "no_answer")


def test_an_unplugged_usb_printer_has_surely_not_printed(device: Device) -> None:
    device.unplugged = True
    assert usb_printer().print_slip(SLIP) == PrintResult("failed", "offline")


def test_no_such_usb_printer_is_a_broken_link(device: Device) -> None:
    assert device.answers == b""
    with pytest.raises(LinkError):
        UsbLink(0x1111, 0x2222)
    assert issubclass(DeviceNotFoundError, Exception)
