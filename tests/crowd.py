"""Many people at once: each in a thread of their own, with a connection of their own, all starting together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def at_once(deeds: Sequence[Callable[[], Result]]) -> list[Result]:
    """What each deed gave, in order; they begin at the same moment. Raises what the first failing one raised."""
    start = threading.Barrier(len(deeds))

    def wait_and_do(deed: Callable[[], Result]) -> Result:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(wait_and_do, deeds))
