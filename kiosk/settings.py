"""What the agent was told when it was started: the command line, with the token also from the environment or a file."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PORT = 8010


class SettingsError(ValueError):
    """Something was asked for that cannot be; the message says what, in Chinese and English."""


@dataclass(frozen=True)
class Settings:
    """One kiosk: which hall server it belongs to, who it is there, where its paper and its memory are."""

    server: str  # URL without a slash at the end
    id: str
    token: str
    printer: str
    port: int
    data: Path
    test_slip: bool = False


def read_settings(arguments: Sequence[str] | None = None) -> Settings:
    """The command line as settings. Ends the program with a usage message, or raises SettingsError."""
    given = _parser().parse_args(arguments)
    return Settings(
        server=_server(given.server),
        id=given.id,
        token="" if given.test_slip else _token(given),
        printer=given.printer,
        port=given.port,
        data=Path(given.data or f"data/kiosk-{given.id}"),
        test_slip=given.test_slip,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m kiosk",
        description="取号机代理：显示取号页面，打印号票。The agent of a kiosk: shows its page, prints its slips.",
    )
    option = parser.add_argument
    option(
        "--server", default="http://127.0.0.1:8000", metavar="URL", help="大厅服务器 the hall's server (%(default)s)"
    )
    option("--id", default="K1", help="取号机编号，见大厅文件 this kiosk's id in the hall file (%(default)s)")
    option("--token", help="设备密钥，也可用 KIOSK_TOKEN the device token; KIOSK_TOKEN keeps it out of process lists")
    option("--token-file", metavar="FILE", help="存放密钥的文件 a file with the token")
    option("--printer", required=True, metavar="SPEC", help="network:HOST[:PORT] | usb:VID:PID | serial:/dev/ttyS0 | "
           "cups:NAME | virtual:DIR, ?paper=58|80")  # fmt: skip
    option("--port", type=int, default=PORT, help="本机端口 port on this machine, 0 takes a free one (%(default)s)")
    option("--data", metavar="DIR", help="数据目录 where prints not yet reported are kept (data/kiosk-ID)")
    option("--test-slip", action="store_true", help="打印一张测试票后退出 print a test slip and leave")
    return parser


def _server(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            f"服务器地址“{text}”不对，应如 http://192.168.1.10:8000。\n"
            f"Server {text!r} is not an address such as http://192.168.1.10:8000."
        )
    return text.rstrip("/")


def _token(given: argparse.Namespace) -> str:
    """From the command line, a file, or KIOSK_TOKEN, in this order."""
    token = given.token or os.environ.get("KIOSK_TOKEN", "")
    if given.token_file and not given.token:
        try:
            token = Path(given.token_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"密钥文件无法读取：{error}\nThe token file cannot be read: {error}") from error
    if not token:
        raise SettingsError(
            "缺少设备密钥：请给出 --token、--token-file 或 KIOSK_TOKEN（python3 -m server device 登记设备）。\n"
            "No device token: give --token, --token-file or KIOSK_TOKEN; python3 -m server device enrols a kiosk."
        )
    return token
