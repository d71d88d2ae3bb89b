"""Closures, incidents, leaves; relief, joint cases and people put first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _halls_tickets_windows()
    _closures()
    _incidents()
    _leaves()


def _halls_tickets_windows() -> None:
    with op.batch_alter_table("halls") as table:
        table.add_column(sa.Column("evacuation", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("halls") as table:
        table.alter_column("evacuation", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
    with op.batch_alter_table("tickets") as table:
        table.add_column(sa.Column("preferred_clerk", sa.String(32)))
        table.add_column(sa.Column("joint_window", sa.Integer()))
        table.add_column(sa.Column("joint_queue", sa.String(2)))
        table.add_column(sa.Column("put_first_at", TIME))
    with op.batch_alter_table("windows") as table:
        table.drop_column("last_finished")
        table.add_column(sa.Column("relief_asked", sa.String(32)))
        table.add_column(sa.Column("suspended", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("closure", sa.String(40)))
        table.add_column(sa.Column("closed_until", TIME))
        table.add_column(sa.Column("lent", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("windows") as table:
        table.alter_column("suspended", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
        table.alter_column("lent", server_default=None, existing_type=sa.Text(), existing_nullable=False)


def _closures() -> None:
    op.create_table(
        "closures",
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_to", sa.Text(), nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("filed_at", TIME, nullable=False),
        sa.Column("filed_by", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("approved_at", TIME),
        sa.Column("approved_by", sa.String(64)),
        sa.Column("began_at", TIME),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_closures"),
    )
    op.create_index("ix_closures_business_day", "closures", ["business_day"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("type", sa.String(12), nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("reporter", sa.String(64), nullable=False),
        sa.Column("reported_at", TIME, nullable=False),
        sa.Column("note", sa.String(40)),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("taken_by", sa.String(32)),
        sa.Column("taken_at", TIME),
        sa.Column("closed_by", sa.String(32)),
        sa.Column("closed_at", TIME),
        sa.Column("closing_note", sa.String(40)),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_business_day", "incidents", ["business_day"])


def _leaves() -> None:
    op.create_table(
        "leaves",
        sa.Column("hall", sa.String(32), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("staff", sa.String(32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("filed_by", sa.String(64), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leaves"),
    )
