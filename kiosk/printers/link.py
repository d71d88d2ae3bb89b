"""A way to a printer: bytes out, status bytes back."""

from typing import Protocol


class LinkError(Exception):
    """The way to the printer is gone: refused, unplugged, reset."""


class Link(Protocol):
    """One conversation with a printer. Every method raises LinkError when the way is gone."""

    def write(self, data: bytes) -> None:
        """Sends all of it; waits while the printer is busy putting dots on paper."""
        ...

    def ask(self, question: bytes) -> int | None:
        """Sends a status question and returns the byte that comes back, or None when none comes in time."""
        ...

    def close(self) -> None:
        """Ends the conversation so that nothing sent is lost; never raises."""
        ...
