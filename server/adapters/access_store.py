"""Accounts, sessions and devices in the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Engine, Table, delete, select

from server.adapters import tables
from server.adapters.storage import WRITES
from server.services.ports import Account, Device, Session


class SqlAccessStore:
    """The accounts, sessions and devices of one hall."""

    def __init__(self, engine: Engine, hall: str) -> None:
        self._engine = engine
        self._hall = hall

    def account(self, staff: str) -> Account | None:
        a = tables.accounts.c
        row = self._first(select(a.staff, a.role, a.password, a.active).where(a.hall == self._hall, a.staff == staff))
        return None if row is None else Account(*row)

    def accounts(self) -> list[Account]:
        a = tables.accounts.c
        query = select(a.staff, a.role, a.password, a.active).where(a.hall == self._hall).order_by(a.staff)
        return [Account(*row) for row in self._all(query)]

    def put_accounts(self, accounts: Iterable[Account]) -> None:
        self._replace(tables.accounts, "staff", [vars(account) for account in accounts])

    def session(self, token: str) -> Session | None:
        s = tables.sessions.c
        query = select(s.token, s.staff, s.csrf, s.created_at, s.expires_at)
        row = self._first(query.where(s.hall == self._hall, s.token == token))
        return None if row is None else Session(*row)

    def put_session(self, session: Session) -> None:
        self._replace(tables.sessions, "token", [vars(session)])

    def end_session(self, token: str) -> None:
        s = tables.sessions
        with self._engine.connect().execution_options(**WRITES) as connection, connection.begin():
            connection.execute(delete(s).where(s.c.hall == self._hall, s.c.token == token))

    def end_sessions_of(self, staff: Iterable[str]) -> None:
        s = tables.sessions
        with self._engine.connect().execution_options(**WRITES) as connection, connection.begin():
            connection.execute(delete(s).where(s.c.hall == self._hall, s.c.staff.in_(list(staff))))

    def device(self, token: str) -> Device | None:
        d = tables.devices.c
        row = self._first(select(d.id, d.kind, d.token, d.locked).where(d.hall == self._hall, d.token == token))
        return None if row is None else Device(*row)

    def devices(self) -> list[Device]:
        d = tables.devices.c
        query = select(d.id, d.kind, d.token, d.locked).where(d.hall == self._hall).order_by(d.id)
        return [Device(*row) for row in self._all(query)]

    def put_devices(self, devices: Iterable[Device]) -> None:
        self._replace(tables.devices, "id", [vars(device) for device in devices])

    def _replace(self, table: Table, key: str, rows: list[dict[str, Any]]) -> None:
        with self._engine.connect().execution_options(**WRITES) as connection, connection.begin():
            for row in rows:
                connection.execute(delete(table).where(table.c.hall == self._hall, table.c[key] == row[key]))
                connection.execute(table.insert(), {**row, "hall": self._hall})

    def _first(self, query: Any) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(query).first()

    def _all(self, query: Any) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(query))
