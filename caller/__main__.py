"""`python3 -m caller`: the desk in a terminal. Prepares its environment, asks who is there, works until they leave."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caller.terminal_link import Json, Link
    from caller.terminal_settings import Settings

TRIES = 3


def main() -> int:
    """Runs the terminal caller. Returns 0, or 2 with a sentence when it cannot begin."""
    from server.environment import prepare

    prepare()
    import locale
    import logging
    import os

    from caller.terminal_settings import SettingsError, read_settings

    logging.basicConfig(handlers=[logging.NullHandler()])  # a line of a library would tear the screen
    locale.setlocale(locale.LC_ALL, "")
    os.environ.setdefault("ESCDELAY", "25")  # Esc counts at once
    try:
        return _work(read_settings())
    except SettingsError as problem:
        print(problem, file=sys.stderr)
        return 2


def _work(settings: Settings) -> int:
    from caller.terminal_link import Link, Refusal, ServerAway

    why = ""
    while True:
        link = Link(settings.server)
        try:
            hall = link.get("hall")
            _sign_in(link, settings, why)
        except ServerAway:
            print(f"连接不上服务器 {settings.server}，请检查网络。\nNo connection to the server.", file=sys.stderr)
            return 2
        except Refusal as refusal:
            print(refusal.message, file=sys.stderr)
            return 2
        if all(row["number"] != settings.window for row in hall["windows"]):
            print(f"没有 {settings.window} 号窗口。There is no window {settings.window}.", file=sys.stderr)
            return 2
        why = _sit_down(link, hall, settings.window)
        if not why:
            return 0


def _sit_down(link: Link, hall: Json, window: int) -> str:
    """The desk in full screen; gives back why the clerk has to sign in again, or an empty text."""
    import curses

    from caller.terminal_desk import Desk
    from caller.terminal_paint import Terminal

    return curses.wrapper(lambda screen: Desk(link, hall, window, Terminal(screen)).run())


def _sign_in(link: Link, settings: Settings, why: str) -> None:
    """Ask for what is not known yet. A wrong password may be tried again. Raises Refusal after the last."""
    from getpass import getpass

    from caller.terminal_link import Refusal

    if why:
        print(why)
    staff = settings.staff or input("工号 staff: ").strip()
    for tries_left in reversed(range(TRIES)):
        given = None if why else settings.password
        try:
            link.sign_in(staff, given or getpass(f"{staff} 密码 password: "))
        except Refusal as refusal:
            if given or not tries_left or refusal.code != "bad_credentials":
                raise
            print(refusal.message)
        else:
            return


if __name__ == "__main__":
    sys.exit(main())
