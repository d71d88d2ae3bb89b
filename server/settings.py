"""What the operator set: `HALL_*` variables and options of the command line → one frozen `Settings`.

The command line wins over the environment; an empty variable counts as not set. Odd values are refused, never guessed
at, and all of them at once. docs/settings.md is the same table for people; a test compares the two.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from server import setting_values as values
from server.setting_values import OddValue

SAMPLE_HALL = Path(__file__).parent / "halls" / "sample.yaml"
SIMULATED = ("demo", "simulate")
"""Commands that have simulated visitors."""
CARETAKERS = ("verify", "rebuild")
"""Commands that look after any data folder, a demo's too."""
DEMO_CREDENTIALS = "demo-credentials.json"
READ_EARLIER = "HALL_NO_VENV"
"""A variable of ours that is read before there are settings (`environment.py`)."""


@dataclass(frozen=True)
class Settings:
    """How this process runs. `database` and `redis` are URLs and may hold passwords, as does `secret`."""

    command: str
    hall_file: Path
    data: Path
    host: str
    port: int
    public_url: str
    now: datetime | None
    speed: float
    visitors: float
    log_level: str
    voice_order: tuple[str, ...]
    database: str = field(repr=False)
    redis: str | None = field(repr=False)
    secret: str | None = field(repr=False)

    @property
    def demo(self) -> bool:
        return self.command == "demo"

    @property
    def simulated_clock(self) -> bool:
        """Whether the hall's clock was set apart from the wall's; pages then show a banner."""
        return self.now is not None or self.speed != 1


@dataclass(frozen=True)
class Setting:
    """One row of the table: a variable, its option, the field of `Settings` it fills and how its text is read.

    `default` is what an operator would write to get the same; None where it depends on other settings. A setting
    without an option is confidential (other users see command lines): it is never printed, and NAME_FILE may name a
    file that holds it.
    """

    name: str
    option: str | None
    field: str
    read: Callable[[str], Any]
    default: str | None
    meaning: str
    meaning_en: str

    @property
    def confidential(self) -> bool:
        return self.option is None


SETTINGS: tuple[Setting, ...] = (
    Setting("HALL_FILE", "--hall", "hall_file", values.path, None, "大厅文件", "the hall file"),
    Setting("HALL_DATA", "--data", "data", values.path, None, "数据目录", "the data folder"),
    Setting("HALL_HOST", "--host", "host", values.host, "127.0.0.1", "监听地址", "the address to listen on"),
    Setting("HALL_PORT", "--port", "port", values.port, "8000", "监听端口", "the port to listen on"),
    Setting(
        "HALL_PUBLIC_URL", "--public-url", "public_url", values.page, None, "手机访问的网址", "the address for phones"
    ),
    Setting("HALL_NOW", "--now", "now", values.moment, None, "模拟时钟的起点", "where a simulated hall clock starts"),
    Setting("HALL_SPEED", "--speed", "speed", values.speed, "1", "大厅时钟的倍速", "how fast the hall clock runs"),
    Setting(
        "HALL_VISITORS", "--visitors", "visitors", values.visitors, None, "模拟群众的客流倍数", "simulated visitors"
    ),
    Setting("HALL_LOG_LEVEL", "--log-level", "log_level", values.log_level, "info", "日志级别", "how much is logged"),
    Setting(
        "HALL_VOICE_ORDER",
        "--voice-order",
        "voice_order",
        values.voice_order,
        "engine,clips",
        "先用哪种发声方式",
        "which voice is preferred",
    ),
    Setting("HALL_DATABASE", None, "database", values.database, None, "数据库", "the database"),
    Setting("HALL_REDIS", None, "redis", values.redis, None, "多进程之间的消息", "news between processes"),
    Setting("HALL_SECRET", None, "secret", values.secret, None, "签名密钥", "the key of signatures"),
)


@dataclass(frozen=True)
class SettingMistake:
    """One setting to mend, named as the operator wrote it."""

    name: str
    message: str
    message_en: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message} / {self.message_en}"


