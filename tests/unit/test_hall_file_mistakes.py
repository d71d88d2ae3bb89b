"""A hall file that is wrong says what, where and what would be right: everything at once, in two languages."""

from __future__ import annotations

import re

import pytest

from server import hall_file
from server.hall_file import HallFileError, Mistake
from server.hall_file.explain import OTHER
from tests.unit.small_hall import SMALL_HALL, changed


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(HallFileError) as caught:
        hall_file.read_text(text, "hall.yaml")
    return caught.value.mistakes


def only(text: str) -> Mistake:
    (mistake,) = mistakes(text)
    return mistake


def line_of(text: str, fragment: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)


PLANTED = {
    "hall.colour": ("code: TEST", "code: TEST, colour: red"),
    "hall.name": ("name: 试验大厅}", 'name: ""}'),
    "hours.seasons[0].sessions": ('["14:00", "17:30"]', '["11:00", "17:30"]'),
    "hours.noon_duty_windows[0]": ("noon_duty_windows: [2]", "noon_duty_windows: [22]"),
    "calendar.closed[0].to": ("to: 2026-10-07", "to: 2026-09-07"),
    "calendar.makeup_workdays[0]": ("makeup_workdays: [2026-10-10]", "makeup_workdays: [2026-10-12]"),
    "zones[0].supervisor": ("supervisor: 工号009", "supervisor: 工号001"),
    "queues[0].prefix": ("{prefix: A,", "{prefix: V,"),
    "queues[1].default_minutes": ("default_minutes: 9", "default_minutes: nine"),
    "windows[0].primary[0]": ("primary: [A]", "primary: [Q]"),
    "windows[1].number": ("{number: 2,", "{number: 01,"),
    "staff[1].role": ("{id: 工号002, role: clerk}", "{id: 工号002, role: clark}"),
    "items[0].p90_minutes": ("p90_minutes: 8", "p90_minutes: 2"),
    "kiosks[0].zone": ("{id: K1, zone: 1A}", "{id: K1, zone: 9Z}"),
    "pause.warn_at_minutes": ("kiosks:", "pause: {short_absence_limit_minutes: 10, warn_at_minutes: 12}\nkiosks:"),
    "voice.templates.call": ("kiosks:", 'voice: {templates: {call: "请{tiket}号到{window}号窗口"}}\nkiosks:'),
}


def test_many_mistakes_in_one_file_are_all_named_each_with_its_line() -> None:
    text = SMALL_HALL
    for old, new in PLANTED.values():
        text = text.replace(old, new)
    found = {mistake.field: mistake.line for mistake in mistakes(text)}
    planted = {field: line_of(text, new.splitlines()[0]) for field, (_, new) in PLANTED.items()}
    assert planted.items() <= found.items()
    consequences = {"items[0].queue"}  # queue A is no longer there
    assert found.keys() - planted.keys() == consequences


@pytest.mark.parametrize("field", PLANTED)
def test_each_mistake_alone_is_named_at_its_line_in_both_languages(field: str) -> None:
    old, new = PLANTED[field]
    text = changed(old, new)
    mistake = next(each for each in mistakes(text) if each.field == field)
    assert mistake.line == line_of(text, new.splitlines()[0])
    assert re.search("[\u4e00-\u9fff]", mistake.message)
    assert mistake.message_en.isascii() or "工号" in mistake.message_en
    assert (mistake.message, mistake.message_en) != OTHER


def test_a_mistake_is_printed_on_one_line_with_what_would_be_allowed() -> None:
    text = changed("primary: [A]", "primary: [Q]")
    printed = str(HallFileError([next(m for m in mistakes(text) if m.field == "windows[0].primary[0]")]))
    line = line_of(text, "primary: [Q]")
    assert printed == (
        f'hall.yaml:{line}: windows[0].primary[0]: 没有队列“Q”。 / There is no queue "Q". 允许/allowed: A, N'
    )


def test_mistakes_stand_in_the_order_of_the_lines() -> None:
    text = SMALL_HALL
    for old, new in PLANTED.values():
        text = text.replace(old, new)
    lines = [mistake.line for mistake in mistakes(text)]
    assert lines == sorted(lines)


