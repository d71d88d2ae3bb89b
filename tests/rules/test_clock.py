"""The clock is read in one adapter and passed on: below it, time is an argument."""

import ast
from collections.abc import Iterator

import pytest

from tests.rules.sources import modules

TIMELESS = ("server/domain", "server/services", "server/estimates")
READS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    *(
        f"time.{name}{suffix}"
        for name in ("time", "monotonic", "perf_counter", "process_time")
        for suffix in ("", "_ns")
    ),
    *(f"time.{name}" for name in ("localtime", "gmtime", "ctime", "strftime", "sleep")),
}


def clock_reads(name: str, tree: ast.Module) -> list[str]:
    """Where a module reads a clock, also under another name (`import datetime as dt`, `from time import time`)."""
    known = dict(names(tree))
    return [
        f"{name}:{node.lineno} reads {real}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and (real := resolved(node, known)) in READS
    ]


def names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Name used in the module → the dotted name it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def resolved(node: ast.AST, known: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute) and (owner := resolved(node.value, known)):
        return f"{owner}.{node.attr}"
    return None


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "from datetime import datetime, UTC\nstart = datetime.now(UTC)",
        "import datetime as dt\ndt.datetime.utcnow()",
        "from datetime import date as day\nday.today()",
        "import time\ntime.time()",
        "from time import monotonic as tick\ntick()",
        "from dataclasses import field\nfrom datetime import datetime\nx = field(default_factory=datetime.now)",
        "def wait():\n    import time\n    time.sleep(1)",
    ],
)
def test_a_planted_clock_read_is_caught(source: str) -> None:
    assert clock_reads("planted", ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "def call(clock):\n    return clock.now()",
        "from datetime import datetime, time\ndatetime.combine(day, time(9))",
        "def f(now):\n    return now.date()",
    ],
)
def test_time_as_an_argument_is_allowed(source: str) -> None:
    assert clock_reads("planted", ast.parse(source)) == []


@pytest.mark.parametrize("folder", TIMELESS)
def test_no_rule_and_no_use_case_reads_a_clock(folder: str) -> None:
    assert [line for name, tree in modules(folder).items() for line in clock_reads(name, tree)] == []
