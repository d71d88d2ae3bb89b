"""`python3 -m server device K1` and `account 工号001`: a new key or password, told once.

While no server runs on the data folder it is made here; otherwise through the server's API, with the system account.
"""

from __future__ import annotations

from getpass import getpass
from typing import Any

import requests

from server.bootstrap import build, open_folder
from server.domain.errors import Refused
from server.services import access
from server.services.work import Actor
from server.settings import Settings

CONSOLE = Actor("system", "console")
API_SECONDS = 10


def device(settings: Settings, name: str) -> int:
    """Enrol a kiosk or screen of the hall file, or give it a new key."""
    try:
        token = _device_here(settings, name)
    except Refused as refused:
        _only_when_running(refused)
        token = _through_api(settings, "devices", {"id": name})["token"]
    print(f"{name}\n设备密钥（只显示一次）/ device key, shown once: {token}")
    return 0


def account(settings: Settings, staff: str) -> int:
    """Open the account of somebody in the hall file, or give it a new password."""
    try:
        password = _account_here(settings, staff)
    except Refused as refused:
        _only_when_running(refused)
        password = _through_api(settings, "accounts", {"staff": staff})["password"]
    print(f"{staff}\n密码（只显示一次）/ password, shown once: {password}")
    return 0


def _device_here(settings: Settings, name: str) -> str:
    folder = open_folder(settings)
    with folder.locked():
        built = build(settings, folder)
        try:
            _, found = built.house.hall.do(
                CONSOLE, lambda work: access.record_enrolment(work, name), lambda _, kind: {"kind": kind}
            )
            return built.house.access.enrol([(name, found["kind"])])[name]
        finally:
            built.close()


def _account_here(settings: Settings, staff: str) -> str:
    folder = open_folder(settings)
    with folder.locked():
        built = build(settings, folder)
        try:
            _, person = built.house.hall.do(
                CONSOLE, lambda work: access.record_password(work, staff), lambda _, known: dict(vars(known))
            )
            return built.house.access.open_accounts([(staff, person["role"], person["active"])])[staff]
        finally:
            built.close()


def _only_when_running(refused: Refused) -> None:
    """Only a running server is a reason to go through its API."""
    if refused.code != "server_running":
        raise refused


def _through_api(settings: Settings, call: str, body: dict[str, str]) -> dict[str, Any]:
    """Ask the running server, as the system account whose number and password are typed here."""
    url = f"http://{settings.host}:{settings.port}/api/v1"
    with requests.Session() as session:
        staff = input("系统管理员账号 / system account: ").strip()
        signed_in = session.post(
            f"{url}/session", json={"staff": staff, "password": getpass("密码 / password: ")}, timeout=API_SECONDS
        )
        _require_ok(signed_in)
        headers = {"X-CSRF-Token": signed_in.json()["csrf"]}
        answer = session.post(f"{url}/{call}", json=body, headers=headers, timeout=API_SECONDS)
        _require_ok(answer)
        found: dict[str, Any] = answer.json()
        return found


def _require_ok(answer: requests.Response) -> None:
    if not answer.ok:
        error = answer.json()["error"]
        raise Refused(error["code"], **error)
