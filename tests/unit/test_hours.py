"""The day of the sample hall: 09:00–12:00 and 14:00–17:30, Saturdays by appointment until 12:00, holidays of 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from server import hall_file
from server.domain import hours
from server.domain.duty import noon_duty_queues, planned_from_now, planned_windows, windows_in_session
from server.domain.plan import HallPlan, Season, Session
from server.settings import SAMPLE_HALL

SHANGHAI = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)
HOLIDAY = date(2026, 10, 1)
MADE_UP = date(2026, 10, 10)


@pytest.fixture(scope="module")
def plan() -> HallPlan:
    return hall_file.read(SAMPLE_HALL)


@pytest.fixture(scope="module")
def without_lunch_closing(plan: HallPlan) -> HallPlan:
    after = replace(plan.hours.after_hours, lunch_counts_as_closing=False)
    return replace(plan, hours=replace(plan.hours, after_hours=after))


@pytest.fixture(scope="module")
def with_summer(plan: HallPlan) -> HallPlan:
    summer = Season("夏季", (6, 1), (9, 30), (Session("morning", time(8, 30), time(12)),))
    return replace(plan, hours=replace(plan.hours, seasons=(*plan.hours.seasons, summer)))


def on(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)


# -- the business day ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-24T04:00:00+08:00", date(2026, 11, 24)),
        ("2026-11-24T03:59:59+08:00", date(2026, 11, 23)),
        ("2026-11-24T00:00:00+08:00", date(2026, 11, 23)),
        ("2026-11-24T23:59:59+08:00", date(2026, 11, 24)),
        ("2026-11-23T20:00:00+00:00", date(2026, 11, 24)),
        ("2026-11-23T19:59:59+00:00", date(2026, 11, 23)),
        ("2027-01-01T02:00:00+08:00", date(2026, 12, 31)),
    ],
)
def test_the_business_day_turns_at_four_in_the_halls_own_time(plan: HallPlan, now: str, day: date) -> None:
    assert hours.business_date(plan, datetime.fromisoformat(now)) == day


def test_a_business_day_lasts_from_cut_to_cut(plan: HallPlan) -> None:
    assert hours.day_begins(plan, TUESDAY) == on(TUESDAY, "04:00")
    assert hours.day_ends(plan, TUESDAY) == on(date(2026, 11, 25), "04:00")


def test_every_moment_belongs_to_the_day_it_lies_in(plan: HallPlan) -> None:
    start = datetime(2026, 12, 30, tzinfo=UTC)
    for quarter in range(4 * 24 * 4):
        now = start + timedelta(minutes=15 * quarter)
        day = hours.business_date(plan, now)
        assert hours.day_begins(plan, day) <= now < hours.day_ends(plan, day)


# -- which days ------------------------------------------------------------------------------------------------

CLOSED_2026 = [
    *(date(2026, 1, day) for day in (1, 2, 3)),
    *(date(2026, 2, day) for day in range(15, 24)),
    *(date(2026, 4, day) for day in (4, 5, 6)),
    *(date(2026, 5, day) for day in range(1, 6)),
    *(date(2026, 6, day) for day in (19, 20, 21)),
    *(date(2026, 9, day) for day in (25, 26, 27)),
    *(date(2026, 10, day) for day in range(1, 8)),
]
MADE_UP_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


@pytest.mark.parametrize("day", CLOSED_2026, ids=str)
def test_the_hall_is_closed_on_public_holidays(plan: HallPlan, day: date) -> None:
    assert hours.day_sessions(plan, day) == ()
    assert not hours.is_workday(plan, day)


@pytest.mark.parametrize(("month", "day"), MADE_UP_2026)
def test_a_made_up_weekend_day_is_an_ordinary_workday(plan: HallPlan, month: int, day: int) -> None:
    made_up = date(2026, month, day)
    assert made_up.weekday() >= 5
    assert hours.day_sessions(plan, made_up) == plan.hours.seasons[0].sessions
    assert not hours.is_appointment_only(plan, made_up)


def test_holidays_and_made_up_days_leave_248_workdays_in_2026(plan: HallPlan) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert sum(hours.is_workday(plan, day) for day in days) == 248


def test_an_ordinary_saturday_is_by_appointment_in_the_morning(plan: HallPlan) -> None:
    assert [(s.opens, s.closes) for s in hours.day_sessions(plan, SATURDAY)] == [(time(9), time(12))]
    assert hours.is_appointment_only(plan, SATURDAY)


def test_sundays_are_closed_and_saturdays_too_where_the_hall_does_not_open_them(plan: HallPlan) -> None:
    assert hours.day_sessions(plan, SUNDAY) == ()
    closed = replace(plan, hours=replace(plan.hours, saturday=replace(plan.hours.saturday, enabled=False)))
    assert hours.day_sessions(closed, SATURDAY) == ()


def test_a_holiday_on_a_saturday_is_closed(plan: HallPlan) -> None:
    assert hours.day_sessions(plan, date(2026, 10, 3)) == ()


def test_of_two_seasons_the_later_written_one_wins(with_summer: HallPlan) -> None:
    assert hours.day_sessions(with_summer, date(2026, 6, 1))[0].opens == time(8, 30)
    assert hours.day_sessions(with_summer, date(2026, 9, 30))[0].opens == time(8, 30)
    assert hours.day_sessions(with_summer, date(2026, 5, 29))[0].opens == time(9)
    assert hours.day_sessions(with_summer, date(2026, 10, 8))[0].opens == time(9)


def test_a_season_may_go_over_new_year(plan: HallPlan) -> None:
    winter = Season("冬季", (12, 1), (2, 28), (Session("morning", time(10), time(12)),))
    cold = replace(plan, hours=replace(plan.hours, seasons=(*plan.hours.seasons, winter)))
    opens = [
        hours.day_sessions(cold, day)[0].opens for day in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 4))
    ]
    assert opens == [time(9), time(10), time(10)]


def test_a_year_without_calendar_works_by_weekdays_and_is_known_to_be_unknown(plan: HallPlan) -> None:
    assert hours.calendar_known(plan, 2026)
    assert not hours.calendar_known(plan, 2027)
    assert hours.day_sessions(plan, date(2027, 10, 1))
    assert hours.day_sessions(plan, date(2027, 10, 3)) == ()


def test_a_new_years_break_alone_does_not_make_a_year_known(plan: HallPlan) -> None:
    calendar = replace(plan.calendar, closed={**plan.calendar.closed, date(2027, 1, 1): "元旦"})
    assert not hours.calendar_known(replace(plan, calendar=calendar), 2027)


# -- phases ----------------------------------------------------------------------------------------------------

PHASES = [
    # at, nobody left, somebody left
    ("04:00", "before_open", "before_open"),
    ("08:59", "before_open", "before_open"),
    ("09:00", "open", "open"),
    ("11:29", "open", "open"),
    ("11:30", "closing_soon", "closing_soon"),
    ("11:59", "closing_soon", "closing_soon"),
    ("12:00", "lunch", "after_hours"),
    ("13:59", "lunch", "after_hours"),
    ("14:00", "open", "open"),
    ("16:59", "open", "open"),
    ("17:00", "closing_soon", "closing_soon"),
    ("17:29", "closing_soon", "closing_soon"),
    ("17:30", "closed", "after_hours"),
    ("20:00", "closed", "after_hours"),
    ("23:59", "closed", "after_hours"),
]


@pytest.mark.parametrize(("clock", "empty", "waiting"), PHASES)
def test_the_phases_of_a_workday(plan: HallPlan, clock: str, empty: str, waiting: str) -> None:
    now = on(TUESDAY, clock)
    assert hours.phase(plan, now, anyone_left=False) == empty
    assert hours.phase(plan, now, anyone_left=True) == waiting


@pytest.mark.parametrize(("clock", "expected"), [("11:30", "open"), ("12:00", "lunch"), ("17:00", "closing_soon")])
def test_where_lunch_is_no_closing_people_wait_through_it(
    without_lunch_closing: HallPlan, clock: str, expected: str
) -> None:
    assert hours.phase(without_lunch_closing, on(TUESDAY, clock), anyone_left=True) == expected


def test_after_hours_service_goes_on_past_midnight_until_the_cut(plan: HallPlan) -> None:
    assert hours.phase(plan, on(date(2026, 11, 25), "03:59"), anyone_left=True) == "after_hours"
    assert hours.phase(plan, on(date(2026, 11, 25), "04:00"), anyone_left=True) == "before_open"


@pytest.mark.parametrize("day", [SUNDAY, HOLIDAY], ids=str)
@pytest.mark.parametrize("clock", ["05:00", "10:00", "18:00"])
def test_a_day_off_is_closed_all_day(plan: HallPlan, day: date, clock: str) -> None:
    assert hours.phase(plan, on(day, clock), anyone_left=True) == "closed"


def test_the_phase_is_the_halls_whatever_zone_the_moment_is_told_in(plan: HallPlan) -> None:
    assert hours.phase(plan, datetime(2026, 11, 24, 1, 0, tzinfo=UTC), anyone_left=False) == "open"
    assert hours.phase(plan, datetime(2026, 11, 24, 0, 59, 59, tzinfo=UTC), anyone_left=False) == "before_open"


@pytest.mark.parametrize(
    ("day", "clock", "left", "until"),
    [
        (TUESDAY, "08:00", False, "2026-11-24T09:00:00+08:00"),
        (TUESDAY, "10:00", False, "2026-11-24T12:00:00+08:00"),
        (TUESDAY, "11:45", False, "2026-11-24T12:00:00+08:00"),
        (TUESDAY, "12:30", False, "2026-11-24T14:00:00+08:00"),
        (TUESDAY, "12:30", True, "2026-11-24T14:00:00+08:00"),
        (TUESDAY, "17:10", False, "2026-11-24T17:30:00+08:00"),
        (TUESDAY, "18:00", False, "2026-11-25T09:00:00+08:00"),
        (date(2026, 11, 27), "18:00", False, "2026-11-28T09:00:00+08:00"),
        (SATURDAY, "13:00", False, "2026-11-30T09:00:00+08:00"),
        (date(2026, 9, 30), "18:00", False, "2026-10-08T09:00:00+08:00"),
    ],
)
def test_people_are_told_when_the_windows_open_or_close(
    plan: HallPlan, day: date, clock: str, until: str, *, left: bool
) -> None:
    assert hours.phase_until(plan, on(day, clock), anyone_left=left) == datetime.fromisoformat(until)


def test_after_hours_service_ends_when_all_are_served_so_no_time_is_told(plan: HallPlan) -> None:
    assert hours.phase_until(plan, on(TUESDAY, "18:00"), anyone_left=True) is None


# -- giving numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "issuing"),
    [
        ("04:00", False), ("08:49", False), ("08:50", True), ("09:00", True), ("11:59", True),
        ("12:00", False), ("13:49", False), ("13:50", True), ("17:29", True), ("17:30", False), ("23:00", False),
    ],
)  # fmt: skip
def test_an_ordinary_queue_gives_numbers_from_ten_minutes_before_until_closing(
    plan: HallPlan, clock: str, *, issuing: bool
) -> None:
    assert hours.issuing_open(plan, on(TUESDAY, clock), "M") is issuing


def test_over_noon_only_the_primary_queues_of_windows_on_duty_give_numbers(plan: HallPlan) -> None:
    noon = on(TUESDAY, "12:30")
    issuing = {queue.prefix for queue in plan.queues if hours.issuing_open(plan, noon, queue.prefix)}
    assert issuing == {"A", "B", "F", "K"}
    assert issuing == noon_duty_queues(plan, TUESDAY)
    assert hours.issuing_open(plan, noon)


def test_over_noon_nobody_gives_numbers_where_no_window_is_on_duty(plan: HallPlan) -> None:
    idle = replace(plan, hours=replace(plan.hours, noon_duty_windows=()))
    assert not hours.issuing_open(idle, on(TUESDAY, "12:30"))


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY, HOLIDAY], ids=str)
def test_without_a_booking_no_number_is_given_on_days_off_and_by_appointment(plan: HallPlan, day: date) -> None:
    assert not any(hours.issuing_open(plan, on(day, f"{hour:02}:30")) for hour in range(24))


def test_a_saturday_without_appointments_gives_numbers(plan: HallPlan) -> None:
    walk_in = replace(plan, hours=replace(plan.hours, saturday=replace(plan.hours.saturday, appointment_only=False)))
    assert hours.issuing_open(walk_in, on(SATURDAY, "08:50"), "M")
    assert not hours.issuing_open(walk_in, on(SATURDAY, "12:00"), "A")


def test_kiosks_do_not_open_for_the_afternoon_before_the_morning_has_closed(plan: HallPlan) -> None:
    early = replace(plan, hours=replace(plan.hours, kiosk_open_minutes_before=120))
    short = replace(
        early.hours.seasons[0], sessions=(Session("a", time(9), time(12)), Session("b", time(13), time(17)))
    )
    early = replace(early, hours=replace(early.hours, seasons=(short,)))
    assert hours.issuing_open(early, on(TUESDAY, "07:00"), "M")
    assert hours.next_issuing(early, on(TUESDAY, "11:30")) == on(TUESDAY, "12:00")


@pytest.mark.parametrize(
    ("day", "clock", "windows", "kiosks"),
    [
        (TUESDAY, "05:00", "2026-11-24T09:00", "2026-11-24T08:50"),
        (TUESDAY, "08:55", "2026-11-24T09:00", "2026-11-24T13:50"),
        (TUESDAY, "09:00", "2026-11-24T14:00", "2026-11-24T13:50"),
        (TUESDAY, "12:30", "2026-11-24T14:00", "2026-11-24T13:50"),
        (TUESDAY, "17:30", "2026-11-25T09:00", "2026-11-25T08:50"),
        (date(2026, 11, 27), "18:00", "2026-11-30T09:00", "2026-11-30T08:50"),
        (date(2026, 10, 9), "18:00", "2026-10-10T09:00", "2026-10-10T08:50"),
        (date(2026, 2, 14), "18:00", "2026-02-24T09:00", "2026-02-24T08:50"),
        (date(2026, 11, 25), "02:00", "2026-11-25T09:00", "2026-11-25T08:50"),
    ],
)
def test_the_next_opening_of_windows_and_of_kiosks(
    plan: HallPlan, day: date, clock: str, windows: str, kiosks: str
) -> None:
    now = on(day, clock)
    assert hours.next_opening(plan, now) == datetime.fromisoformat(f"{windows}:00+08:00")
    assert hours.next_issuing(plan, now) == datetime.fromisoformat(f"{kiosks}:00+08:00")


def test_with_a_booking_saturday_is_the_next_opening(plan: HallPlan) -> None:
    assert hours.next_opening(plan, on(date(2026, 11, 27), "18:00"), by_appointment=True) == on(SATURDAY, "09:00")


def test_a_hall_that_never_opens_again_has_no_next_opening(plan: HallPlan) -> None:
    days = [TUESDAY + timedelta(days=number) for number in range(500)]
    shut = replace(plan, calendar=replace(plan.calendar, closed=dict.fromkeys(days, "搬迁")))
    assert hours.next_opening(shut, on(TUESDAY, "10:00")) is None
    assert hours.next_issuing(shut, on(TUESDAY, "10:00")) is None


# -- closing and after hours -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "queue", "closing"),
    [
        ("08:00", "M", "12:00"),
        ("11:59", "M", "12:00"),
        ("12:00", "M", "17:30"),
        ("17:29", "M", "17:30"),
        ("17:30", "M", None),
        ("10:00", "B", "17:30"),
        ("10:00", None, "12:00"),
    ],
)
def test_the_closing_that_concerns_a_person(plan: HallPlan, clock: str, queue: str | None, closing: str | None) -> None:
    expected = on(TUESDAY, closing) if closing else None
    assert hours.closing_at(plan, on(TUESDAY, clock), queue) == expected


def test_where_lunch_is_no_closing_the_evening_is_the_closing(without_lunch_closing: HallPlan) -> None:
    assert hours.closing_at(without_lunch_closing, on(TUESDAY, "10:00"), "M") == on(TUESDAY, "17:30")


def test_after_hours_counts_over_noon_and_from_closing_to_the_cut(plan: HallPlan) -> None:
    cut = on(date(2026, 11, 25), "04:00")
    evening = (on(TUESDAY, "17:30"), cut)
    assert hours.after_hours_stretches(plan, TUESDAY) == ((on(TUESDAY, "12:00"), on(TUESDAY, "14:00")), evening)
    assert hours.after_hours_stretches(plan, TUESDAY, noon_duty=True) == (evening,)


def test_where_lunch_is_no_closing_only_the_evening_counts(without_lunch_closing: HallPlan) -> None:
    assert len(hours.after_hours_stretches(without_lunch_closing, TUESDAY)) == 1


def test_a_day_off_has_no_after_hours(plan: HallPlan) -> None:
    assert hours.after_hours_stretches(plan, SUNDAY) == ()


# -- planned windows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "clock", "count"),
    [
        (TUESDAY, "08:59", 0), (TUESDAY, "09:00", 42), (TUESDAY, "12:30", 4), (TUESDAY, "14:00", 42),
        (TUESDAY, "17:30", 0), (SATURDAY, "10:00", 12), (SATURDAY, "12:30", 0), (SUNDAY, "10:00", 0),
        (MADE_UP, "10:00", 42),
    ],
)  # fmt: skip
def test_how_many_windows_are_planned_now(plan: HallPlan, day: date, clock: str, count: int) -> None:
    assert len(planned_windows(plan, on(day, clock))) == count


@pytest.mark.parametrize(
    ("day", "clock", "count"),
    [
        (TUESDAY, "05:00", 42),
        (TUESDAY, "17:29", 42),
        (TUESDAY, "17:30", 0),
        (SATURDAY, "08:00", 12),
        (SUNDAY, "10:00", 0),
    ],
)
def test_how_many_windows_are_still_to_come_today(plan: HallPlan, day: date, clock: str, count: int) -> None:
    assert len(planned_from_now(plan, on(day, clock))) == count


def test_a_window_planned_for_the_morning_is_not_there_in_the_afternoon(plan: HallPlan) -> None:
    windows = tuple(replace(w, sessions=("morning",)) if w.number == 41 else w for w in plan.windows)
    half = replace(plan, windows=windows)
    assert 41 in windows_in_session(half, TUESDAY, "morning")
    assert 41 not in windows_in_session(half, TUESDAY, "afternoon")
    assert 41 in planned_from_now(half, on(TUESDAY, "11:59"))
    assert 41 not in planned_from_now(half, on(TUESDAY, "12:00"))


def test_a_window_on_noon_duty_is_still_to_come_until_noon_is_over(plan: HallPlan) -> None:
    windows = tuple(replace(w, sessions=("morning",)) if w.number == 2 else w for w in plan.windows)
    half = replace(plan, windows=windows)
    assert 2 in planned_from_now(half, on(TUESDAY, "13:59"))
    assert 2 not in planned_from_now(half, on(TUESDAY, "14:00"))


# -- changes ---------------------------------------------------------------------------------------------------


def test_the_changes_of_a_workday_in_order(plan: HallPlan) -> None:
    moments, now = [], on(TUESDAY, "04:00")
    while now < on(date(2026, 11, 25), "04:00"):
        now = hours.next_change(plan, now)
        moments.append(f"{now:%H:%M}")
    assert moments == [
        "08:50", "09:00", "11:30", "12:00", "13:50", "14:00", "17:00", "17:30", "20:00", "04:00",
    ]  # fmt: skip


def test_a_day_off_changes_at_its_cut_only(plan: HallPlan) -> None:
    assert hours.next_change(plan, on(SUNDAY, "04:00")) == on(date(2026, 11, 30), "04:00")


@pytest.mark.parametrize("left", [False, True])
def test_nothing_changes_between_two_changes(plan: HallPlan, *, left: bool) -> None:
    def facts(now: datetime) -> tuple[object, ...]:
        return (
            hours.phase(plan, now, anyone_left=left),
            hours.business_date(plan, now),
            planned_windows(plan, now),
            [hours.issuing_open(plan, now, queue.prefix) for queue in plan.queues],
        )

    now, end = on(date(2026, 9, 29), "04:00"), on(date(2026, 10, 12), "04:00")
    while now < end:
        change = hours.next_change(plan, now)
        assert change > now
        inside = [
            now + timedelta(minutes=minutes) for minutes in range(0, int((change - now).total_seconds()) // 60, 7)
        ]
        assert {str(facts(moment)) for moment in [*inside, change - timedelta(seconds=1)]} == {str(facts(now))}
        now = change


def test_a_hall_elsewhere_keeps_its_own_clock_through_summer_time(plan: HallPlan) -> None:
    berlin = replace(
        plan, timezone="Europe/Berlin", calendar=replace(plan.calendar, closed={}, makeup_workdays=frozenset())
    )
    winter, summer = date(2026, 3, 27), date(2026, 3, 30)
    assert hours.opening_hours(berlin, winter)[0][0].astimezone(UTC).time() == time(8)
    assert hours.opening_hours(berlin, summer)[0][0].astimezone(UTC).time() == time(7)


def test_the_sample_halls_zone_has_no_summer_time(plan: HallPlan) -> None:
    offsets = {on(date(2026, 1, 1) + timedelta(days=number), "12:00").utcoffset() for number in range(365)}
    assert offsets == {timedelta(hours=8)}
    assert plan.zone_info.key == "Asia/Shanghai"
