"""`python3 -m server rebuild`: the folded tables once more from the journal."""

from __future__ import annotations

from server.bootstrap import rebuild_tables
from server.settings import Settings


def main(settings: Settings) -> int:
    """Rebuild, and say how many rows there are."""
    rows = rebuild_tables(settings)
    print(f"已由日志重建 {rows} 行 / rebuilt {rows} rows from the journal")
    return 0
