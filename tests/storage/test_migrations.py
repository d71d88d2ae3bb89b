"""The steps of the database's shape: they lead to what `tables.py` says, whole or not at all, and only when needed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alembic.op
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from server.adapters.migrations import FOLDER, HEAD, migrate, revision, steps
from server.adapters.storage import connect
from server.adapters.tables import metadata
from server.domain.errors import Refused
from tests.services.postgres import Postgres


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty database."""
    found = connect(database_url)
    yield found
    found.dispose()


@pytest.fixture
def empty_twin(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Another empty database of the same kind."""
    if engine.dialect.name == "sqlite":
        twin = connect(f"sqlite:///{tmp_path / 'twin.db'}")
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        twin = connect(postgres.database())
    yield twin
    twin.dispose()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return ScriptDirectory.from_config(config)


SHAPE = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"],
    "postgresql": [
        (
            "SELECT table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable, "
            "column_default FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name <> 'alembic_version'"
        ),
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
        (
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
            "AND conrelid <> coalesce(to_regclass('alembic_version'), 0)"
        ),
    ],
}


def shape(engine: Engine) -> list[tuple[Any, ...]]:
    """Everything that the database itself says of its tables, columns, keys and indexes."""
    with engine.connect() as connection:
        rows = [row for query in SHAPE[engine.dialect.name] for row in connection.execute(text(query))]
    tidy = (tuple(" ".join(each.split()) if isinstance(each, str) else each for each in row) for row in rows)
    return sorted(tidy, key=repr)


# -- the way to the newest shape ---------------------------------------------------------------------------------


def test_the_steps_make_exactly_the_tables_of_the_program(engine: Engine, empty_twin: Engine) -> None:
    migrate(engine)
    metadata.create_all(empty_twin)
    assert shape(engine) == shape(empty_twin)
    assert len(shape(engine)) > 2 * len(metadata.tables)


def test_alembic_itself_finds_nothing_left_to_do(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_a_difference_would_be_found(engine: Engine, empty_twin: Engine) -> None:
    migrate(engine)
    metadata.create_all(empty_twin)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("ALTER TABLE notes ADD COLUMN more INTEGER"))
    assert shape(engine) != shape(empty_twin)


def test_the_steps_are_one_line_that_ends_at_the_head() -> None:
    assert scripts().get_heads() == [HEAD]
    walked = [step.revision for step in scripts().walk_revisions()]
    assert (walked[0], sorted(walked)) == (HEAD, sorted(steps()))


def test_a_migrated_database_says_so(engine: Engine) -> None:
    with engine.connect() as connection:
        assert revision(connection) is None
    migrate(engine)
    with engine.connect() as connection:
        assert revision(connection) == HEAD


# -- only when needed --------------------------------------------------------------------------------------------


def test_a_database_that_is_up_to_date_is_left_alone(engine: Engine) -> None:
    migrate(engine)
    before = shape(engine)
    said: list[str] = []

    def listen(*arguments: Any) -> None:
        said.append(arguments[2])

    event.listen(engine, "before_cursor_execute", listen)
    migrate(engine)
    event.remove(engine, "before_cursor_execute", listen)
    assert said
    assert [each for each in said if not each.startswith(("SELECT", "PRAGMA", "BEGIN"))] == []
    assert shape(engine) == before


def test_opening_a_database_that_is_up_to_date_does_not_load_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'hall.db'}"
    program = (
        "import sys; from server.adapters.migrations import migrate; from server.adapters.storage import connect;"
        f"migrate(connect({url!r})); print('alembic' in sys.modules)"
    )
    told = [subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in "12"]
    assert [each.stdout.strip() for each in told] == ["True", "False"]


def test_a_database_of_a_newer_program_is_refused_and_left_alone(engine: Engine) -> None:
    migrate(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused) as refused:
        migrate(engine)
    assert (refused.value.code, refused.value.facts) == ("newer_database", {"revision": "9999"})
    assert "9999" in refused.value.message


# -- whole or not at all -----------------------------------------------------------------------------------------


def test_a_migration_that_breaks_leaves_nothing_behind(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, *_: Any, **__: Any) -> None:
        assert name.startswith("ix_sessions")
        raise RuntimeError("the power fails")

    real = alembic.op.create_index
    monkeypatch.setattr(
        alembic.op, "create_index", lambda name, *a, **k: (broken if "sessions" in name else real)(name, *a, **k)
    )
    with pytest.raises(RuntimeError):
        migrate(engine)
    assert inspect(engine).get_table_names() == []
    monkeypatch.undo()
    migrate(engine)
    assert inspect(engine).has_table("journal")


def test_processes_that_start_at_once_do_it_once(database_url: str) -> None:
    engines = [connect(database_url) for _ in range(4)]
    failed: list[BaseException] = []

    def start(engine: Engine) -> None:
        try:
            migrate(engine)
        except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=start, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    with engines[0].connect() as connection:
        assert revision(connection) == HEAD
    for engine in engines:
        engine.dispose()
