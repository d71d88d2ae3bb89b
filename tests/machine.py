"""The programs that tests need beside Python's libraries: a browser, fonts, a bar code reader, PostgreSQL."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of the machine's Chromium."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def postgres_programs() -> Path | None:
    """The folder with `initdb` and `postgres`; Debian keeps it off the path."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return folders[0] if folders else None


def chinese_font() -> bool:
    """Whether pages can show Chinese."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return "CJK" in listed.stdout


NEEDED: dict[str, tuple[str, Callable[[], object]]] = {
    "chromium": ("pages are opened in a real browser", chromium),
    "fonts-noto-cjk": ("pages and slips are in Chinese", chinese_font),
    "libzbar0": ("printed QR codes are read back", lambda: ctypes.util.find_library("zbar")),
    "poppler-utils": ("forms saved as PDF are read back", lambda: shutil.which("pdffonts")),
    "postgresql": ("storage is tested on PostgreSQL too", postgres_programs),
}


def provide() -> None:
    """Install what is missing when we may; otherwise say what to install and end with code 3."""
    missing = [package for package, (_, found) in NEEDED.items() if not found()]
    if not missing:
        return
    for package in missing:
        print(f"缺少 / missing: {package} ({NEEDED[package][0]})", flush=True)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"请先安装 / please install first: sudo {' '.join(command)}", file=sys.stderr)
        sys.exit(3)
    print(f"正在安装 / installing: {' '.join(command)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command, "-qq", "-o", "Dpkg::Use-Pty=0"]):
        if subprocess.run(step, env=quiet, stdin=subprocess.DEVNULL, check=False).returncode:
            print(f"失败 / failed: {' '.join(step)}", file=sys.stderr)
            sys.exit(3)
