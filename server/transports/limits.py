"""How fast anonymous commands may come from one address; enrolled devices and staff are never limited."""

from __future__ import annotations

import time
from collections import OrderedDict

from server.domain.errors import Refused

PER_SECOND = 20.0
BURST = 100.0
ADDRESSES_KEPT = 10_000

_buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()


def limit_anonymous(address: str) -> None:
    """Take one command from the address's bucket; `too_many` when it is empty. Real time, not the hall's."""
    now = time.monotonic()
    left, seen = _buckets.pop(address, (BURST, now))
    left = min(BURST, left + (now - seen) * PER_SECOND)
    _buckets[address] = (max(0.0, left - 1), now)
    if len(_buckets) > ADDRESSES_KEPT:
        _buckets.popitem(last=False)
    if left < 1:
        raise Refused("too_many")
