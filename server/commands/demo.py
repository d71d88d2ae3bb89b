"""`python3 -m server demo`: a whole fictional hall on this machine, with people in it."""

from __future__ import annotations

import json
from typing import TypedDict

from server.bootstrap import Built
from server.commands.run import run
from server.settings import Settings
from server.transports.pages import DEMO_DEVICE_TOKENS


class Credentials(TypedDict):
    """What `demo-credentials.json` holds: passwords by staff number in the order of the hall file, keys by device."""

    url: str
    staff: dict[str, str]
    devices: dict[str, str]


LEFT_TO_PEOPLE = frozenset({1, 3})
"""Windows that no simulated clerk takes, so that a newcomer can."""


def main(settings: Settings) -> int:
    """Serve the demo hall until told to stop."""
    return run(settings, _open)


def _open(built: Built) -> None:
    """First access, the visitors, and where to look."""
    credentials = first_access(built)
    built.app.config[DEMO_DEVICE_TOKENS] = credentials["devices"]
    _tell(built, credentials["staff"])
    if built.settings.visitors > 0:
        from server.simulation import start

        built.background.append(start(built.house.hall, built.settings.visitors, LEFT_TO_PEOPLE))


def first_access(built: Built) -> Credentials:
    """The demo's passwords and device keys: made once, written into the data folder, kept on later starts; the
    address is that of the latest."""
    file, url = built.folder.credentials, built.settings.public_url
    known: Credentials | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    if known is not None and known["url"] == url:
        return known
    staff, devices = (known["staff"], known["devices"]) if known else _enrol(built)
    made: Credentials = {"url": url, "staff": staff, "devices": devices}
    built.folder.write_private(file, json.dumps(made, ensure_ascii=False, indent=2))
    return made


def _enrol(built: Built) -> tuple[dict[str, str], dict[str, str]]:
    """New passwords by staff number, new keys by device."""
    plan, access = built.plan, built.house.access
    staff = access.open_accounts([(person.id, person.role, person.active) for person in plan.staff])
    devices = [(kiosk.id, "kiosk") for kiosk in plan.kiosks] + [(screen.id, "screen") for screen in plan.screens]
    return staff, access.enrol(devices)


def _tell(built: Built, staff: dict[str, str]) -> None:
    url, plan = built.settings.public_url, built.plan
    clerk = next(person.id for person in plan.staff if person.role == "clerk")
    manager = next((person.id for person in plan.staff if person.role == "manager"), clerk)
    now = built.clock.now().astimezone(plan.zone_info)
    print(
        f"""
排号演示大厅已启动 / The demo hall is running: {plan.name}
大厅时间 / hall time  {now:%Y-%m-%d %H:%M}, × {built.clock.speed:g}

  首页 / start            {url}/
  取号机 / kiosk           {url}/kiosk/{plan.kiosks[0].id}
  窗口叫号 / desk          {url}/caller?window=3
  大屏 / main screen       {url}/display/main/{plan.screens[0].id}
  窗口屏 / window screen   {url}/display/window/3
  管理 / manager           {url}/display/manager

  窗口人员 / clerk         {clerk}  {staff[clerk]}
  大厅管理员 / manager      {manager}  {staff[manager]}
  全部账号 / all accounts   {built.folder.credentials}
""",
        flush=True,
    )
