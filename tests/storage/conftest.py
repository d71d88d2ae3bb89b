"""What tests of the database may ask for by name; each runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from server.adapters.storage import SqlStorage
from tests.living_hall import LivingHall, open_storage


@pytest.fixture
def open_database(database_url: str) -> Iterator[Callable[..., SqlStorage]]:
    """Opens the storage of a hall on the same database: each call is another process's."""
    opened: list[SqlStorage] = []

    def open_one(hall: str = "TEST") -> SqlStorage:
        opened.append(open_storage(database_url, hall))
        return opened[-1]

    yield open_one
    for storage in opened:
        storage.close()


@pytest.fixture
def storage(open_database: Callable[..., SqlStorage]) -> SqlStorage:
    return open_database()


@pytest.fixture
def hall(database_url: str) -> Iterator[LivingHall]:
    """A living hall on this database."""
    living = LivingHall(database_url)
    yield living
    living.close()


@pytest.fixture
def another_hall(database_url: str) -> Iterator[Callable[..., LivingHall]]:
    """A second living hall on the same database, as another process would run it."""
    opened: list[LivingHall] = []

    def open_one(**options: Any) -> LivingHall:
        opened.append(LivingHall(database_url, **options))
        return opened[-1]

    yield open_one
    for living in opened:
        living.close()
