"""What a simulated clerk can do at a window: the commands of the desk, as its page sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.domain.plan import Window
from server.domain.tickets import Ticket
from server.domain.windows import WindowState
from server.services import attendance, calling, queries, visits
from server.services.hall import Hall
from server.services.work import Actor, Work


class Desk:
    """One window, in the hands of one clerk. Every command may raise `Refused`."""

    def __init__(self, hall: Hall, window: Window, clerk: str) -> None:
        self.number = window.number
        self._hall = hall
        self._window = window
        self._actor = Actor("staff", clerk, "clerk")

    # looking

    @property
    def state(self) -> WindowState:
        """The window as it stands."""
        return self._hall.storage.floor.window(self.number)

    @property
    def ticket(self) -> Ticket | None:
        """Who is called or served here."""
        return self._hall.storage.floor.ticket(self.state.ticket or "")

    def waiting(self, queue: str) -> list[Ticket]:
        """Who waits in a queue."""
        return list(self._hall.storage.floor.waiting(queue))

    # doing

    def sign_on(self) -> None:
        self._do(lambda work: attendance.sign_on(work, self.number))

    def sign_off(self) -> None:
        self._do(lambda work: attendance.sign_off(work, self.number))

    def call_next(self) -> None:
        self._do(lambda work: calling.call_next(work, self.number))

    def call_again(self) -> None:
        self._do(lambda work: calling.call_again(work, self.number))

    def start(self) -> None:
        self._do(lambda work: visits.start(work, self.number))

    def finish(self, outcome: str) -> None:
        self._do(lambda work: visits.finish(work, self.number, outcome, (), None))

    def miss(self, reason: str) -> None:
        self._do(lambda work: visits.miss(work, self.number, reason))

    def pause(self, reason: str, minutes: int) -> None:
        self._do(lambda work: attendance.pause(work, self.number, reason, minutes))

    def resume(self) -> None:
        self._do(lambda work: attendance.resume(work, self.number))

    def _do(self, use_case: Callable[[Work], Any]) -> None:
        def answer(work: Work, _: Any) -> dict[str, Any]:
            active = work.draft.ticket(work.draft.window(self.number).ticket or "")
            return queries.window_body(self._hall, work, self.number, active)

        self._hall.do(self._actor, use_case, answer)
