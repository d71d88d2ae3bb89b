"""What the voice asks of an engine. Another kind (a neural voice from a model file) is one more class like these."""

from __future__ import annotations

from typing import Protocol

from server.adapters.voice_wav import Samples
from server.domain.sentences import Phrase


class EngineError(Exception):
    """This engine cannot say this phrase, now or ever; the next in the chain is asked."""


class Engine(Protocol):
    name: str
    """Told with every announcement, for the log and the manager's page."""

    def fingerprint(self) -> str:
        """All that decides the sound besides the words; part of the name under which it is kept."""
        ...

    def say(self, phrase: Phrase) -> Samples:
        """The whole phrase, without a hole in it. Raises EngineError."""
        ...

    def close(self) -> None: ...