class SettingsError(Exception):
    """Settings that cannot be used; `mistakes` holds all that is wrong."""

    def __init__(self, mistakes: Iterable[SettingMistake]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def add_options(parser: ArgumentParser, command: str) -> None:
    """Give the parser of `command` the options of the settings it has; their values stay text for `read_settings`."""
    for setting in SETTINGS:
        if setting.option and (setting.field != "visitors" or command in SIMULATED):
            default = f" [{setting.default}]" if setting.default else ""
            words = f"{setting.meaning} / {setting.meaning_en}{default}"
            parser.add_argument(setting.option, dest=setting.field, metavar=setting.field.upper(), help=words)


def read_settings(command: str, environ: Mapping[str, str], options: Mapping[str, str | None]) -> Settings:
    """The settings of `command` ("demo", "run", …).

    `options` are the parsed arguments by field name, as text or None. Raises SettingsError with every mistake.
    """
    mistakes = list(_unknown_variables(environ))
    found: dict[str, Any] = {}
    for setting in SETTINGS:
        name, text = setting.name, None
        try:
            name, text = _text(setting, environ, options)
            text = setting.default if text is None else text
            found[setting.field] = None if text is None else setting.read(text)
            _check_command(setting, command, found[setting.field])
        except OddValue as odd:
            written = name if setting.confidential or text is None else f"{name}={text}"
            mistakes.append(SettingMistake(written, odd.message, odd.message_en))
    if mistakes:
        raise SettingsError(mistakes)
    return _with_defaults(command, found)


def _text(setting: Setting, environ: Mapping[str, str], options: Mapping[str, str | None]) -> tuple[str, str | None]:
    """Where a setting was written, and what; None when nowhere."""
    option = options.get(setting.field)
    if setting.option and option is not None:
        return setting.option, option.strip()
    written = environ.get(setting.name, "").strip()
    file_name = f"{setting.name}_FILE"
    file = environ.get(file_name, "").strip() if setting.confidential else ""
    if not file:
        return setting.name, written or None
    if written:
        raise OddValue(f"{file_name} 也设了，只能设一个。", f"{file_name} is set too; only one may be.")
    return file_name, _file_text(file)


def _file_text(file: str) -> str:
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise OddValue(
            f"_FILE 所指的文件 {file} 读不了。", f"The file {file} that _FILE names cannot be read."
        ) from None


def _check_command(setting: Setting, command: str, value: Any) -> None:
    if setting.field == "host" and command == "demo" and not values.is_loopback(value):
        raise OddValue(
            "演示只在本机监听，请用 127.0.0.1；正式使用请用 run。",
            "A demo listens on this machine only: use 127.0.0.1, or the command run.",
        )
    if setting.field == "visitors" and command not in SIMULATED and value:
        raise OddValue("模拟群众只用于 demo 和 simulate。", "Simulated visitors are for demo and simulate only.")


def _unknown_variables(environ: Mapping[str, str]) -> Iterator[SettingMistake]:
    known = {READ_EARLIER, *(setting.name for setting in SETTINGS)}
    known |= {f"{setting.name}_FILE" for setting in SETTINGS if setting.confidential}
    for name in sorted(environ):
        if name.startswith("HALL_") and name not in known:
            near = get_close_matches(name, known, n=1)
            guess = (f"是不是 {near[0]}？", f" Did you mean {near[0]}?") if near else ("", "")
            yield SettingMistake(name, f"没有这个设置。{guess[0]}", f"There is no such setting.{guess[1]}")


def _with_defaults(command: str, found: dict[str, Any]) -> Settings:
    """What depends on the command or on other settings."""
    demo = command == "demo"
    data = found["data"] or Path("data") / ("demo" if demo else "hall")
    host = f"[{found['host']}]" if ":" in found["host"] else found["host"]
    visitors = found["visitors"]
    return Settings(
        command=command,
        hall_file=found["hall_file"] or (SAMPLE_HALL if demo or _is_a_demos(command, data) else data / "hall.yaml"),
        data=data,
        host=found["host"],
        port=found["port"],
        public_url=found["public_url"] or f"http://{host}:{found['port']}",
        now=found["now"],
        speed=found["speed"],
        visitors=visitors if visitors is not None else float(command in SIMULATED),
        log_level=found["log_level"],
        voice_order=found["voice_order"],
        database=found["database"] or f"sqlite:///{data.absolute() / 'hall.db'}",
        redis=found["redis"],
        secret=found["secret"],
    )


def _is_a_demos(command: str, data: Path) -> bool:
    """Whether a command that looks after a data folder is given that of a demo, whose hall is the sample."""
    return command in CARETAKERS and (data / DEMO_CREDENTIALS).exists() and not (data / "hall.yaml").exists()
