"""The hall that is measured: 4,000 tickets behind it, sixteen desks open, people waiting."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import big_day, first_access
from tests.bench.plain_http import PlainHttp
from tests.clients import Staff
from tests.hall_server import HallServer

WINDOWS = range(3, 19)
API = "/api/v1"


class BusyHall:
    """The running hall and its people, who press as fast as they can."""

    def __init__(self, server: HallServer) -> None:
        self.server = server
        self._ids = itertools.count()
        self.kiosk_token = server.credentials["devices"]["K1"]
        self._staff = {window: self._sign_on(window) for window in WINDOWS}

    def kiosk(self) -> PlainHttp:
        """A kiosk's connection."""
        return PlainHttp(self.server.port, Authorization=f"Bearer {self.kiosk_token}")

    def desk(self, window: int) -> PlainHttp:
        """A desk's connection."""
        clerk = self._staff[window]
        return PlainHttp(self.server.port, Cookie=clerk.cookie, X_CSRF_Token=str(clerk.http.headers["X-CSRF-Token"]))

    def issue(self, kiosk: PlainHttp, queue: str = "B") -> Any:
        """One number, as the kiosk page asks for it."""
        wish = {"queue": queue, "after_hours_choice": "wait", "request_id": self._id()}
        return kiosk.post(f"{API}/tickets", wish)

    def cancel(self, kiosk: PlainHttp, issued: Any) -> None:
        """Give the number up again, so that the line stays as long as it was."""
        kiosk.post(f"{API}/tickets/{issued['ticket']['token']}/cancel")

    def call_next(self, desk: PlainHttp, window: int) -> Any:
        """One press of the desk's main key."""
        return desk.post(f"{API}/windows/{window}/call-next", {"request_id": self._id()})

    def serve(self, desk: PlainHttp, window: int) -> None:
        """The rest of the visit."""
        desk.post(f"{API}/windows/{window}/start", {"request_id": self._id()})
        desk.post(f"{API}/windows/{window}/finish", {"outcome": "受理", "request_id": self._id()})

    def resident_megabytes(self) -> float:
        """The memory of the server's process."""
        assert self.server.process is not None
        pages = Path(f"/proc/{self.server.process.pid}/statm").read_text().split()[1]
        return int(pages) * 4096 / 1e6

    def _id(self) -> str:
        return f"bench {next(self._ids)}"

    def _sign_on(self, window: int) -> Staff:
        name = f"工号{window:03}"
        return Staff(self.server.url, name, self.server.credentials["staff"][name]).sign_in().sign_on(window)


@contextmanager
def busy_hall(folder: Path) -> Iterator[BusyHall]:
    """The hall, running; its data stay in `folder / "hall"` afterwards, and as they were before in `folder / "day"`."""
    day = folder / "day"
    first_access.main(str(day))
    (day / "clock.json").unlink(missing_ok=True)
    big_day.fill(day)
    shutil.copytree(day, folder / "hall")
    server = HallServer(folder / "hall", ("--now", big_day.AFTER, "--visitors", "0")).start()
    try:
        yield BusyHall(server)
    except OSError:
        print(server.output()[-4000:])
        raise
    finally:
        server.stop()
