"""Bookings, evaluation and what the standard fixes about them; and the day the simulated visitors play."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from server.hall_file.part import Part
from server.hall_file.schema_places import Count
from server.hall_file.values import Letter, Name, Sentence, Share, wrong

LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")
BAD_LEVELS = LEVELS[3:]
DIMENSIONS = ("工作纪律", "仪容仪表", "行为举止", "服务态度", "服务用语", "服务效率", "业务能力", "落实服务制度")
Weight = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]


def _fixed(clause: str, values: tuple[str, ...]) -> AfterValidator:
    def check(given: tuple[str, ...]) -> tuple[str, ...]:
        if given != values:
            raise wrong(
                f"规范 {clause} 规定了这些内容和次序。", f"Clause {clause} fixes these and their order.", *values
            )
        return given

    return AfterValidator(check)


class CheckInPart(Part):
    before_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    after_minutes: Annotated[int, Field(ge=0, le=240)] = 15


class NoShowBlockPart(Part):
    """So many missed bookings within so many days stop booking for so many days."""

    count: Count = 2
    within_days: Count = 30
    block_days: Count = 30


class AppointmentsPart(Part):
    days_ahead: Annotated[int, Field(ge=1, le=90)] = 5
    min_lead: Literal["前一日", "当日"] = "前一日"
    slot_minutes: Annotated[int, Field(ge=5, le=240)] = 30
    checkin_window: CheckInPart = CheckInPart()
    per_person_per_day_per_queue: Count = 1
    cancel_before_hours: Annotated[int, Field(ge=0, le=168)] = 2
    no_show_block: NoShowBlockPart = NoShowBlockPart()
    share_of_capacity: Share = 0.4


class RectifyPart(Part):
    """Clause 5.5.2.1 asks for 1.0 in both rates."""

    first_contact_workdays: Count = 1
    finish_workdays: Count = 15
    reasonable_bad_rate: Share = 1.0
    named_reply_rate: Share = 1.0


class EvaluationPart(Part):
    levels: Annotated[tuple[str, ...], _fixed("5.5.1.1", LEVELS)] = LEVELS
    bad_levels: Annotated[tuple[str, ...], _fixed("5.5.1.1", BAD_LEVELS)] = BAD_LEVELS
    dimensions: Annotated[tuple[str, ...], _fixed("5.5.1.3", DIMENSIONS)] = DIMENSIONS
    tablet_timeout_seconds: Annotated[int, Field(ge=10, le=600)] = 60
    default_when_not_answered: Literal["未评价"] = "未评价"
    rectify: RectifyPart = RectifyPart()


class OutagePart(Part):
    voucher_valid_days: Annotated[int, Field(ge=1, le=365)] = 30
    waiting_list_every_minutes: Annotated[int, Field(ge=1, le=60)] = 5


class UnresolvedPart(Part):
    """“办不成事”, clauses 4.1.5.3 and 4.1.5.4."""

    simple: Name = "当场"
    complex_workdays: Annotated[int, Field(ge=1, le=5)] = 5
    transfer_same_day: bool = True


class NormalDayPart(Part):
    tickets: Annotated[int, Field(ge=1, le=100_000)] = 850
    peak_hour_share: Share = 0.2
    consult_share: Share = 0.45


class BusyDayPart(Part):
    multiplier: Weight = 1.5


class PeakDayPart(Part):
    multiplier: Weight = 2.5
    hot_queue: Letter | None = None
    hot_queue_multiplier: Weight = 1.0


class LoadProfilePart(Part):
    """What a day in this hall is like, for the simulated visitors."""

    normal_day: NormalDayPart = NormalDayPart()
    busy_day: BusyDayPart = BusyDayPart()
    peak_day: PeakDayPart = PeakDayPart()
    hour_weights: dict[str, Share] = Field(default_factory=dict)
    phones_following_share: Share = 0.5
    no_show_share: Share = 0.04
    pauses_per_clerk: Annotated[float, Field(ge=0, le=20, allow_inf_nan=False)] = 1.5

    @field_validator("hour_weights")
    @classmethod
    def _hours_of_a_day(cls, weights: dict[str, float]) -> dict[str, float]:
        for hour in weights:
            if not (hour.isdigit() and 0 <= int(hour) <= 23):
                raise wrong(f"“{hour}”不是 00 到 23 的钟点。", f'"{hour}" is no hour from 00 to 23.')
        total = sum(weights.values())
        if weights and abs(total - 1) > 0.01:
            raise wrong(
                f"各钟点之和应为 1，现在是 {total:.2f}。", f"The hours should add up to 1; they give {total:.2f}."
            )
        return weights


class ScenarioPart(Part):
    """Something to try by hand in the demo; for people only."""

    id: Name
    text: Sentence
    expect: Sentence
