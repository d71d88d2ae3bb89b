"""Answers of the API as OpenAPI describes them. The rows themselves are made in `services/rows`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

State = Literal["waiting", "called", "serving", "held", "missed", "done", "cancelled", "expired"]
WindowStateName = Literal["closed", "open", "calling", "serving", "paused"]
Phase = Literal["before_open", "open", "closing_soon", "lunch", "after_hours", "closed"]


class Answer(BaseModel):
    """Fields may be added in later versions."""

    model_config = ConfigDict(extra="allow")


class ErrorBody(Answer):
    code: str
    message: str
    message_en: str


class Refusal(Answer):
    """Every refusal has this shape; facts such as `wait_seconds` stand beside the code."""

    error: ErrorBody


class SessionAnswer(Answer):
    csrf: str
    staff: str
    role: str
    window: int | None
    expires_at: str


class Estimate(Answer):
    """Minutes and times of the hall, or `unknown` when no window is open."""

    likely_minutes: int | None = None
    low_minutes: int | None = None
    high_minutes: int | None = None
    start_at: str | None = None
    finish_at: str | None = None
    unknown: Literal["no_open_window"] | None = None


class PublicTicket(Answer):
    id: str
    number: str
    queue: str
    state: State
    window: int | None
    issued_at: str
    called_at: str | None
    started_at: str | None
    calls: int
    flags: list[str]


class TicketRow(PublicTicket):
    item: str | None
    waiting_since: str
    finished_at: str | None
    priority_group: str | None
    channel: str
    print: Literal["pending", "printed", "failed", "paperless"]
    held_until: str | None


class Where(Answer):
    zone: str
    zone_name: str
    floor: int
    floor_name: str
    route: str
    windows: list[int]
    text: str
    text_en: str


class HeldTicket(TicketRow):
    """A ticket as its holder gets it: with the secret link, the place in line and the way."""

    token: str
    queue_name: str
    item_name: str | None
    ahead: int
    estimate: Estimate | None
    where: Where
    url: str
    business_day: str


class TicketAnswer(Answer):
    ticket: HeldTicket


class TicketPage(TicketAnswer):
    hall: dict[str, Any]
    evacuation: bool
    now: str
    seq: int


class Sign(Answer):
    text: str
    text_en: str
    until: str | None


class WindowRow(Answer):
    number: int
    zone: str
    type: str
    state: WindowStateName
    overrun: bool
    after_hours: bool
    sign: Sign
    ticket: PublicTicket | None
    clerk: str | None
    queues: list[str]


class WindowAnswer(Answer):
    window: WindowRow
    ticket: TicketRow | None
    seq: int


class TestCallAnswer(Answer):
    """When the test was asked for, on the machine's clock."""

    __test__ = False
    asked_at: str


class EquipmentAnswer(Answer):
    """A window's screen and loudspeaker."""

    window: int
    machine_now: str
    screen: dict[str, Any]
    voice: dict[str, Any]


class NextOne(Answer):
    """Somebody who waits for a window, and why in this place."""

    id: str
    number: str
    why: str
    why_en: str


class OrderAnswer(Answer):
    order: list[NextOne]


class QueueRow(Answer):
    prefix: str
    name: str
    zone: str
    waiting: int
    open_windows: int
    estimate: Estimate


class CallRow(Answer):
    id: str
    number: str
    queue: str
    window: int
    at: str
    calls: int


class Picture(Answer):
    seq: int
    now: str
    phase: Phase
    queues: list[QueueRow]
    windows: list[WindowRow]
    calls: list[CallRow]


class News(Answer):
    seq: int
    at: str
    kind: str
    changed: dict[str, Any]


class NewsAnswer(Answer):
    news: list[News]


class HallAnswer(Answer):
    code: str
    name: str
    zones: list[dict[str, Any]]
    queues: list[dict[str, Any]]
    items: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    hours: dict[str, Any]
    languages: list[str]


class DeviceAnswer(Answer):
    id: str
    kind: str
    zone: str | None


class PasswordAnswer(Answer):
    """A password, told once."""

    staff: str
    password: str


class AccountAnswer(Answer):
    """Whether somebody may sign in."""

    staff: str
    active: bool


class AccountRow(AccountAnswer):
    """One of the staff of the hall file."""

    role: str
    account: bool
    window: int | None


class AccountsAnswer(Answer):
    rows: list[AccountRow]
    leaving_reasons: list[str]


class KeyAnswer(Answer):
    """A device's key, told once."""

    id: str
    token: str


class BeatAnswer(Answer):
    now: str
    speed: float


class LedgerAnswer(Answer):
    rows: list[dict[str, Any]]
    total: int = Field(ge=0)
