"""Measures, and prints the table.

python3 -m tests bench              three rounds, about five minutes
python3 -m tests bench --rounds 5
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.bench import commands, housekeeping, news
from tests.bench.busy_hall import busy_hall
from tests.bench.figures import HEADER
from tests.running import bare_server


def main() -> None:
    """Measure everything in turn."""
    parser = argparse.ArgumentParser(prog="python3 -m tests bench")
    parser.add_argument("--rounds", type=int, default=3, help="how often each figure is measured")
    rounds = parser.parse_args().rounds
    print(f"{rounds} rounds; a hall in the afternoon with 4,000 tickets behind it, on this machine now\n\n{HEADER}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with busy_hall(folder) as hall, bare_server(folder) as bare:
            for figures in (commands.measure(hall, bare, folder, rounds), news.measure(hall, bare, rounds)):
                for figure in figures:
                    print(figure.line(), flush=True)
        for figure in housekeeping.measure(folder, rounds):
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
