"""Who may come in: staff with their own password, devices with their own key (X1, X4).

Secrets are kept as hashes only. Time here is the real clock: a simulated day must not end anybody's session early.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from math import ceil

from server.domain import events
from server.domain.errors import Refused
from server.domain.floor import View
from server.domain.plan import HallPlan, Staff
from server.services.attendance import suspend
from server.services.ports import AccessStore, Account, Clock, Device, Passwords, Session
from server.services.rows import Row
from server.services.work import Work

SESSION_SECONDS = 12 * 3600
FAILURES_ALLOWED = 5
LOCK_SECONDS = 300

LEAVING_REASONS = ("离职", "调离", "停职", "账号泄露")

ROLES = ("clerk", "guide", "area_lead", "manager", "system", "security", "audit")


@dataclass(frozen=True)
class SignedIn:
    """A session with its account; `secret` is what the cookie holds, known only at sign-in."""

    session: Session
    account: Account
    secret: str = ""


@dataclass
class _Failures:
    count: int = 0
    locked_until: float = 0.0


class Access:
    """Sign-in, sessions and device keys of one hall."""

    def __init__(self, store: AccessStore, passwords: Passwords, clock: Clock) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock
        self._failures: dict[str, _Failures] = {}
        self._known: dict[str, SignedIn] = {}
        self._devices: dict[str, Device] = {}

    # staff

    def sign_in(self, staff: str, password: str) -> SignedIn:
        """Open a session; five failures lock the account for five minutes, whoever tries."""
        failures = self._failures.setdefault(staff, _Failures())
        if (wait := failures.locked_until - self._clock.real()) > 0:
            raise Refused("account_locked", wait_seconds=ceil(wait))
        account = self._store.account(staff)
        if not self._right_password(account, password):
            self._fail(failures)
            raise Refused("bad_credentials")
        assert account is not None  # noqa: S101  _right_password is False without one
        self._failures.pop(staff, None)
        return self._open(account)

    def check_password(self, staff: str, password: str) -> None:
        """The same password once more, as after a pause (4.2.2.5); failures count as at sign-in."""
        failures = self._failures.setdefault(staff, _Failures())
        if (wait := failures.locked_until - self._clock.real()) > 0:
            raise Refused("account_locked", wait_seconds=ceil(wait))
        if not self._right_password(self._store.account(staff), password):
            self._fail(failures)
            raise Refused("bad_credentials", field="password")
        self._failures.pop(staff, None)

    def _right_password(self, account: Account | None, password: str) -> bool:
        """An unknown account takes as long as a known one, so that nobody can list accounts by timing."""
        hashed = account.password if account else self._nobody
        matches = self._passwords.matches(hashed, password)
        return matches and account is not None and account.active

    @property
    def _nobody(self) -> str:
        if not hasattr(self, "_nobodys_hash"):
            self._nobodys_hash = self._passwords.hash(secrets.token_hex(8))
        return self._nobodys_hash

    def _fail(self, failures: _Failures) -> None:
        failures.count += 1
        if failures.count >= FAILURES_ALLOWED:
            failures.count, failures.locked_until = 0, self._clock.real() + LOCK_SECONDS

    def _open(self, account: Account) -> SignedIn:
        secret = secrets.token_urlsafe(32)
        now = self._clock.wall()
        session = Session(_digest(secret), account.staff, secrets.token_urlsafe(24), now, now + SESSION_SECONDS)
        self._store.put_session(session)
        self._known[session.token] = SignedIn(session, account)
        return SignedIn(session, account, secret)

    def session(self, secret: str) -> SignedIn:
        """The session of a cookie; `session_expired` when it is over or was never there."""
        token = _digest(secret)
        known = self._known.get(token) or self._load(token)
        if known is None or known.session.expires_at < self._clock.wall() or not known.account.active:
            self._known.pop(token, None)
            raise Refused("session_expired")
        return known

    def _load(self, token: str) -> SignedIn | None:
        session = self._store.session(token)
        account = self._store.account(session.staff) if session else None
        if session is None or account is None:
            return None
        self._known[token] = SignedIn(session, account)
        return self._known[token]

    def sign_out(self, secret: str) -> None:
        """End a session."""
        token = _digest(secret)
        self._known.pop(token, None)
        self._store.end_session(token)

    # devices

    def device(self, secret: str) -> Device:
        """The device of a key; `unknown_device` when it is not enrolled or locked."""
        token = _digest(secret)
        device = self._devices.get(token) or self._store.device(token)
        if device is None or device.locked:
            raise Refused("unknown_device")
        self._devices[token] = device
        return device

    # first access

    def close_account(self, staff: str) -> None:
        """End every session of a leaver at once; nobody signs in with this account."""
        self._set_active(staff, active=False)

    def reopen_account(self, staff: str) -> None:
        """Let somebody sign in again."""
        self._set_active(staff, active=True)

    def _set_active(self, staff: str, *, active: bool) -> None:
        account = self._store.account(staff)
        if account is not None:
            self._store.put_accounts([replace(account, active=active)])
        self._store.end_sessions_of([staff])
        self._known = {token: known for token, known in self._known.items() if known.account.staff != staff}

    def activity(self) -> dict[str, bool]:
        """Everybody with an account, and whether it lets them in."""
        return {account.staff: account.active for account in self._store.accounts()}

    def has_accounts(self) -> bool:
        """Whether anybody could sign in."""
        return bool(self._store.accounts())

    def enrol(self, devices: list[tuple[str, str]]) -> dict[str, str]:
        """Enrol devices given as (id, kind) with new keys; the keys are told only here."""
        gone = {device_id for device_id, _ in devices}
        self._devices = {token: device for token, device in self._devices.items() if device.id not in gone}
        keys = {device_id: secrets.token_urlsafe(32) for device_id, _ in devices}
        self._store.put_devices(Device(device_id, kind, _digest(keys[device_id])) for device_id, kind in devices)
        return keys

    def open_accounts(self, staff: list[tuple[str, str, bool]]) -> dict[str, str]:
        """Make accounts given as (staff, role, active) with new passwords; the passwords are told only here."""
        chosen = {number: secrets.token_urlsafe(9) for number, _, _ in staff}
        self._store.put_accounts(
            Account(number, role, self._passwords.hash(chosen[number]), active) for number, role, active in staff
        )
        renewed = {number for number, _, _ in staff}
        self._store.end_sessions_of(renewed)
        self._known = {token: known for token, known in self._known.items() if known.account.staff not in renewed}
        return chosen


def account_rows(access: Access, plan: HallPlan, view: View) -> list[Row]:
    """The staff of the hall file: who may sign in, and at which window they are now."""
    active = access.activity()
    at = {window.clerk: window.number for window in view.all_windows() if window.clerk is not None}
    return [
        {
            "staff": person.id,
            "role": person.role,
            "account": person.id in active,
            "active": active.get(person.id, False),
            "window": at.get(person.id),
        }
        for person in plan.staff
    ]


def record_password(work: Work, staff: str) -> Staff:
    """Note that somebody of the hall file gets an account or a new password (X2)."""
    person = work.plan.staff_by_id.get(staff)
    if person is None:
        raise Refused("invalid", field="staff", reason="大厅文件中没有此人", reason_en="nobody of that number")
    work.record(events.PasswordSet(staff))
    return person


def record_end(work: Work, staff: str, reason: str) -> None:
    """Note that a leaver's access ends, and free the window they are at (3.2.5)."""
    if staff not in work.plan.staff_by_id:
        raise Refused("invalid", field="staff", reason="大厅文件中没有此人", reason_en="nobody of that number")
    work.record(events.AccessEnded(staff, work.reason(reason, LEAVING_REASONS)))
    suspend(work, staff)


def record_restored(work: Work, staff: str) -> None:
    """Note that somebody may sign in again."""
    if staff not in work.plan.staff_by_id:
        raise Refused("invalid", field="staff", reason="大厅文件中没有此人", reason_en="nobody of that number")
    work.record(events.AccessRestored(staff))


def record_enrolment(work: Work, device: str) -> str:
    """Note that a kiosk or screen of the hall file gets a new key; gives its kind."""
    if device not in work.plan.kiosk_by_id and device not in work.plan.screen_by_id:
        raise Refused("invalid", field="id", reason="大厅文件中没有此设备", reason_en="no device of that name")
    work.record(events.DeviceEnrolled(device))
    return "kiosk" if device in work.plan.kiosk_by_id else "screen"


def _digest(secret: str) -> str:
    """Secrets are long and random, so one plain hash is enough to keep them unreadable."""
    return hashlib.sha256(secret.encode()).hexdigest()
