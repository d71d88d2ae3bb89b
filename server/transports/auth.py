"""Who is asking: a member of staff by session cookie, a device by its key, the holder of a ticket by its secret link.

Every endpoint says who may call it (`Who`); a table of them is tested for every role.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

from server.domain.errors import Refused
from server.domain.plan import HallPlan
from server.services.access import ROLES, Access, SignedIn
from server.services.work import Actor

COOKIE = "paihao_session"


@dataclass(frozen=True)
class Who:
    """Who may call: anybody, some roles of staff, some kinds of devices. `name` is for people."""

    name: str
    anybody: bool = False
    roles: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()


ANYBODY = Who("anybody", anybody=True)
STAFF = Who("staff", roles=frozenset(ROLES))
DESK = Who("desk", roles=frozenset({"clerk", "area_lead"}))
WATCHERS = Who("watchers", roles=frozenset({"area_lead", "manager", "system", "security", "audit"}))
LEADS = Who("leads", roles=frozenset({"area_lead", "manager"}))
SYSTEM = Who("system", roles=frozenset({"system"}))
DESK_AND_LEADS = Who("desk and leads", roles=DESK.roles | LEADS.roles)
STAFF_AND_DEVICES = Who("staff and devices", roles=STAFF.roles, devices=frozenset({"kiosk", "screen"}))
GUARDS = Who("guards of access", roles=frozenset({"system", "security"}))
READERS_OF_ACCESS = Who("guards and readers of access", roles=GUARDS.roles | {"audit"})
DEVICES = Who("devices", devices=frozenset({"kiosk", "screen"}))
ISSUERS = Who("issuers", roles=frozenset({"clerk", "guide", "area_lead", "manager"}), devices=frozenset({"kiosk"}))


def identify(access: Access, plan: HallPlan, who: Who, *, writes: bool) -> Actor:
    """The caller, if they may; refuses with 401 or 403 otherwise."""
    if writes:
        _require_own_origin()
    if who.anybody:
        return Actor("anonymous", request.remote_addr or "?")
    key = _device_key()
    if key is not None:
        return device_of(access, key, who)
    signed_in = signed_in_staff(access)
    if signed_in.account.role not in who.roles:
        raise Refused("not_allowed")
    if writes:
        _require_csrf(signed_in)
    return actor_of(signed_in, plan)


def device_of(access: Access, key: str, who: Who) -> Actor:
    """The enrolled device with this key, if its kind may."""
    device = access.device(key)
    if device.kind not in who.devices:
        raise Refused("not_allowed")
    return Actor("device", device.id, device.kind)


def is_known(access: Access) -> bool:
    """Whether an enrolled device or signed-in staff calls, where anybody may: they are never held up."""
    key = _device_key()
    try:
        if key is None:
            signed_in_staff(access)
        else:
            access.device(key)
    except Refused:
        return False
    return True


def actor_of(signed_in: SignedIn, plan: HallPlan) -> Actor:
    """The member of staff as the use cases know them."""
    zone = next((zone.id for zone in plan.zones if zone.supervisor == signed_in.account.staff), None)
    return Actor("staff", signed_in.account.staff, signed_in.account.role, zone)


def signed_in_staff(access: Access) -> SignedIn:
    """The session of the request's cookie; `not_signed_in` without one."""
    secret = request.cookies.get(COOKIE)
    if not secret:
        raise Refused("not_signed_in")
    return access.session(secret)


def _device_key() -> str | None:
    sent = request.headers.get("Authorization", "")
    return sent.removeprefix("Bearer ").strip() if sent.startswith("Bearer ") else None


def _require_csrf(signed_in: SignedIn) -> None:
    sent = request.headers.get("X-CSRF-Token", "")
    if not hmac.compare_digest(sent.encode(), signed_in.session.csrf.encode()):
        raise Refused("csrf")


def _require_own_origin() -> None:
    """A browser names where a command comes from; a foreign page may not command the hall."""
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        raise Refused("foreign_origin")
    if origin == "null":
        raise Refused("foreign_origin")
