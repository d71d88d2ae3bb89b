"""The outside world as tests play it: a clock that stands until told, ears that remember, a voice without sound."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from server.domain.sentences import Sentence
from server.services.ports import Account, Device, Session, VoiceFailed

MORNING = "2026-11-24T10:00:00+08:00"
"""A Tuesday: the test hall and the sample hall are open."""


class FakeClock:
    """The hall's clock and the machine's. Both stand still; `let_pass` moves both, `set_to` the hall's only."""

    def __init__(self, moment: str = MORNING, speed: float = 1.0) -> None:
        self.moment = datetime.fromisoformat(moment)
        self.machine = 1_000_000.0
        self.speed = speed

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def real(self) -> float:
        return self.machine

    def wall(self) -> float:
        return 1_700_000_000.0 + self.machine

    def let_pass(self, **duration: float) -> None:
        """`let_pass(minutes=5)`."""
        self.moment += timedelta(**duration)
        self.machine += timedelta(**duration).total_seconds()

    def set_to(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment)


@dataclass
class RecordingWire:
    """Keeps what was sent, each message as it was at that moment."""

    sent: list[tuple[str, Any, str]] = field(default_factory=list)

    def send(self, event: str, message: Any, room: str) -> None:
        self.sent.append((event, copy.deepcopy(message), room))

    def of(self, event: str, room: str | None = None) -> list[Any]:
        """The messages of one event, to one room or to all."""
        return [message for name, message, where in self.sent if name == event and room in (None, where)]


@dataclass(frozen=True)
class Sound:
    """A WAV that is never heard."""

    digest: str
    duration_seconds: float


@dataclass
class SilentVoice:
    """Every sentence lasts two seconds each time it is said. `broken` says how it cannot speak."""

    broken: str = ""
    prepared: list[Sentence] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None
    """What happens, once, while a sentence is being made."""

    def render(self, sentence: Sentence, times: int) -> Sound:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()
        if self.broken:
            raise VoiceFailed if "fails" in self.broken else RuntimeError(self.broken)
        return Sound(f"{sentence.text}×{times}", 2.0 * times)

    def prepare(self, sentences: Iterable[Sentence]) -> None:
        self.prepared += sentences

    def path_of(self, digest: str) -> Path | None:
        return None

    def close(self) -> None:
        self.prepared.clear()


@dataclass
class PlainPasswords:
    """Hashes that anybody could read; `compared` are the hashes that a password was held against."""

    compared: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        return f"hash of {password}"

    def matches(self, hashed: str, password: str) -> bool:
        self.compared.append(hashed)
        return hashed == self.hash(password)


@dataclass
class MemoryAccess:
    """Accounts, sessions and devices in dictionaries."""

    known_accounts: dict[str, Account] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    known_devices: dict[str, Device] = field(default_factory=dict)

    def account(self, staff: str) -> Account | None:
        return self.known_accounts.get(staff)

    def accounts(self) -> list[Account]:
        return list(self.known_accounts.values())

    def put_accounts(self, accounts: Iterable[Account]) -> None:
        self.known_accounts |= {account.staff: account for account in accounts}

    def session(self, token: str) -> Session | None:
        return self.sessions.get(token)

    def put_session(self, session: Session) -> None:
        self.sessions[session.token] = session

    def end_session(self, token: str) -> None:
        self.sessions.pop(token, None)

    def end_sessions_of(self, staff: Iterable[str]) -> None:
        ended = set(staff)
        self.sessions = {token: session for token, session in self.sessions.items() if session.staff not in ended}

    def device(self, token: str) -> Device | None:
        return next((device for device in self.known_devices.values() if device.token == token), None)

    def devices(self) -> list[Device]:
        return list(self.known_devices.values())

    def put_devices(self, devices: Iterable[Device]) -> None:
        self.known_devices |= {device.id: device for device in devices}
