"""Kinds of values an operator can set: text → value, or `OddValue` with what would be right, in two languages."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime
from pathlib import Path

LOG_LEVELS = ("debug", "info", "warning", "error")
SHORTEST_SECRET = 32
FASTEST = 3600.0


class OddValue(ValueError):
    """A value that cannot be used; never quotes the value itself, which may be a password."""

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message = message
        self.message_en = message_en


VOICE_ENGINES = ("engine", "clips")


def voice_order(text: str) -> tuple[str, ...]:
    """Which engines speak, the preferred one first: `engine,clips`."""
    order = tuple(part.strip() for part in text.split(","))
    if not order or len(set(order)) != len(order) or not set(order) <= set(VOICE_ENGINES):
        raise OddValue("请从 engine、clips 中选，以逗号分开。", "Name engines out of engine and clips, with commas.")
    return order


def path(text: str) -> Path:
    """A path; `~` is the operator's home."""
    return Path(text).expanduser()


def host(text: str) -> str:
    """An address or host name to listen on."""
    if is_address(text) or re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", text):
        return text
    raise OddValue("不是地址或主机名，如 127.0.0.1。", "Not an address or host name such as 127.0.0.1.")


def is_address(text: str) -> bool:
    """Whether `text` is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_loopback(text: str) -> bool:
    """Whether only this machine can reach a server that listens on `text`."""
    return text == "localhost" or (is_address(text) and ipaddress.ip_address(text).is_loopback)


def port(text: str) -> int:
    """A TCP port."""
    if re.fullmatch(r"[0-9]{1,5}", text) and 1 <= int(text) <= 65535:
        return int(text)
    raise OddValue("必须是 1 到 65535 的整数。", "Must be a whole number from 1 to 65535.")


def page(text: str) -> str:
    """The address of a site, without the slash at its end."""
    if re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[\w./-]*)?", text, re.ASCII):
        return text.rstrip("/")
    raise OddValue("不是网址，如 https://pd.example.cn。", "Not a web address such as https://pd.example.cn.")


def moment(text: str) -> datetime:
    """A moment with its offset from UTC."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise OddValue(
            "不是带时区的时刻，如 2026-11-23T17:10:00+08:00。",
            "Not a moment with its offset such as 2026-11-23T17:10:00+08:00.",
        )
    return parsed


def speed(text: str) -> float:
    """How many seconds of the hall pass in one real second."""
    return _number(text, least=0.1, most=FASTEST)


def visitors(text: str) -> float:
    """Simulated visitors as a multiple of the hall file's normal day; 0 is none."""
    return _number(text, least=0, most=20)


def _number(text: str, *, least: float, most: float) -> float:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) and least <= float(text) <= most:
        return float(text)
    raise OddValue(f"必须是 {least:g} 到 {most:g} 的数字。", f"Must be a number from {least:g} to {most:g}.")


def log_level(text: str) -> str:
    """How much is logged."""
    if text in LOG_LEVELS:
        return text
    raise OddValue(f"只能是 {'、'.join(LOG_LEVELS)}。", f"Must be one of {', '.join(LOG_LEVELS)}.")


def database(text: str) -> str:
    """A database URL for SQLAlchemy; PostgreSQL by whatever name goes through psycopg 3."""
    if re.fullmatch(r"sqlite:///.+", text):
        return text
    if match := re.fullmatch(r"postgres(?:ql)?(?:\+psycopg)?://(.+)", text):
        return f"postgresql+psycopg://{match[1]}"
    raise OddValue(
        "应为 sqlite:///路径 或 postgresql://用户:密码@主机/库名。",
        "Must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME.",
    )


def redis(text: str) -> str:
    """A Redis URL."""
    if re.fullmatch(r"(rediss?|unix)://\S+", text):
        return text
    raise OddValue("应为 redis://主机:6379/0。", "Must be like redis://HOST:6379/0.")


def secret(text: str) -> str:
    """A key nobody can guess."""
    if len(text) >= SHORTEST_SECRET and len(set(text)) >= 8:
        return text
    raise OddValue(
        f"至少 {SHORTEST_SECRET} 个不易猜到的字符。", f"At least {SHORTEST_SECRET} characters that nobody can guess."
    )
