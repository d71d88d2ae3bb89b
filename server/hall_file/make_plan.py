"""A checked hall file → the frozen plan that the rules read."""

from __future__ import annotations

from server.domain import plan as domain
from server.hall_file import schema_places as places
from server.hall_file.schema import HallFile
from server.hall_file.schema_care import LoadProfilePart
from server.hall_file.schema_hours import CalendarPart, HoursPart, SaturdayPart, SessionPart
from server.hall_file.schema_rules import NoShowPart, NumberingPart, VoicePart


def make_plan(file: HallFile) -> domain.HallPlan:
    """Everything the program uses of a hall file; remarks and notes stay behind."""
    hall = file.hall
    return domain.HallPlan(
        code=hall.code,
        name=hall.name,
        short_name=hall.short_name or hall.name,
        name_en=hall.name_en,
        level=hall.level,
        timezone=hall.timezone,
        consult_phone=hall.consult_phone,
        complaint_phone=hall.complaint_phone,
        hotline=hall.hotline,
        languages=_languages(hall),
        accent=hall.accent,
        undo_seconds=file.desk.undo_seconds,
        hours=_hours(file.hours),
        calendar=_calendar(file.calendar),
        floors=tuple(domain.Floor(each.id, each.name, each.name_en) for each in file.floors),
        zones=tuple(_zone(each) for each in file.zones),
        audio_zones=tuple(_audio_zone(each) for each in file.audio_zones),
        window_types=tuple(domain.WindowType(each.id, each.name, each.name_en) for each in file.window_types),
        numbering=_numbering(file.numbering),
        queues=tuple(domain.Queue(**each.model_dump(exclude={"note"})) for each in file.queues),
        windows=tuple(_window(each) for each in file.windows),
        staff=tuple(domain.Staff(each.id, each.role, each.active) for each in file.staff),
        items=tuple(domain.Item(**each.model_dump(exclude={"note"})) for each in file.items),
        priority=domain.Priority(file.priority.groups, **file.priority.fairness.model_dump(exclude={"note"})),
        no_show=_no_show(file.no_show),
        pause=domain.PauseRules(file.pause.reasons, file.pause.short_absence_limit_minutes, file.pause.warn_at_minutes),
        desk=domain.Desk(**file.desk.model_dump(exclude={"note", "undo_seconds"})),
        voice=_voice(file.voice),
        slip=domain.SlipRules(int(file.slip.paper_mm), file.slip.lines, file.slip.advice),
        screens=tuple(domain.Screen(each.id, each.zone, each.kind, *each.size) for each in file.screens),
        kiosks=tuple(domain.Kiosk(each.id, each.zone, each.accessible) for each in file.kiosks),
        load=_load(file.load_profile),
        notices=file.notices,
    )


def _languages(hall: places.HallPart) -> tuple[str, ...]:
    default = hall.default_language.removesuffix("-CN")
    return (default, *(each for each in hall.languages if each != default))


def _hours(hours: HoursPart) -> domain.Hours:
    after = hours.after_hours
    return domain.Hours(
        seasons=tuple(
            domain.Season(each.name, each.first, each.last, _sessions(each.sessions)) for each in hours.seasons
        ),
        kiosk_open_minutes_before=hours.kiosk_open_minutes_before,
        staff_on_post_minutes_before=hours.staff_on_post_minutes_before,
        noon_duty_windows=hours.noon_duty_windows,
        saturday=_saturday(hours.saturday),
        after_hours=domain.AfterHours(
            notice_lead_minutes=after.notice_lead_minutes,
            notice_when_predicted_finish_after_close=after.notice_when_predicted_finish_after_close,
            ask_again_when_worse_by_minutes=after.ask_again_when_worse_by_minutes,
            lunch_counts_as_closing=after.lunch_counts_as_closing,
            comp_leave_threshold_minutes=after.comp_leave_threshold_minutes,
            hard_stop=after.hard_stop,
        ),
        day_reset=hours.day_reset,
    )


def _sessions(sessions: tuple[SessionPart, ...]) -> tuple[domain.Session, ...]:
    return tuple(domain.Session(each.session_name, each.opens, each.closes) for each in sessions)


def _saturday(saturday: SaturdayPart) -> domain.Saturday:
    return domain.Saturday(
        saturday.enabled, saturday.appointment_only, _sessions(saturday.sessions or ()), saturday.windows
    )


def _calendar(calendar: CalendarPart) -> domain.Calendar:
    closed = {day: holiday.name for holiday in calendar.closed for day in holiday.days()}
    return domain.Calendar(closed, frozenset(calendar.makeup_workdays))


def _zone(zone: places.ZonePart) -> domain.Zone:
    return domain.Zone(**zone.model_dump(exclude={"note"}))


def _audio_zone(zone: places.AudioZonePart) -> domain.AudioZone:
    return domain.AudioZone(zone.id, zone.name, tuple((each.opens, each.closes) for each in zone.quiet_hours))


def _numbering(numbering: NumberingPart) -> domain.Numbering:
    return domain.Numbering(
        numbering.appointment_flag,
        numbering.priority_flag,
        numbering.manual_flag,
        numbering.grow_to_four_digits,
        numbering.kiosk_block,
    )


def _window(window: places.WindowPart) -> domain.Window:
    return domain.Window(sessions=window.plan, **window.model_dump(exclude={"note", "plan"}))


def _no_show(no_show: NoShowPart) -> domain.NoShow:
    return domain.NoShow(
        calls_before_missed=no_show.calls_before_missed,
        min_seconds_between_calls=no_show.min_seconds_between_calls,
        max_calls=no_show.max_calls,
        auto_miss_after_seconds=no_show.auto_miss_after_seconds,
        reasons=no_show.reasons,
        return_allowed=no_show.recover.allowed,
        return_within_minutes=no_show.recover.within_minutes,
        return_behind=no_show.recover.insert_after_waiting,
        return_times=no_show.recover.max_times,
    )


def _voice(voice: VoicePart) -> domain.VoiceRules:
    return domain.VoiceRules(
        repeat=voice.repeat,
        repeat_when_backlog_over=voice.repeat_when_backlog.queue_over,
        repeat_in_backlog=voice.repeat_when_backlog.repeat,
        stale_after_seconds=voice.stale_after_seconds,
        read_one_as=voice.read_one_as,
        languages=voice.languages,
        templates=voice.templates,
        rate=voice.rate,
    )


def _load(load: LoadProfilePart) -> domain.LoadProfile:
    return domain.LoadProfile(
        tickets=load.normal_day.tickets,
        multipliers={"normal": 1.0, "busy": load.busy_day.multiplier, "peak": load.peak_day.multiplier},
        hot_queue=load.peak_day.hot_queue,
        hot_queue_multiplier=load.peak_day.hot_queue_multiplier,
        hour_weights={int(hour): weight for hour, weight in load.hour_weights.items()},
        consult_share=load.normal_day.consult_share,
        phones_following_share=load.phones_following_share,
        no_show_share=load.no_show_share,
        pauses_per_clerk=load.pauses_per_clerk,
    )
