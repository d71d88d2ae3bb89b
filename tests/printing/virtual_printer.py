"""A slip printer that is not there: reads ESC/POS bytes as a printer would, and can run out of paper.

Written from the command tables of ESC/POS, not from the code it tests. `Mechanism` is the printer itself, bytes in and
answers out; `TcpPrinter` puts it behind a port, one caller at a time, as real ones are; `SerialPrinter` on a line.
"""

import os
import socket
import struct
import threading
import tty
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from PIL import Image

ANSWERS = {  # DLE EOT n → the byte a printer in that state sends back
    "ok": {1: 0x16, 2: 0x12, 4: 0x12},
    "near_end": {1: 0x16, 2: 0x12, 4: 0x1E},
    "out": {1: 0x1E, 2: 0x32, 4: 0x7E},
    "cover": {1: 0x1E, 2: 0x16, 4: 0x12},
    "offline": {1: 0x1E, 2: 0x12, 4: 0x12},
    "noise": {1: 0xFF, 2: 0xFF, 4: 0xFF},
    "silent": {},
}


@dataclass
class Mechanism:
    """Takes bytes, keeps slips. `fault` is a state of ANSWERS, `fault_after_slip` the one from the first dots on."""

    fault: str = "ok"
    fault_after_slip: str = ""
    slips: list[Image.Image] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    unknown: list[bytes] = field(default_factory=list)
    bytes_taken: int = 0
    tallest_band: int = 0
    _waiting: bytes = b""
    _bands: list[Image.Image] = field(default_factory=list)

    def take(self, data: bytes) -> bytes:
        """Bytes from the computer; returns what the printer says."""
        self.bytes_taken += len(data)
        self._waiting += data
        said = b""
        while self._waiting:
            used, answer = self._command(self._waiting)
            if not used:
                break
            said += answer
            self._waiting = self._waiting[used:]
        return said

    def _command(self, data: bytes) -> tuple[int, bytes]:
        """One command at the front: how many bytes it has, 0 while some are missing, and the answer."""
        if data[:1] not in {b"\x10", b"\x1b", b"\x1d"}:
            self.unknown.append(data[:1])
            return 1, b""
        if len(data) < 3 and data[:2] != b"\x1b@":
            return 0, b""
        match data[:2]:
            case b"\x10\x04":
                answer = ANSWERS[self.fault].get(data[2])
                return 3, bytes([answer]) if answer is not None else b""
            case b"\x1b@":
                return 2, b""
            case b"\x1bd":  # print and feed n lines; ends a slip on printers without a cutter
                self._end_slip(f"feed {data[2]}")
                return 3, b""
            case b"\x1dV":
                used = 4 if data[2] in {65, 66} else 3
                self._end_slip("part" if data[2] in {1, 49, 66} else "full")
                return used if len(data) >= used else 0, b""
            case b"\x1dv":
                return self._raster(data), b""
        self.unknown.append(data[:2])
        return 2, b""

    def _raster(self, data: bytes) -> int:
        """GS v 0 m xL xH yL yH dots: `x` bytes a row, the left dot in the highest bit, 1 is ink."""
        if len(data) < 8:
            return 0
        width_bytes, rows = struct.unpack("<HH", data[4:8])
        used = 8 + width_bytes * rows
        if len(data) < used:
            return 0
        ink = Image.frombytes("1", (width_bytes * 8, rows), data[8:used])
        self._bands.append(ink.point([255] + [0] * 255, "1"))
        self.tallest_band = max(self.tallest_band, rows)
        self.fault = self.fault_after_slip or self.fault
        return used

    def _end_slip(self, how: str) -> None:
        self.cuts.append(how)
        if not self._bands:
            return
        slip = Image.new("1", (self._bands[0].width, sum(band.height for band in self._bands)), 255)
        y = 0
        for band in self._bands:
            slip.paste(band, (0, y))
            y += band.height
        self.slips.append(slip)
        self._bands = []


class TcpPrinter:
    """The mechanism behind a port of 127.0.0.1. `dies_after` bytes the line is reset, as by a pulled plug."""

    def __init__(self, mechanism: Mechanism, *, dies_after: int | None = None) -> None:
        self.mechanism = mechanism
        self.dies_after = dies_after
        self.ended_well: list[bool] = []  # per caller: whether it said goodbye instead of slamming the door
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            with caller:
                self.ended_well.append(self._talk(caller))

    def _talk(self, caller: socket.socket) -> bool:
        try:
            while data := caller.recv(1024):
                caller.sendall(self.mechanism.take(data))
                if self.dies_after is not None and self.mechanism.bytes_taken > self.dies_after:
                    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return False
        except OSError:
            return False
        return True


class SerialPrinter:
    """The mechanism at the far end of a pseudo-terminal; `device` is what a driver opens."""

    def __init__(self, mechanism: Mechanism) -> None:
        self.mechanism = mechanism
        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        self.device = os.ttyname(self._far)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._far)
        self._thread.join(5)
        os.close(self._near)

    def _serve(self) -> None:
        while True:
            try:
                os.write(self._near, self.mechanism.take(os.read(self._near, 4096)))
            except OSError:  # the far end was closed: the test is over
                return
