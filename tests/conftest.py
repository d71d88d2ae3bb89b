"""What tests may ask for by name: the running program, a browser, databases. Its people are in `clients.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.clients import Anybody, Device, Staff
from tests.hall_server import ENVIRONMENT, OPEN, ROOT, HallServer
from tests.machine import chromium
from tests.no_skips import pytest_make_collect_report, pytest_runtest_makereport
from tests.services.postgres import Postgres

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]  # hooks: pytest finds them here

StartHall = Callable[..., HallServer]
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with accounts and nothing else: every hall of the run starts from a copy of it."""
    folder = tmp_path_factory.mktemp("opened") / "hall"
    subprocess.run([sys.executable, "-m", "tests.first_access", folder], cwd=ROOT, check=True, env=ENVIRONMENT)
    return folder


class Halls:
    """Starts halls and ends them all. A hall with a database or a hall file of its own opens its own accounts."""

    def __init__(self, place: Path, opened: Path) -> None:
        self._place = place
        self._opened = opened
        self._started: list[HallServer] = []

    def start(self, *options: str, now: str = OPEN, visitors: str = "0", **environment: str) -> HallServer:
        data = self._place / f"hall-{len(self._started)}"
        if not environment and "--hall" not in options:
            shutil.copytree(self._opened, data, ignore=shutil.ignore_patterns("clock.json"))
        hall = HallServer(data, ("--now", now, "--visitors", visitors, *options), environment)
        self._started.append(hall)
        return hall.start()

    def end(self) -> None:
        for hall in self._started:
            hall.kill()
            print(f"--- {hall.url} printed:\n{hall.output()[-8000:]}")


@pytest.fixture
def start_hall(tmp_path: Path, opened: Path) -> Iterator[StartHall]:
    """Starts the real program: `start_hall("--speed", "60", now="2026-11-24T17:00:00+08:00", HALL_DATABASE=url)`.

    Without visitors unless asked; at ten on a Tuesday unless told. Each call is a new hall. What a server printed is
    shown when the test fails, and every server is ended with the test.
    """
    halls = Halls(tmp_path, opened)
    yield halls.start
    halls.end()


@pytest.fixture(scope="module")
def start_shared_hall(tmp_path_factory: pytest.TempPathFactory, opened: Path) -> Iterator[StartHall]:
    """The same for a hall that all tests of a file share."""
    halls = Halls(tmp_path_factory.mktemp("shared"), opened)
    yield halls.start
    halls.end()


@pytest.fixture
def hall_server(start_hall: StartHall) -> HallServer:
    """One demo hall, open, at real speed, with nobody in it."""
    return start_hall()


@pytest.fixture
def anybody(hall_server: HallServer) -> Anybody:
    """Somebody without a name."""
    return Anybody(hall_server.url)


@pytest.fixture
def kiosk(hall_server: HallServer) -> Device:
    """The first kiosk of the hall."""
    return Device(hall_server.url, hall_server.credentials["devices"]["K1"])


@pytest.fixture
def staff(hall_server: HallServer) -> Callable[[str], Staff]:
    """Signs a member of staff in: `staff("工号003")`."""
    passwords = hall_server.credentials["staff"]
    return lambda name: Staff(hall_server.url, name, passwords[name]).sign_in()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, for the whole run; a test opens its own context in it."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", *QUIET]
        window = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield window
        window.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for the whole run."""
    with Postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: a test that asks for it runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hall.sqlite3'}"
    running: Postgres = request.getfixturevalue("postgres")
    return running.database()
