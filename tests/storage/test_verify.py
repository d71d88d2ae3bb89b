"""The journal proves itself, and the tables are what it says: tampering is found, rebuilding gives the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from server.adapters import rebuild, tables
from server.adapters.storage import SqlStorage
from server.domain.journal import GENESIS
from server.services import arranging
from tests.living_hall import LivingHall
from tests.random_day import deeds_of


@pytest.fixture
def busy(hall: LivingHall) -> LivingHall:
    """A hall after a morning on which this and that happened, and a night."""
    for _ in deeds_of(hall, 7, tries=70):
        pass
    hall.at("2026-11-25T09:00:00+08:00")
    hall.arrange(lambda work: arranging.report_incident(work, "fault", "1A", None))
    hall.arrange(lambda work: arranging.file_leave(work, "工号004", date(2026, 11, 26), date(2026, 11, 27)))
    hall.file_closure(4, "2026-11-25T10:00:00+08:00", "2026-11-25T11:00:00+08:00")
    hall.sign_on(1)
    hall.issue("A")
    hall.call_next(1)
    assert hall.faults() == [], "whole before anybody tampers"
    return hall


def tamper(hall: LivingHall, *statements: Any) -> None:
    """Somebody with a database client changes this."""
    with hall.storage.engine.connect().execution_options(writes=True) as connection, connection.begin():
        for statement in statements:
            connection.execute(statement)


J, T = tables.journal.c, tables.tickets.c


def rows(storage: SqlStorage) -> dict[str, list[tuple[Any, ...]]]:
    """Every folded table as it stands."""
    with storage.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in tables.FOLDED
        }


# -- verify ------------------------------------------------------------------------------------------------------


def test_a_changed_text_in_the_journal_is_found(busy: LivingHall) -> None:
    changed = text("UPDATE journal SET data = replace(data, 'A001', 'A999') WHERE kind = 'TicketIssued' AND seq < 9")
    tamper(busy, changed)
    (fault,) = busy.faults()
    assert fault.startswith("journal: entry ")
    assert fault.endswith(" was changed")


@pytest.mark.parametrize("column", ["actor", "kind", "chain"])
def test_any_other_change_in_the_journal_is_found(busy: LivingHall, column: str) -> None:
    tamper(busy, update(tables.journal).where(J.seq == 5).values({column: "forged"}))
    assert busy.faults() == ["journal: entry 5 was changed"]


def test_a_removed_line_is_found(busy: LivingHall) -> None:
    tamper(busy, delete(tables.journal).where(J.seq == 5))
    assert busy.faults() == ["journal: entry 5 is missing"]


def test_a_cut_off_end_is_found(busy: LivingHall) -> None:
    last = busy.floor.seq
    tamper(busy, delete(tables.journal).where(J.seq == last))
    assert busy.faults()[0] == f"journal: the head says entry {last}, the journal ends at {last - 1}"


def test_a_cut_off_end_with_a_head_that_fits_is_found_by_the_tables(busy: LivingHall) -> None:
    last = busy.floor.seq
    chain = select(J.chain).where(J.seq == last - 1).scalar_subquery()
    tamper(busy, update(tables.halls).values(seq=last - 1, chain=chain), delete(tables.journal).where(J.seq == last))
    assert [fault.split(":")[0] for fault in busy.faults()] == ["windows", "tickets"]


@pytest.mark.parametrize("forged", [{"seq": 3}, {"chain": "0" * 64}])
def test_a_forged_head_is_found(busy: LivingHall, forged: dict[str, Any]) -> None:
    tamper(busy, update(tables.halls).values(**forged))
    (fault,) = busy.faults()
    assert fault.startswith("journal: the head says")


def test_a_changed_ticket_is_found_and_named(busy: LivingHall) -> None:
    ticket = next(iter(busy.floor.tickets))
    tamper(busy, update(tables.tickets).where(T.id == ticket).values(number="A999"))
    assert busy.faults() == [f"tickets: 1 rows differ from the journal, such as {ticket}"]


def test_an_invented_and_a_lost_row_are_found(busy: LivingHall) -> None:
    tamper(busy, delete(tables.tickets).where(T.number == "A001"), update(tables.sign_ons).values(ended_by_clock=True))
    assert [fault.split(":")[0] for fault in busy.faults()] == ["sign_ons", "tickets"]


def test_a_changed_state_of_the_day_is_found(busy: LivingHall) -> None:
    tamper(busy, update(tables.halls).values(phase="closed"))
    assert busy.faults() == ["halls: the state of the day differs from the journal"]


def test_an_empty_journal_is_whole(storage: SqlStorage) -> None:
    assert rebuild.faults(storage) == []
    assert storage.floor.chain == GENESIS


# -- rebuild -----------------------------------------------------------------------------------------------------


def test_rebuilt_tables_are_the_same_tables(busy: LivingHall) -> None:
    before = rows(busy.storage)
    assert sum(map(len, before.values())) > 20, "tables with little in them prove little"
    assert rebuild.rebuild(busy.storage) == sum(map(len, before.values()))
    assert rows(busy.storage) == before
    assert busy.faults() == []


@pytest.mark.parametrize("table", tables.FOLDED, ids=lambda table: table.name)
def test_a_table_that_was_spoilt_is_made_again(busy: LivingHall, table: Any) -> None:
    before = rows(busy.storage)
    tamper(busy, delete(table))
    assert busy.faults()
    rebuild.rebuild(busy.storage)
    assert rows(busy.storage) == before


def test_the_state_of_the_day_is_made_again(busy: LivingHall) -> None:
    tamper(busy, update(tables.halls).values(phase="closed", issuing=False))
    rebuild.rebuild(busy.storage)
    assert busy.faults() == []


def test_rebuilding_one_hall_leaves_the_others_alone(
    busy: LivingHall, open_database: Callable[[str], SqlStorage]
) -> None:
    other = open_database("OTHER")
    tamper(
        busy,
        tables.queues.insert().values(
            hall="OTHER", prefix="A", business_day=busy.floor.day.business_day, last_sequence=7, turn="{}"
        ),
    )
    rebuild.rebuild(busy.storage)
    with other.engine.connect() as connection:
        kept = connection.execute(select(tables.queues).where(tables.queues.c.hall == "OTHER")).all()
    assert len(kept) == 1


def test_a_rebuilt_hall_goes_on(busy: LivingHall) -> None:
    rebuild.rebuild(busy.storage)
    busy.reopen()
    busy.start(1)
    assert busy.finish(1).state == "done"
    assert busy.faults() == []
