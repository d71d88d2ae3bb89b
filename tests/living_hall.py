"""A whole hall without pages: real use cases, board and database; the clock, the wire and the voice are fakes.

    hall.sign_on(1); a = hall.issue("A"); hall.call_next(1); hall.let_pass(minutes=3); hall.finish(1)

Each clerk acts at the window of `CLERK_OF` unless told. Everything goes through `Hall.do`, as for a page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from server.adapters.migrations import migrate
from server.adapters.rebuild import faults
from server.adapters.storage import SqlStorage, connect
from server.domain.closures import Closure
from server.domain.floor import Floor
from server.domain.journal import Entry
from server.domain.plan import HallPlan
from server.domain.tickets import Ticket
from server.domain.windows import WindowState
from server.services import access, arranging, attendance, calling, issuing, ticketing, visits
from server.services.announcing import Announcer
from server.services.arranging import Filing
from server.services.beats import Beats
from server.services.board import Board
from server.services.estimating import Estimates
from server.services.hall import Hall, Request
from server.services.issuing import Wish
from server.services.reactions import Reactions
from server.services.visits import Destination
from server.services.work import Actor, Work
from tests.fakes import MORNING, FakeClock, RecordingWire, SilentVoice
from tests.halls import CLERK_OF, hall_plan

KEY = b"the journal's key of the tests"
KIOSK = Actor("device", "K1", "kiosk")
HOLDER = Actor("ticket", "holder")


def staff(number: str, role: str = "clerk") -> Actor:
    return Actor("staff", number, role)


LEAD = staff("工号009", "area_lead")
MANAGER = staff("工号010", "manager")


def open_storage(url: str, hall: str = "TEST") -> SqlStorage:
    """The storage of a hall on a database, brought up to date."""
    engine = connect(url)
    migrate(engine)
    storage = SqlStorage(engine, hall, KEY)
    storage.open()
    return storage


class LivingHall:
    """`wire` has what was told, `clock` is moved by hand, `floor` is the hall as it stands."""

    def __init__(self, url: str, plan: HallPlan | None = None, now: str = MORNING) -> None:
        self.url = url
        self.plan = plan or hall_plan()
        self.clock = FakeClock(now)
        self._open()
        self.settle()

    def _open(self) -> None:
        self.wire = RecordingWire()
        self.voice = SilentVoice()
        self.storage = open_storage(self.url, self.plan.code)
        estimates = Estimates(self.plan)
        self.board = Board(self.plan, self.storage.floor, estimates)
        self.board.paint(self.clock.now())
        self.hall = Hall(
            plan=self.plan,
            clock=self.clock,
            storage=self.storage,
            estimates=estimates,
            board=self.board,
            announcer=Announcer(self.plan, self.clock, self.storage, self.voice, self.wire),
            beats=Beats(self.plan, self.clock),
            public_url="http://hall.test",
            identity_key=b"identity",
        )
        self.reactions = Reactions(self.hall, self.wire)
        self.hall.followers.append(self.reactions)

    def close(self) -> None:
        self.storage.close()

    def reopen(self) -> None:
        """The server stops and starts again; the clock goes on."""
        self.close()
        self._open()

    # time

    def let_pass(self, **duration: float) -> int:
        """Time passes, and the watcher does what is due; gives how many things that were."""
        self.clock.let_pass(**duration)
        return self.settle()

    def at(self, moment: str) -> int:
        """It is `moment` now, such as 2026-11-24T17:30:00+08:00, and the watcher does what is due."""
        self.clock.set_to(moment)
        return self.settle()

    def settle(self) -> int:
        """The watcher works until nothing is due; gives how many things it did."""
        done = 0
        while self.hall.watch():
            done += 1
            assert done < 1000, "the watcher never comes to rest"
        return done

    # looking

    @property
    def floor(self) -> Floor:
        return self.storage.floor

    def ticket(self, ticket: Ticket) -> Ticket:
        """The ticket as it is now."""
        found = self.floor.ticket(ticket.id)
        assert found is not None, f"{ticket.number} has left the floor"
        return found

    def journal(self) -> list[Entry]:
        return self.storage.entries_after(0, 100_000)

    def kinds(self) -> list[str]:
        """What happened so far, in order."""
        return [entry.kind for entry in self.journal()]

    def faults(self) -> list[str]:
        return faults(self.storage)

    # acting

    def act(self, actor: Actor, use_case: Callable[[Work], Any], request: Request | None = None) -> Any:
        """Run a use case; gives what it gave."""
        found: list[Any] = []

        def keep(_: Work, result: Any) -> dict[str, Any]:
            found.append(result)
            return {}

        self.hall.do(actor, use_case, keep, request)
        return found[0]

    def issue(self, queue: str | None = "A", actor: Actor = KIOSK, **wish: Any) -> Ticket:
        ticket: Ticket = self.act(actor, lambda work: issuing.issue(work, Wish(queue=queue, **wish)))
        return ticket

    def holder(self, use_case: Callable[..., Ticket], ticket: Ticket, *arguments: Any) -> Ticket:
        """What the holder of a ticket does: `hall.holder(ticketing.cancel, ticket, None)`."""
        changed: Ticket = self.act(HOLDER, lambda work: use_case(work, ticket.token, *arguments))
        return changed

    def cancel(self, ticket: Ticket) -> Ticket:
        return self.holder(ticketing.cancel, ticket, None)

    def return_to_line(self, ticket: Ticket) -> Ticket:
        return self.holder(ticketing.return_to_line, ticket)

    def clerk_at(self, window: int) -> Actor:
        return staff(self.floor.window(window).clerk or CLERK_OF[window])

    def sign_on(self, window: int, clerk: str | None = None) -> WindowState:
        state: WindowState = self.act(staff(clerk or CLERK_OF[window]), lambda work: attendance.sign_on(work, window))
        return state

    def sign_off(self, window: int) -> WindowState:
        state: WindowState = self.act(self.clerk_at(window), lambda work: attendance.sign_off(work, window))
        return state

    def pause(self, window: int, reason: str = "临时离岗", minutes: int | None = None) -> WindowState:
        state: WindowState = self.act(
            self.clerk_at(window), lambda work: attendance.pause(work, window, reason, minutes)
        )
        return state

    def resume(self, window: int) -> WindowState:
        state: WindowState = self.act(self.clerk_at(window), lambda work: attendance.resume(work, window))
        return state

    def call_next(self, window: int) -> Ticket | None:
        ticket: Ticket | None = self.act(self.clerk_at(window), lambda work: calling.call_next(work, window))
        return ticket

    def at_window(self, use_case: Callable[..., Ticket], window: int, *arguments: Any) -> Ticket:
        """What a clerk does with the active visit: `hall.at_window(visits.hold, 1, "其他", 10)`."""
        ticket: Ticket = self.act(self.clerk_at(window), lambda work: use_case(work, window, *arguments))
        return ticket

    def call_one(self, window: int, number: str, reason: str = "特殊群体") -> Ticket:
        return self.at_window(calling.call_one, window, number, reason)

    def start(self, window: int) -> Ticket:
        return self.at_window(visits.start, window)

    def finish(self, window: int, outcome: str = "受理") -> Ticket:
        return self.at_window(visits.finish, window, outcome, (), None)

    def finish_called(self, window: int) -> Ticket:
        """Start and finish the visit that is called."""
        self.start(window)
        return self.finish(window)

    def serve(self, window: int, minutes: float = 3) -> Ticket:
        """Call the next, serve them for so long, finish."""
        assert self.call_next(window) is not None
        self.start(window)
        self.let_pass(minutes=minutes)
        return self.finish(window)

    def call_three_times_and_miss(self, window: int, reason: str = "叫号三次未到") -> Ticket:
        """The called visit does not come: called again twice, then missed."""
        for _ in range(2):
            self.let_pass(seconds=20)
            self.at_window(calling.call_again, window)
        return self.at_window(visits.miss, window, reason)

    def undo(self, window: int) -> Ticket:
        return self.at_window(visits.undo, window)

    def hold(self, window: int, minutes: int = 10) -> Ticket:
        return self.at_window(visits.hold, window, "补充材料", minutes)

    def give_back(self, window: int) -> Ticket:
        return self.at_window(visits.give_back, window, "叫错号")

    def transfer(self, at: int, **to: Any) -> Ticket:
        """`hall.transfer(2, window=1, joint=True)`, `hall.transfer(2, clerk="工号003")`, or to a queue."""
        return self.at_window(visits.transfer, at, Destination(**to), "业务不符")

    def relieve(self, window: int, clerk: str) -> WindowState:
        return self.arrange(lambda work: attendance.relieve(work, window, clerk), staff(clerk))

    # arranging

    def arrange(self, use_case: Callable[[Work], Any], actor: Actor = LEAD) -> Any:
        """What a lead does, or who else may: `hall.arrange(lambda work: arranging.evacuate(work, on=True))`."""
        return self.act(actor, use_case)

    def file_closure(
        self, window: int, begins: str, ends: str, *, approved: bool = True, reason: str = "业务调整"
    ) -> Closure:
        """A closure of a window between two moments of the hall's clock."""
        filing = Filing(window, _moment(begins), _moment(ends), reason, "培训")
        closure: Closure = self.arrange(lambda work: arranging.file_closure(work, filing, approved=approved))
        return closure

    def deactivate(self, clerk: str, reason: str = "离职") -> None:
        """A leaver, as far as the hall is concerned; accounts are elsewhere."""
        self.arrange(lambda work: access.record_end(work, clerk, reason), staff("工号013", "security"))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
