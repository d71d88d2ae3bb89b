"""The tables, for SQLite and PostgreSQL alike (SQLAlchemy Core).

`journal` is what happened. `tickets`, `windows`, `queues`, `sign_ons` and `pauses` are folded from it in the same
transaction and can be rebuilt. `accounts`, `sessions`, `devices`, `visitors`, `notes`, `requests` and
`announcements` are primary. The database holds the invariants too, so that no bug can break them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeEngine


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

halls = Table(
    "halls",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("business_day", Date),
    Column("phase", String(16), nullable=False),
    Column("phase_until", UtcTime),
    Column("issuing", Boolean, nullable=False),
    Column("evacuation", Boolean, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("business_day", Date, nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("chain", String(64), nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("id", String(40), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("business_day", Date, nullable=False),
    Column("queue", String(2), nullable=False),
    Column("series", String(2), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("number", String(12), nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("item", String(16)),
    Column("items", Text, nullable=False),
    Column("priority_group", String(32)),
    Column("appointment_at", UtcTime),
    Column("manual", Boolean, nullable=False),
    Column("device", String(32)),
    Column("print", String(12), nullable=False),
    Column("print_problem", String(64)),
    Column("promise", Text),
    Column("after_hours", Boolean, nullable=False),
    Column("after_hours_choice", String(8)),
    Column("window", Integer),
    Column("clerk", String(32)),
    Column("first_responsible", String(32)),
    Column("called_at", UtcTime),
    Column("last_called_at", UtcTime),
    Column("calls", Integer, nullable=False),
    Column("started_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("outcome", String(16)),
    Column("case_number", String(40)),
    Column("missed_at", UtcTime),
    Column("times_missed", Integer, nullable=False),
    Column("times_returned", Integer, nullable=False),
    Column("held_until", UtcTime),
    Column("precedence_at", UtcTime),
    Column("preferred_window", Integer),
    Column("preferred_clerk", String(32)),
    Column("joint_window", Integer),
    Column("joint_queue", String(2)),
    Column("put_first_at", UtcTime),
    Column("place", Text),
    Column("transfers", Integer, nullable=False),
    Column("on_the_way", Boolean, nullable=False),
    UniqueConstraint("hall", "business_day", "queue", "number"),
    UniqueConstraint("hall", "business_day", "series", "sequence"),
)
_ACTIVE = text("state IN ('called', 'serving')")
Index(
    "uq_tickets_one_active_per_window",
    tickets.c.hall,
    tickets.c.window,
    unique=True,
    sqlite_where=_ACTIVE,
    postgresql_where=_ACTIVE,
)

windows = Table(
    "windows",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("since", UtcTime),
    Column("sign_on", String(40)),
    Column("clerk", String(32)),
    Column("signed_on_at", UtcTime),
    Column("ticket", String(40)),
    Column("serving", Boolean, nullable=False),
    Column("pause", String(40)),
    Column("pause_reason", Text),
    Column("paused_at", UtcTime),
    Column("pause_until", UtcTime),
    Column("pause_limit_at", UtcTime),
    Column("pause_warned", Boolean, nullable=False),
    Column("pause_escalated", Boolean, nullable=False),
    Column("pause_acknowledged", Boolean, nullable=False),
    Column("pending", Text),
    Column("relief_asked", String(32)),
    Column("suspended", Boolean, nullable=False),
    Column("closure", String(40)),
    Column("closed_until", UtcTime),
    Column("lent", Text, nullable=False),
)

queues = Table(
    "queues",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("prefix", String(2), primary_key=True),
    Column("business_day", Date, nullable=False),
    Column("last_sequence", Integer, nullable=False),
    Column("turn", Text, nullable=False),
)

_LASTING = text("ended_at IS NULL")

sign_ons = Table(
    "sign_ons",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("id", String(40), primary_key=True),
    Column("business_day", Date, nullable=False, index=True),
    Column("window", Integer, nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("ended_by_clock", Boolean, nullable=False),
)
for _name in ("window", "clerk"):
    Index(
        f"uq_sign_ons_one_open_per_{_name}",
        sign_ons.c.hall,
        sign_ons.c[_name],
        unique=True,
        sqlite_where=_LASTING,
        postgresql_where=_LASTING,
    )

pauses = Table(
    "pauses",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("id", String(40), primary_key=True),
    Column("business_day", Date, nullable=False, index=True),
    Column("window", Integer, nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("limit_at", UtcTime, nullable=False),
    Column("warned_at", UtcTime),
    Column("escalated_at", UtcTime),
    Column("acknowledged_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("overrun_seconds", Integer, nullable=False),
)

closures = Table(
    "closures",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("id", String(40), primary_key=True),
    Column("business_day", Date, nullable=False, index=True),
    Column("window", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("staff_to", Text, nullable=False),
    Column("begins_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("filed_at", UtcTime, nullable=False),
    Column("filed_by", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("approved_at", UtcTime),
    Column("approved_by", String(64)),
    Column("began_at", UtcTime),
    Column("ended_at", UtcTime),
)

incidents = Table(
    "incidents",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("id", String(40), primary_key=True),
    Column("business_day", Date, nullable=False, index=True),
    Column("type", String(12), nullable=False),
    Column("place", String(16), nullable=False),
    Column("reporter", String(64), nullable=False),
    Column("reported_at", UtcTime, nullable=False),
    Column("note", String(40)),
    Column("state", String(12), nullable=False),
    Column("taken_by", String(32)),
    Column("taken_at", UtcTime),
    Column("closed_by", String(32)),
    Column("closed_at", UtcTime),
    Column("closing_note", String(40)),
)

leaves = Table(
    "leaves",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("id", String(40), primary_key=True),
    Column("business_day", Date, nullable=False),
    Column("staff", String(32), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("filed_by", String(64), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("business_day", Date, primary_key=True),
    Column("issuer", String(64), primary_key=True),
    Column("request_id", String(64), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("business_day", Date, nullable=False, index=True),
    Column("text", Text, nullable=False),
)

visitors = Table(
    "visitors",
    metadata,
    Column("ticket", String(40), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("business_day", Date, nullable=False, index=True),
    Column("identity", String(64), nullable=False),
    Index("ix_visitors_hall_day_identity", "hall", "business_day", "identity"),
)

announcements = Table(
    "announcements",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("zone", String(16), nullable=False),
    Column("ticket", String(40)),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("number", String(12)),
    Column("window", Integer),
    Column("created_at", UtcTime, nullable=False),
    Column("state", String(12), nullable=False),
    Column("times", Integer, nullable=False),
    Column("started_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("screen", String(32)),
    Column("drop_reason", String(16)),
    Index("ix_announcements_hall_state", "hall", "state"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("staff", String(32), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", String(160), nullable=False),
    Column("active", Boolean, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("staff", String(32), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
)

devices = Table(
    "devices",
    metadata,
    Column("hall", String(32), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("token", String(64), nullable=False, unique=True),
    Column("locked", Boolean, nullable=False),
)

FOLDED = (tickets, windows, queues, sign_ons, pauses, closures, incidents, leaves)
"""What `rebuild` makes again from the journal."""
