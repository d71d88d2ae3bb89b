"""A small hall as a hall file's text, for tests that change one thing in it."""

from __future__ import annotations

SMALL_HALL = """\
schema_version: 1
hall: {code: TEST, name: 试验大厅}
hours:
  seasons:
    - {name: 全年, from: 01-01, to: 12-31, sessions: [["09:00", "12:00"], ["14:00", "17:30"]]}
  noon_duty_windows: [2]
calendar:
  closed:
    - {name: 国庆节, from: 2026-10-01, to: 2026-10-07}
  makeup_workdays: [2026-10-10]
floors: [{id: 1, name: 一楼}]
audio_zones: [{id: AZ1, name: 一楼广播}]
zones:
  - {id: 1A, floor: 1, name: 一区, audio: AZ1, supervisor: 工号009}
window_types: [{id: general, name: 综合窗口}]
queues:
  - {prefix: A, type: general, name: 咨询, zone: 1A, default_minutes: 3}
  - {prefix: N, type: general, name: 办事, zone: 1A, default_minutes: 9}
windows:
  - {number: 1, zone: 1A, type: general, primary: [A], secondary: [N], default_staff: 工号001}
  - {number: 2, zone: 1A, type: general, primary: [N], default_staff: 工号002}
staff:
  - {id: 工号001, role: clerk}
  - {id: 工号002, role: clerk}
  - {id: 工号009, role: area_lead}
items:
  - {code: A01, name: 办事咨询, queue: A, median_minutes: 3, p90_minutes: 8}
kiosks: [{id: K1, zone: 1A}]
"""


def changed(old: str, new: str) -> str:
    """The small hall with one text replaced; the text must be there exactly once."""
    assert SMALL_HALL.count(old) == 1, old
    return SMALL_HALL.replace(old, new)
