"""The commands of `python3 -m server`, one file each."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from server.commands import backup, demo, init, keys, rebuild, run, verify
from server.domain.errors import Refused
from server.hall_file import HallFileError
from server.settings import Settings, SettingsError, add_options, read_settings

Command = Callable[[Settings], int]

COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (demo.main, "演示大厅：一条命令启动整个大厅 / the whole demo hall"),
    "init": (init.main, "建立新的安装，显示一次系统管理员密码 / make an installation"),
    "run": (run.main, "运行大厅 / run a hall"),
    "verify": (verify.main, "核对日志链和各表 / check the journal's chain and the tables"),
    "backup": (backup.write, "备份到数据目录，可在运行时进行 / back up while running"),
    "rebuild": (rebuild.main, "由日志重建各表 / make the tables again from the journal"),
}


WITH_ARGUMENT: dict[str, tuple[Callable[[Settings, str], int], str, str]] = {
    "restore": (backup.read, "BACKUP.tar.gz", "从备份恢复到空的数据目录 / restore into an empty data folder"),
    "device": (keys.device, "ID", "登记取号机或屏幕，显示一次密钥 / enrol a device, its key is shown once"),
    "account": (keys.account, "STAFF", "开户或重置密码，显示一次 / open an account or give it a new password"),
}
"""Commands that are about one thing, named behind them."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code. Mistakes are told in both languages, all at once."""
    options = vars(_parser().parse_args(arguments))
    command, about = options.pop("command"), options.pop("about", None)
    try:
        settings = read_settings(command, os.environ, options)
        if about is not None:
            return WITH_ARGUMENT[command][0](settings, about)
        return COMMANDS[command][0](settings)
    except (SettingsError, HallFileError) as mistakes:
        print(mistakes, file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"{refused.message} / {refused.message_en}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m server", description="Paihao 排号")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, words) in COMMANDS.items():
        add_options(commands.add_parser(name, help=words, description=words), name)
    for name, (_, about, words) in WITH_ARGUMENT.items():
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("about", metavar=about)
        add_options(command, name)
    return parser
