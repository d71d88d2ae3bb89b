"""The equipment of a window as the morning self-check finds it (W8, clause 4.2.1.2 a): its screen, its loudspeaker."""

from __future__ import annotations

from datetime import UTC, datetime

from server.domain import windows
from server.domain.announcements import Announcement, Kind
from server.domain.plan import HallPlan, Window
from server.domain.sentences import notice_sentence
from server.services.announcing import NOT_YET
from server.services.hall import Hall
from server.services.rows import Row
from server.services.times import local_iso_or_none
from server.services.work import Work


def screen_of(number: int) -> str:
    """The name under which the screen above a window tells that it lives."""
    return f"W{number}"


def equipment_row(hall: Hall, window: Window) -> Row:
    """What the server knows of a window's equipment now."""
    beat = hall.beats.of(screen_of(window.number))
    zone = hall.plan.zone_by_id[window.zone].audio
    return {
        "window": window.number,
        "machine_now": datetime.fromtimestamp(hall.clock.wall(), UTC).isoformat(timespec="milliseconds"),
        "screen": {"alive": beat is not None and beat.alive, "seen_at": beat.seen_at if beat else None},
        "voice": {
            "zone": zone,
            "loudspeaker": hall.announcer.has_master(zone),
            "tested_at": local_iso_or_none(hall.plan, _last_test(hall, zone)),
        },
    }


def test_call(work: Work, number: int) -> datetime:
    """Say the sentence of a test in the window's zone; it calls nobody. Gives the machine's time of the wish."""
    windows.require_clerk(work.window(number), work.actor.id)
    zone = work.plan.zone_by_id[work.window_plan(number).zone].audio
    if zone is not None:
        work.uow.announce(Announcement(NOT_YET, zone, Kind.NOTICE, work.real_at, _test_sentence(work.plan)))
    return work.real_at


def _test_sentence(plan: HallPlan) -> str:
    return notice_sentence("test", plan.voice).text


def _last_test(hall: Hall, zone: str | None) -> datetime | None:
    return None if zone is None else hall.storage.last_said(zone, _test_sentence(hall.plan))
