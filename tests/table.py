"""The table at the end of a run, and the closing line that machines read."""

from __future__ import annotations

from tests.stages import Result, Stage


def announce(stage: Stage, result: Result) -> tuple[Stage, Result]:
    """Say at once how a stage went; gives the row for the table."""
    print(f"-- {row(stage, result)}", flush=True)
    return stage, result


def row(stage: Stage, result: Result) -> str:
    verdict = "FAILED" if result.failed else "ok"
    counts = f"{result.passed:5} passed {result.failed:4} failed {result.skipped:4} skipped"
    return f"{stage.name:12} {verdict:7} {counts} {result.seconds:8.1f} s"


def close(results: list[tuple[Stage, Result]]) -> int:
    """Print the table and the totals; gives the exit code."""
    passed = sum(result.passed for _, result in results)
    failed = sum(result.failed for _, result in results)
    skipped = sum(result.skipped for _, result in results)
    print("\n" + "\n".join(row(stage, result) for stage, result in results))
    print(f"\n{sum(result.seconds for _, result in results):.0f} seconds in all\n")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    return 1 if failed or not passed else 0
