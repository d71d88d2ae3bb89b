"""The hall's rules: numbers, order, no-shows, pauses, what clerks choose from, voice and slip."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from server.domain.plan import Desk
from server.domain.voice_templates import PLACEHOLDERS, TEMPLATES, TemplateError, placeholders
from server.hall_file.desk_keys import DeskKeys, PadKeys
from server.hall_file.part import Part
from server.hall_file.schema_places import Language
from server.hall_file.values import Always, Checked, Choices, Letter, Name, Sentence, wrong

NumberFormat = Literal["{flag}{prefix}{seq:03d}"]
Rank = Literal["PRIORITY", "TOP", "FORWARDED", "APPOINTMENT_DUE", "NORMAL"]
RANKS: tuple[Rank, ...] = ("PRIORITY", "TOP", "FORWARDED", "APPOINTMENT_DUE", "NORMAL")
SlipLine = Literal[
    "hall", "queue_name", "ticket", "item", "ahead", "eta", "where", "taken_at", "advice", "after_hours_notice", "qr",
    "hotline",
]  # fmt: skip
SLIP_LINES: tuple[SlipLine, ...] = get_args(SlipLine)
TEMPLATE_NAMES = frozenset(
    {*TEMPLATES, "call_other_floor", "recall_other_floor", "call_other_floor_en", "recall_other_floor_en"}
)


class NumberingPart(Part):
    format: NumberFormat = "{flag}{prefix}{seq:03d}"
    appointment_flag: Letter = "Y"
    priority_flag: Annotated[Letter, Checked] = "V"
    manual_flag: Annotated[Letter, Checked] = "Z"
    reserved_letters: Annotated[tuple[Letter, ...], Checked] = ("V", "Y", "Z")
    avoid_letters: tuple[Letter, ...] = ("I", "O", "Q")
    grow_to_four_digits: bool = True
    kiosk_block: Annotated[int, Field(ge=0, le=400)] = 40

    @field_validator("priority_flag", "manual_flag")
    @classmethod
    def _unlike_the_others(cls, flag: str, info: ValidationInfo) -> str:
        if flag in info.data.values():
            raise wrong("三个标志字母必须各不相同。", "The three flags must be different letters.")
        return flag

    @field_validator("reserved_letters")
    @classmethod
    def _has_the_flags(cls, letters: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        flags = {value for key, value in info.data.items() if key.endswith("_flag")}
        if missing := sorted(flags - set(letters)):
            raise wrong(f"缺少标志字母 {', '.join(missing)}。", f"The flag {', '.join(missing)} is missing.")
        return letters


class FairnessPart(Part):
    """After so many priority tickets in a row a window takes so many ordinary ones."""

    max_consecutive_priority: Annotated[int, Field(ge=1, le=100)] = 3
    then_normal: Annotated[int, Field(ge=1, le=100)] = 1


def _the_order(order: tuple[Rank, ...]) -> tuple[Rank, ...]:
    if order != RANKS:
        raise wrong("叫号次序是固定的，请照此书写。", "The order of calling is fixed; write it like this.", *RANKS)
    return order


class PriorityPart(Part):
    order: Annotated[tuple[Rank, ...], AfterValidator(_the_order)] = RANKS
    groups: tuple[Name, ...] = ()
    auto_age_threshold: Annotated[int, Field(ge=50, le=120)] = 60
    fairness: FairnessPart = FairnessPart()
    manual_top_requires_reason: Always = True


class RecoverPart(Part):
    allowed: bool = True
    within_minutes: Annotated[int, Field(ge=1, le=480)] = 30
    insert_after_waiting: Annotated[int, Field(ge=0, le=50)] = 3
    max_times: Annotated[int, Field(ge=1, le=10)] = 1


class NoShowPart(Part):
    calls_before_missed: Annotated[int, Field(ge=1, le=10)] = 3
    min_seconds_between_calls: Annotated[int, Field(ge=0, le=300)] = 20
    max_calls: Annotated[int, Field(ge=1, le=20), Checked] = 5
    auto_miss_after_seconds: Annotated[int, Field(ge=30, le=3600)] | None = None
    reason_required: Always = True
    reasons: Choices = ("叫号三次未到", "本人放弃", "其他")
    recover: RecoverPart = RecoverPart()

    @field_validator("max_calls")
    @classmethod
    def _enough_calls_to_miss(cls, most: int, info: ValidationInfo) -> int:
        needed = info.data.get("calls_before_missed")
        if needed is not None and most < needed:
            raise wrong(
                f"不能小于 calls_before_missed（{needed}）。", f"Cannot be below calls_before_missed ({needed})."
            )
        return most


class PausePart(Part):
    """短暂离岗, clauses 3.2.3 and 3.2.4."""

    reasons: Choices = ("临时离岗", "设备故障", "材料流转", "用餐轮换", "业务培训", "其他")
    short_absence_limit_minutes: Annotated[int, Field(ge=1, le=15)] = 15
    warn_at_minutes: Annotated[int, Field(ge=1, le=15), Checked] = 12
    on_limit: tuple[Literal["notify_supervisor", "require_relief_or_closure"], ...] = (
        "notify_supervisor",
        "require_relief_or_closure",
    )
    temporary_closure_requires_filing: Always = True

    @field_validator("warn_at_minutes")
    @classmethod
    def _warns_in_time(cls, warn: int, info: ValidationInfo) -> int:
        limit = info.data.get("short_absence_limit_minutes")
        if limit is not None and warn >= limit:
            raise wrong(
                f"提醒必须早于上限 {limit} 分钟。", f"The warning must come before the limit of {limit} minutes."
            )
        return warn


class DeskPart(Part):
    """What a clerk chooses from; every word here is a code in the journal."""

    outcomes: Choices = Desk.outcomes
    call_reasons: Choices = Desk.call_reasons
    hold_reasons: Choices = Desk.hold_reasons
    transfer_reasons: Choices = Desk.transfer_reasons
    give_back_reasons: Choices = Desk.give_back_reasons
    cancel_reasons: Choices = Desk.cancel_reasons
    undo_seconds: Annotated[int, Field(ge=0, le=600)] = 60
    keys: DeskKeys = Field(default_factory=dict)
    number_pad: PadKeys = Field(default_factory=dict)


class BacklogPart(Part):
    """When more calls than this wait for a loudspeaker, each is said so many times only."""

    queue_over: Annotated[int, Field(ge=1, le=100)] = 4
    repeat: Annotated[int, Field(ge=1, le=3)] = 1


class SpokenExamplePart(Part):
    ticket: Name
    window: int
    spoken: Sentence


class VoicePart(Part):
    chime: str = "sounds/chime.wav"
    repeat: Annotated[int, Field(ge=1, le=3)] = 2
    repeat_when_backlog: BacklogPart = BacklogPart()
    stale_after_seconds: Annotated[int, Field(ge=10, le=600)] = 60
    read_one_as: Literal["幺", "一"] = "幺"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("zh",)
    rate: Annotated[int, Field(ge=80, le=300)] = 150
    templates: dict[str, Sentence] = Field(default_factory=dict)
    examples: tuple[SpokenExamplePart, ...] = ()


def template_problem(name: str, template: str) -> tuple[str, str, tuple[str, ...]] | None:
    """What is wrong with one sentence of the voice, in two languages and with what would be right; None if nothing."""
    known = tuple(f"{{{each}}}" for each in sorted(PLACEHOLDERS))
    try:
        names = set(placeholders(name, template))
    except TemplateError:
        return "花括号里只能是占位符。", "Braces hold a placeholder and nothing else.", known
    if unknown := sorted(names - PLACEHOLDERS):
        return f"没有占位符 {{{unknown[0]}}}。", f"There is no placeholder {{{unknown[0]}}}.", known
    if name.startswith(("call", "recall")) and not ("ticket" in names and names & {"window", "place"}):
        return "叫号语必须有 {ticket} 和 {window}。", "A call names {ticket} and {window}.", ("{ticket}", "{window}")
    return None


class SlipPart(Part):
    paper_mm: Literal["58", "80"] = "80"
    lines: Annotated[tuple[SlipLine, ...], Field(min_length=1)] = SLIP_LINES
    advice: Annotated[str, Field(max_length=200)] = ""
    mask_name: Always = True

    @field_validator("lines")
    @classmethod
    def _has_the_number(cls, lines: tuple[SlipLine, ...]) -> tuple[SlipLine, ...]:
        if "ticket" not in lines:
            raise wrong("小票上必须有 ticket（号码）。", "A slip needs its ticket (the number).", *SLIP_LINES)
        return lines
