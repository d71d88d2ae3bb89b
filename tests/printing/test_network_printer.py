import socket
import time
from functools import partial

import pytest
from PIL import Image

from kiosk.printers import PrintResult
from kiosk.printers.conversation import EscposPrinter
from kiosk.printers.network import NetworkLink
from tests.printing.virtual_printer import Mechanism, TcpPrinter

SLIP = Image.effect_noise((576, 1200), 90).point([0] * 128 + [255] * 128, "1")


def printer_at(port: int, *, answers: bool = True, mm_per_second: float = 10_000) -> EscposPrinter:
    """A driver with a test's patience: 0.3 s for an answer, and paper that moves ten metres a second."""
    connect = partial(NetworkLink, "127.0.0.1", port, answer_seconds=0.3)
    return EscposPrinter(connect, answers=answers, mm_per_second=mm_per_second)


@pytest.mark.parametrize(
    ("fault", "result", "slips"),
    [
        ("ok", PrintResult("printed"), 1),
        ("near_end", PrintResult("printed", "near_end"), 1),
        ("out", PrintResult("failed", "out"), 0),
        ("cover", PrintResult("failed", "cover"), 0),
        ("offline", PrintResult("failed", "offline"), 0),
        ("silent", PrintResult("unknown", "no_answer"), 1),
        ("noise", PrintResult("unknown", "no_answer"), 1),
    ],
)
def test_each_fault_has_its_result(fault: str, result: PrintResult, slips: int) -> None:
    mechanism = Mechanism(fault)
    with TcpPrinter(mechanism) as there:
        assert printer_at(there.port).print_slip(SLIP) == result
    assert len(mechanism.slips) == slips


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        ("out", PrintResult("failed", "out")),
        ("cover", PrintResult("failed", "cover")),
        ("near_end", PrintResult("printed", "near_end")),
        ("silent", PrintResult("unknown", "no_answer")),
    ],
)
def test_what_happens_while_printing_counts_and_not_what_was_true_before(fault: str, result: PrintResult) -> None:
    with TcpPrinter(Mechanism("ok", fault_after_slip=fault)) as there:
        assert printer_at(there.port).print_slip(SLIP) == result


def test_a_printer_that_dies_in_the_middle_leaves_the_slip_unknown() -> None:
    mechanism = Mechanism()
    with TcpPrinter(mechanism, dies_after=20_000) as there:
        assert printer_at(there.port).print_slip(SLIP) == PrintResult("unknown", "connection_lost")
    assert mechanism.slips == []


def test_a_printer_that_dies_after_the_last_byte_leaves_the_slip_unknown() -> None:
    with TcpPrinter(Mechanism(), dies_after=SLIP.height * 72) as there:
        assert printer_at(there.port).print_slip(SLIP) == PrintResult("unknown", "connection_lost")


def test_a_printer_that_dies_before_the_slip_has_surely_not_printed_it() -> None:
    with TcpPrinter(Mechanism(), dies_after=0) as there:
        assert printer_at(there.port).print_slip(SLIP) == PrintResult("failed", "offline")


def test_nobody_at_that_address_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    printer = printer_at(port)
    assert printer.print_slip(SLIP) == PrintResult("failed", "offline")
    assert printer.status() == "offline"


@pytest.mark.parametrize("fault", ["ok", "near_end", "out", "cover", "offline"])
def test_the_state_can_be_asked_without_printing(fault: str) -> None:
    mechanism = Mechanism(fault)
    with TcpPrinter(mechanism) as there:
        assert printer_at(there.port).status() == fault
    assert mechanism.slips == []


def test_silence_is_unknown_and_not_plenty_of_paper() -> None:
    with TcpPrinter(Mechanism("silent")) as there:
        start = time.monotonic()
        assert printer_at(there.port).status() == "unknown"
        assert time.monotonic() - start < 2


def test_a_printer_that_cannot_answer_is_believed_but_never_called_sure() -> None:
    mechanism = Mechanism("silent")
    with TcpPrinter(mechanism) as there:
        printer = printer_at(there.port, answers=False)
        assert printer.print_slip(SLIP) == PrintResult("printed", "unconfirmed")
        assert printer.status() == "unknown"
    assert [slip.tobytes() for slip in mechanism.slips] == [SLIP.tobytes()]


def test_the_line_is_closed_so_that_the_end_of_the_slip_arrives() -> None:
    with TcpPrinter(Mechanism()) as there:
        printer_at(there.port).print_slip(SLIP)
    assert there.ended_well == [True]


def test_dots_that_look_like_a_question_do_not_spoil_the_answer() -> None:
    class Chatty(Mechanism):
        """Answers also where dots happen to read DLE EOT 1, as real printers do."""

        def take(self, data: bytes) -> bytes:
            said = super().take(data)
            return b"\x1e" * 3 + said if len(data) > 100 else said

    with TcpPrinter(Chatty()) as there:
        assert printer_at(there.port, mm_per_second=300).print_slip(SLIP) == PrintResult("printed")


def test_slips_are_printed_one_after_the_other() -> None:
    mechanism = Mechanism()
    with TcpPrinter(mechanism) as there:
        printer = printer_at(there.port)
        assert [printer.print_slip(SLIP).state for _ in range(3)] == ["printed"] * 3
    assert len(mechanism.slips) == 3
