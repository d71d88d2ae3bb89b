"""Bodies of commands: what may be sent, checked before any rule sees it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from server.domain.errors import Refused

Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]+$")]
Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]


def _moment(value: object) -> datetime:
    """An ISO time with its offset."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("an ISO time with its offset")
    return moment


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("an ISO date")  # noqa: TRY004  pydantic turns ValueError into a refusal
    return date.fromisoformat(value)


Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class Form(BaseModel):
    """A command's body. Unknown fields are refused: a misspelt wish must not be silently lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    request_id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]+$")] | None = None


class Empty(Form):
    """Nothing but a request id."""


class SignIn(Form):
    """工号 and password."""

    staff: Code
    password: Annotated[str, Field(min_length=1, max_length=128)]


class IssueTicket(Form):
    """What somebody comes for, by queue letter or by item."""

    queue: Annotated[str, Field(max_length=2)] | None = None
    item: Annotated[str, Field(max_length=16)] | None = None
    items: list[Annotated[str, Field(max_length=16)]] = Field(default_factory=list, max_length=10)
    channel: Literal["kiosk", "guide", "clerk", "phone"] | None = None
    priority_group: Annotated[str, Field(max_length=32)] | None = None
    identity: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    after_hours_choice: Literal["wait", "book", "leave"] | None = None
    print: Literal["printer", "none"] = "printer"
    language: Annotated[str, Field(max_length=8)] | None = None


class Cancel(Form):
    """Why a number is given up."""

    reason: Text | None = None


class PrintReport(Form):
    """Whether the slip is on paper."""

    result: Literal["printed", "failed"]
    problem: Annotated[str, Field(min_length=1, max_length=64)] | None = None


class Choice(Form):
    """The citizen's own choice near closing (4.3.4.2)."""

    choice: Literal["wait", "book", "leave"]


class CallOne(Form):
    """One number on purpose, with a reason."""

    number: Annotated[str, Field(min_length=1, max_length=12)]
    reason: Text


class Finish(Form):
    """How a visit ended."""

    outcome: Annotated[str, Field(min_length=1, max_length=16)]
    items: list[Annotated[str, Field(max_length=16)]] = Field(default_factory=list, max_length=20)
    case_number: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w\-/.]+$")] | None = None


class WithReason(Form):
    """A reason, from the hall file's list or in one's own words."""

    reason: Text


class Hold(Form):
    """Until the paper is there."""

    reason: Text
    minutes: Annotated[int, Field(ge=1, le=480)]


class Transfer(Form):
    """To another queue, or to one window."""

    reason: Text
    queue: Annotated[str, Field(max_length=2)] | None = None
    window: Annotated[int, Field(ge=1, le=9999)] | None = None
    clerk: Code | None = None
    joint: bool = False


class OneNumber(Form):
    """One ticket by its number."""

    number: Annotated[str, Field(min_length=1, max_length=12)]


class OneStaff(Form):
    """One member of staff."""

    staff: Code


class PutFirst(OneNumber):
    """A ticket that goes before others, and why."""

    reason: Text


class WalkIn(Form):
    """What somebody without a number came for; the window's first queue by default."""

    queue: Annotated[str, Field(max_length=2)] | None = None
    item: Annotated[str, Field(max_length=16)] | None = None


class Lend(Form):
    """Which queue a window also serves; none ends it."""

    queue: Annotated[str, Field(max_length=2)] | None = None


class SelfCheck(Form):
    """How each device was found."""

    results: Annotated[
        dict[
            Literal["console", "screen", "voice", "evaluator", "printer", "clock"],
            Literal["ok", "fault", "absent"],
        ],
        Field(min_length=1),
    ]


class FileClosure(Form):
    """A closure, filed in advance (3.2.4)."""

    window: Annotated[int, Field(ge=1, le=9999)]
    begins_at: Moment | None = None
    ends_at: Moment
    reason: Text
    staff_to: Text


class ReportIncident(Form):
    """What happened, and where."""

    type: Annotated[str, Field(max_length=12)]
    place: Annotated[str, Field(max_length=16)] | None = None
    note: Text | None = None


class CloseIncident(Form):
    """What was done."""

    note: Text | None = None


class Evacuation(Form):
    """Begin or end an evacuation."""

    on: bool


class MoveQueue(Form):
    """Where a queue's people wait from now on, and why."""

    to: Annotated[str, Field(min_length=1, max_length=2)]
    reason: Text


class FileLeave(Form):
    """Planned leave, both days included."""

    staff: Code
    first_day: Day
    last_day: Day


class EndAccess(Form):
    """Whose access ends, and why (3.2.5)."""

    staff: Code
    reason: Text


class Pause(Form):
    """A short absence; `relief` names whom the clerk asks to take over."""

    reason: Text
    minutes: Annotated[int, Field(ge=1, le=120)] | None = None
    relief: Code | None = None


class Resume(Form):
    """Back at the window."""

    password: Annotated[str, Field(min_length=1, max_length=128)]


class SetPassword(Form):
    """Whose account."""

    staff: Code


class EnrolDevice(Form):
    """Which kiosk or screen of the hall file."""

    id: Code


class DeviceBeat(Form):
    """A device tells that it lives."""

    version: Annotated[str, Field(max_length=32)] | None = None
    printer: Annotated[dict[str, str], Field(max_length=8)] | None = None
    paper_left: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


_REASONS = {
    "missing": ("必须填写", "it is required"),
    "extra_forbidden": ("没有这一项", "there is no such field"),
    "string_type": ("应为文字", "it must be text"),
    "int_type": ("应为整数", "it must be a whole number"),
    "list_type": ("应为列表", "it must be a list"),
    "string_too_short": ("不能为空", "it must not be empty"),
    "string_too_long": ("太长，最多 {max_length} 字", "it is longer than {max_length} characters"),
    "greater_than_equal": ("不能小于 {ge}", "it must be at least {ge}"),
    "less_than_equal": ("不能大于 {le}", "it must be at most {le}"),
    "literal_error": ("只能是 {expected}", "it must be one of {expected}"),
    "too_long": ("太多，最多 {max_length} 个", "there may be at most {max_length}"),
    "string_unicode": ("含有不允许的字符", "it has characters that are not allowed"),
    "string_pattern_mismatch": ("含有不允许的字符", "it has characters that are not allowed"),
}


def refusal_of(error: ValidationError) -> Refused:
    """The first fault as a refusal that names its field, in both languages."""
    first = error.errors()[0]
    reason, reason_en = _REASONS.get(first["type"], ("格式不正确", "it is malformed"))
    facts = first.get("ctx", {})
    field = ".".join(str(part) for part in first["loc"]) or "body"
    return Refused("invalid", field=field, reason=reason.format(**facts), reason_en=reason_en.format(**facts))
