"""The one file that touches the terminal: puts the pieces of a screen in their places, and reads keys."""

from __future__ import annotations

import curses
from collections.abc import Sequence

from caller.terminal_keys import key_name
from caller.terminal_screen import COLUMNS, ROWS, Piece
from caller.terminal_width import cut

TICK_MS = 100  # so often the screen is looked at again: a counted second is never late by more


class Terminal:
    """A terminal in full-screen mode. `window` is what curses.wrapper gives."""

    def __init__(self, window: curses.window) -> None:
        self._window = window
        self._shown: tuple[Piece, ...] | None = None
        curses.raw()  # Ctrl+Z and Ctrl+C are keys of the desk
        curses.curs_set(0)
        window.timeout(TICK_MS)

    def key(self) -> str:
        """The next key by its name; "" when none came within a tick."""
        try:
            name = key_name(self._window.get_wch())
        except curses.error:
            return ""
        if name == "Resize":
            self._shown = None
        return name

    def show(self, pieces: Sequence[Piece]) -> None:
        """Put the pieces on the screen; a screen that looks the same is not touched."""
        if tuple(pieces) == self._shown:
            return
        self._shown = tuple(pieces)
        self._window.erase()
        rows, columns = self._window.getmaxyx()
        if rows < ROWS or columns < COLUMNS:
            self._put(Piece(0, 0, f"请把终端放大到 {COLUMNS} 列 {ROWS} 行", "alert"), columns)
        else:
            for piece in pieces:
                self._put(piece, columns)
        self._window.refresh()

    def _put(self, piece: Piece, columns: int) -> None:
        text = cut(piece.text, columns - piece.column)
        try:
            self._window.addstr(piece.row, piece.column, text, _style(piece.style))
        except curses.error:
            if (piece.row, piece.column + len(text)) < (ROWS - 1, 0):  # only the last corner may refuse its cursor
                raise

    def beep(self) -> None:
        """A refused key is also heard."""
        curses.beep()


def _style(name: str) -> int:
    return {
        "strong": curses.A_BOLD,
        "quiet": curses.A_DIM,
        "bar": curses.A_REVERSE,
        "block": curses.A_REVERSE,
        "quiet-block": curses.A_REVERSE | curses.A_DIM,
        "alert": curses.A_REVERSE | curses.A_BOLD,
    }.get(name, curses.A_NORMAL)
