"""What tests of whole use cases may ask for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.living_hall import LivingHall


@pytest.fixture
def open_hall(tmp_path: Path) -> Iterator[Callable[..., LivingHall]]:
    """Opens a hall of its own: `open_hall(plan_with(undo_seconds=0), now="2026-11-24T17:00:00+08:00")`."""
    opened: list[LivingHall] = []

    def open_one(*arguments: Any, **options: Any) -> LivingHall:
        url = f"sqlite:///{tmp_path / f'hall-{len(opened)}.db'}"
        opened.append(LivingHall(url, *arguments, **options))
        return opened[-1]

    yield open_one
    for hall in opened:
        hall.close()


@pytest.fixture
def hall(open_hall: Callable[..., LivingHall]) -> LivingHall:
    """The test hall at ten on a Tuesday, nobody in it."""
    return open_hall()
