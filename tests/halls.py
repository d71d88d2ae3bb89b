"""A hall for tests: four windows and four queues, small enough to keep in one's head."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from server.domain.plan import HallPlan, NoShow, PauseRules, Priority
from server.hall_file import read_text

TEST_HALL = """\
schema_version: 1
hall: {code: TEST, name: 试验政务服务中心, short_name: 试验大厅, hotline: "12345"}
hours:
  seasons:
    - {name: 全年, from: 01-01, to: 12-31, sessions: [["09:00", "12:00"], ["14:00", "17:30"]]}
  noon_duty_windows: [1]
  saturday: {enabled: true, appointment_only: true, sessions: [["09:00", "12:00"]], windows: [1]}
calendar:
  closed: [{name: 国庆节, from: 2026-10-01, to: 2026-10-07}]
  makeup_workdays: [2026-10-10]
floors: [{id: 1, name: 一楼}, {id: 2, name: 二楼}]
audio_zones: [{id: AZ1, name: 一楼广播}, {id: AZ2, name: 二楼广播}]
zones:
  - {id: 1A, floor: 1, name: 一楼A区, audio: AZ1, supervisor: 工号009, route: 进门右侧}
  - {id: 2B, floor: 2, name: 二楼B区, audio: AZ2, supervisor: 工号009}
  - {id: 1Z, floor: 1, name: 自助区, audio: null, supervisor: 工号009, always_open: true}
window_types: [{id: consult, name: 咨询窗口}, {id: general, name: 综合窗口}]
queues:
  - {prefix: A, type: consult, name: 咨询, zone: 1A, default_minutes: 3, warn_waiting: 3}
  - {prefix: B, type: general, name: 办事, zone: 1A, default_minutes: 9}
  - {prefix: N, type: general, name: 不动产, zone: 2B, default_minutes: 16, quota: {afternoon: 2}}
  - {prefix: S, type: general, name: 出件, zone: 1Z, default_minutes: 2}
windows:
  - {number: 1, zone: 1A, type: consult, primary: [A], secondary: [B], default_staff: 工号001}
  - {number: 2, zone: 1A, type: general, primary: [B], secondary: [A], default_staff: 工号002}
  - {number: 3, zone: 2B, type: general, primary: [N, B], default_staff: 工号003}
  - {number: 4, zone: 1Z, type: general, primary: [S], plan: [morning], default_staff: 工号004}
staff:
  - {id: 工号001, role: clerk}
  - {id: 工号002, role: clerk}
  - {id: 工号003, role: clerk}
  - {id: 工号004, role: clerk}
  - {id: 工号005, role: guide}
  - {id: 工号009, role: area_lead}
  - {id: 工号010, role: manager}
  - {id: 工号011, role: system}
  - {id: 工号012, role: audit}
  - {id: 工号013, role: security}
items:
  - {code: A01, name: 办事咨询, queue: A, median_minutes: 3, p90_minutes: 8}
  - {code: B01, name: 居住证, queue: B, median_minutes: 8, p90_minutes: 15}
  - {code: B02, name: 就业登记, queue: B, median_minutes: 6, p90_minutes: 12, name_en: Employment}
priority: {groups: [老年人, 现役军人], fairness: {max_consecutive_priority: 2, then_normal: 1}}
screens: [{id: MS1, zone: 1A, kind: main, size: 1920x1080}]
kiosks: [{id: K1, zone: 1A}, {id: K2, zone: 2B, accessible: true}]
"""

CLERK_OF = {1: "工号001", 2: "工号002", 3: "工号003", 4: "工号004"}


@cache
def hall_plan() -> HallPlan:
    """The plan of the test hall."""
    return read_text(TEST_HALL, "test-hall.yaml")


def plan_with(**rules: Any) -> HallPlan:
    """The test hall with some rules changed: `plan_with(no_show={"max_calls": 2}, undo_seconds=0)`."""
    plan = hall_plan()
    parts: dict[str, type] = {"no_show": NoShow, "pause": PauseRules, "priority": Priority}
    changed = {
        name: replace(getattr(plan, name), **wanted) if name in parts else wanted for name, wanted in rules.items()
    }
    return replace(plan, **changed)


def plan_with_after_hours(**rules: Any) -> HallPlan:
    """The test hall with some rules of 延时服务 changed."""
    hours = hall_plan().hours
    return plan_with(hours=replace(hours, after_hours=replace(hours.after_hours, **rules)))
