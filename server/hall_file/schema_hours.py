"""When the hall is open: `hours` and `calendar` of the hall file."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from server.hall_file.part import Part
from server.hall_file.values import Always, Checked, Day, MonthDay, Name, TimeOfDay, wrong

LONGEST_HOLIDAY_DAYS = 60
"""A longer closure is a slip of the pen in the year."""


class SessionPart(Part):
    """One stretch of opening hours; its name is found by its time when none is given."""

    name: Name | None = None
    opens: TimeOfDay = Field(alias="from")
    closes: TimeOfDay = Field(alias="to")

    @field_validator("closes")
    @classmethod
    def _after_it_opens(cls, closes: time, info: ValidationInfo) -> time:
        if "opens" in info.data and closes <= info.data["opens"]:
            raise wrong("结束时刻必须晚于开始时刻。", "A session must end after it begins.")
        return closes

    @property
    def session_name(self) -> str:
        """morning, afternoon or evening; day when one session goes through noon into the afternoon."""
        if self.name is not None:
            return self.name
        if self.opens < time(12) and self.closes > time(14):
            return "day"
        return "morning" if self.opens < time(12) else "afternoon" if self.opens < time(17) else "evening"


def _from_pair(value: Any) -> Any:
    """["09:00", "12:00"] is short for {from: "09:00", to: "12:00"}."""
    if isinstance(value, list) and len(value) == 2:
        return {"from": value[0], "to": value[1]}
    if not isinstance(value, dict):
        raise wrong('请写成 ["09:00", "12:00"]。', 'Write ["09:00", "12:00"].')
    return value


def _in_order(sessions: tuple[SessionPart, ...]) -> tuple[SessionPart, ...]:
    for before, after in pairwise(sessions):
        if after.opens <= before.closes:
            raise wrong(
                f"时段必须按先后顺序，且不重叠、不相接：{after.opens:%H:%M} 不晚于 {before.closes:%H:%M}。",
                f"Sessions must be in order with a break between: {after.opens:%H:%M} is not after "
                f"{before.closes:%H:%M}.",
            )
    names = [session.session_name for session in sessions]
    if len(set(names)) < len(names):
        raise wrong(
            '时段名称重复，请写成 {name: 名称, from: "09:00", to: "12:00"}。',
            'Two sessions have the same name; write {name: …, from: "09:00", to: "12:00"}.',
        )
    return sessions


Stretches = tuple[Annotated[SessionPart, BeforeValidator(_from_pair)], ...]
Sessions = Annotated[Stretches, Field(min_length=1), AfterValidator(_in_order)]


class SeasonPart(Part):
    """Opening hours from one day of the year to another, both included; may go over New Year."""

    name: Name
    first: MonthDay = Field(alias="from")
    last: MonthDay = Field(alias="to")
    sessions: Sessions


class SaturdayPart(Part):
    enabled: bool = False
    appointment_only: bool = True
    sessions: Annotated[Sessions | None, Checked] = None
    windows: tuple[int, ...] = ()

    @field_validator("sessions")
    @classmethod
    def _given_when_enabled(
        cls, sessions: tuple[SessionPart, ...] | None, info: ValidationInfo
    ) -> tuple[SessionPart, ...] | None:
        if info.data.get("enabled") and not sessions:
            raise wrong("周六开放时必须写明 sessions。", "A hall open on Saturdays needs its sessions.")
        return sessions


Choice = Literal["继续等候", "改为预约", "放弃取号"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


class AfterHoursPart(Part):
    """延时服务, clauses 4.3.4.1 to 4.3.4.4."""

    tickets_survive_closing: Always = True
    stop_issuing_at_close: Always = True
    notice_lead_minutes: Annotated[int, Field(ge=0, le=240)] = 30
    notice_when_predicted_finish_after_close: bool = True
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)] = CHOICES
    ask_again_when_worse_by_minutes: Annotated[int, Field(ge=1, le=240)] = 15
    lunch_counts_as_closing: bool = True
    comp_leave_threshold_minutes: Annotated[int, Field(ge=1, le=100_000)] = 480
    hard_stop: TimeOfDay = time(20, 0)

    @field_validator("choices")
    @classmethod
    def _all_three(cls, choices: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(choices)) != 3 or len(choices) != 3:
            raise wrong(
                "4.3.4.2 规定由群众自愿选择，三项都要有。",
                "Clause 4.3.4.2 leaves the choice to the citizen: all three are needed.",
                *CHOICES,
            )
        return choices


class HoursPart(Part):
    seasons: Annotated[tuple[SeasonPart, ...], Field(min_length=1)]
    kiosk_open_minutes_before: Annotated[int, Field(ge=0, le=120)] = 10
    staff_on_post_minutes_before: Annotated[int, Field(ge=5, le=60)] = 5
    noon_duty_windows: tuple[int, ...] = ()
    saturday: SaturdayPart = SaturdayPart()
    after_hours: AfterHoursPart = AfterHoursPart()
    day_reset: TimeOfDay = time(4, 0)

    @field_validator("seasons")
    @classmethod
    def _whole_year(cls, seasons: tuple[SeasonPart, ...]) -> tuple[SeasonPart, ...]:
        leap_year = (date(2024, 1, 1) + timedelta(days=number) for number in range(366))
        for day in leap_year:
            if not any(_falls_in(season, (day.month, day.day)) for season in seasons):
                raise wrong(
                    f"{day:%m-%d} 不属于任何一个季节，全年每一天都要有开放时间（放假写在 calendar）。",
                    f"No season covers {day:%m-%d}; every day of the year needs hours (holidays go into calendar).",
                )
        return seasons


def _falls_in(season: SeasonPart, month_day: tuple[int, int]) -> bool:
    if season.first <= season.last:
        return season.first <= month_day <= season.last
    return month_day >= season.first or month_day <= season.last


class HolidayPart(Part):
    name: Name
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @field_validator("last")
    @classmethod
    def _not_before_the_first(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first", last)
        if last < first:
            raise wrong("结束日期早于开始日期。", "It ends before it begins.")
        if (last - first).days >= LONGEST_HOLIDAY_DAYS:
            raise wrong(
                f"超过 {LONGEST_HOLIDAY_DAYS} 天，请核对年份。",
                f"Longer than {LONGEST_HOLIDAY_DAYS} days; check the year.",
            )
        return last

    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def _makeup_day(day: date) -> date:
    if day.weekday() < 5:
        raise wrong(
            "调休上班日应是周六或周日，这一天本来就上班。",
            "A make-up workday is a Saturday or Sunday; this day is a workday.",
        )
    return day


class CalendarPart(Part):
    """Public holidays and make-up workdays. Keys such as `source_2026` are remarks for people."""

    sources: tuple[str, ...] = ()
    closed: tuple[HolidayPart, ...] = ()
    makeup_workdays: tuple[Annotated[Day, AfterValidator(_makeup_day)], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_remarks(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: each for key, each in value.items() if not re.fullmatch(r"(source|year)_\d{4}", key)}

    @field_validator("makeup_workdays")
    @classmethod
    def _no_holidays(cls, makeup: tuple[date, ...], info: ValidationInfo) -> tuple[date, ...]:
        closed = {day for holiday in info.data.get("closed", ()) for day in holiday.days()}
        if both := sorted(closed.intersection(makeup)):
            raise wrong(f"{both[0]} 既是节假日又是调休上班日。", f"{both[0]} is both a holiday and a make-up workday.")
        return makeup
