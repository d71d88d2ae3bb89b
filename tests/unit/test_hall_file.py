"""A hall file that is right is understood."""

from __future__ import annotations

import dataclasses
import timeit
from datetime import date, time
from pathlib import Path

import pytest

from server import hall_file
from server.domain.plan import HallPlan
from server.settings import SAMPLE_HALL
from tests.unit.small_hall import SMALL_HALL, changed


def plan(text: str) -> HallPlan:
    return hall_file.read_text(text, "hall.yaml")


@pytest.fixture(scope="module")
def sample() -> HallPlan:
    return hall_file.read(SAMPLE_HALL)


def test_the_sample_hall_has_its_size(sample: HallPlan) -> None:
    counts = {name: len(getattr(sample, name)) for name in ("queues", "windows", "items", "staff", "zones", "kiosks")}
    assert counts == {"queues": 18, "windows": 42, "items": 40, "staff": 61, "zones": 7, "kiosks": 5}


def test_every_queue_item_zone_and_floor_of_the_sample_has_an_english_name(sample: HallPlan) -> None:
    parts = (sample.queues, sample.items, sample.zones, sample.floors, sample.window_types)
    names = [each.name_en for part in parts for each in part]
    assert [name for name in names if not name or not name.isascii()] == []


def test_the_letters_and_primary_queues_of_the_sample_are_those_the_hall_works_with(sample: HallPlan) -> None:
    assert "".join(sorted(queue.prefix for queue in sample.queues)) == "ABCDEFGHJKLMNPRSTX"
    assert sample.window_by_number[3].primary == ("B",)
    assert sample.window_by_number[3].secondary == ("C", "D")
    assert sample.staff_by_id["工号099"].active is False


def test_a_small_file_is_enough_and_the_rest_has_defaults() -> None:
    small = plan(SMALL_HALL)
    assert small.short_name == "试验大厅"
    assert small.numbering.kiosk_block == 40
    assert small.pause.limit_minutes == 15
    assert small.hours.day_reset == time(4)
    assert small.languages == ("zh", "en")


def test_days_of_a_holiday_are_counted_to_the_last_one() -> None:
    closed = plan(SMALL_HALL).calendar.closed
    assert sorted(closed) == [date(2026, 10, day) for day in range(1, 8)]
    assert set(closed.values()) == {"国庆节"}


@pytest.mark.parametrize("letter", ["N", "'N'", '"N"', "Ｎ"])
def test_a_bare_letter_is_a_letter_even_where_yaml_would_guess(letter: str) -> None:
    assert plan(changed("{prefix: N,", f"{{prefix: {letter},")).queues[1].prefix == "N"


@pytest.mark.parametrize("written", ["no", "off", "12345", "007", "1e3", "2026-10-01", "04:00"])
def test_words_that_yaml_takes_for_something_else_stay_as_they_were_written(written: str) -> None:
    assert plan(changed("name: 试验大厅}", f"name: {written}}}")).name == written


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("yes", True), ("on", True), ("False", False)])
def test_yes_and_true_mean_the_same_where_a_yes_or_no_is_wanted(written: str, meant: bool) -> None:
    text = changed("primary: [N],", f"primary: [N], tidal: {written},")
    assert plan(text).window_by_number[2].tidal is meant


@pytest.mark.parametrize("written", ["04:30", "4:30", '"04:30"', "04：30"])
def test_a_time_of_day_needs_no_quotation_marks(written: str) -> None:
    assert plan(SMALL_HALL.replace("  noon", f"  day_reset: {written}\n  noon")).hours.day_reset == time(4, 30)


def test_sessions_are_named_by_their_time() -> None:
    sessions = plan(SMALL_HALL).hours.seasons[0].sessions
    assert [(session.name, session.opens, session.closes) for session in sessions] == [
        ("morning", time(9), time(12)),
        ("afternoon", time(14), time(17, 30)),
    ]


def test_a_session_through_noon_is_a_day_and_one_may_be_given_a_name() -> None:
    text = changed(
        '[["09:00", "12:00"], ["14:00", "17:30"]]', '[["09:00", "17:00"], {name: 夜市, from: 18:00, to: 19:30}]'
    )
    assert [session.name for session in plan(text).hours.seasons[0].sessions] == ["day", "夜市"]


def test_a_plan_and_a_quota_speak_of_sessions() -> None:
    text = changed("primary: [N],", "primary: [N], plan: [morning],").replace(
        "name: 办事, zone: 1A,", "name: 办事, zone: 1A, quota: {morning: 60, afternoon: 40},"
    )
    small = plan(text)
    assert small.window_by_number[2].sessions == ("morning",)
    assert small.queue_by_prefix["N"].quota == {"morning": 60, "afternoon": 40}


def test_remarks_for_people_change_nothing() -> None:
    remarked = SMALL_HALL.replace("calendar:", "calendar:\n  source_2026: 通知\n  year_2027: 尚未公布").replace(
        "{id: K1, zone: 1A}", "{id: K1, zone: 1A, note: 靠门}"
    )
    assert plan(remarked) == plan(SMALL_HALL)


def test_the_default_language_comes_first() -> None:
    assert plan(changed("name: 试验大厅}", "name: 试验大厅, default_language: en}")).languages == ("en", "zh")
    assert plan(changed("name: 试验大厅}", "name: 试验大厅, default_language: zh-CN}")).languages == ("zh", "en")


def test_quiet_hours_and_screen_sizes_are_read() -> None:
    text = changed("name: 一楼广播}", 'name: 一楼广播, quiet_hours: [["12:30", "13:30"]]}')
    small = plan(text + "screens: [{id: MS1, zone: 1A, kind: main, size: 1080x1920}]\n")
    assert small.audio_zones[0].quiet_hours == ((time(12, 30), time(13, 30)),)
    assert (small.screens[0].width, small.screens[0].height) == (1080, 1920)


def test_an_anchor_may_be_used_again() -> None:
    text = changed("{id: general, name: 综合窗口}", "{id: &kind general, name: 综合窗口}").replace(
        "number: 2, zone: 1A, type: general", "number: 2, zone: 1A, type: *kind"
    )
    assert plan(text).window_by_number[2].type == "general"


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hall.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL_HALL.encode())
    assert hall_file.read(path) == plan(SMALL_HALL)


def test_the_sample_hall_is_read_in_a_moment() -> None:
    fastest = min(timeit.repeat(lambda: hall_file.read(SAMPLE_HALL), number=1, repeat=3))
    assert fastest < 0.15


def test_everything_the_rules_read_is_frozen(sample: HallPlan) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        sample.windows[0].number = 7  # type: ignore[misc]
