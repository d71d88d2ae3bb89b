"""Alembic's way in: on the connection that `migrate` gives, or on a database that is named when a step is written."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from server.adapters.tables import metadata


def run(connection: Connection) -> None:
    """Take the steps. SQLite cannot alter most things in place, so steps written for it copy a table (batch)."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(context.get_x_argument(as_dictionary=True)["database"]).connect() as named:
        run(named)
