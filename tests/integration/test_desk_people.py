"""Who is at a window, how long and with whose knowledge: relief, leavers, closures, leave, lending (W1 to W7, C14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from server.domain.errors import Refused
from server.domain.tickets import SERVING, WAITING
from server.services import access, arranging, attendance, queries
from server.services.ledgers import LEDGERS
from tests.halls import hall_plan
from tests.living_hall import MANAGER, LivingHall, staff

DAY = "2026-11-24"


def refusal(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code


def ledger(hall: LivingHall, name: str) -> list[dict[str, object]]:
    day = date.fromisoformat(DAY)
    return LEDGERS[name](hall.plan, hall.storage, day, day, hall.clock.now())


# -- relief -----------------------------------------------------------------------------------------------------


def test_relief_keeps_the_window_open_with_its_visit(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    since = hall.floor.window(1).since
    hall.let_pass(minutes=2)
    hall.relieve(1, "工号004")
    window = hall.floor.window(1)
    assert (window.state, window.clerk, window.since) == ("serving", "工号004", since)
    assert refusal(lambda: hall.act(staff("工号001"), lambda work: attendance.sign_off(work, 1))) == "not_yours"
    assert hall.finish(1).first_responsible == "工号001"


def test_relief_ends_a_pause_with_its_seconds_beyond_the_limit_and_makes_two_sign_ons(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.let_pass(minutes=5)
    hall.pause(1)
    hall.let_pass(minutes=16)
    hall.relieve(1, "工号004")
    hall.let_pass(minutes=5)
    hall.sign_off(1)
    assert [(row["clerk"], row["from"], row["to"]) for row in ledger(hall, "attendance")] == [
        ("工号001", f"{DAY}T10:00:00+08:00", f"{DAY}T10:21:00+08:00"),
        ("工号004", f"{DAY}T10:21:00+08:00", f"{DAY}T10:26:00+08:00"),
    ]
    (away,) = ledger(hall, "absence")
    assert (away["clerk"], away["to"], away["overrun_seconds"]) == ("工号001", f"{DAY}T10:21:00+08:00", 60)
    assert hall.faults() == []


def test_nobody_relieves_while_signed_on_elsewhere(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(2)
    assert refusal(lambda: hall.relieve(1, "工号002")) == "already_signed_on"


# -- leavers ----------------------------------------------------------------------------------------------------


def test_a_leavers_window_is_suspended_and_the_visit_is_back_at_its_place(hall: LivingHall) -> None:
    hall.sign_on(1)
    for _ in range(3):
        hall.issue("A")
        hall.let_pass(seconds=1)
    hall.call_next(1)
    hall.start(1)
    hall.deactivate("工号001")
    window = hall.floor.window(1)
    assert (window.state, window.clerk, window.ticket, window.suspended) == ("paused", None, None, True)
    shown = next(row for row in queries.picture(hall.hall, "public")["windows"] if row["number"] == 1)
    assert (shown["state"], shown["sign"]["text"]) == ("paused", "暂停服务")
    assert [ticket.number for ticket in hall.floor.waiting("A")] == ["A001", "A002", "A003"]
    assert hall.kinds()[-3:] == ["AccessEnded", "TicketGivenBack", "WindowSuspended"]
    assert hall.journal()[-1].actor == "staff:工号013"


def test_a_leaver_during_a_pause_leaves_no_pause_behind(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1)
    hall.deactivate("工号001")
    assert hall.floor.window(1).pause is None
    assert hall.let_pass(minutes=30) == 0
    assert hall.faults() == []


def test_another_clerk_takes_the_suspended_window(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.deactivate("工号001")
    assert hall.sign_on(1, "工号002").state == "open"


def test_a_leaver_who_is_nowhere_is_only_noted(hall: LivingHall) -> None:
    hall.deactivate("工号004")
    assert hall.kinds()[-1] == "AccessEnded"


# -- closures ---------------------------------------------------------------------------------------------------


def test_a_closure_begins_and_ends_at_its_times(hall: LivingHall) -> None:
    hall.sign_on(2)
    hall.file_closure(2, f"{DAY}T10:30:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.at(f"{DAY}T10:29:59+08:00")
    assert hall.floor.window(2).state == "open"
    hall.at(f"{DAY}T10:30:00+08:00")
    assert (hall.floor.window(2).state, hall.floor.window(2).clerk) == ("closed", None)
    shown = next(row for row in queries.picture(hall.hall, "public")["windows"] if row["number"] == 2)
    assert shown["sign"] == {
        "text": "暂停服务，11:00 恢复",
        "text_en": "Closed until 11:00",
        "until": f"{DAY}T11:00:00+08:00",
    }
    assert refusal(lambda: hall.sign_on(2)) == "window_closed"
    hall.at(f"{DAY}T11:00:00+08:00")
    assert hall.sign_on(2).state == "open"
    (row,) = ledger(hall, "closures")
    assert (row["state"], row["began_at"], row["ended_at"]) == (
        "over",
        f"{DAY}T10:30:00+08:00",
        f"{DAY}T11:00:00+08:00",
    )


def test_a_closure_begins_when_the_server_comes_back_after_its_time(hall: LivingHall) -> None:
    hall.file_closure(2, f"{DAY}T10:30:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.clock.set_to(f"{DAY}T10:45:00+08:00")
    hall.reopen()
    hall.settle()
    assert hall.floor.window(2).closure is not None


def test_a_closure_that_passed_while_the_server_was_down_never_begins(hall: LivingHall) -> None:
    hall.file_closure(2, f"{DAY}T10:30:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.clock.set_to(f"{DAY}T11:45:00+08:00")
    hall.reopen()
    hall.settle()
    assert hall.kinds()[-1] == "ClosureWithdrawn"
    assert hall.floor.window(2).closure is None


def test_a_closure_waits_for_the_visit_that_is_at_the_window(hall: LivingHall) -> None:
    hall.sign_on(2)
    hall.issue("B")
    hall.call_next(2)
    hall.start(2)
    hall.file_closure(2, f"{DAY}T10:01:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.let_pass(minutes=5)
    assert hall.floor.window(2).state == "serving"
    hall.finish(2)
    hall.settle()
    assert (hall.floor.window(2).state, hall.floor.window(2).closure is not None) == ("closed", True)


def test_an_unapproved_closure_never_begins_and_lapses(hall: LivingHall) -> None:
    filed = hall.file_closure(2, f"{DAY}T10:30:00+08:00", f"{DAY}T11:00:00+08:00", approved=False)
    hall.at(f"{DAY}T10:59:59+08:00")
    assert hall.floor.closures[filed.id].state == "filed"
    hall.at(f"{DAY}T11:00:00+08:00")
    assert hall.floor.closures[filed.id].state == "withdrawn"


def test_a_closure_is_approved_once_and_by_a_lead(hall: LivingHall) -> None:
    filed = hall.file_closure(2, f"{DAY}T10:30:00+08:00", f"{DAY}T11:00:00+08:00", approved=False)
    approved = hall.arrange(lambda work: arranging.approve_closure(work, filed.id))
    assert (approved.state, approved.approved_by) == ("approved", "staff:工号009")
    assert refusal(lambda: hall.arrange(lambda work: arranging.approve_closure(work, filed.id))) == "wrong_state"
    assert refusal(lambda: hall.arrange(lambda work: arranging.approve_closure(work, "none"))) == "not_found"


def test_a_running_closure_that_is_withdrawn_ends_at_once(hall: LivingHall) -> None:
    filed = hall.file_closure(2, f"{DAY}T10:00:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.settle()
    hall.let_pass(minutes=5)
    assert hall.arrange(lambda work: arranging.withdraw_closure(work, filed.id)).state == "over"
    assert hall.sign_on(2).state == "open"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2026-11-24T11:00:00+08:00", "2026-11-24T11:00:00+08:00"),
        ("2026-11-24T08:00:00+08:00", "2026-11-24T10:00:00+08:00"),
        ("2026-11-24T11:00:00+08:00", "2027-11-26T11:00:00+08:00"),
    ],
)
def test_a_closure_has_a_sensible_period(hall: LivingHall, begins: str, ends: str) -> None:
    assert refusal(lambda: hall.file_closure(2, begins, ends)) == "invalid"


def test_a_queue_that_loses_its_last_window_is_refused_and_its_people_are_told(hall: LivingHall) -> None:
    ticket = hall.issue("N")
    page = lambda: queries.ticket_page(hall.hall, hall.ticket(ticket), hall.clock.now())["ticket"]  # noqa: E731
    assert page()["stranded"] is False
    filed = hall.file_closure(3, f"{DAY}T10:00:00+08:00", f"{DAY}T18:00:00+08:00")
    hall.settle()
    assert page()["stranded"] is True
    assert refusal(lambda: hall.issue("N")) == "no_open_window"
    row = next(row for row in queries.picture(hall.hall, "kiosk")["queues"] if row["id"] == "N")
    assert row["offered"] is False
    assert hall.issue("B").queue == "B"
    hall.arrange(lambda work: arranging.withdraw_closure(work, filed.id))
    assert page()["stranded"] is False
    assert hall.issue("N").queue == "N"


def test_a_closure_for_an_hour_strands_nobody(hall: LivingHall) -> None:
    ticket = hall.issue("N")
    hall.file_closure(3, f"{DAY}T10:00:00+08:00", f"{DAY}T11:00:00+08:00")
    hall.settle()
    assert not queries.ticket_page(hall.hall, hall.ticket(ticket), hall.clock.now())["ticket"]["stranded"]
    assert hall.issue("N").state == WAITING


# -- lending ----------------------------------------------------------------------------------------------------


def test_a_lent_window_calls_from_the_other_queue_and_counts_for_it(hall: LivingHall) -> None:
    hall.sign_on(2)
    hall.issue("N")
    queue = lambda: next(row for row in queries.picture(hall.hall, "public")["queues"] if row["id"] == "N")  # noqa: E731
    assert (hall.call_next(2), queue()["open_windows"]) == (None, 0)
    assert queue()["estimate"] == {"unknown": "no_open_window"}
    hall.arrange(lambda work: attendance.lend(work, 2, "N"))
    hall.let_pass(seconds=2)
    hall.reactions.tick()
    assert queue()["open_windows"] == 1
    assert "likely_minutes" in queue()["estimate"]
    assert hall.call_next(2).number == "N001"  # type: ignore[union-attr]


def test_a_window_that_is_no_longer_lent_serves_only_its_own(hall: LivingHall) -> None:
    hall.sign_on(2)
    hall.arrange(lambda work: attendance.lend(work, 2, "N"))
    hall.arrange(lambda work: attendance.lend(work, 2, None))
    hall.issue("N")
    assert hall.call_next(2) is None


def test_lending_what_a_window_has_already_changes_nothing(hall: LivingHall) -> None:
    hall.arrange(lambda work: attendance.lend(work, 2, "N"))
    seq = hall.floor.seq
    hall.arrange(lambda work: attendance.lend(work, 2, "N"))
    hall.arrange(lambda work: attendance.lend(work, 2, "B"))
    assert hall.floor.seq == seq
    assert refusal(lambda: hall.arrange(lambda work: attendance.lend(work, 2, "X"))) == "invalid"


# -- leave, incidents, evacuation, self-check -------------------------------------------------------------------


def test_planned_leave_takes_somebody_out_of_the_plan_on_its_days(hall: LivingHall) -> None:
    plan = lambda: queries.picture(hall.hall, "manager")["staffing"]  # noqa: E731
    before = plan()
    leave = hall.arrange(
        lambda work: arranging.file_leave(work, "工号001", date(2026, 11, 24), date(2026, 11, 24)), MANAGER
    )
    assert (plan()["staff"], plan()["on_leave"]) == (before["staff"] - 1, ["工号001"])
    hall.arrange(lambda work: arranging.withdraw_leave(work, leave.id))
    assert plan() == before


def test_leave_is_of_somebody_and_does_not_end_before_it_begins(hall: LivingHall) -> None:
    days = (date(2026, 11, 25), date(2026, 11, 24))
    assert refusal(lambda: hall.arrange(lambda work: arranging.file_leave(work, "工号001", *days))) == "invalid"
    assert refusal(lambda: hall.arrange(lambda work: arranging.file_leave(work, "工号999", *days[:1] * 2))) == "invalid"


def test_an_incident_tells_the_place_and_who_looks_after_it(hall: LivingHall) -> None:
    hall.sign_on(3)
    found = hall.act(staff("工号003"), lambda work: arranging.report_incident(work, "dispute", None, "张三打李四"))
    assert (found.place, found.state) == ("3", "open")
    shown = queries.picture(hall.hall, "caller")["incidents"][0]
    assert (shown["place"], shown["zone"], shown["state"]) == ("3", "2B", "open")
    hall.arrange(lambda work: arranging.take_incident(work, found.id))
    assert refusal(lambda: hall.arrange(lambda work: arranging.take_incident(work, found.id))) == "wrong_state"
    hall.arrange(lambda work: arranging.close_incident(work, found.id, "已劝解"))
    (row,) = ledger(hall, "incidents")
    assert (row["state"], row["taken_by"], row["note"], row["closing_note"]) == (
        "closed",
        "工号009",
        "张三打李四",
        "已劝解",
    )
    assert all("张三" not in repr(entry) for entry in hall.journal())


def test_an_incident_that_is_not_over_is_still_shown_the_next_day(hall: LivingHall) -> None:
    for kind in ("fault", "lift"):
        hall.arrange(lambda work, kind=kind: arranging.report_incident(work, kind, "1A", None))  # type: ignore[misc]
    first = next(iter(hall.floor.incidents))
    hall.arrange(lambda work: arranging.close_incident(work, first, None))
    hall.at("2026-11-25T09:00:00+08:00")
    assert [row["type"] for row in queries.picture(hall.hall, "manager")["incidents"]] == ["lift"]


def test_an_evacuation_stops_calls_and_speaks_in_every_zone(hall: LivingHall) -> None:
    hall.sign_on(1)
    ticket = hall.issue("A")
    hall.arrange(lambda work: arranging.evacuate(work, on=True))
    assert refusal(lambda: hall.call_next(1)) == "evacuation"
    assert refusal(lambda: hall.call_one(1, "A001")) == "evacuation"
    assert refusal(lambda: hall.issue("A")) == "evacuation"
    assert {said.zone for said in hall.storage.pending_announcements()} == {z.id for z in hall_plan().audio_zones}
    assert all(queries.picture(hall.hall, view)["evacuation"] for view in ("public", "display", "kiosk", "caller"))
    assert queries.ticket_page(hall.hall, ticket, hall.clock.now())["evacuation"] is True
    hall.reopen()
    assert hall.floor.day.evacuation
    assert hall.faults() == []
    hall.arrange(lambda work: arranging.evacuate(work, on=False))
    assert hall.call_next(1) == hall.floor.by_number("A001")


def test_a_visit_in_service_can_be_finished_during_an_evacuation(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    assert hall.start(1).state == SERVING
    hall.arrange(lambda work: arranging.evacuate(work, on=True))
    assert hall.finish(1).state == "done"


def test_a_self_check_is_filed_by_who_sits_there(hall: LivingHall) -> None:
    results = {"voice": "fault", "console": "ok", "evaluator": "absent"}
    check = lambda work: attendance.self_check(work, 1, results)  # noqa: E731
    assert refusal(lambda: hall.act(staff("工号001"), check)) == "not_signed_on"
    hall.sign_on(1)
    assert refusal(lambda: hall.act(staff("工号002"), check)) == "not_yours"
    hall.act(staff("工号001"), check)
    (row,) = ledger(hall, "self-checks")
    assert (row["window"], row["clerk"], row["faults"], row["console"]) == (1, "工号001", "voice", "ok")


# -- pauses ------------------------------------------------------------------------------------------------------


def test_a_pause_tells_its_return_on_the_sign_and_is_acknowledged_by_the_lead(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1, minutes=10)
    row = lambda: next(w for w in queries.picture(hall.hall, "manager")["windows"] if w["number"] == 1)  # noqa: E731
    assert row()["sign"]["text"] == "暂停服务，预计 10:10 恢复"
    assert row()["pause"]["acknowledged"] is False
    hall.arrange(lambda work: attendance.acknowledge(work, 1))
    assert row()["pause"]["acknowledged"] is True
    hall.let_pass(minutes=1)
    hall.arrange(lambda work: access.record_restored(work, "工号001"))
    assert ledger(hall, "absence")[0]["acknowledged_at"] == f"{DAY}T10:00:00+08:00"


def test_the_seconds_of_a_pause_survive_a_restart_at_minute_fourteen(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1)
    hall.let_pass(minutes=14)
    hall.reopen()
    assert hall.let_pass(seconds=59) == 0
    assert hall.let_pass(seconds=1) == 1
    assert hall.kinds()[-1] == "PauseEscalated"
    assert hall.floor.window(1).overrun(hall.clock.now() + timedelta(seconds=1))
