"""A printer on the network: raw bytes to TCP port 9100.

The bytes are python-escpos's, the socket is ours: the library's waits a minute for an answer, takes the silence of a
closed connection for plenty of paper, and closes both ways at once, which can lose the end of a slip.
"""

import socket
import time
from contextlib import suppress

from kiosk.printers.link import LinkError

PORT = 9100
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 3.0
STUCK_SECONDS = 10.0  # without taking one more piece: the printer has stopped
PIECE = 4096  # bytes; each gets its own time, as a printer takes the next only when it has room
GOODBYE_SECONDS = 1.0


class NetworkLink:
    """One TCP conversation. Raises LinkError when nobody answers, or somebody else is talking to the printer."""

    def __init__(self, host: str, port: int = PORT, *, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._answer_seconds = answer_seconds
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            raise LinkError(str(error)) from error

    def write(self, data: bytes) -> None:
        """See `Link`."""
        try:
            self._socket.settimeout(STUCK_SECONDS)
            for start in range(0, len(data), PIECE):
                self._socket.sendall(data[start : start + PIECE])
        except OSError as error:
            raise LinkError(str(error)) from error

    def ask(self, question: bytes) -> int | None:
        """See `Link`. Old answers are thrown away first: dots on paper can look like a question to the printer."""
        try:
            self._forget_old_answers()
            self._socket.settimeout(self._answer_seconds)
            self._socket.sendall(question)
            answer = self._socket.recv(16)
        except TimeoutError:
            return None
        except OSError as error:
            raise LinkError(str(error)) from error
        if not answer:
            raise LinkError("the printer has hung up")
        return answer[0]

    def close(self) -> None:
        """Says that no more will come and waits for the printer to hang up: unread bytes would reset the line."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(GOODBYE_SECONDS)
            until = time.monotonic() + GOODBYE_SECONDS
            while self._socket.recv(256) and time.monotonic() < until:
                continue
        self._socket.close()

    def _forget_old_answers(self) -> None:
        self._socket.settimeout(0.0)
        with suppress(BlockingIOError):
            while self._socket.recv(256):
                continue
            raise LinkError("the printer has hung up")
