"""The database's shape through the versions of the program: one file a step, in `versions/`.

`migrate` brings a database to `HEAD` whenever it is opened. To change a table: change `adapters/tables.py`, let
Alembic write the step from the difference to a database at the old `HEAD`, read it, and name it here as the new one:

    python3 -m alembic -c server/adapters/migrations/alembic.ini -x database=sqlite:///data/demo/hall.db
        revision --autogenerate --rev-id 0002 -m "what changes"

A step that was released is never edited. Tests compare the steps with `tables.py` on SQLite and on PostgreSQL.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from server.domain.errors import Refused

HEAD = "0001"
"""The newest step. It stands here so that a database that has it is opened without loading Alembic."""

FOLDER = Path(__file__).parent

_ONE_AT_A_TIME = 0x70616968616F  # "paihao": the key of PostgreSQL's advisory lock


def migrate(engine: Engine) -> None:
    """Bring the database to `HEAD`; one that is there already is left alone.

    All steps are one transaction, so that a crash leaves the old shape, and several processes that start at once do
    it once. Refuses `newer_database`.
    """
    with engine.connect() as connection:
        present = revision(connection)
    if present == HEAD:
        return
    if present is not None and present not in steps():
        raise Refused("newer_database", revision=present)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        if revision(connection) != HEAD:
            _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The step this database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def steps() -> set[str]:
    """The steps that this version of the program knows."""
    return {file.name.partition("_")[0] for file in (FOLDER / "versions").glob("*_*.py")}


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
