"""What the database itself refuses, whoever writes around the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from server.adapters import tables
from server.adapters.records import SIGN_ONS, TICKETS
from server.adapters.storage import SqlStorage
from server.domain.attendance import SignOn
from server.domain.events import DayBegan
from server.domain.tickets import CALLED, DONE, SERVING, WAITING, Ticket
from server.services.ports import Remembered
from tests.makers import NOW, TODAY, ticket_in

Put = Callable[..., None]

TOMORROW = TODAY + timedelta(days=1)


def other(**changes: object) -> Ticket:
    """Another ticket than A1, with its own number and place."""
    fresh = ticket_in(WAITING, id="A2", token="token-A2", sequence=2, number="A002")
    return replace(fresh, **changes)  # type: ignore[arg-type]


def sign_on(name: str, window: int, clerk: str, **changes: object) -> SignOn:
    return replace(SignOn(name, TODAY, window, clerk, NOW), **changes)  # type: ignore[arg-type]


@pytest.fixture
def put(storage: SqlStorage) -> Put:
    """Writes values into their tables, all in one transaction, past every rule."""

    def write(*values: Ticket | SignOn, hall: str = "TEST") -> None:
        with storage.engine.connect().execution_options(writes=True) as connection, connection.begin():
            for value in values:
                record = TICKETS if isinstance(value, Ticket) else SIGN_ONS
                connection.execute(insert(record.table), record.row(hall, value))

    return write


def refused(put: Put, *values: Ticket | SignOn) -> None:
    with pytest.raises(IntegrityError):
        put(*values)


# -- tickets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [CALLED, SERVING])
@pytest.mark.parametrize("second", [CALLED, SERVING])
def test_a_window_has_one_visit_at_a_time(put: Put, first: str, second: str) -> None:
    refused(put, ticket_in(first, window=1), other(state=second, window=1))


def test_visits_that_are_over_or_elsewhere_do_not_count(put: Put) -> None:
    put(ticket_in(SERVING, window=1), other(state=DONE, window=1))
    put(other(id="A3", token="t3", sequence=3, number="A003", state=SERVING, window=2))
    put(replace(ticket_in(SERVING, window=1), id="X1", token="x1"), hall="OTHER")


def test_a_number_is_given_once_a_day(put: Put) -> None:
    refused(put, ticket_in(WAITING), other(number="A001"))


def test_a_place_in_the_sequence_is_given_once_a_day_whatever_the_flag(put: Put) -> None:
    refused(put, ticket_in(WAITING), other(number="VA001", sequence=1))


def test_the_next_day_and_another_hall_give_it_again(put: Put) -> None:
    put(ticket_in(WAITING), other(number="A001", sequence=1, business_day=TOMORROW))
    put(other(id="X1", token="x1", number="A001", sequence=1), hall="OTHER")


def test_a_secret_link_leads_to_one_ticket(put: Put) -> None:
    refused(put, ticket_in(WAITING), other(token="token-A1"))


def test_a_ticket_has_its_id_alone(put: Put) -> None:
    refused(put, ticket_in(WAITING), other(id="A1"))


# -- sign-ons ----------------------------------------------------------------------------------------------------


def test_a_window_has_one_clerk(put: Put) -> None:
    refused(put, sign_on("s1", 1, "工号001"), sign_on("s2", 1, "工号002"))


def test_a_clerk_sits_at_one_window(put: Put) -> None:
    refused(put, sign_on("s1", 1, "工号001"), sign_on("s2", 2, "工号001"))


def test_sign_ons_that_are_over_do_not_count(put: Put) -> None:
    put(sign_on("s1", 1, "工号001", ended_at=NOW), sign_on("s2", 1, "工号001"), sign_on("s3", 2, "工号002"))


# -- journal, requests, devices ----------------------------------------------------------------------------------


def rows_of(connection: Connection, table: Table) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_an_entry_of_the_journal_has_its_number_alone(storage: SqlStorage, put: Put) -> None:
    line = {
        "hall": "TEST",
        "seq": 1,
        "at": NOW,
        "business_day": TODAY,
        "kind": "DayBegan",
        "actor": "x",
        "data": "{}",
        "chain": "",
    }
    with storage.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(insert(tables.journal), line)
    with (
        pytest.raises(IntegrityError),
        storage.engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        connection.execute(insert(tables.journal), {**line, "data": "forged"})
    with storage.engine.connect() as connection:
        assert [row["data"] for row in rows_of(connection, tables.journal)] == ["{}"]


def test_a_request_is_remembered_once(storage: SqlStorage) -> None:
    def remember(answer: str) -> None:
        with storage.unit_of_work() as uow:
            uow.remember(TODAY, "device:K1", "r1", Remembered("f", 201, answer))
            uow.commit()

    remember("first")
    with pytest.raises(IntegrityError):
        remember("second")
    with storage.unit_of_work() as uow:
        known = uow.recall(TODAY, "device:K1", "r1")
    assert known is not None
    assert known.answer == "first"


def test_two_devices_cannot_have_one_key(storage: SqlStorage) -> None:
    rows = [{"hall": "TEST", "id": name, "kind": "kiosk", "token": "same", "locked": False} for name in ("K1", "K2")]
    with (
        pytest.raises(IntegrityError),
        storage.engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        connection.execute(insert(tables.devices), rows)


def test_a_unit_of_work_that_the_database_refuses_leaves_the_floor_as_it_was(storage: SqlStorage) -> None:
    with storage.unit_of_work() as uow:
        uow.remember(TODAY, "device:K1", "r1", Remembered("f", 201, ""))
        uow.commit()

    def again() -> None:
        with storage.unit_of_work() as uow:
            uow.record(DayBegan(TODAY), at=NOW, business_day=TODAY, actor="x")
            uow.remember(TODAY, "device:K1", "r1", Remembered("f", 201, ""))
            uow.commit()

    with pytest.raises(IntegrityError):
        again()
    assert (storage.floor.seq, storage.floor.day.business_day, storage.entries_after(0, 9)) == (0, None, [])
