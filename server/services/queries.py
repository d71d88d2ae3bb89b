"""What can be asked without changing anything: the hall, pictures, news, one ticket."""

from __future__ import annotations

from datetime import datetime

from server.domain import duty, hours, incidents
from server.domain.errors import Refused
from server.domain.plan import HallPlan, Kiosk, Queue, Screen
from server.domain.tickets import WAITING, Ticket
from server.services import arranging, rows
from server.services.hall import Hall
from server.services.rows import Row
from server.services.times import local_iso, local_iso_or_none
from server.services.work import Work


def ticket_body(hall: Hall, work: Work, ticket: Ticket) -> Row:
    """The answer of a command about a ticket, for its holder."""
    estimate = hall.estimates.told_of(work.draft, ticket, work.now)
    answer = rows.ticket_answer(hall.plan, work.draft, ticket, estimate, work.now, hall.public_url)
    return {"ticket": answer | {"notice": notice_of(hall.plan, ticket)}}


def window_body(hall: Hall, work: Work, number: int, ticket: Ticket | None) -> Row:
    """The answer of a command at a window: the window, the ticket acted on, and the entry it became."""
    window = hall.plan.window_by_number[number]
    phase = work.draft.day.phase
    row = rows.window_row(hall.plan, work.draft, window, phase, [], {})
    for late in ("next", "today"):  # these come with the news, they would cost every press
        del row[late]
    shown = rows.ticket_row(hall.plan, ticket) if ticket is not None else None
    return {"window": row, "ticket": shown, "seq": work.draft.seq}


def ticket_page(hall: Hall, ticket: Ticket, now: datetime) -> Row:
    """What the page of a ticket shows (P1)."""
    floor = hall.storage.floor
    estimate = hall.estimates.told_of(floor, ticket, now)
    answer = rows.ticket_answer(hall.plan, floor, ticket, estimate, now, hall.public_url)
    near_closing = {"notice": notice_of(hall.plan, ticket), "choice_due": choice_due(hall.plan, ticket, estimate, now)}
    return {
        "ticket": answer | near_closing,
        "hall": {"short_name": hall.plan.short_name, "name": hall.plan.name, "hotline": hall.plan.hotline},
        "evacuation": floor.day.evacuation,
        "now": local_iso(hall.plan, now),
        "seq": hall.board.seq,
    }


def find_ticket(hall: Hall, token: str, now: datetime) -> Ticket:
    """The ticket of a secret link; dead at the end of the business day."""
    ticket = hall.storage.floor.by_token(token)
    if ticket is None or ticket.business_day != hours.business_date(hall.plan, now):
        raise Refused("not_found")
    return ticket


def notice_of(plan: HallPlan, ticket: Ticket) -> Row | None:
    """The after-hours notice for slip and phone, where the citizen chose to wait (4.3.4.2)."""
    if ticket.after_hours_choice != "wait" or ticket.promise is None:
        return None
    closes = hours.closing_at(plan, ticket.issued_at, ticket.queue)
    if closes is None or ticket.promise.finish_at <= closes:
        return None
    done = ticket.promise.finish_at.astimezone(plan.zone_info)
    return {
        "text": f"下班时间 {closes:%H:%M}，您预计 {done:%H:%M} 办完。您选择了继续等候，本号一直有效，请放心。",
        "text_en": f"Closing time is {closes:%H:%M}; you are expected to be finished at {done:%H:%M}. "
        "You chose to wait; this number stays valid.",
        "finish_at": local_iso(plan, ticket.promise.finish_at),
    }


def choice_due(plan: HallPlan, ticket: Ticket, estimate: Row | None, now: datetime) -> Row | None:
    """What a waiting holder is still to be asked (4.3.4.2): by now they would be finished after closing."""
    finish_at = (estimate or {}).get("finish_at")
    if ticket.state != WAITING or ticket.after_hours_choice is not None or finish_at is None:
        return None
    closes = hours.closing_at(plan, now, ticket.queue)
    if closes is None or datetime.fromisoformat(finish_at) <= closes:
        return None
    return {"finish_at": finish_at, "closes_at": local_iso(plan, closes)}


def picture(hall: Hall, view: str) -> Row:
    """What a page shows first."""
    now = hall.clock.now()
    shown = hall.board.picture(view, now)
    shown["clock"] = {"now": now.astimezone(hall.plan.zone_info).isoformat(), "speed": hall.clock.speed}
    shown["notices"] = list(hall.plan.notices)
    if view == "manager":
        shown["devices"] = devices(hall)
        shown["staff"] = [{"id": person.id, "role": person.role} for person in hall.plan.staff if person.active]
    return shown


def devices(hall: Hall) -> list[Row]:
    """The kiosks and screens of the hall file with their last word: alive, printer, sound.

    A device outside hours is silent without alarm, unless its zone is always open (4.1.7.2).
    """
    plan = hall.plan
    open_now = hall.storage.floor.day.phase not in {"closed", "before_open"}
    rows_found = []
    places: tuple[Kiosk | Screen, ...] = (*plan.kiosks, *plan.screens)
    for place in places:
        beat = hall.beats.of(place.id)
        expected = open_now or plan.zone_by_id[place.zone].always_open
        rows_found.append(
            {
                "id": place.id,
                "zone": place.zone,
                "kind": "kiosk" if place.id in plan.kiosk_by_id else "screen",
                "silent": beat is not None and not beat.alive and expected,
                "last_seen": beat.seen_at if beat else None,
                "printer": beat.printer if beat else None,
                "paper_left": beat.paper_left if beat else None,
                "audio_ready": beat.audio_ready if beat else None,
            }
        )
    return rows_found


