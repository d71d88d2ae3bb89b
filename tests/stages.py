"""What a full run consists of, in the order of cost: a wrong word is told in seconds, a lost race in minutes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("server", "kiosk", "caller", "display", "tests")


@dataclass(frozen=True)
class Stage:
    """One line of the table: either commands that must succeed, or a folder of tests."""

    name: str
    about: str
    commands: tuple[tuple[str, ...], ...] = ()


STAGES = (
    Stage("style", "formatted and linted", (("ruff", "format", "--check", "."), ("ruff", "check", "."))),
    Stage("types", "mypy, strict where the rules of the hall live", (("mypy",),)),
    Stage("rules", "arrows of imports, documents, names, wording"),
    Stage("unit", "the rules of the hall, without the world"),
    Stage("integration", "use cases with real adapters"),
    Stage("storage", "one contract for SQLite and PostgreSQL"),
    Stage("http", "the interface of the running program"),
    Stage("printing", "slips and printers"),
    Stage("voice", "announcements that can be heard"),
    Stage("browser", "pages as people see them"),
    Stage("fuzz", "what the interface's description allows, and what it does not"),
    Stage("race", "many clerks and citizens at once"),
    Stage("kill", "the power fails"),
)


@dataclass(frozen=True)
class Result:
    """How a stage ended; `seconds` on the wall."""

    passed: int
    failed: int
    skipped: int
    seconds: float


def chosen(names: list[str]) -> list[Stage]:
    """The named stages in the order of the table; all of them when none is named."""
    return [stage for stage in STAGES if not names or stage.name in names]


def run(stage: Stage, options: list[str]) -> Result:
    """Run one stage, its output passing through, and count."""
    print(f"\n== {stage.name}: {stage.about}", flush=True)
    begun = time.monotonic()
    passed, failed, skipped = _commands(stage) if stage.commands else _folder(stage, options)
    return Result(passed, failed, skipped, time.monotonic() - begun)


def pytest_over_all(options: list[str]) -> int:
    """One pytest over all folders, for `-k NAME` and the like."""
    return _python("pytest", *options)


def bench(options: list[str]) -> int:
    """Measure instead of test; the figures are for people to read."""
    return _python("tests.bench", *options)


def _commands(stage: Stage) -> tuple[int, int, int]:
    codes = [_python(*command) for command in stage.commands]
    return codes.count(0), len(codes) - codes.count(0), 0


def _folder(stage: Stage, options: list[str]) -> tuple[int, int, int]:
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        code = _python("pytest", "-q", f"tests/{stage.name}", f"--junitxml={report}", *options)
        if not report.exists():  # pytest itself broke down, or the folder is not there
            return 0, 1, 0
        suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 - our own pytest wrote it
    assert suite is not None
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    passed = int(suite.get("tests", 0)) - failed - skipped
    unexplained = code != 0 and failed == 0  # interrupted, or no test was found: a stage that tests nothing has failed
    return max(passed, 0), failed + unexplained, skipped


def _python(module: str, *arguments: str) -> int:
    environment = {**os.environ, "HALL_NO_VENV": "1"}  # programs started by tests use this Python as it is
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
