"""The database of a hall: one writer at a time, journal and tables in one transaction.

A unit of work locks the hall's row, so that two processes can never number or call at once; within one process a
lock comes before it, because SQLite's own waiting would stop every greenlet. The floor in memory is the fold of the
journal; when another process wrote meanwhile, the unit of work first catches up.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, create_engine, event, func, or_, select
from sqlalchemy.engine import make_url

from server.adapters import tables
from server.adapters.records import CLOSURES, INCIDENTS, LEAVES, PAUSES, QUEUES, SIGN_ONS, TICKETS, WINDOWS, Record
from server.adapters.unit_of_work import SqlUnitOfWork
from server.domain import events
from server.domain.announcements import Announcement, Kind
from server.domain.attendance import Pause, SignOn
from server.domain.closures import APPROVED, FILED, RUNNING, Closure
from server.domain.draft import Draft
from server.domain.floor import CALLS_KEPT, CallMade, DayState, Floor, call_made, is_shown
from server.domain.incidents import CLOSED, Incident
from server.domain.journal import GENESIS, Entry, Line
from server.domain.tickets import OPEN

WRITES = {"writes": True}


def connect(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`, set so that an acknowledged command is on disk."""
    engine = create_engine(url, pool_pre_ping=False)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" says BEGIN itself, see below
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the write lock at once: a transaction that upgrades later can fail half way."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class SqlStorage:
    """Reads and writes one hall. `floor` is the hall as it stands after the last unit of work."""

    def __init__(self, engine: Engine, hall: str, key: bytes) -> None:
        self.engine = engine
        self.hall = hall
        self.key = key
        self.floor = Floor(chain=GENESIS)
        self._lock = threading.Lock()
        self._lock_hall = select(tables.halls.c.seq).where(tables.halls.c.code == hall).with_for_update()
        self._writer = engine.connect().execution_options(**WRITES)

    def open(self) -> None:
        """Make sure the hall has its row, and load the floor."""
        with self.engine.connect().execution_options(**WRITES) as connection, connection.begin():
            if connection.execute(select(tables.halls.c.code).where(tables.halls.c.code == self.hall)).first() is None:
                row = {"code": self.hall, "seq": 0, "chain": GENESIS, "phase": "closed"}
                row |= {"issuing": False, "evacuation": False}
                connection.execute(tables.halls.insert(), row)
        with self.engine.connect() as connection:
            self.floor = self._load(connection)

    def close(self) -> None:
        """Give every connection back."""
        self._writer.close()
        self.engine.dispose()

    def ready(self) -> bool:
        """Whether the database answers."""
        with self.engine.connect() as connection:
            return connection.execute(select(tables.halls.c.seq)).first() is not None

    # writing

    @contextmanager
    def unit_of_work(self) -> Iterator[SqlUnitOfWork]:
        """One transaction on the hall; leaving without `commit` rolls back."""
        with self._lock, self._writer.begin() as transaction:
            head = self._writer.execute(self._lock_hall).one()
            if head.seq != self.floor.seq:
                self._catch_up(self._writer)
            work = SqlUnitOfWork(self._writer, transaction, self.hall, self.key, self.floor)
            yield work
            if not work.committed:
                transaction.rollback()

    def _catch_up(self, connection: Connection) -> None:
        """Fold in what another process wrote since."""
        for entry in self._entries(connection, self.floor.seq):
            draft = Draft(self.floor)
            draft.apply(entry)
            self.floor.merge(draft)
        row = connection.execute(select(tables.halls.c.chain).where(tables.halls.c.code == self.hall)).one()
        self.floor.chain = row.chain

    # loading

    def _load(self, connection: Connection) -> Floor:
        hall = connection.execute(select(tables.halls).where(tables.halls.c.code == self.hall)).one()
        day = DayState(hall.business_day, hall.phase, hall.phase_until, hall.issuing, hall.evacuation)
        floor = Floor(seq=hall.seq, chain=hall.chain, day=day)
        today = hall.business_day
        t = tables.tickets.c
        for ticket in self.values_of(connection, TICKETS, or_(t.business_day == today, t.state.in_(OPEN))):
            floor.put_ticket(ticket)
        floor.windows = {window.number: window for window in self.values_of(connection, WINDOWS)}
        floor.queues = {queue.prefix: queue for queue in self.values_of(connection, QUEUES)}
        for record, kept in ((SIGN_ONS, floor.sign_ons), (PAUSES, floor.pauses)):
            c = record.table.c
            lasting = or_(c.business_day == today, c.ended_at.is_(None))
            kept.update({value.id: value for value in self.values_of(connection, record, lasting)})
        self._load_arrangements(connection, floor)
        floor.calls = self._latest_calls(connection, floor)
        return floor

    def _load_arrangements(self, connection: Connection, floor: Floor) -> None:
        """Closures, incidents and leaves that are of today or still to come."""
        today = floor.day.business_day
        j, c, i, away = tables.journal.c, tables.closures.c, tables.incidents.c, tables.leaves.c
        began = select(func.min(j.at)).where(j.hall == self.hall, j.business_day == today).scalar_subquery()
        live = or_(c.business_day == today, c.state.in_((FILED, APPROVED, RUNNING)), c.ended_at >= began)
        unsettled = or_(i.business_day == today, i.state != CLOSED, i.closed_at >= began)
        concerned = (
            (CLOSURES, floor.closures, live),
            (INCIDENTS, floor.incidents, unsettled),
            (LEAVES, floor.leaves, away.last_day >= (today or date.min)),
        )
        for record, kept, where in concerned:
            kept.update({value.id: value for value in self.values_of(connection, record, where)})

    def _latest_calls(self, connection: Connection, floor: Floor) -> tuple[CallMade, ...]:
        """The calls that screens still show: each one's number of calls and time are facts of its entry."""
        j = tables.journal.c
        called = and_(j.hall == self.hall, j.business_day == floor.day.business_day, j.kind.like("TicketCalled%"))
        query = select(tables.journal).where(called).order_by(j.seq.desc())
        made: list[CallMade] = []
        for row in connection.execution_options(yield_per=CALLS_KEPT).execute(query):
            happened: Any = events.from_data(row.kind, row.data)
            ticket = floor.ticket(happened.ticket)
            if ticket is not None and is_shown(happened):
                known = replace(
                    ticket,
                    queue=happened.queue or ticket.queue,
                    window=happened.window,
                    last_called_at=row.at,
                    calls=happened.calls if isinstance(happened, events.TicketCalledAgain) else 1,
                )
                made.append(call_made(row.seq, known))
            if len(made) == CALLS_KEPT:
                break
        return tuple(made)

    def values_of(self, connection: Connection, record: Record, *where: Any) -> list[Any]:
        """Everything this hall keeps of one kind, as values."""
        query = select(record.table).where(record.table.c.hall == self.hall, *where)
        return [record.value(row) for row in connection.execute(query).mappings()]

    # reading

    def lines(self) -> Iterator[Line]:
        """The whole journal as stored, in order."""
        columns = [column for column in tables.journal.c if column.name in Line.__dataclass_fields__]
        query = select(*columns).where(tables.journal.c.hall == self.hall).order_by(tables.journal.c.seq)
        with self.engine.connect() as connection, connection.execution_options(yield_per=1000).execute(query) as rows:
            for row in rows:
                yield Line(**row._mapping)

    def entries_after(self, seq: int, limit: int) -> list[Entry]:
        """Up to `limit` entries behind `seq`."""
        with self.engine.connect() as connection:
            return list(self._entries(connection, seq, limit))

    def _entries(self, connection: Connection, seq: int, limit: int | None = None) -> Iterator[Entry]:
        j = tables.journal.c
        query = select(tables.journal).where(j.hall == self.hall, j.seq > seq).order_by(j.seq).limit(limit)
        for row in connection.execute(query):
            yield _entry(row)

    def sign_ons_between(self, first: date, last: date) -> list[SignOn]:
        """Sign-ons of these business days, both included."""
        return self._between(SIGN_ONS, first, last)

    def pauses_between(self, first: date, last: date) -> list[Pause]:
        """Pauses of these business days, both included."""
        return self._between(PAUSES, first, last)

    def closures_between(self, first: date, last: date) -> list[Closure]:
        """Closures filed on these business days."""
        return self._between(CLOSURES, first, last, "filed_at")

    def incidents_between(self, first: date, last: date) -> list[Incident]:
        """Incidents, faults and calls for help of these business days."""
        return self._between(INCIDENTS, first, last, "reported_at")

    def entries_between(self, first: date, last: date, kinds: Iterable[str]) -> list[Entry]:
        """Entries of some kinds on these business days, in order."""
        j = tables.journal.c
        query = select(tables.journal).where(
            j.hall == self.hall, j.business_day.between(first, last), j.kind.in_(list(kinds))
        )
        with self.engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query.order_by(j.seq))]

    def _between(self, record: Record, first: date, last: date, order: str = "began_at") -> list[Any]:
        with self.engine.connect() as connection:
            days = record.table.c.business_day.between(first, last)
            return sorted(self.values_of(connection, record, days), key=lambda value: (getattr(value, order), value.id))

    def numbers_of(self, tickets: Iterable[str]) -> dict[str, str]:
        """The numbers of these tickets, by id."""
        t = tables.tickets.c
        query = select(t.id, t.number).where(t.hall == self.hall, t.id.in_(list(tickets)))
        with self.engine.connect() as connection:
            return {row.id: row.number for row in connection.execute(query)}

    def notes(self, ids: Iterable[str]) -> dict[str, str]:
        """The free texts that are still kept, by id."""
        query = select(tables.notes.c.id, tables.notes.c.text).where(tables.notes.c.id.in_(list(ids)))
        with self.engine.connect() as connection:
            return {row.id: row.text for row in connection.execute(query)}

    # announcements

    def pending_announcements(self) -> list[Announcement]:
        """What is still to be said, oldest first."""
        a = tables.announcements.c
        query = select(tables.announcements).where(and_(a.hall == self.hall, a.state == "queued"))
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(a.created_at, a.id)).all()
        return [
            Announcement(r.id, r.zone, Kind(r.kind), r.created_at, r.text, r.ticket, r.number, r.window) for r in rows
        ]

    def last_said(self, zone: str, text: str) -> datetime | None:
        """When a zone last finished saying these words, on the machine's clock; None when it never did."""
        a = tables.announcements.c
        said = and_(a.hall == self.hall, a.zone == zone, a.text == text, a.state == "said")
        with self.engine.connect() as connection:
            query = select(a.ended_at).where(said).order_by(a.id.desc()).limit(1)
            found: datetime | None = connection.execute(query).scalar_one_or_none()
        return found

    def update_announcement(self, announcement_id: int, **changes: Any) -> None:
        """Note what became of an announcement."""
        a = tables.announcements
        with self._lock, self._writer.begin():
            self._writer.execute(a.update().where(a.c.hall == self.hall, a.c.id == announcement_id).values(**changes))


def _entry(row: Any) -> Entry:
    return Entry(row.seq, row.at, row.business_day, row.actor, events.from_data(row.kind, row.data))
