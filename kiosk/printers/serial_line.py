"""A printer on a serial line. Tried against a pseudo-terminal, not on hardware."""

from typing import Any

from kiosk.printers.link import LinkError

BAUD = 115_200  # a slip takes 4 s; at 9600 it takes 45 s
ANSWER_SECONDS = 3.0
STUCK_SECONDS = 60.0


class SerialLink:
    """One opening of the line."""

    def __init__(self, device: str, baud: int = BAUD) -> None:
        import serial  # only where there is such a printer

        try:
            self._line: Any = serial.Serial(device, baud, timeout=ANSWER_SECONDS, write_timeout=STUCK_SECONDS)
        except (OSError, ValueError) as error:  # pyserial's own errors are OSErrors
            raise LinkError(str(error)) from error

    def write(self, data: bytes) -> None:
        """See `Link`."""
        try:
            self._line.write(data)
            self._line.flush()
        except OSError as error:
            raise LinkError(str(error)) from error

    def ask(self, question: bytes) -> int | None:
        """See `Link`."""
        try:
            self._line.reset_input_buffer()
            self._line.write(question)
            answer = self._line.read(1)
        except OSError as error:
            raise LinkError(str(error)) from error
        return answer[0] if answer else None

    def close(self) -> None:
        """See `Link`."""
        self._line.close()
