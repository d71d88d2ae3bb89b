"""Accounts, sessions and devices as both databases keep them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from server.adapters.access_store import SqlAccessStore
from server.adapters.storage import SqlStorage
from server.services.ports import Account, Device, Session

CLERK = Account("工号001", "clerk", "hash", active=True)
LEAD = Account("工号009", "area_lead", "hash", active=False)
SESSION = Session("t" * 64, "工号001", "csrf", 1_790_000_000.125, 1_790_043_200.125)
KIOSK = Device("K1", "kiosk", "k" * 64)


@pytest.fixture
def store(storage: SqlStorage) -> SqlAccessStore:
    return SqlAccessStore(storage.engine, "TEST")


def test_accounts_come_back_as_they_were(store: SqlAccessStore) -> None:
    assert (store.accounts(), store.account("工号001")) == ([], None)
    store.put_accounts([LEAD, CLERK])
    assert store.accounts() == [CLERK, LEAD]
    assert store.account("工号009") == LEAD


def test_an_account_put_again_replaces_the_old_one(store: SqlAccessStore) -> None:
    store.put_accounts([CLERK, LEAD])
    store.put_accounts([replace(CLERK, password="new", active=False)])
    assert store.accounts() == [replace(CLERK, password="new", active=False), LEAD]


def test_a_session_comes_back_to_the_millisecond_and_ends(store: SqlAccessStore) -> None:
    store.put_session(SESSION)
    assert store.session(SESSION.token) == SESSION
    store.end_session(SESSION.token)
    assert store.session(SESSION.token) is None


def test_all_sessions_of_somebody_end_at_once_and_nobody_elses(store: SqlAccessStore) -> None:
    others = replace(SESSION, token="o" * 64, staff="工号002")
    for session in (SESSION, replace(SESSION, token="s" * 64), others):
        store.put_session(session)
    store.end_sessions_of(["工号001", "工号777"])
    assert [store.session(token * 64) for token in "tso"] == [None, None, others]


def test_devices_are_found_by_their_key(store: SqlAccessStore) -> None:
    screen = Device("MS1", "screen", "m" * 64, locked=True)
    store.put_devices([screen, KIOSK])
    assert store.devices() == [KIOSK, screen]
    assert (store.device(screen.token), store.device("unknown")) == (screen, None)


def test_a_device_put_again_has_its_new_key_only(store: SqlAccessStore) -> None:
    store.put_devices([KIOSK])
    store.put_devices([replace(KIOSK, token="n" * 64)])
    assert (store.device(KIOSK.token), len(store.devices())) == (None, 1)


def test_a_hall_knows_only_its_own(store: SqlAccessStore, open_database: Callable[[str], SqlStorage]) -> None:
    store.put_accounts([CLERK])
    store.put_session(SESSION)
    store.put_devices([KIOSK])
    other = SqlAccessStore(open_database("OTHER").engine, "OTHER")
    assert (other.accounts(), other.session(SESSION.token), other.devices(), other.device(KIOSK.token)) == (
        [],
        None,
        [],
        None,
    )
    other.end_session(SESSION.token)
    other.end_sessions_of(["工号001"])
    assert store.session(SESSION.token) == SESSION
