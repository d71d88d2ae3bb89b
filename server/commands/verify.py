"""`python3 -m server verify`: is the journal whole, and are the tables what it says?"""

from __future__ import annotations

from server.bootstrap import faults
from server.settings import Settings


def main(settings: Settings) -> int:
    """Tell every fault; 0 when there is none."""
    found = faults(settings)
    for fault in found:
        print(fault)
    if not found:
        print("日志完整，各表一致 / the journal is whole and the tables agree")
    return 1 if found else 0
