"""A clerk at a terminal, as tests speak for them: a pseudo-terminal of 80 by 24, and what stands on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte

from tests.hall_server import ENVIRONMENT, ROOT

COLUMNS, ROWS = 80, 24
SETTLE_SECONDS = 0.7  # the caller takes a second Enter sooner than this for a double press


class Terminal:
    """One running `python3 -m caller` and its screen. `press` types keys; `shows` waits for text."""

    def __init__(self, *options: str, password: str | None = None, columns: int = COLUMNS) -> None:
        self._screen = pyte.Screen(columns, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        given = {"CALLER_PASSWORD": password} if password else {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "caller", *options],
            cwd=ROOT,
            env={**ENVIRONMENT, **given, "TERM": "linux", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
        )
        os.close(inner)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen; a wide character is one character here, as in the text."""
        rows = (self._screen.buffer[row] for row in range(ROWS))
        return ["".join(row[column].data for column in range(self._screen.columns)).rstrip() for row in rows]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def shows(self, *wanted: str, within_seconds: float = 20) -> str:
        """Wait until all of this stands on the screen; gives the screen."""
        deadline = time.monotonic() + within_seconds
        while not all(text in self.text for text in wanted):
            assert time.monotonic() < deadline, f"{wanted} expected, but the screen is:\n{self.text}"
            self._read(0.1)
        return self.text

    def rests(self, seconds: float = SETTLE_SECONDS) -> Terminal:
        """Let time pass."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._read(0.05)
        return self

    def press(self, keys: str) -> Terminal:
        """Type these keys; a number pad sends the same characters as the keys above the letters."""
        os.write(self._end, keys.replace("\n", "\r").encode())
        return self

    def picture(self, file: Path) -> None:
        """Keep the screen as a text file, to be looked at."""
        file.write_text(self.text + "\n", "utf-8")

    def close(self) -> int:
        """End the program if it still runs; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(10)
        os.close(self._end)
        return code

    def ends(self, within_seconds: float = 8) -> int:
        """Wait until the program has ended by itself; gives its exit code."""
        deadline = time.monotonic() + within_seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"the caller still runs:\n{self.text}"
            self._read(0.05)
        return self.process.returncode

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self._end], [], [], seconds)
        if not ready:
            return
        try:
            self._stream.feed(os.read(self._end, 65536))
        except OSError:  # the other end of a pseudo-terminal is closed: the program has ended
            time.sleep(seconds)
