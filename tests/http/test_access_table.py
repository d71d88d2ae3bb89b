"""Every endpoint and everybody who might call it. The table is written by hand, on purpose: it is the policy."""

from typing import Any

import pytest

import server.app  # noqa: F401 - importing it declares every endpoint
from server.transports.endpoint import ENDPOINTS
from tests.clients import Anybody, Device, Reply, Staff
from tests.hall_server import HallServer

CALLERS = ("nobody", "kiosk", "screen", "clerk", "guide", "lead", "manager", "system", "audit", "security")
MEMBERS = {
    "clerk": "工号003", "guide": "工号047", "lead": "工号052", "manager": "工号057",
    "system": "工号058", "audit": "工号059", "security": "工号060",
}  # fmt: skip

# y: may call. 401: has to say who they are. 403: may not.
POLICY = """
                                  nobody kiosk screen clerk guide lead manager system audit security
GET    /hall                      y      y     y      y     y     y    y       y      y     y
GET    /picture                   y      y     y      y     y     y    y       y      y     y
GET    /news                      y      y     y      y     y     y    y       y      y     y
POST   /session                   y      y     y      y     y     y    y       y      y     y
DELETE /session                   y      y     y      y     y     y    y       y      y     y
GET    /session                   401    403   403    y     y     y    y       y      y     y
GET    /device                    401    y     y      403   403   403  403     403    403   403
POST   /device/beat               401    y     y      403   403   403  403     403    403   403
GET    /ledgers/{name}            401    403   403    403   403   y    y       y      y     y
GET    /accounts                  401    403   403    403   403   403  403     y       y      y
POST   /accounts                  401    403   403    403   403   403  403     y      403   403
POST   /accounts/deactivate       401    403   403    403   403   403  403     y      403   y
POST   /accounts/activate         401    403   403    403   403   403  403     y      403   y
POST   /devices                   401    403   403    403   403   403  403     y      403   403
POST   /closures                  401    403   403    y     403   y    y       403    403   403
POST   /closures/{closure}/approve  401  403   403    403   403   y    y       403    403   403
POST   /closures/{closure}/withdraw 401  403   403    403   403   y    y       403    403   403
POST   /incidents                 401    y     y      y     y     y    y       y      y     y
POST   /incidents/{incident}/take   401  403   403    y     y     y    y       y      y     y
POST   /incidents/{incident}/close  401  403   403    y     y     y    y       y      y     y
POST   /evacuation                401    403   403    403   403   y    y       403    403   403
POST   /leaves                    401    403   403    403   403   y    y       403    403   403
POST   /leaves/{leave}/withdraw   401    403   403    403   403   y    y       403    403   403
POST   /put-first                 401    403   403    403   403   y    y       403    403   403
POST   /queues/{queue}/move       401    403   403    403   403   y    y       403    403   403
POST   /tickets                   401    y     403    y     y     y    y       403    403   403
GET    /tickets/{token}           y      y     y      y     y     y    y       y      y     y
POST   /tickets/{token}/cancel    y      y     y      y     y     y    y       y      y     y
POST   /tickets/{token}/return    y      y     y      y     y     y    y       y      y     y
POST   /tickets/{token}/print     y      y     y      y     y     y    y       y      y     y
POST   /tickets/{token}/reprint   y      y     y      y     y     y    y       y      y     y
POST   /tickets/{token}/choice    y      y     y      y     y     y    y       y      y     y
POST   /tickets/{token}/on-my-way y      y     y      y     y     y    y       y      y     y
POST   /windows/{number}/sign-on     401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/sign-off    401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/call-next   401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/call        401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/call-again  401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/start       401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/finish      401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/miss        401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/hold        401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/give-back   401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/transfer    401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/undo        401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/pause       401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/resume      401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/acknowledge 401 403   403    403   403   y    y       403    403   403
POST   /windows/{number}/ready       401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/walk-in     401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/withdraw-pause 401 403 403   y     403   y    403     403    403   403
POST   /windows/{number}/relieve     401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/self-check  401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/test-call   401 403   403    y     403   y    403     403    403   403
POST   /windows/{number}/ask-relief  401 403   403    403   403   y    y       403    403   403
POST   /windows/{number}/lend        401 403   403    403   403   y    y       403    403   403
GET    /windows/{number}/equipment   401 403   403    y     y     y    y       y      y     y
GET    /windows/{number}/order       401 403   403    y     y     y    y       y      y     y
"""
VIEWS = """
                  nobody kiosk screen clerk guide lead manager system audit security
public            y      y     y      y     y     y    y       y      y     y
display           y      y     y      y     y     y    y       y      y     y
kiosk             401    y     403    y     y     y    y       403    403   403
caller            401    403   403    y     y     y    y       y      y     y
manager           401    403   403    403   403   y    y       y      y     y
"""
BODIES: dict[str, dict[str, Any]] = {
    "/session": {"staff": "工号999", "password": "x"},
    "/tickets": {"queue": "B"},
    "/accounts": {"staff": "工号999"},
    "/accounts/deactivate": {"staff": "工号999", "reason": "离职"},
    "/accounts/activate": {"staff": "工号999"},
    "/devices": {"id": "K99"},
    "/closures": {"window": 3, "ends_at": "2020-01-01T00:00:00+08:00", "reason": "其他", "staff_to": "培训"},
    "/incidents": {"type": "help"},
    "/evacuation": {"on": False},
    "/leaves": {"staff": "工号999", "first_day": "2026-11-24", "last_day": "2026-11-24"},
    "/put-first": {"number": "B999", "reason": "其他"},
    "/queues/{queue}/move": {"to": "?", "reason": "其他"},
    "/windows/{number}/ready": {"number": "B999"},
    "/windows/{number}/relieve": {"staff": "工号999", "password": "x"},
    "/windows/{number}/ask-relief": {"staff": "工号999"},
    "/windows/{number}/lend": {"queue": "?"},
    "/windows/{number}/self-check": {"results": {"voice": "ok"}},
    "/windows/{number}/call": {"number": "B001", "reason": "其他"},
    "/windows/{number}/finish": {"outcome": "受理"},
    "/windows/{number}/miss": {"reason": "其他"},
    "/windows/{number}/hold": {"reason": "其他", "minutes": 5},
    "/windows/{number}/give-back": {"reason": "其他"},
    "/windows/{number}/transfer": {"reason": "其他", "queue": "A"},
    "/windows/{number}/pause": {"reason": "其他"},
    "/windows/{number}/resume": {"password": "x"},
    "/tickets/{token}/print": {"result": "printed"},
    "/tickets/{token}/choice": {"choice": "wait"},
}  # fmt: skip
NAMES = {
    "number": 3, "name": "attendance", "closure": "none", "incident": "none", "leave": "none", "queue": "B",
}  # fmt: skip
TURNED_AWAY = {
    "not_signed_in": "401",
    "session_expired": "401",
    "unknown_device": "401",
    "not_allowed": "403",
    "csrf": "403",
}


