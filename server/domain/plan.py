"""The plan of a hall: everything the hall file says, as frozen values the rules can read.

The hall file is checked and read in `server/hall_file/`; nothing else makes these values.
Times of day are naive `time`s on the hall's own clock; durations say their unit in the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Floor:
    id: int
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Zone:
    """A part of a floor (区域); `audio` names its loudspeaker circuit, None is silent."""

    id: str
    floor: int
    name: str
    audio: str | None
    supervisor: str | None
    route: str = ""
    always_open: bool = False
    name_en: str = ""
    route_en: str = ""


@dataclass(frozen=True)
class AudioZone:
    """One loudspeaker circuit (广播区); no voice in its quiet hours, each a stretch [from, to) of the day."""

    id: str
    name: str
    quiet_hours: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True)
class Queue:
    """One line of people for one kind of service, named by a letter (队列)."""

    prefix: str
    type: str
    name: str
    zone: str
    default_minutes: float
    warn_waiting: int
    warn_wait_minutes: int
    max_active_per_person: int = 1
    quota: Mapping[str, int] = field(default_factory=dict)
    name_en: str = ""
    identity_required: bool = False


@dataclass(frozen=True)
class Item:
    """What a citizen comes for (事项). Minutes are service time at the window."""

    code: str
    name: str
    queue: str
    median_minutes: float
    p90_minutes: float
    audience: str = ""
    appointment: bool = False
    saturday: bool = False
    simple_after_hours: bool = False
    materials: tuple[str, ...] = ()
    guide_url: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Window:
    """A counter (窗口). Secondary queues are called only when the primary ones are empty."""

    number: int
    zone: str
    type: str
    primary: tuple[str, ...]
    secondary: tuple[str, ...] = ()
    low_counter: bool = False
    tidal: bool = False
    screen: str | None = None
    evaluator: str | None = None
    default_staff: str | None = None
    spoken_name: str | None = None
    sessions: tuple[str, ...] | None = None
    """Session names it is planned in; None means every session."""

    @property
    def queues(self) -> tuple[str, ...]:
        return self.primary + self.secondary


@dataclass(frozen=True)
class WindowType:
    id: str
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Staff:
    id: str
    role: str
    active: bool = True


@dataclass(frozen=True)
class Kiosk:
    id: str
    zone: str
    accessible: bool = False


@dataclass(frozen=True)
class Screen:
    id: str
    zone: str
    kind: str
    width: int
    height: int


@dataclass(frozen=True)
class Session:
    """One stretch of opening hours on a day, such as morning 09:00 to 12:00."""

    name: str
    opens: time
    closes: time


@dataclass(frozen=True)
class Season:
    """Opening hours between two days of the year, both included; may wrap over New Year."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Saturday:
    enabled: bool = False
    appointment_only: bool = True
    sessions: tuple[Session, ...] = ()
    windows: tuple[int, ...] = ()


@dataclass(frozen=True)
class AfterHours:
    """延时服务, clauses 4.3.4.1 to 4.3.4.4 of the standard."""

    notice_lead_minutes: int = 30
    notice_when_predicted_finish_after_close: bool = True
    ask_again_when_worse_by_minutes: int = 15
    lunch_counts_as_closing: bool = True
    comp_leave_threshold_minutes: int = 480
    hard_stop: time = time(20, 0)


@dataclass(frozen=True)
class Hours:
    seasons: tuple[Season, ...]
    kiosk_open_minutes_before: int = 10
    staff_on_post_minutes_before: int = 5
    noon_duty_windows: tuple[int, ...] = ()
    saturday: Saturday = Saturday()
    after_hours: AfterHours = AfterHours()
    day_reset: time = time(4, 0)


@dataclass(frozen=True)
class Calendar:
    closed: Mapping[date, str]
    """Public holidays by day, with their names."""
    makeup_workdays: frozenset[date]


@dataclass(frozen=True)
class Numbering:
    appointment_flag: str = "Y"
    priority_flag: str = "V"
    manual_flag: str = "Z"
    grow_to_four_digits: bool = True
    kiosk_block: int = 40
    """Numbers reserved for each kiosk, per queue and day, at the top of the three digits."""


@dataclass(frozen=True)
class Priority:
    groups: tuple[str, ...] = ()
    max_consecutive_priority: int = 3
    then_normal: int = 1


