"""Runs the tests.

    python3 -m tests                  everything, stage by stage, with a table at the end
    python3 -m tests unit http        these stages only
    python3 -m tests unit -k pause    options after the stages go to pytest
    python3 -m tests -k pause         no stage: one pytest run over all tests
    python3 -m tests bench            speed, measured as ratios to floors of the same machine
    python3 -m tests --list           the stages

On a bare machine it first makes `.venv`; as root on Debian it also installs the programs that tests need, and says so.
"""

from __future__ import annotations

import sys

from server.environment import prepare

prepare("requirements.txt", "tests/requirements.txt")

from tests import machine, stages, table  # noqa: E402 - these may use what was just installed


def main(words: list[str]) -> int:
    """Run what the words ask for; gives the process's exit code."""
    if words and words[0] in {"-h", "--help"}:
        print(__doc__)
        return 0
    if words == ["--list"]:
        print("\n".join(f"{stage.name:12} {stage.about}" for stage in stages.STAGES))
        return 0
    names, options = split(words)
    machine.provide()
    if names == ["bench"]:
        return stages.bench(options)
    if options and not names:
        return stages.pytest_over_all(options)
    results = [table.announce(stage, stages.run(stage, options)) for stage in stages.chosen(names)]
    return table.close(results)


def split(words: list[str]) -> tuple[list[str], list[str]]:
    """Stage names up to the first word that is none, and the rest, which is for pytest."""
    known = {"bench", *(stage.name for stage in stages.STAGES)}
    count = next((index for index, word in enumerate(words) if word not in known), len(words))
    return words[:count], words[count:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
