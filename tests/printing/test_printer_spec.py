import pytest

from kiosk.printers import SpecError, open_printer
from kiosk.printers.conversation import EscposPrinter
from kiosk.printers.spooler import SpoolerPrinter
from kiosk.printers.virtual import VirtualPrinter


@pytest.mark.parametrize(
    ("spec", "kind"),
    [
        ("network:192.168.1.50", EscposPrinter),
        ("network:printer-k1.hall:9101", EscposPrinter),
        ("network:[fe80::1]:9100", EscposPrinter),
        ("network:192.168.1.50?paper=58&status=off", EscposPrinter),
        ("network:192.168.1.50?profile=TM-T20II", EscposPrinter),
        ("usb:0416:5011", EscposPrinter),
        ("usb:0x0416:0x5011?in=0x81&out=0x03", EscposPrinter),
        ("serial:/dev/ttyUSB0?baud=9600", EscposPrinter),
        ("serial:COM3", EscposPrinter),
        ("cups:slips?paper=80", SpoolerPrinter),
        ("virtual:/var/slips", VirtualPrinter),
        ("virtual:C:\\slips", VirtualPrinter),
    ],
)
def test_every_way_to_name_a_printer_is_understood(spec: str, kind: type) -> None:
    assert isinstance(open_printer(spec), kind)


@pytest.mark.parametrize(
    "spec",
    [
        "", "network", "network:", "printer:1", "network:host:0", "network:host:99999", "network:a b", "usb:0416",
        "usb:416:5011", "usb:printer", "serial:", "serial:/dev/ttyS0?baud=fast", "virtual:", "network:h?paper=57",
        "network:h?status=maybe", "network:h?colour=red", "cups:q?status=off", "network:h?profile=NoSuchModel",
    ],
)  # fmt: skip
def test_every_other_way_is_refused_in_two_languages(spec: str) -> None:
    with pytest.raises(SpecError) as refusal:
        open_printer(spec)
    chinese, english = str(refusal.value).split("\n")
    assert chinese.startswith(f"打印机参数“{spec}”不对：")
    assert english.startswith("Printer ")
    assert english.isascii() or "–" in english


def test_the_paper_named_with_the_printer_goes_before_the_hall_s() -> None:
    assert open_printer("virtual:x").paper_mm is None
    assert open_printer("virtual:x?paper=58").paper_mm == 58


def test_printers_that_would_stop_the_whole_program_say_so() -> None:
    assert open_printer("usb:0416:5011").blocks
    assert open_printer("serial:/dev/ttyS0").blocks
    assert not open_printer("network:host").blocks
    assert not open_printer("virtual:x").blocks
    assert not open_printer("cups:slips").blocks
