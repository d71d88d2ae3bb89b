"""Accounts and device keys, for the system role (X1, K20). Passwords and keys are told once, here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app

from server.services import access
from server.transports import auth
from server.transports.answers import AccountAnswer, AccountsAnswer, KeyAnswer, PasswordAnswer
from server.transports.endpoint import Asked, endpoint, house
from server.transports.forms import Empty, EndAccess, EnrolDevice, SetPassword

blueprint = Blueprint("api_access", __name__)


@endpoint(blueprint, "GET", "/accounts", who=auth.READERS_OF_ACCESS, answer=AccountsAnswer)
def show_accounts(asked: Asked[Empty]) -> tuple[int, dict[str, Any]]:
    """The staff of the hall file: who may sign in, and who is at which window (3.2.5)."""
    hall = asked.hall
    return 200, {
        "rows": access.account_rows(house().access, hall.plan, hall.storage.floor),
        "leaving_reasons": list(access.LEAVING_REASONS),
    }


@endpoint(
    blueprint, "POST", "/accounts", who=auth.SYSTEM, form=SetPassword, answer=PasswordAnswer, refusals=("invalid",)
)
def set_password(asked: Asked[SetPassword]) -> tuple[int, dict[str, Any]]:
    """Open the account of somebody in the hall file, or give it a new password; all its sessions end."""
    status, person = asked.do(
        lambda work: access.record_password(work, asked.form.staff), lambda _, known: dict(vars(known))
    )
    made = house().access.open_accounts([(person["id"], person["role"], person["active"])])
    return status, {"staff": person["id"], "password": made[person["id"]]}


@endpoint(blueprint, "POST", "/devices", who=auth.SYSTEM, form=EnrolDevice, answer=KeyAnswer, refusals=("invalid",))
def enrol_device(asked: Asked[EnrolDevice]) -> tuple[int, dict[str, Any]]:
    """Give a kiosk or screen a new key; the old one is dead at once."""
    device = asked.form.id
    status, found = asked.do(lambda work: access.record_enrolment(work, device), lambda _, kind: {"kind": kind})
    return status, {"id": device, "token": house().access.enrol([(device, found["kind"])])[device]}


@endpoint(
    blueprint,
    "POST",
    "/accounts/deactivate",
    who=auth.GUARDS,
    form=EndAccess,
    answer=AccountAnswer,
    refusals=("invalid",),
)
def end_access(asked: Asked[EndAccess]) -> tuple[int, dict[str, Any]]:
    """A leaver: sessions, sockets and tokens are dead, the window shows 暂停服务, the audit keeps all (3.2.5)."""
    staff = asked.form.staff
    status, body = asked.do(
        lambda work: access.record_end(work, staff, asked.form.reason), lambda *_: {"staff": staff, "active": False}
    )
    house().access.close_account(staff)
    current_app.extensions["paihao.sockets"].cut_off(staff)
    return status, body


@endpoint(
    blueprint,
    "POST",
    "/accounts/activate",
    who=auth.GUARDS,
    form=SetPassword,
    answer=AccountAnswer,
    refusals=("invalid",),
)
def restore_access(asked: Asked[SetPassword]) -> tuple[int, dict[str, Any]]:
    """Somebody may sign in again, with the password they had."""
    staff = asked.form.staff
    status, body = asked.do(
        lambda work: access.record_restored(work, staff), lambda *_: {"staff": staff, "active": True}
    )
    house().access.reopen_account(staff)
    return status, body
