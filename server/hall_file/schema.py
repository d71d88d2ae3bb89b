"""The hall file as a whole: every key, what it may hold and its default. docs/hall-file.md tells it to people."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, Field

from server.hall_file.part import Part
from server.hall_file.schema_care import (
    AppointmentsPart,
    EvaluationPart,
    LoadProfilePart,
    OutagePart,
    ScenarioPart,
    UnresolvedPart,
)
from server.hall_file.schema_hours import CalendarPart, HoursPart
from server.hall_file.schema_places import (
    AudioZonePart,
    FloorPart,
    HallPart,
    ItemPart,
    KioskPart,
    PagersPart,
    QueuePart,
    ScreenPart,
    StaffPart,
    StaffRatioPart,
    WindowPart,
    WindowTypePart,
    ZonePart,
)
from server.hall_file.schema_rules import (
    DeskPart,
    NoShowPart,
    NumberingPart,
    PausePart,
    PriorityPart,
    SlipPart,
    VoicePart,
)
from server.hall_file.values import Sentence

OneOrMore = Field(min_length=1)


class HallFile(Part):
    schema_version: Literal["1"]
    hall: HallPart
    hours: HoursPart
    calendar: CalendarPart = CalendarPart()
    floors: Annotated[tuple[FloorPart, ...], OneOrMore]
    zones: Annotated[tuple[ZonePart, ...], OneOrMore]
    audio_zones: tuple[AudioZonePart, ...] = ()
    window_types: Annotated[tuple[WindowTypePart, ...], OneOrMore]
    numbering: NumberingPart = NumberingPart()
    queues: Annotated[tuple[QueuePart, ...], OneOrMore]
    windows: Annotated[tuple[WindowPart, ...], OneOrMore]
    staff_ratio: StaffRatioPart = StaffRatioPart()
    staff: Annotated[tuple[StaffPart, ...], OneOrMore]
    items: tuple[ItemPart, ...] = ()
    priority: PriorityPart = PriorityPart()
    no_show: NoShowPart = NoShowPart()
    pause: PausePart = PausePart()
    desk: DeskPart = DeskPart()
    appointments: AppointmentsPart = AppointmentsPart()
    evaluation: EvaluationPart = EvaluationPart()
    outage: OutagePart = OutagePart()
    unresolved_matters: UnresolvedPart = UnresolvedPart()
    voice: VoicePart = VoicePart()
    slip: SlipPart = SlipPart()
    screens: tuple[ScreenPart, ...] = ()
    kiosks: tuple[KioskPart, ...] = ()
    pagers: PagersPart = PagersPart()
    load_profile: LoadProfilePart = LoadProfilePart()
    demo_scenarios: tuple[ScenarioPart, ...] = ()
    notices: tuple[Sentence, ...] = ()


def part_at(path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The part that stands at `path`: () is the file, ("windows", 3) a window; None where no part stands."""
    part: type[BaseModel] | None = HallFile
    for step in path:
        if isinstance(step, str):
            part = _part_in(_fields(part).get(step)) if part else None
    return part


def keys_of(part: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a part as they are written in the file."""
    return tuple(_fields(part))


def _fields(part: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in part.model_fields.items()}


def _part_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_part_in(each) for each in get_args(annotation))
    return next((part for part in found if part is not None), None)