SINGLE = [
    # text to change, what to, the field, a word of the English message, something allowed
    ("schema_version: 1", "schema_version: 2", "schema_version", "one of those allowed", "1"),
    ("{code: TEST,", "{code: 试验,", "hall.code", "right form", None),
    ("name: 试验大厅}", "name: 试验大厅, accent: red}", "hall.accent", "colour", None),
    ("name: 试验大厅}", "name: 试验大厅, timezone: Asia/Chongqinq}", "hall.timezone", "time zone", "Asia/Shanghai"),
    ("name: 试验大厅}", "name: 试验大厅, languages: [zh, fr]}", "hall.languages[1]", "one of those", "en"),
    (
        "name: 试验大厅}",
        "name: 试验大厅, languages: [zh], default_language: en}",
        "hall.default_language",
        "Not among",
        "zh",
    ),
    ("name: 试验大厅}", "name: 试验大厅, fictional: maybe}", "hall.fictional", "true or false", None),
    ("to: 12-31", "to: 11-30", "hours.seasons", "12-01", None),
    ("to: 12-31", "to: 12-32", "hours.seasons[0].to", "MM-DD", None),
    ('"09:00", "12:00"', '"12:00", "09:00"', "hours.seasons[0].sessions[0].to", "after it begins", None),
    ('"09:00", "12:00"', '"9 Uhr", "12:00"', "hours.seasons[0].sessions[0].from", "HH:MM", None),
    ('["09:00", "12:00"],', '"09:00-12:00",', "hours.seasons[0].sessions[0]", '["09:00", "12:00"]', None),
    ('["09:00", "12:00"],', '["03:00", "12:00"],', "hours.seasons[0].sessions", "day_reset", None),
    ('["14:00", "17:30"]', '["14:00", "20:30"]', "hours.seasons[0].sessions", "hard_stop", None),
    ('["14:00", "17:30"]', '["12:00", "17:30"]', "hours.seasons[0].sessions", "break between", None),
    ("noon_duty_windows: [2]", "noon_duty_windows: [2, 2]", "hours.noon_duty_windows[1]", "already on line", None),
    ("noon_duty_windows: [2]", "saturday: {enabled: true}", "hours.saturday.sessions", "needs its sessions", None),
    (
        "noon_duty_windows: [2]",
        "staff_on_post_minutes_before: 3",
        "hours.staff_on_post_minutes_before",
        "at least 5",
        None,
    ),
    (
        "noon_duty_windows: [2]",
        "after_hours: {tickets_survive_closing: false}",
        "hours.after_hours.tickets_survive_closing",
        "standard requires",
        "true",
    ),
    ("from: 2026-10-01", "from: 2016-10-01", "calendar.closed[0].to", "check the year", None),
    ("from: 2026-10-01", "from: 2026-10-32", "calendar.closed[0].from", "YYYY-MM-DD", None),
    ("makeup_workdays: [2026-10-10]", "makeup_workdays: [2026-10-03]", "calendar.makeup_workdays", "both", None),
    ("{id: 1, name: 一楼}", "{id: one, name: 一楼}", "floors[0].id", "whole number", None),
    ("supervisor: 工号009", "supervisor: 工号077", "zones[0].supervisor", "no staff id", "工号009"),
    ("audio: AZ1", "audio: AZ7", "zones[0].audio", "no audio zone", "AZ1"),
    ("{id: 1A, floor: 1", "{id: 1A, floor: 3", "zones[0].floor", "no floor", "1"),
    ("{prefix: A, type: general", "{prefix: A, type: generel", "queues[0].type", "no window type", "general"),
    ("{prefix: N,", "{prefix: n,", "queues[1].prefix", "one capital letter", "A–Z"),
    (
        "name: 办事, zone: 1A,",
        "name: 办事, zone: 1A, quota: {evening: 9},",
        "queues[1].quota.evening",
        "no session",
        "morning",
    ),
    ("{number: 2, zone: 1A,", "{number: 2, zone: 1A, plan: [noon],", "windows[1].plan[0]", "no session", "afternoon"),
    ("primary: [A], secondary: [N]", "primary: [A], secondary: [A]", "windows[0].secondary[0]", "already has", None),
    ("default_staff: 工号002", "default_staff: 工号009", "windows[1].default_staff", "is area_lead", "clerk"),
    (
        "{id: 工号002, role: clerk}",
        "{id: 工号002, role: clerk, active: no}",
        "windows[1].default_staff",
        "no longer",
        None,
    ),
    ("{id: 工号002, role: clerk}", "{id: 工号001, role: clerk}", "staff[1].id", "already on line", None),
    ("median_minutes: 3", "median_minutes: -3", "items[0].median_minutes", "above 0", None),
    ("median_minutes: 3", "median_minutes: nan", "items[0].median_minutes", "finite", None),
    ("name: 办事咨询,", "name: 办事咨询, guide_url: zwfw.example,", "items[0].guide_url", "https://", None),
    (
        "{id: K1, zone: 1A}",
        "{id: K1, zone: 1A, accesible: true}",
        "kiosks[0].accesible",
        "Did you mean accessible?",
        "zone",
    ),
    ("{id: K1, zone: 1A}", "{id: K1}", "kiosks[0].zone", "missing", None),
    ("kiosks:", "numbering: {priority_flag: Y}\nkiosks:", "numbering.priority_flag", "different letters", None),
    ("kiosks:", "numbering: {reserved_letters: [Y, Z]}\nkiosks:", "numbering.reserved_letters", "flag V", None),
    ("kiosks:", "numbering: {avoid_letters: [A]}\nkiosks:", "queues[0].prefix", "taken for a digit", "B"),
    (
        "kiosks:",
        "pause: {short_absence_limit_minutes: 20}\nkiosks:",
        "pause.short_absence_limit_minutes",
        "at most 15",
        None,
    ),
    ("kiosks:", "pause: {reasons: []}\nkiosks:", "pause.reasons", "at least 1", None),
    ("kiosks:", "pause: {reasons: 用餐}\nkiosks:", "pause.reasons", "list", None),
    ("kiosks:", "no_show: {calls_before_missed: 6}\nkiosks:", "no_show.max_calls", "calls_before_missed", None),
    ("kiosks:", "priority: {order: [NORMAL]}\nkiosks:", "priority.order", "fixed", "PRIORITY"),
    ("kiosks:", "evaluation: {levels: [好, 坏]}\nkiosks:", "evaluation.levels", "5.5.1.1", "非常满意"),
    ("kiosks:", "voice: {templates: {cal: 请}}\nkiosks:", "voice.templates.cal", "no such announcement", "call"),
    ("kiosks:", "voice: {templates: {call: '请{ticket}号'}}\nkiosks:", "voice.templates.call", "{window}", "{window}"),
    ("kiosks:", "voice: {templates: {near: '{ticket.x}'}}\nkiosks:", "voice.templates.near", "placeholder", "{ahead}"),
    ("kiosks:", "voice: {read_one_as: 1}\nkiosks:", "voice.read_one_as", "one of those", "幺"),
    ("kiosks:", "slip: {paper_mm: 76}\nkiosks:", "slip.paper_mm", "one of those", "80"),
    ("kiosks:", "slip: {lines: [hall, qr]}\nkiosks:", "slip.lines", "needs its ticket", "ticket"),
    (
        "kiosks:",
        "screens: [{id: S, zone: 1A, kind: main, size: big}]\nkiosks:",
        "screens[0].size",
        "WIDTHxHEIGHT",
        None,
    ),
    ("kiosks:", "load_profile: {hour_weights: {09: 0.5}}\nkiosks:", "load_profile.hour_weights", "add up to 1", None),
    ("kiosks:", "load_profile: {hour_weights: {25: 1}}\nkiosks:", "load_profile.hour_weights", "00 to 23", None),
    (
        "kiosks:",
        "load_profile: {peak_day: {hot_queue: L}}\nkiosks:",
        "load_profile.peak_day.hot_queue",
        "no queue",
        "N",
    ),
    ("kiosks:", "notices: 您好\nkiosks:", "notices", "list", None),
    ("kiosks:", "notices:\nkiosks:", "notices", "empty", None),
    ("kiosks:", "kiosk: []\nkiosks:", "kiosk", "Did you mean kiosks?", "kiosks"),
]


