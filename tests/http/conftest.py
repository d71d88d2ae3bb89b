"""One hall for all tests of a file: each takes windows, queues and people of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.hall_server import HallServer


@pytest.fixture(scope="module")
def hall_server(start_shared_hall: Callable[..., HallServer]) -> HallServer:
    """The hall that the tests of a file share."""
    return start_shared_hall()
