"""What every storage promises: all or nothing, on disk before it is told, and back exactly as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text

from server.adapters import tables
from server.adapters.storage import SqlStorage, connect
from server.domain import events
from server.domain.announcements import Announcement, Kind
from server.domain.floor import Floor
from server.services import calling, visits
from server.services.ports import Remembered
from tests.living_hall import LivingHall
from tests.makers import NOW, TODAY
from tests.random_day import deeds_of

Open = Callable[..., SqlStorage]
ODD = datetime(2026, 11, 24, 23, 59, 59, 999_999, tzinfo=UTC)


def issued(number: int = 1, queue: str = "A") -> events.TicketIssued:
    ticket = f"{queue}{number}"
    return events.TicketIssued(ticket, f"t-{ticket}", queue, number, f"{queue}{number:03d}", "kiosk", "pending")


def record(storage: SqlStorage, *happened: events.Event, at: datetime = NOW) -> None:
    """One unit of work."""
    with storage.unit_of_work() as uow:
        for event in happened:
            uow.record(event, at=at, business_day=TODAY, actor="staff:工号001")
        uow.commit()


def parts(floor: Floor) -> dict[str, object]:
    """The floor field by field; indexes as what they find. What may be taken back is known to one process only."""
    names = [field.name for field in fields(floor) if not field.name.startswith("_") and field.name != "steps"]
    plain = {name: getattr(floor, name) for name in names}
    lines = {queue: list(floor.waiting(queue)) for queue in "ABNS"}
    clerks = {ticket.clerk for ticket in floor.all_tickets() if ticket.clerk}
    of_clerks = {clerk: {ticket.id for ticket in floor.tickets_of_clerk(clerk)} for clerk in clerks}
    return {**plain, "lines": lines, "of clerks": of_clerks}


# -- all or nothing ----------------------------------------------------------------------------------------------


def test_leaving_without_commit_changes_nothing(storage: SqlStorage, open_database: Open) -> None:
    with storage.unit_of_work() as uow:
        uow.record(events.DayBegan(TODAY), at=NOW, business_day=TODAY, actor="x")
        uow.note(TODAY, "a reason")
    assert (storage.floor.seq, open_database().floor.seq, storage.entries_after(0, 9)) == (0, 0, [])
    record(storage, events.DayBegan(TODAY))
    assert storage.floor.seq == 1


def test_an_error_inside_changes_nothing(storage: SqlStorage, open_database: Open) -> None:
    def broken() -> None:
        with storage.unit_of_work() as uow:
            uow.record(issued(), at=NOW, business_day=TODAY, actor="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert (storage.floor.tickets, open_database().floor.tickets) == ({}, {})


def test_nothing_can_be_seen_before_the_commit(storage: SqlStorage, open_database: Open) -> None:
    reader = open_database()
    with storage.unit_of_work() as uow:
        uow.record(issued(), at=NOW, business_day=TODAY, actor="x")
        assert (reader.entries_after(0, 9), storage.floor.tickets) == ([], {})
        assert [ticket.number for ticket in uow.draft.all_tickets()] == ["A001"]
        uow.commit()
    assert [entry.kind for entry in reader.entries_after(0, 9)] == ["TicketIssued"]
    assert list(storage.floor.tickets) == ["A1"]


def test_a_commit_gives_the_entries_in_order_with_numbers_without_gaps(storage: SqlStorage) -> None:
    with storage.unit_of_work() as uow:
        for number in (1, 2, 3):
            uow.record(issued(number), at=NOW, business_day=TODAY, actor="device:K1")
        entries = uow.commit()
    assert [(entry.seq, entry.actor) for entry in entries] == [(1, "device:K1"), (2, "device:K1"), (3, "device:K1")]
    record(storage, issued(4))
    assert [entry.seq for entry in storage.entries_after(0, 9)] == [1, 2, 3, 4]


def test_entries_are_read_from_a_number_on_and_so_many(storage: SqlStorage) -> None:
    record(storage, *(issued(number) for number in range(1, 6)))
    assert [entry.seq for entry in storage.entries_after(2, 2)] == [3, 4]
    assert storage.entries_after(5, 9) == []


def test_two_halls_in_one_database_know_nothing_of_each_other(storage: SqlStorage, open_database: Open) -> None:
    other = open_database("OTHER")
    record(storage, issued(1))
    record(other, issued(9))
    assert [list(each.floor.tickets) for each in (storage, other)] == [["A1"], ["A9"]]
    assert [entry.seq for entry in other.entries_after(0, 9)] == [1]
    assert list(open_database("OTHER").floor.tickets) == ["A9"]


# -- back exactly as it was --------------------------------------------------------------------------------------


def test_times_come_back_to_the_microsecond_and_in_utc(storage: SqlStorage, open_database: Open) -> None:
    record(storage, issued(), at=ODD.astimezone(timezone(timedelta(hours=8))))
    again = open_database()
    ticket = again.floor.ticket("A1")
    assert ticket is not None
    assert (ticket.issued_at, ticket.issued_at.tzinfo) == (ODD, UTC)
    assert [entry.at for entry in again.entries_after(0, 1)] == [ODD]


@pytest.mark.parametrize("seed", [3, 4])
def test_a_reopened_hall_is_the_hall_that_was_closed(hall: LivingHall, seed: int) -> None:
    for _ in deeds_of(hall, seed, tries=250):
        pass
    before = parts(hall.floor)
    assert len(hall.floor.calls) > 3, "a hall in which nothing happened proves little"
    hall.reopen()
    assert parts(hall.floor) == before


def test_a_hall_that_is_reopened_after_a_night_is_the_hall_that_ran_through_it(hall: LivingHall) -> None:
    for _ in deeds_of(hall, 5, tries=150):
        pass
    hall.at("2026-11-25T09:30:00+08:00")
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    before = parts(hall.floor)
    hall.reopen()
    assert parts(hall.floor) == before


def test_a_call_is_shown_after_a_restart_as_it_was_made(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(2)
    ticket = hall.issue("A", priority_group="老年人")
    hall.call_next(1)
    hall.let_pass(seconds=30)
    hall.at_window(calling.call_again, 1)
    hall.at_window(visits.transfer, 1, visits.Destination("B", None), "其他")
    hall.call_next(2)
    made = hall.floor.calls
    assert [(call.window, call.queue, call.calls, call.ticket) for call in made] == [
        (2, "B", 1, ticket.id),
        (1, "A", 2, ticket.id),
        (1, "A", 1, ticket.id),
    ]
    hall.reopen()
    assert hall.floor.calls == made


# -- what is kept beside the journal -----------------------------------------------------------------------------


def test_an_answer_is_kept_for_its_issuer_request_and_day(storage: SqlStorage) -> None:
    answer = Remembered("f" * 64, 201, '{"号":1}')
    with storage.unit_of_work() as uow:
        uow.remember(TODAY, "device:K1", "r1", answer)
        uow.commit()
    with storage.unit_of_work() as uow:
        assert uow.recall(TODAY, "device:K1", "r1") == answer
        elsewhere = [("device:K2", "r1", TODAY), ("device:K1", "r2", TODAY), ("device:K1", "r1", TODAY + timedelta(1))]
        assert [uow.recall(day, issuer, request) for issuer, request, day in elsewhere] == [None] * 3


def test_identities_are_found_on_their_day_and_forgotten_on_the_next(storage: SqlStorage) -> None:
    with storage.unit_of_work() as uow:
        uow.identify(TODAY, "A1", "hash")
        uow.identify(TODAY, "B1", "hash")
        uow.commit()
    with storage.unit_of_work() as uow:
        assert sorted(uow.tickets_of(TODAY, "hash")) == ["A1", "B1"]
        assert (uow.tickets_of(TODAY, "other"), uow.tickets_of(TODAY + timedelta(1), "hash")) == ([], [])
        uow.forget_identities(before=TODAY)
        assert len(uow.tickets_of(TODAY, "hash")) == 2
        uow.forget_identities(before=TODAY + timedelta(1))
        assert uow.tickets_of(TODAY, "hash") == []
        uow.commit()


def test_the_journal_holds_codes_and_ids_of_notes_never_peoples_own_words(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    hall.at_window(visits.give_back, 1, "他说他叫李某某")
    hall.pause(1, "我妈妈病了")
    hall.resume(1)
    hall.call_one(1, "A001", "特殊群体")
    written = "\n".join(line.data for line in hall.storage.lines())
    assert "李某某" not in written
    assert "妈妈" not in written
    assert '"code":"特殊群体"' in written
    ids = [entry.event.reason.note for entry in hall.journal() if hasattr(entry.event, "reason")]
    assert sorted(hall.storage.notes(filter(None, ids)).values()) == ["他说他叫李某某", "我妈妈病了"]


def test_announcements_come_back_in_the_order_they_were_made(storage: SqlStorage) -> None:
    def one(number: int, age: float) -> Announcement:
        return Announcement(number, "AZ1", Kind.CALL, NOW - timedelta(seconds=age), "文字", "A1", "A001", 1)

    with storage.unit_of_work() as uow:
        for each in (one(1, 0), one(3, 9), one(2, 9)):
            uow.announce(each)
        uow.commit()
    assert storage.pending_announcements() == [one(2, 9), one(3, 9), one(1, 0)]
    storage.update_announcement(3, state="said", ended_at=NOW)
    assert [each.id for each in storage.pending_announcements()] == [2, 1]


def test_ledgers_are_read_by_business_day(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.pause(1, minutes=3)
    hall.resume(1)
    hall.at("2026-11-25T10:00:00+08:00")
    hall.sign_on(2)
    first, second = TODAY, TODAY + timedelta(days=1)
    assert [on.window for on in hall.storage.sign_ons_between(first, first)] == [1]
    assert [on.window for on in hall.storage.sign_ons_between(first, second)] == [1, 2]
    assert [pause.window for pause in hall.storage.pauses_between(first, second)] == [1]
    assert hall.storage.pauses_between(second, second) == []


# -- on disk -----------------------------------------------------------------------------------------------------


def test_a_storage_that_can_be_asked_is_ready(storage: SqlStorage) -> None:
    assert storage.ready()


def test_sqlite_has_every_commit_on_disk_before_it_is_told(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'hall.db'}")
    with engine.connect() as connection:
        said = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "journal_mode")}
    engine.dispose()
    full = 2
    assert said == {"synchronous": full, "journal_mode": "wal"}


def test_a_writer_of_sqlite_takes_the_lock_at_once(tmp_path: Path) -> None:
    file = tmp_path / "hall.db"
    engine = connect(f"sqlite:///{file}")
    tables.metadata.create_all(engine)
    other = sqlite3.connect(file, timeout=0)
    writer = engine.connect().execution_options(writes=True)
    with writer.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    writer.close()
    with engine.connect() as connection, connection.begin():
        connection.execute(select(tables.halls)).all()
        other.execute("BEGIN IMMEDIATE")
    other.close()
    engine.dispose()