def with_change(old: str, new: str) -> str:
    return SMALL_HALL.replace("\nkiosks:", f"\n{new}") if old == "kiosks:" else changed(old, new)


@pytest.mark.parametrize(("old", "new", "field", "english", "allowed"), SINGLE)
def test_one_mistake_is_explained(old: str, new: str, field: str, english: str, allowed: str | None) -> None:
    found = [mistake for mistake in mistakes(with_change(old, new)) if mistake.field == field]
    assert [mistake for mistake in found if english in mistake.message_en], found
    assert allowed is None or allowed in found[0].allowed
    assert re.search("[\u4e00-\u9fff]", found[0].message)


def test_a_queue_that_no_window_serves_is_a_mistake() -> None:
    text = changed(
        "  - {prefix: N,", "  - {prefix: B, type: general, name: 帮办, zone: 1A, default_minutes: 5}\n  - {prefix: N,"
    )
    assert (only(text).field, only(text).message_en[:22]) == ("queues[1].prefix", "No window serves queue")


def test_kiosk_blocks_must_leave_numbers_to_the_server() -> None:
    three = changed("[{id: K1, zone: 1A}]", "[{id: K1, zone: 1A}, {id: K2, zone: 1A}, {id: K3, zone: 1A}]")
    mistake = only(three + "numbering:\n  kiosk_block: 300\n")
    assert (mistake.field, mistake.line) == ("numbering.kiosk_block", three.count("\n") + 2)
    assert "at most 266" in mistake.message_en


def test_one_mistake_does_not_make_others_out_of_what_refers_to_it() -> None:
    broken_queue = changed("name: 咨询, zone: 1A, default_minutes: 3}", "name: 咨询, zone: 1A, default_minutes: 0}")
    assert only(broken_queue).field == "queues[0].default_minutes"


def test_a_list_that_is_no_list_and_a_file_that_is_no_group_are_told() -> None:
    assert only("- a\n- b\n").message_en == "Must be a group of key: value."
    assert only("你好\n").message_en == "Must be a group of key: value."
    assert [m.field for m in mistakes(changed("kiosks: [{id: K1, zone: 1A}]", "kiosks: {id: K1}"))] == ["kiosks"]


def test_what_pydantic_itself_would_say_never_appears() -> None:
    texts = [with_change(old, new) for old, new, *_ in SINGLE]
    said = " ".join(mistake.message_en for text in texts for mistake in mistakes(text))
    for phrase in ("Input should", "Extra inputs", "Field required", "valid integer", "Value error"):
        assert phrase not in said
    assert OTHER[1] not in said