@dataclass(frozen=True)
class NoShow:
    """过号: when a call counts as missed, and how a missed person comes back."""

    calls_before_missed: int = 3
    min_seconds_between_calls: int = 20
    max_calls: int = 5
    auto_miss_after_seconds: int | None = None
    reasons: tuple[str, ...] = ("叫号三次未到",)
    return_allowed: bool = True
    return_within_minutes: int = 30
    return_behind: int = 3
    return_times: int = 1


@dataclass(frozen=True)
class PauseRules:
    """短暂离岗, clause 3.2.3."""

    reasons: tuple[str, ...] = ("临时离岗", "其他")
    limit_minutes: int = 15
    warn_minutes: int = 12


@dataclass(frozen=True)
class Desk:
    """What a clerk chooses from (clause 4.1.2.1 for the outcomes); each entry is its own code in the journal."""

    outcomes: tuple[str, ...] = ("受理", "不予受理", "一次性告知", "咨询", "领证", "转办", "其他")
    call_reasons: tuple[str, ...] = ("特殊群体", "材料已补齐", "区域负责人安排", "其他")
    hold_reasons: tuple[str, ...] = ("补充材料", "等待审核", "其他")
    transfer_reasons: tuple[str, ...] = ("业务不符", "需其他窗口办理", "联办", "其他")
    give_back_reasons: tuple[str, ...] = ("叫错号", "设备故障", "其他")
    cancel_reasons: tuple[str, ...] = ("群众放弃", "已在别处办理", "重复取号", "其他")
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys of the desk's actions that differ from the page's own, such as `call-again: F3`."""
    number_pad: Mapping[str, str] = field(default_factory=dict)
    """The same for a USB number pad (hard caller)."""


@dataclass(frozen=True)
class VoiceRules:
    repeat: int = 2
    repeat_when_backlog_over: int = 4
    repeat_in_backlog: int = 1
    stale_after_seconds: int = 60
    read_one_as: str = "幺"
    languages: tuple[str, ...] = ("zh",)
    templates: Mapping[str, str] = field(default_factory=dict)
    rate: int = 150


@dataclass(frozen=True)
class SlipRules:
    paper_mm: int = 80
    lines: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True)
class LoadProfile:
    """What the simulated visitors do (O5)."""

    tickets: int = 850
    multipliers: Mapping[str, float] = field(default_factory=dict)
    hot_queue: str | None = None
    hot_queue_multiplier: float = 1.0
    hour_weights: Mapping[int, float] = field(default_factory=dict)
    consult_share: float = 0.45
    phones_following_share: float = 0.5
    no_show_share: float = 0.04
    pauses_per_clerk: float = 1.5


@dataclass(frozen=True)
class HallPlan:
    code: str
    name: str
    short_name: str
    name_en: str
    level: str
    timezone: str
    consult_phone: str
    complaint_phone: str
    hotline: str
    languages: tuple[str, ...]
    accent: str
    undo_seconds: int
    hours: Hours
    calendar: Calendar
    floors: tuple[Floor, ...]
    zones: tuple[Zone, ...]
    audio_zones: tuple[AudioZone, ...]
    window_types: tuple[WindowType, ...]
    numbering: Numbering
    queues: tuple[Queue, ...]
    windows: tuple[Window, ...]
    staff: tuple[Staff, ...]
    items: tuple[Item, ...]
    priority: Priority
    no_show: NoShow
    pause: PauseRules
    voice: VoiceRules
    slip: SlipRules
    screens: tuple[Screen, ...]
    kiosks: tuple[Kiosk, ...]
    load: LoadProfile
    notices: tuple[str, ...] = ()
    desk: Desk = Desk()

    @cached_property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def queue_by_prefix(self) -> dict[str, Queue]:
        return {queue.prefix: queue for queue in self.queues}

    @cached_property
    def item_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def window_by_number(self) -> dict[int, Window]:
        return {window.number: window for window in self.windows}

    @cached_property
    def zone_by_id(self) -> dict[str, Zone]:
        return {zone.id: zone for zone in self.zones}

    @cached_property
    def floor_by_id(self) -> dict[int, Floor]:
        return {floor.id: floor for floor in self.floors}

    @cached_property
    def kiosk_by_id(self) -> dict[str, Kiosk]:
        return {kiosk.id: kiosk for kiosk in self.kiosks}

    @cached_property
    def screen_by_id(self) -> dict[str, Screen]:
        return {screen.id: screen for screen in self.screens}

    @cached_property
    def staff_by_id(self) -> dict[str, Staff]:
        return {person.id: person for person in self.staff}
