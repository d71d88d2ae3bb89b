"""What the use cases need of the outside world. Adapters fulfil these; tests bring their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from server.domain.announcements import Announcement
from server.domain.attendance import Pause, SignOn
from server.domain.closures import Closure
from server.domain.draft import Draft
from server.domain.events import Event
from server.domain.floor import Floor
from server.domain.incidents import Incident
from server.domain.journal import Entry
from server.domain.sentences import Sentence


class Clock(Protocol):
    """The hall's clock (rules) and the machine's (sessions, beats, retries)."""

    @property
    def speed(self) -> float:
        """How many seconds of the hall pass in a real one."""
        ...

    def now(self) -> datetime:
        """The hall's time, aware, UTC."""
        ...

    def real(self) -> float:
        """Seconds on the real monotonic clock."""
        ...

    def wall(self) -> float:
        """Seconds since 1970 on the machine's clock, for what must outlive the process."""
        ...


@dataclass(frozen=True)
class Remembered:
    """What a request was answered before."""

    fingerprint: str
    status: int
    answer: str


class UnitOfWork(Protocol):
    """One transaction on one hall. Leaving without `commit` changes nothing."""

    draft: Draft

    def record(self, event: Event, *, at: datetime, business_day: date, actor: str) -> Entry:
        """Append to the journal and fold into the draft."""
        ...

    def recall(self, business_day: date, issuer: str, request_id: str) -> Remembered | None: ...
    def remember(self, business_day: date, issuer: str, request_id: str, what: Remembered) -> None: ...
    def note(self, business_day: date, text: str) -> str:
        """Keep free text in the erasable store and give its id."""
        ...

    def announce(self, announcement: Announcement) -> None: ...
    def identify(self, business_day: date, ticket: str, identity: str) -> None: ...
    def tickets_of(self, business_day: date, identity: str) -> Sequence[str]:
        """Ids of the tickets that this identity (a keyed hash) took today."""
        ...

    def forget_identities(self, before: date) -> None: ...
    def commit(self) -> list[Entry]:
        """Write everything and take the draft over; gives the entries in order."""
        ...


class Storage(Protocol):
    """The database of one hall."""

    floor: Floor

    def unit_of_work(self) -> AbstractContextManager[UnitOfWork]: ...
    def entries_after(self, seq: int, limit: int) -> list[Entry]: ...
    def sign_ons_between(self, first: date, last: date) -> list[SignOn]: ...
    def pauses_between(self, first: date, last: date) -> list[Pause]: ...
    def closures_between(self, first: date, last: date) -> list[Closure]: ...
    def incidents_between(self, first: date, last: date) -> list[Incident]: ...
    def entries_between(self, first: date, last: date, kinds: Iterable[str]) -> list[Entry]: ...
    def numbers_of(self, tickets: Iterable[str]) -> dict[str, str]: ...
    def notes(self, ids: Iterable[str]) -> dict[str, str]: ...
    def pending_announcements(self) -> list[Announcement]: ...
    def update_announcement(self, announcement_id: int, **changes: Any) -> None: ...
    def last_said(self, zone: str, text: str) -> datetime | None: ...
    def ready(self) -> bool: ...


@dataclass(frozen=True)
class Account:
    """A member of staff who may sign in."""

    staff: str
    role: str
    password: str
    active: bool = True


@dataclass(frozen=True)
class Session:
    """A signed-in member of staff; `token` is the SHA-256 of the secret, times are wall seconds."""

    token: str
    staff: str
    csrf: str
    created_at: float
    expires_at: float


@dataclass(frozen=True)
class Device:
    """An enrolled machine; `token` is the SHA-256 of its secret."""

    id: str
    kind: str
    token: str
    locked: bool = False


class AccessStore(Protocol):
    """Accounts, sessions and devices."""

    def account(self, staff: str) -> Account | None: ...
    def accounts(self) -> list[Account]: ...
    def put_accounts(self, accounts: Iterable[Account]) -> None: ...
    def session(self, token: str) -> Session | None: ...
    def put_session(self, session: Session) -> None: ...
    def end_session(self, token: str) -> None: ...
    def end_sessions_of(self, staff: Iterable[str]) -> None: ...
    def device(self, token: str) -> Device | None: ...
    def devices(self) -> list[Device]: ...
    def put_devices(self, devices: Iterable[Device]) -> None: ...


class Passwords(Protocol):
    """Slow hashes, computed where they hold nobody up."""

    def hash(self, password: str) -> str: ...
    def matches(self, hashed: str, password: str) -> bool: ...


class Speech(Protocol):
    """A finished WAV; its digest is its content."""

    @property
    def digest(self) -> str: ...
    @property
    def duration_seconds(self) -> float: ...


class VoiceFailed(Exception):
    """An announcement cannot be made into sound; the screens have to do without it."""


class Voice(Protocol):
    """Sentences to sound."""

    def render(self, sentence: Sentence, times: int) -> Speech: ...
    def prepare(self, sentences: Iterable[Sentence]) -> None: ...
    def path_of(self, digest: str) -> Path | None: ...
    def close(self) -> None: ...


class Wire(Protocol):
    """News outward: `send` to everybody in a room, without waiting."""

    def send(self, event: str, message: Any, room: str) -> None: ...
