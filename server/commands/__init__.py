"""The commands of `python3 -m server`, one file each."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from server.commands import demo, init, rebuild, run, verify
from server.domain.errors import Refused
from server.hall_file import HallFileError
from server.settings import Settings, SettingsError, add_options, read_settings

Command = Callable[[Settings], int]

COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (demo.main, "演示大厅：一条命令启动整个大厅 / the whole demo hall"),
    "init": (init.main, "建立新的安装，显示一次系统管理员密码 / make an installation"),
    "run": (run.main, "运行大厅 / run a hall"),
    "verify": (verify.main, "核对日志链和各表 / check the journal's chain and the tables"),
    "rebuild": (rebuild.main, "由日志重建各表 / make the tables again from the journal"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code. Mistakes are told in both languages, all at once."""
    parser = argparse.ArgumentParser(prog="python3 -m server", description="Paihao 排号")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, words) in COMMANDS.items():
        add_options(commands.add_parser(name, help=words, description=words), name)
    options = vars(parser.parse_args(arguments))
    command = options.pop("command")
    try:
        return COMMANDS[command][0](read_settings(command, os.environ, options))
    except (SettingsError, HallFileError) as mistakes:
        print(mistakes, file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"{refused.message} / {refused.message_en}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem}", file=sys.stderr)
        return 1
