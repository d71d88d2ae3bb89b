"""A pytest plugin: a skipped test is a failed test.

A test that quietly does not run is believed to pass. Where a skip is really meant, its reason goes into `ALLOWED`.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

ALLOWED: frozenset[str] = frozenset()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a single test into a failure."""
    return refuse((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the skip of a whole file (`importorskip` and the like) into a failure."""
    return refuse((yield))


def refuse(report: Report) -> Report:
    """The report itself, failed if it was a skip for a reason that is not allowed."""
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
        if reason not in ALLOWED:
            report.outcome = "failed"
            report.longrepr = f"skipped where it should run: {reason}"
    return report