def hall_answer(hall: Hall) -> Row:
    """Everything a page needs to know of the hall that does not change during the day."""
    plan, now = hall.plan, hall.clock.now()
    return {
        **_identity(plan),
        "demo": hall.demo,
        "public_url": hall.public_url,
        "clock": {"now": now.astimezone(plan.zone_info).isoformat(), "speed": hall.clock.speed},
        "floors": [{"id": floor.id, "name": floor.name, "name_en": floor.name_en} for floor in plan.floors],
        "zones": [_zone(plan, zone.id) for zone in plan.zones],
        "audio_zones": [{"id": zone.id, "name": zone.name} for zone in plan.audio_zones],
        "queues": [_queue(plan, queue) for queue in plan.queues],
        "items": _items(plan),
        "windows": _windows(plan),
        "hours": _hours(plan, now),
        "screens": [
            {"id": s.id, "zone": s.zone, "kind": s.kind, "width": s.width, "height": s.height} for s in plan.screens
        ],
        "kiosks": [{"id": k.id, "zone": k.zone, "accessible": k.accessible} for k in plan.kiosks],
        "slip": {"paper_mm": plan.slip.paper_mm, "lines": list(plan.slip.lines), "advice": plan.slip.advice},
        "notices": list(plan.notices),
        **_rules(plan),
    }


def _identity(plan: HallPlan) -> Row:
    names = ("code", "name", "short_name", "name_en", "timezone", "accent", "hotline", "consult_phone")
    return {name: getattr(plan, name) for name in names} | {
        "complaint_phone": plan.complaint_phone,
        "languages": list(plan.languages),
    }


def _zone(plan: HallPlan, zone_id: str) -> Row:
    zone = plan.zone_by_id[zone_id]
    return {
        "id": zone.id,
        "floor": zone.floor,
        "floor_name": plan.floor_by_id[zone.floor].name,
        "name": zone.name,
        "name_en": zone.name_en,
        "audio": zone.audio,
        "route": zone.route,
        "route_en": zone.route_en,
        "supervisor": zone.supervisor,
    }


def _queue(plan: HallPlan, queue: Queue) -> Row:
    return {
        "prefix": queue.prefix,
        "name": queue.name,
        "name_en": queue.name_en,
        "type": queue.type,
        "zone": queue.zone,
        "minutes": queue.default_minutes,
        "identity_required": queue.identity_required,
        "windows": [w.number for w in plan.windows if queue.prefix in w.primary],
        "secondary_windows": [w.number for w in plan.windows if queue.prefix in w.secondary],
    }


def _items(plan: HallPlan) -> list[Row]:
    return [
        {
            "code": item.code,
            "name": item.name,
            "name_en": item.name_en,
            "queue": item.queue,
            "minutes": item.median_minutes,
            "p90_minutes": item.p90_minutes,
            "materials": list(item.materials),
            "guide_url": item.guide_url,
            "after_hours_ok": item.simple_after_hours,
            "audience": item.audience,
        }
        for item in plan.items
    ]


def _windows(plan: HallPlan) -> list[Row]:
    types = {kind.id: kind.name for kind in plan.window_types}
    return [
        {
            "number": window.number,
            "zone": window.zone,
            "type": window.type,
            "type_name": types.get(window.type, window.type),
            "primary": list(window.primary),
            "secondary": list(window.secondary),
            "low_counter": window.low_counter,
            "tidal": window.tidal,
            "default_staff": window.default_staff,
        }
        for window in plan.windows
    ]


def _hours(plan: HallPlan, now: datetime) -> Row:
    day = hours.business_date(plan, now)
    return {
        "today": [
            {"name": s.name, "opens": f"{s.opens:%H:%M}", "closes": f"{s.closes:%H:%M}"}
            for s in hours.day_sessions(plan, day)
        ],
        "issuing": hours.issuing_open(plan, now),
        "planned_now": sorted(duty.planned_windows(plan, now)),
        "next_open_at": local_iso_or_none(plan, hours.next_opening(plan, now)),
        "next_issuing_at": local_iso_or_none(plan, hours.next_issuing(plan, now)),
        "kiosk_open_minutes_before": plan.hours.kiosk_open_minutes_before,
    }


def _rules(plan: HallPlan) -> Row:
    no_show, pause = plan.no_show, plan.pause
    return {
        "priority_groups": list(plan.priority.groups),
        "miss_reasons": list(no_show.reasons),
        "pause_reasons": list(pause.reasons),
        "pause_limit_minutes": pause.limit_minutes,
        "pause_warn_minutes": pause.warn_minutes,
        "give_back_reasons": list(plan.desk.give_back_reasons),
        "hold_reasons": list(plan.desk.hold_reasons),
        "transfer_reasons": list(plan.desk.transfer_reasons),
        "call_reasons": list(plan.desk.call_reasons),
        "cancel_reasons": list(plan.desk.cancel_reasons),
        "outcomes": list(plan.desk.outcomes),
        "desk_keys": dict(plan.desk.keys),
        "number_pad": dict(plan.desk.number_pad),
        "closure_reasons": list(arranging.CLOSURE_REASONS),
        "staff_destinations": list(arranging.STAFF_DESTINATIONS),
        "incident_types": list(incidents.TYPES),
        "undo_seconds": plan.undo_seconds,
        "calls_before_missed": no_show.calls_before_missed,
        "max_calls": no_show.max_calls,
        "min_seconds_between_calls": no_show.min_seconds_between_calls,
        "return": {
            "within_minutes": no_show.return_within_minutes,
            "behind": no_show.return_behind,
            "times": no_show.return_times,
        },
        "fairness": {
            "max_consecutive_priority": plan.priority.max_consecutive_priority,
            "then_normal": plan.priority.then_normal,
        },
    }