def rows(table: str) -> dict[str, dict[str, str]]:
    """The lines of a table by what they are about."""
    lines = [line.split() for line in table.strip().splitlines()]
    assert tuple(lines[0]) == CALLERS
    return {
        " ".join(line[: -len(CALLERS)]): dict(zip(CALLERS, line[-len(CALLERS) :], strict=True)) for line in lines[1:]
    }


def who(hall: HallServer, caller: str) -> Anybody:
    """A caller, signed in if they can be."""
    if caller == "nobody":
        return Anybody(hall.url)
    if caller in {"kiosk", "screen"}:
        return Device(hall.url, hall.credentials["devices"]["K1" if caller == "kiosk" else "MS1"])
    name = MEMBERS[caller]
    return Staff(hall.url, name, hall.credentials["staff"][name]).sign_in()


def verdict(reply: Reply) -> str:
    """What a reply says about the caller; whatever comes after that, such as a rule's refusal, counts as let in."""
    assert reply.status < 500
    return TURNED_AWAY.get(reply.code or "", "y")


@pytest.fixture(scope="module")
def callers(hall_server: HallServer) -> dict[str, Anybody]:
    return {caller: who(hall_server, caller) for caller in CALLERS if caller != "nobody"} | {
        "nobody": Anybody(hall_server.url)
    }


def test_the_policy_speaks_of_every_endpoint() -> None:
    declared = sorted(f"{one.method} {one.openapi_path}" for one in ENDPOINTS)
    assert declared == sorted(rows(POLICY))


@pytest.mark.parametrize("line", [line for line in rows(POLICY) if line != "DELETE /session"])
def test_an_endpoint_lets_in_whom_the_policy_says(
    hall_server: HallServer, callers: dict[str, Anybody], line: str
) -> None:
    method, path = line.split()
    token = callers["kiosk"].post("tickets", queue="B", after_hours_choice="wait").expect(201)["ticket"]["token"]
    where = path.format(token=token, **NAMES).removeprefix("/")
    found = {}
    for caller in CALLERS:
        reply = (
            callers[caller].get(where, after="0") if method == "GET" else callers[caller].post(where, BODIES.get(path))
        )
        found[caller] = verdict(reply)
    assert found == rows(POLICY)[line]


def test_anybody_may_sign_out(hall_server: HallServer) -> None:
    assert {caller: verdict(who(hall_server, caller).delete("session")) for caller in CALLERS} == rows(POLICY)[
        "DELETE /session"
    ]


@pytest.mark.parametrize("view", rows(VIEWS))
@pytest.mark.parametrize("what", ["picture", "news"])
def test_a_view_is_shown_to_whom_the_policy_says(callers: dict[str, Anybody], view: str, what: str) -> None:
    found = {caller: verdict(callers[caller].get(what, view=view, after="0")) for caller in CALLERS}
    assert found == rows(VIEWS)[view]


def test_a_ledger_as_a_file_is_for_the_same_people(callers: dict[str, Anybody]) -> None:
    found = {caller: verdict(callers[caller].get("ledgers/attendance.csv")) for caller in CALLERS}
    assert found == rows(POLICY)["GET /ledgers/{name}"]


def test_an_unknown_key_is_nobody_s(hall_server: HallServer) -> None:
    stranger = Device(hall_server.url, "made up")
    assert stranger.get("device").code == "unknown_device"
    assert stranger.post("tickets", queue="B").code == "unknown_device"


def test_nothing_is_changed_by_asking_to_look(hall_server: HallServer, callers: dict[str, Anybody]) -> None:
    before = callers["nobody"].get("picture").expect()["seq"]
    for line, path in [(line, line.split()[1]) for line in rows(POLICY) if line.startswith("POST")]:
        where = path.format(token="x", **NAMES).removeprefix("/")
        for caller in CALLERS:
            reply = callers[caller].get(where, **BODIES.get(path, {}))
            assert f"GET {path}" in rows(POLICY) or reply.status in {401, 403, 404, 405}, line
    assert callers["nobody"].get("picture").expect()["seq"] == before
