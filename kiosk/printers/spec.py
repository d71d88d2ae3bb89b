"""`network:192.168.1.50` and its like: the printer as the person who sets up a kiosk names it.

    network:HOST[:PORT]   usb:VID:PID   serial:/dev/ttyS0   cups:QUEUE   virtual:FOLDER

Options follow a question mark: `paper=58` or `80` (default: what the hall file says), `profile=NAME` (python-escpos),
`status=off` for printers that never answer, `baud=9600` (serial), `in=0x82`, `out=0x01` (USB endpoints).
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

from kiosk.printers.conversation import EscposPrinter
from kiosk.printers.face import Printer
from kiosk.printers.network import PORT, NetworkLink
from kiosk.printers.serial_line import BAUD, SerialLink
from kiosk.printers.spooler import SpoolerPrinter
from kiosk.printers.usb_device import IN_ENDPOINT, OUT_ENDPOINT, UsbLink
from kiosk.printers.virtual import VirtualPrinter

Options = dict[str, str]


class SpecError(ValueError):
    """The printer was not named in a way we understand. Says so in Chinese and English."""

    def __init__(self, spec: str, chinese: str, english: str) -> None:
        super().__init__(f"打印机参数“{spec}”不对：{chinese}\nPrinter {spec!r}: {english}")


def open_printer(spec: str) -> Printer:
    """The printer that `spec` names, not yet connected. Raises SpecError."""
    kind, colon, rest = spec.partition(":")
    target, _, query = rest.partition("?")
    if not colon or kind not in KINDS or not target:
        raise SpecError(
            spec,
            "应为 network:主机[:端口]、usb:VID:PID、serial:/dev/ttyS0、cups:队列名 或 virtual:文件夹。",
            "expected network:HOST[:PORT], usb:VID:PID, serial:/dev/ttyS0, cups:QUEUE or virtual:FOLDER.",
        )
    build, known = KINDS[kind]
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(set(options) - known)
    if unknown:
        names = ", ".join(sorted(known))
        raise SpecError(spec, f"没有选项 {unknown[0]}，可用：{names}。", f"no option {unknown[0]}; there are {names}.")
    return build(spec, target, options)


def _network(spec: str, target: str, options: Options) -> Printer:
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]/\s]+))(?::(\d{1,5}))?", target)
    port = int(found[3] or PORT) if found else 0
    if not found or not 0 < port < 65536:
        raise SpecError(spec, "应为 主机 或 主机:端口，端口 1–65535。", "expected HOST or HOST:PORT, port 1–65535.")
    return _escpos(spec, options, partial(NetworkLink, found[1] or found[2], port))


def _usb(spec: str, target: str, options: Options) -> Printer:
    ids = re.fullmatch(r"(?:0x)?([0-9A-Fa-f]{4}):(?:0x)?([0-9A-Fa-f]{4})", target)
    if not ids:
        raise SpecError(
            spec,
            "应为两个四位十六进制数，如 usb:0416:5011（用 lsusb 查看）。",
            "expected two hexadecimal numbers of four digits, such as usb:0416:5011 (see lsusb).",
        )
    ends = {
        "read_from": _whole(spec, options, "in", IN_ENDPOINT),
        "write_to": _whole(spec, options, "out", OUT_ENDPOINT),
    }
    return _escpos(spec, options, partial(UsbLink, int(ids[1], 16), int(ids[2], 16), **ends), blocks=True)


def _serial(spec: str, target: str, options: Options) -> Printer:
    return _escpos(spec, options, partial(SerialLink, target, _whole(spec, options, "baud", BAUD)), blocks=True)


def _spooler(spec: str, target: str, options: Options) -> Printer:
    return SpoolerPrinter(target, paper_mm=_paper(spec, options), profile=_profile(spec, options))


def _virtual(spec: str, target: str, options: Options) -> Printer:
    return VirtualPrinter(Path(target), paper_mm=_paper(spec, options), profile=_profile(spec, options))


def _escpos(spec: str, options: Options, connect: partial, *, blocks: bool = False) -> Printer:
    status = options.get("status", "on")
    if status not in {"on", "off"}:
        raise SpecError(spec, "status 只能是 on 或 off。", "status is on or off.")
    return EscposPrinter(
        connect,
        paper_mm=_paper(spec, options),
        profile=_profile(spec, options),
        answers=status == "on",
        blocks=blocks,
    )


def _paper(spec: str, options: Options) -> int | None:
    text = options.get("paper")
    if text not in {None, "58", "80"}:
        raise SpecError(spec, "paper 只能是 58 或 80（毫米）。", "paper is 58 or 80 (millimetres).")
    return int(text) if text else None


def _profile(spec: str, options: Options) -> str:
    name = options.get("profile", "")
    if name:
        from escpos.capabilities import CAPABILITIES  # a big table, read only when somebody names one of it

        if name not in CAPABILITIES["profiles"]:
            raise SpecError(spec, f"python-escpos 没有型号 {name}。", f"python-escpos has no profile {name}.")
    return name


def _whole(spec: str, options: Options, key: str, default: int) -> int:
    try:
        return int(options.get(key, str(default)), 0)
    except ValueError:
        raise SpecError(spec, f"{key} 应为整数。", f"{key} is a whole number.") from None


ESCPOS_OPTIONS = {"paper", "profile", "status"}
KINDS: dict[str, tuple[Callable[[str, str, Options], Printer], set[str]]] = {
    "network": (_network, ESCPOS_OPTIONS),
    "usb": (_usb, ESCPOS_OPTIONS | {"in", "out"}),
    "serial": (_serial, ESCPOS_OPTIONS | {"baud"}),
    "cups": (_spooler, {"paper", "profile"}),
    "virtual": (_virtual, {"paper", "profile"}),
}
