"""The journal, the tables folded from it, and those that are primary."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)
ACTIVE = sa.text("state IN ('called', 'serving')")
LASTING = sa.text("ended_at IS NULL")

Kind = TypeEngine[Any] | type[TypeEngine[Any]]


def upgrade() -> None:
    _halls_and_journal()
    _tickets()
    _windows_and_queues()
    _sign_ons()
    _pauses()
    _closures()
    _incidents_and_leaves()
    _requests_and_notes()
    _announcements()
    _access()


def has(name: str, kind: Kind, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **more)


def may_have(name: str, kind: Kind) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def text(name: str, length: int) -> sa.Column[Any]:
    return has(name, sa.String(length))


def hall() -> sa.Column[Any]:
    return text("hall", 32)


def key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def only_one(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def index_by_day(table: str) -> None:
    op.create_index(f"ix_{table}_business_day", table, ["business_day"])


def _halls_and_journal() -> None:
    op.create_table(
        "halls",
        text("code", 32),
        has("seq", sa.Integer),
        text("chain", 64),
        may_have("business_day", sa.Date),
        text("phase", 16),
        may_have("phase_until", TIME),
        has("issuing", sa.Boolean),
        has("evacuation", sa.Boolean),
        key("halls", "code"),
    )
    op.create_table(
        "journal",
        hall(),
        has("seq", sa.Integer, autoincrement=False),
        has("at", TIME),
        has("business_day", sa.Date),
        text("kind", 40),
        text("actor", 64),
        has("data", sa.Text),
        text("chain", 64),
        key("journal", "hall", "seq"),
    )
    index_by_day("journal")


def _tickets() -> None:
    op.create_table(
        "tickets",
        *_ticket_at_issue(),
        *_ticket_at_the_window(),
        key("tickets", "id"),
        only_one("tickets", "hall", "business_day", "queue", "number"),
        only_one("tickets", "hall", "business_day", "series", "sequence"),
        only_one("tickets", "token"),
    )
    op.create_index(
        "uq_tickets_one_active_per_window",
        "tickets",
        ["hall", "window"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )


def _ticket_at_issue() -> list[sa.Column[Any]]:
    return [
        hall(),
        text("id", 40),
        text("token", 64),
        has("business_day", sa.Date),
        text("queue", 2),
        text("series", 2),
        has("sequence", sa.Integer),
        text("number", 12),
        has("issued_at", TIME),
        text("channel", 12),
        text("state", 12),
        may_have("item", sa.String(16)),
        has("items", sa.Text),
        may_have("priority_group", sa.String(32)),
        may_have("appointment_at", TIME),
        has("manual", sa.Boolean),
        may_have("device", sa.String(32)),
        text("print", 12),
        may_have("print_problem", sa.String(64)),
        may_have("promise", sa.Text),
        has("after_hours", sa.Boolean),
        may_have("after_hours_choice", sa.String(8)),
    ]


def _ticket_at_the_window() -> list[sa.Column[Any]]:
    return [
        may_have("window", sa.Integer),
        may_have("clerk", sa.String(32)),
        may_have("first_responsible", sa.String(32)),
        may_have("called_at", TIME),
        may_have("last_called_at", TIME),
        has("calls", sa.Integer),
        may_have("started_at", TIME),
        may_have("finished_at", TIME),
        may_have("outcome", sa.String(16)),
        may_have("case_number", sa.String(40)),
        may_have("missed_at", TIME),
        has("times_missed", sa.Integer),
        has("times_returned", sa.Integer),
        may_have("held_until", TIME),
        may_have("precedence_at", TIME),
        may_have("preferred_window", sa.Integer),
        may_have("preferred_clerk", sa.String(32)),
        may_have("joint_window", sa.Integer),
        may_have("joint_queue", sa.String(2)),
        may_have("put_first_at", TIME),
        may_have("place", sa.Text),
        has("transfers", sa.Integer),
        has("on_the_way", sa.Boolean),
    ]


def _windows_and_queues() -> None:
    op.create_table(
        "windows",
        hall(),
        has("number", sa.Integer, autoincrement=False),
        may_have("since", TIME),
        may_have("sign_on", sa.String(40)),
        may_have("clerk", sa.String(32)),
        may_have("signed_on_at", TIME),
        may_have("ticket", sa.String(40)),
        has("serving", sa.Boolean),
        may_have("pause", sa.String(40)),
        may_have("pause_reason", sa.Text),
        may_have("paused_at", TIME),
        may_have("pause_until", TIME),
        may_have("pause_limit_at", TIME),
        has("pause_warned", sa.Boolean),
        has("pause_escalated", sa.Boolean),
        has("pause_acknowledged", sa.Boolean),
        may_have("pending", sa.Text),
        may_have("relief_asked", sa.String(32)),
        has("suspended", sa.Boolean),
        may_have("closure", sa.String(40)),
        may_have("closed_until", TIME),
        has("lent", sa.Text),
        key("windows", "hall", "number"),
    )
    op.create_table(
        "queues",
        hall(),
        text("prefix", 2),
        has("business_day", sa.Date),
        has("last_sequence", sa.Integer),
        has("turn", sa.Text),
        key("queues", "hall", "prefix"),
    )


def _sign_ons() -> None:
    op.create_table(
        "sign_ons",
        hall(),
        text("id", 40),
        has("business_day", sa.Date),
        has("window", sa.Integer),
        text("clerk", 32),
        has("began_at", TIME),
        may_have("ended_at", TIME),
        has("ended_by_clock", sa.Boolean),
        key("sign_ons", "id"),
    )
    index_by_day("sign_ons")
    for one in ("window", "clerk"):
        op.create_index(
            f"uq_sign_ons_one_open_per_{one}",
            "sign_ons",
            ["hall", one],
            unique=True,
            sqlite_where=LASTING,
            postgresql_where=LASTING,
        )


def _pauses() -> None:
    op.create_table(
        "pauses",
        hall(),
        text("id", 40),
        has("business_day", sa.Date),
        has("window", sa.Integer),
        text("clerk", 32),
        has("reason", sa.Text),
        has("began_at", TIME),
        has("until", TIME),
        has("limit_at", TIME),
        may_have("warned_at", TIME),
        may_have("escalated_at", TIME),
        may_have("acknowledged_at", TIME),
        may_have("ended_at", TIME),
        has("overrun_seconds", sa.Integer),
        key("pauses", "id"),
    )
    index_by_day("pauses")


def _closures() -> None:
    op.create_table(
        "closures",
        hall(),
        text("id", 40),
        has("business_day", sa.Date),
        has("window", sa.Integer),
        has("reason", sa.Text),
        has("staff_to", sa.Text),
        has("begins_at", TIME),
        has("ends_at", TIME),
        has("filed_at", TIME),
        text("filed_by", 64),
        text("state", 12),
        may_have("approved_at", TIME),
        may_have("approved_by", sa.String(64)),
        may_have("began_at", TIME),
        may_have("ended_at", TIME),
        key("closures", "id"),
    )
    index_by_day("closures")


def _incidents_and_leaves() -> None:
    op.create_table(
        "incidents",
        hall(),
        text("id", 40),
        has("business_day", sa.Date),
        text("type", 12),
        text("place", 16),
        text("reporter", 64),
        has("reported_at", TIME),
        may_have("note", sa.String(40)),
        text("state", 12),
        may_have("taken_by", sa.String(32)),
        may_have("taken_at", TIME),
        may_have("closed_by", sa.String(32)),
        may_have("closed_at", TIME),
        may_have("closing_note", sa.String(40)),
        key("incidents", "id"),
    )
    index_by_day("incidents")
    op.create_table(
        "leaves",
        hall(),
        text("id", 40),
        has("business_day", sa.Date),
        text("staff", 32),
        has("first_day", sa.Date),
        has("last_day", sa.Date),
        text("filed_by", 64),
        has("withdrawn", sa.Boolean),
        key("leaves", "id"),
    )


def _requests_and_notes() -> None:
    op.create_table(
        "requests",
        hall(),
        has("business_day", sa.Date),
        text("issuer", 64),
        text("request_id", 64),
        text("fingerprint", 64),
        has("status", sa.Integer),
        has("answer", sa.Text),
        key("requests", "hall", "business_day", "issuer", "request_id"),
    )
    op.create_table(
        "notes", text("id", 40), hall(), has("business_day", sa.Date), has("text", sa.Text), key("notes", "id")
    )
    index_by_day("notes")
    op.create_table(
        "visitors",
        text("ticket", 40),
        hall(),
        has("business_day", sa.Date),
        text("identity", 64),
        key("visitors", "ticket"),
    )
    index_by_day("visitors")
    op.create_index("ix_visitors_hall_day_identity", "visitors", ["hall", "business_day", "identity"])


def _announcements() -> None:
    op.create_table(
        "announcements",
        hall(),
        has("id", sa.Integer, autoincrement=False),
        text("zone", 16),
        may_have("ticket", sa.String(40)),
        text("kind", 12),
        has("text", sa.Text),
        may_have("number", sa.String(12)),
        may_have("window", sa.Integer),
        has("created_at", TIME),
        text("state", 12),
        has("times", sa.Integer),
        may_have("started_at", TIME),
        may_have("ended_at", TIME),
        may_have("screen", sa.String(32)),
        may_have("drop_reason", sa.String(16)),
        key("announcements", "hall", "id"),
    )
    op.create_index("ix_announcements_hall_state", "announcements", ["hall", "state"])


def _access() -> None:
    op.create_table(
        "accounts",
        hall(),
        text("staff", 32),
        text("role", 16),
        text("password", 160),
        has("active", sa.Boolean),
        key("accounts", "hall", "staff"),
    )
    op.create_table(
        "sessions",
        text("token", 64),
        hall(),
        text("staff", 32),
        text("csrf", 64),
        has("created_at", sa.Float),
        has("expires_at", sa.Float),
        key("sessions", "token"),
    )
    op.create_index("ix_sessions_staff", "sessions", ["staff"])
    op.create_table(
        "devices",
        hall(),
        text("id", 32),
        text("kind", 12),
        text("token", 64),
        has("locked", sa.Boolean),
        key("devices", "hall", "id"),
        only_one("devices", "token"),
    )
