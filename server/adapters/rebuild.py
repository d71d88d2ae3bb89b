"""Making the folded tables again from the journal, and proving that they are what the journal says."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete

from server.adapters import tables
from server.adapters.records import FOLDED, Record
from server.adapters.storage import WRITES, SqlStorage
from server.domain import events
from server.domain.draft import Draft
from server.domain.floor import DayState, Floor
from server.domain.journal import GENESIS, Entry, first_fault

Folded = dict[str, dict[Any, dict[str, Any]]]


def fold(storage: SqlStorage) -> tuple[Folded, DayState]:
    """The rows of every folded table as the journal alone gives them, and the state of the day."""
    floor = Floor(chain=GENESIS)
    found: Folded = {record.table.name: {} for record, _ in FOLDED}
    for line in storage.lines():
        entry = Entry(line.seq, line.at, line.business_day, line.actor, events.from_data(line.kind, line.data))
        draft = Draft(floor)
        draft.apply(entry)
        for record, name in FOLDED:
            for key, value in getattr(draft, name).items():
                found[record.table.name][key] = record.row(storage.hall, value)
        floor.merge(draft)
    return found, floor.day


def kept(storage: SqlStorage) -> Folded:
    """The same rows as the tables have them now."""
    with storage.engine.connect() as connection:
        return {
            record.table.name: {
                getattr(value, record.key): record.row(storage.hall, value)
                for value in storage.values_of(connection, record)
            }
            for record, _ in FOLDED
        }


def rebuild(storage: SqlStorage) -> int:
    """Make the folded tables again from the journal, in one transaction; gives how many rows they have."""
    found, day = fold(storage)
    with storage.engine.connect().execution_options(**WRITES) as connection, connection.begin():
        for record, _name in reversed(FOLDED):
            _refill(connection, storage.hall, record, list(found[record.table.name].values()))
        connection.execute(tables.halls.update().where(tables.halls.c.code == storage.hall).values(**vars(day)))
    return sum(len(rows) for rows in found.values())


def _refill(connection: Connection, hall: str, record: Record, rows: list[dict[str, Any]]) -> None:
    connection.execute(delete(record.table).where(record.table.c.hall == hall))
    for start in range(0, len(rows), 1000):
        connection.execute(record.table.insert(), rows[start : start + 1000])


def faults(storage: SqlStorage) -> list[str]:
    """Everything that is wrong: a broken chain, a head that does not fit, tables that differ from the journal."""
    broken = first_fault(storage.key, storage.lines())
    if broken is not None:
        return [f"journal: {broken[1]}"]
    found: list[str] = []
    with storage.engine.connect() as connection:
        head = connection.execute(tables.halls.select().where(tables.halls.c.code == storage.hall)).one()
    last = None
    for last in storage.lines():  # noqa: B007  only the last line is wanted
        pass
    if (head.seq, head.chain) != ((last.seq, last.chain) if last else (0, GENESIS)):
        found.append(f"journal: the head says entry {head.seq}, the journal ends at {last.seq if last else 0}")
    wanted, day = fold(storage)
    if DayState(*(getattr(head, name) for name in vars(day))) != day:
        found.append("halls: the state of the day differs from the journal")
    for table, rows in kept(storage).items():
        differing = [key for key in {*rows, *wanted[table]} if rows.get(key) != wanted[table].get(key)]
        if differing:
            found.append(f"{table}: {len(differing)} rows differ from the journal, such as {differing[0]}")
    return found
