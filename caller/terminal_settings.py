"""What the terminal caller was told when it was started."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

PASSWORD_VARIABLE = "CALLER_PASSWORD"  # noqa: S105  the variable's name, no password


class SettingsError(ValueError):
    """Something was asked for that cannot be; the message says what, in Chinese and English."""


@dataclass(frozen=True)
class Settings:
    """One window, at one server. `staff` is None when the program has to ask; `password` likewise."""

    server: str  # URL without a slash at the end
    window: int
    staff: str | None
    password: str | None


def read_settings(arguments: Sequence[str] | None = None) -> Settings:
    """The command line as settings. Ends the program with a usage message, or raises SettingsError."""
    given = _parser().parse_args(arguments)
    return Settings(_server(given.server), given.window, given.staff, os.environ.get(PASSWORD_VARIABLE) or None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m caller",
        description="终端叫号：没有浏览器的机器也能叫号，按键和叫号台一样。The desk in a terminal.",
    )
    option = parser.add_argument
    option(
        "--server", default="http://127.0.0.1:8000", metavar="URL", help="大厅服务器 the hall's server (%(default)s)"
    )
    option("--window", type=int, required=True, metavar="N", help="窗口号 the window's number")
    option("--staff", metavar="工号", help="工号；密码开始时输入 who calls; the password is asked for")
    return parser


def _server(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            f"服务器地址“{text}”不对，应如 http://192.168.1.10:8000。\n"
            f"Server {text!r} is not an address such as http://192.168.1.10:8000."
        )
    return text.rstrip("/")
