"""Names in a hall file that must be unique, and names that must exist elsewhere in it: two tables and their walk."""

from __future__ import annotations

from collections.abc import Iterator

from server.hall_file.mistakes import Mistake
from server.hall_file.raw import found
from server.hall_file.yaml_source import Source

# What may stand only once → what it is called. `windows.*.screen` shares its names with `screens.*.id`.
UNIQUE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("floors.*.id",), "楼层", "floor"),
    (("zones.*.id",), "区域", "zone"),
    (("audio_zones.*.id",), "广播区", "audio zone"),
    (("window_types.*.id",), "窗口类型", "window type"),
    (("queues.*.prefix",), "队列字母", "queue letter"),
    (("windows.*.number",), "窗口号", "window number"),
    (("screens.*.id", "windows.*.screen"), "屏幕", "screen"),
    (("windows.*.evaluator",), "评价器", "evaluator"),
    (("windows.*.default_staff",), "默认人员", "default staff"),
    (("staff.*.id",), "工号", "staff id"),
    (("items.*.code",), "事项编码", "item code"),
    (("kiosks.*.id",), "取号机", "kiosk"),
    (("pause.reasons.*",), "原因", "reason"),
    (("no_show.reasons.*",), "原因", "reason"),
    (("priority.groups.*",), "优先群体", "priority group"),
    (("hours.noon_duty_windows.*",), "窗口", "window"),
    (("hours.saturday.windows.*",), "窗口", "window"),
    (("calendar.makeup_workdays.*",), "调休上班日", "make-up workday"),
    *(((f"desk.{key}.*",), "选项", "choice") for key in (
        "outcomes", "call_reasons", "hold_reasons", "transfer_reasons", "give_back_reasons", "cancel_reasons"
    )),
)  # fmt: skip

# Where a name is used → where it must be defined, and what it is called.
REFERENCES: tuple[tuple[str, str, str, str], ...] = (
    ("zones.*.floor", "floors.*.id", "楼层", "floor"),
    ("zones.*.audio", "audio_zones.*.id", "广播区", "audio zone"),
    ("zones.*.supervisor", "staff.*.id", "工号", "staff id"),
    ("queues.*.zone", "zones.*.id", "区域", "zone"),
    ("queues.*.type", "window_types.*.id", "窗口类型", "window type"),
    ("windows.*.zone", "zones.*.id", "区域", "zone"),
    ("windows.*.type", "window_types.*.id", "窗口类型", "window type"),
    ("windows.*.primary.*", "queues.*.prefix", "队列", "queue"),
    ("windows.*.secondary.*", "queues.*.prefix", "队列", "queue"),
    ("windows.*.default_staff", "staff.*.id", "工号", "staff id"),
    ("items.*.queue", "queues.*.prefix", "队列", "queue"),
    ("screens.*.zone", "zones.*.id", "区域", "zone"),
    ("kiosks.*.zone", "zones.*.id", "区域", "zone"),
    ("hours.noon_duty_windows.*", "windows.*.number", "窗口", "window"),
    ("hours.saturday.windows.*", "windows.*.number", "窗口", "window"),
    ("load_profile.peak_day.hot_queue", "queues.*.prefix", "队列", "queue"),
)
MOST_TO_LIST = 40
"""A list of what is allowed that is longer than this is cut."""


def reference_mistakes(source: Source) -> Iterator[Mistake]:
    """Everything named twice, and everything named that is not there."""
    for patterns, name, name_en in UNIQUE:
        yield from _repeated(source, patterns, name, name_en)
    for used, defined, name, name_en in REFERENCES:
        known = tuple(dict.fromkeys(text for _, text in found(source.value, defined)))
        for path, text in found(source.value, used):
            if text not in known:
                yield source.mistake(path, f"没有{name}“{text}”。", f'There is no {name_en} "{text}".', _cut(known))


def _repeated(source: Source, patterns: tuple[str, ...], name: str, name_en: str) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for pattern in patterns:
        for path, text in found(source.value, pattern):
            if text in first:
                yield source.mistake(
                    path,
                    f"{name}“{text}”重复，第 {first[text]} 行已经有了。",
                    f'The {name_en} "{text}" is already on line {first[text]}.',
                )
            first.setdefault(text, source.line_of(path))


def _cut(known: tuple[str, ...]) -> tuple[str, ...]:
    return known if len(known) <= MOST_TO_LIST else (*known[:MOST_TO_LIST], "…")
