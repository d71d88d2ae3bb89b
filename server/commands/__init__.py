"""The commands of `python3 -m server`, one file each."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from server.commands import backup, demo, init, rebuild, run, verify
from server.domain.errors import Refused
from server.hall_file import HallFileError
from server.settings import Settings, SettingsError, add_options, read_settings

RESTORE = "restore"

Command = Callable[[Settings], int]

COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (demo.main, "演示大厅：一条命令启动整个大厅 / the whole demo hall"),
    "init": (init.main, "建立新的安装，显示一次系统管理员密码 / make an installation"),
    "run": (run.main, "运行大厅 / run a hall"),
    "verify": (verify.main, "核对日志链和各表 / check the journal's chain and the tables"),
    "backup": (backup.write, "备份到数据目录，可在运行时进行 / back up while running"),
    "rebuild": (rebuild.main, "由日志重建各表 / make the tables again from the journal"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code. Mistakes are told in both languages, all at once."""
    parser = argparse.ArgumentParser(prog="python3 -m server", description="Paihao 排号")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, words) in COMMANDS.items():
        add_options(commands.add_parser(name, help=words, description=words), name)
    add_restore(commands)
    options = vars(parser.parse_args(arguments))
    command = options.pop("command")
    source = options.pop("source", None)
    try:
        settings = read_settings(command, os.environ, options)
        return backup.read(settings, source) if command == RESTORE else COMMANDS[command][0](settings)
    except (SettingsError, HallFileError) as mistakes:
        print(mistakes, file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"{refused.message} / {refused.message_en}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem}", file=sys.stderr)
        return 1


def add_restore(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The one command that takes a file."""
    words = "从备份恢复到空的数据目录 / restore into an empty data folder"
    parser = commands.add_parser(RESTORE, help=words, description=words)
    parser.add_argument("source", type=Path, metavar="BACKUP.tar.gz")
    add_options(parser, RESTORE)
