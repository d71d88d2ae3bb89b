"""What the hall consists of: floors, zones, queues, windows, staff, items, screens, kiosks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from server.hall_file.part import Part
from server.hall_file.schema_hours import Stretches
from server.hall_file.values import (
    Checked,
    Colour,
    Identifier,
    Letter,
    Minutes,
    Name,
    Page,
    Sentence,
    Size,
    TimeZone,
    wrong,
)

Level = Literal["市级", "区县级", "分中心", "乡镇街道便民服务中心", "村社区便民服务站"]
Role = Literal["clerk", "guide", "area_lead", "manager", "system", "audit", "security"]
Audience = Literal["个人", "法人", "个人/法人"]
Language = Literal["zh", "en"]
Count = Annotated[int, Field(ge=1, le=9999)]


class HallPart(Part):
    code: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]
    name: Name
    short_name: Name | None = None
    name_en: str = ""
    inspired_by: str = ""
    level: Level = "区县级"
    timezone: TimeZone = "Asia/Shanghai"
    consult_phone: str = ""
    complaint_phone: str = ""
    hotline: str = "12345"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("zh", "en")
    default_language: Annotated[Literal["zh-CN", "zh", "en"], Checked] = "zh"
    accent: Colour = "#0E5A63"
    fictional: bool = False

    @field_validator("default_language")
    @classmethod
    def _is_a_language(cls, default: str, info: ValidationInfo) -> str:
        languages = info.data.get("languages", ("zh", "en"))
        if default.removesuffix("-CN") not in languages:
            raise wrong("不在 languages 里。", "Not among languages.", *languages)
        return default


class FloorPart(Part):
    id: Annotated[int, Field(ge=-9, le=99)]
    name: Name
    name_en: str = ""


class ZonePart(Part):
    id: Identifier
    floor: int
    name: Name
    name_en: str = ""
    audio: Identifier | None = None
    supervisor: Identifier | None = None
    route: str = ""
    route_en: str = ""
    always_open: bool = False


class AudioZonePart(Part):
    id: Identifier
    name: Name
    quiet_hours: Stretches = ()


class WindowTypePart(Part):
    id: Identifier
    name: Name
    name_en: str = ""
    seed: bool = False


class QueuePart(Part):
    prefix: Letter
    type: Identifier
    name: Annotated[str, Field(min_length=1, max_length=20)]
    name_en: str = ""
    zone: Identifier
    default_minutes: Minutes
    warn_waiting: Count = 12
    warn_wait_minutes: Count = 30
    max_active_per_person: Count = 1
    identity_required: bool = False
    quota: dict[str, Count] = Field(default_factory=dict)


class WindowPart(Part):
    number: Annotated[int, Field(ge=1, le=999)]
    zone: Identifier
    type: Identifier
    primary: Annotated[tuple[Letter, ...], Field(min_length=1)]
    secondary: tuple[Letter, ...] = ()
    low_counter: bool = False
    tidal: bool = False
    screen: Identifier | None = None
    evaluator: Identifier | None = None
    default_staff: Identifier | None = None
    spoken_name: Name | None = None
    plan: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None


class StaffPart(Part):
    """A label, never a name: who it is stands in the personnel system."""

    id: Identifier
    role: Role
    active: bool = True


class StaffRatioPart(Part):
    """Clause 5.1.2, written down for people; the program counts for itself."""

    rule: str = ""
    windows: Count | None = None
    required: Count | None = None
    counted_roles: tuple[Role, ...] = ()


class ItemPart(Part):
    code: Identifier
    name: Annotated[str, Field(min_length=1, max_length=30)]
    name_en: str = ""
    queue: Letter
    median_minutes: Minutes
    p90_minutes: Minutes
    audience: Audience = "个人/法人"
    appointment: bool = False
    saturday: bool = False
    simple_after_hours: bool = False
    materials: tuple[Sentence, ...] = ()
    guide_url: Page = ""

    @field_validator("p90_minutes")
    @classmethod
    def _not_below_median(cls, p90: float, info: ValidationInfo) -> float:
        median = info.data.get("median_minutes")
        if median is not None and p90 < median:
            raise wrong(
                f"p90_minutes（十人中九人以内）不能小于中位数 {median:g}。",
                f"p90_minutes (nine of ten are done within it) cannot be below the median of {median:g}.",
            )
        return p90


class ScreenPart(Part):
    id: Identifier
    zone: Identifier
    kind: Literal["main", "manager"]
    size: Size


class KioskPart(Part):
    id: Identifier
    zone: Identifier
    accessible: bool = False


class PagersPart(Part):
    """Pagers that can be lent to a ticket (K21)."""

    count: Annotated[int, Field(ge=0, le=1000)] = 0
    kind: Name = "震动呼叫器"
    lent_to: tuple[Name, ...] = Field(default=(), alias="for")
