"""A kiosk as it stands in a hall: the real agent as a process of its own, with a folder for a printer."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests
from PIL import Image

from tests.printing.stand_in_hall import TOKEN, StandInHall, wait_until

ROOT = Path(__file__).resolve().parents[2]


class KioskMachine:
    """Starts `python3 -m kiosk`, speaks to it as its page would, and picks up the slips."""

    def __init__(self, server: StandInHall, folder: Path, *, printer: str = "", path: str = "") -> None:
        """`path` goes before the machine's own, for stand-ins of its programs."""
        self.server = server
        self.slips = folder / "slips"
        self.data = folder / "data"
        self.printer = printer or f"virtual:{self.slips}"
        self.url = ""
        self._path = f"{path}{os.pathsep}{os.environ['PATH']}" if path else os.environ["PATH"]
        self.process: subprocess.Popen[str] | None = None
        self.page = requests.Session()
        self.page.trust_env = False

    def start(self) -> "KioskMachine":
        """Returns when the agent says that it is ready."""
        command = [sys.executable, "-m", "kiosk", "--server", self.server.url, "--id", "K1", "--port", "0"]
        command += ["--printer", self.printer, "--data", str(self.data)]
        environment = {**os.environ, "HALL_NO_VENV": "1", "KIOSK_TOKEN": TOKEN, "PATH": self._path}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        ready = re.search(r"http://127\.0\.0\.1:\d+", self.process.stdout.readline())
        assert ready, "the agent did not start"
        self.url = ready.group()
        return self

    def stop(self, *, kill: bool = False) -> int:
        """Ends the agent, politely or not; returns its exit code."""
        assert self.process is not None
        (self.process.kill if kill else self.process.terminate)()
        code = self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.page.get(self.url + path, timeout=30, **options)

    def post(self, path: str, body: dict[str, Any], **options: Any) -> requests.Response:
        return self.page.post(self.url + path, json=body, timeout=30, **options)

    def take(self, **wish: Any) -> requests.Response:
        """Takes a number as the page does."""
        return self.post("/api/v1/tickets", {"queue": "M", **wish})

    def printed(self) -> list[str]:
        """Names of the slips that lie in the tray."""
        return sorted(path.stem for path in self.slips.glob("*.png"))

    def slip(self, name: str) -> Image.Image:
        """One slip, as soon as it is printed."""
        wait_until((self.slips / f"{name}.png").exists)
        with Image.open(self.slips / f"{name}.png") as image:
            return image.convert("L")
