"""One transaction on one hall: what was recorded is written, then the draft becomes the floor."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Transaction, bindparam, func, select

from server.adapters import tables
from server.adapters.records import changes
from server.domain import events
from server.domain.announcements import Announcement
from server.domain.draft import Draft
from server.domain.floor import Floor
from server.domain.journal import Entry, Line, link
from server.services.ports import Remembered

# Statements are made once: building one anew costs as much as running it.
_R = tables.requests.c
_RECALL = select(_R.fingerprint, _R.status, _R.answer).where(
    _R.hall == bindparam("the_hall"),
    _R.business_day == bindparam("the_day"),
    _R.issuer == bindparam("the_issuer"),
    _R.request_id == bindparam("the_id"),
)
_ADD_LINES = tables.journal.insert()
_SET_HEAD = tables.halls.update().where(tables.halls.c.code == bindparam("the_hall"))
_ADD = {table: table.insert() for table in (tables.requests, tables.notes, tables.visitors, tables.announcements)}


class SqlUnitOfWork:
    """Used inside `SqlStorage.unit_of_work`; `draft` is the floor with this work's changes."""

    def __init__(self, connection: Connection, transaction: Transaction, hall: str, key: bytes, floor: Floor) -> None:
        self.draft = Draft(floor)
        self.committed = False
        self._connection = connection
        self._transaction = transaction
        self._hall = hall
        self._key = key
        self._floor = floor
        self._entries: list[Entry] = []
        self._lines: list[dict[str, Any]] = []
        self._last_announcement: int | None = None
        self._rows: list[tuple[Any, dict[str, Any]]] = []

    def record(self, event: events.Event, *, at: datetime, business_day: date, actor: str) -> Entry:
        """Append to the journal and fold into the draft."""
        entry = Entry(self.draft.seq + 1, at, business_day, actor, event)
        data = events.to_data(event)
        line = Line(self._hall, entry.seq, at, business_day, entry.kind, actor, data, chain="")
        chain = link(self._key, self.draft.chain, line)
        self._lines.append({**vars(line), "chain": chain})
        self.draft.apply(entry)
        self.draft.chain = chain
        self._entries.append(entry)
        return entry

    def recall(self, business_day: date, issuer: str, request_id: str) -> Remembered | None:
        """What this request was answered before, if it was accepted."""
        asked = {"the_hall": self._hall, "the_day": business_day, "the_issuer": issuer, "the_id": request_id}
        row = self._connection.execute(_RECALL, asked).first()
        return None if row is None else Remembered(*row)

    def remember(self, business_day: date, issuer: str, request_id: str, what: Remembered) -> None:
        """Keep the answer with the request; the database refuses a second one."""
        key = {"hall": self._hall, "business_day": business_day, "issuer": issuer, "request_id": request_id}
        self._rows.append((tables.requests, key | vars(what)))

    def note(self, business_day: date, text: str) -> str:
        """Keep free text in the erasable store; the journal has only the id."""
        note_id = secrets.token_hex(8)
        row = {"id": note_id, "hall": self._hall, "business_day": business_day, "text": text}
        self._rows.append((tables.notes, row))
        return note_id

    def announce(self, announcement: Announcement) -> None:
        """Put an announcement into its zone's queue with the call itself, so that no crash can lose it."""
        a = tables.announcements.c
        if self._last_announcement is None:
            query = select(func.coalesce(func.max(a.id), 0)).where(a.hall == self._hall)
            self._last_announcement = int(self._connection.execute(query).scalar_one())
        self._last_announcement += 1
        row = {
            "id": self._last_announcement,
            "hall": self._hall,
            "zone": announcement.zone,
            "ticket": announcement.ticket_id,
            "kind": announcement.kind.value,
            "text": announcement.text,
            "number": announcement.number,
            "window": announcement.window,
            "created_at": announcement.created_at,
            "state": "queued",
            "times": 0,
        }
        self._rows.append((tables.announcements, row))

    def identify(self, business_day: date, ticket: str, identity: str) -> None:
        """Keep the keyed hash that says whose ticket it is, for today."""
        row = {"ticket": ticket, "hall": self._hall, "business_day": business_day, "identity": identity}
        self._rows.append((tables.visitors, row))

    def tickets_of(self, business_day: date, identity: str) -> Sequence[str]:
        """Ids of the tickets that this identity took today."""
        v = tables.visitors.c
        query = select(v.ticket).where(v.hall == self._hall, v.business_day == business_day, v.identity == identity)
        return list(self._connection.execute(query).scalars())

    def forget_identities(self, before: date) -> None:
        """Erase the hashes of earlier days (PIPL 19)."""
        v = tables.visitors
        self._connection.execute(v.delete().where(v.c.hall == self._hall, v.c.business_day < before))

    def commit(self) -> list[Entry]:
        """Write everything, and only when it is on disk take the draft over."""
        if self._lines:
            self._connection.execute(_ADD_LINES, self._lines)
            self._write_head()
            for record, is_new, value in sorted(changes(self.draft), key=lambda change: change[1]):
                if is_new:
                    self._connection.execute(record.insert, record.row(self._hall, value))
                else:
                    self._connection.execute(record.update, record.changed(self._hall, value))
        for table, row in self._rows:
            self._connection.execute(_ADD[table], row)
        self._transaction.commit()
        self.committed = True
        self._floor.merge(self.draft)
        return self._entries

    def _write_head(self) -> None:
        head = {"the_hall": self._hall, "seq": self.draft.seq, "chain": self.draft.chain, **vars(self.draft.day)}
        self._connection.execute(_SET_HEAD, head)
