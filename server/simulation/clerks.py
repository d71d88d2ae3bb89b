"""A clerk: comes, signs on, calls, waits for the person, serves, is away for a moment, goes when nobody is left.

What to do next follows from the window as it stands on the floor, so a clerk goes on after a restart, or after a
person did something at the same window. Memory is only what nobody can see: until when a service or an absence lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from server.domain.plan import HallPlan, Window
from server.domain.tickets import Ticket
from server.domain.windows import CALLING, CLOSED, OPEN, PAUSED, SERVING
from server.simulation import durations, shifts
from server.simulation.agenda import Agenda, Appointment
from server.simulation.breaks import Breaks
from server.simulation.desk import Desk
from server.simulation.durations import seconds_between
from server.simulation.outcomes import Outcomes
from server.simulation.shifts import Stretch
from server.simulation.visitors import Visitors

LATE_SHARE = 0.05
EARLY_SECONDS, LATE_SECONDS = 7 * 60, 10 * 60
"""Most clerks come up to so long before they have to; some so long after the opening."""

LOOKS_UP = timedelta(minutes=5)
"""How often a free clerk without anybody waiting looks at the clock."""

TIDE_CHECK = timedelta(minutes=4)
TIDE_LEAST = timedelta(minutes=30)
"""A tidal window is looked at this often, and once open stays so at least this long."""

SOMEBODY_ELSES = timedelta(minutes=10)
AFTER_REFUSAL = timedelta(seconds=20)


@dataclass
class _Visit:
    """What will become of one call: when the person is at the window (None: never), and when they are done."""

    ticket: str
    called_at: datetime | None
    arrives: datetime | None
    patience: timedelta
    """How long the clerk waits after each call."""
    done: datetime | None = None

    def wait(self, called: datetime, now: datetime) -> timedelta:
        """Until the person comes or patience is over, whichever is first."""
        over = called + self.patience
        return min(over, self.arrives or over) - now


class Clerk:
    """One clerk at the window that the hall file gives them."""

    def __init__(
        self,
        plan: HallPlan,
        window: Window,
        desk: Desk,
        visitors: Visitors,
        outcomes: Outcomes,
        agenda: Agenda,
        dice: Random,
    ) -> None:
        self._plan = plan
        self._window = window
        self._desk = desk
        self._visitors = visitors
        self._outcomes = outcomes
        self._agenda = agenda
        self._dice = dice
        self._breaks = Breaks(plan, window.number, dice)
        self._steps = {
            CLOSED: self._away,
            OPEN: self._free,
            CALLING: self._calling,
            SERVING: self._serving,
            PAUSED: self._paused,
        }
        self._comes: tuple[Stretch, datetime] | None = None
        self._visit: _Visit | None = None
        self._back_at: datetime | None = None
        self._idle = False
        self._next: Appointment | None = None

    # when to act

    def begin(self, now: datetime) -> None:
        """From now on the clerk lives; one who should be at the window already comes at once."""
        stretch = shifts.upcoming(self._plan, self._window.number, now)
        if stretch is not None and shifts.on_post(self._plan, stretch) <= now:
            self._comes = stretch, now + self._seconds(1, 40)
        self._act_at(now + self._seconds(0, 3))

    def notice(self, now: datetime) -> None:
        """The desk shows that somebody began to wait for this window. A person at the next desk may be quicker."""
        if self._idle:
            self._idle = False
            self._act_at(now + self._seconds(4, 15))

    def _act_at(self, moment: datetime) -> None:
        if self._next is not None:
            self._next.cancel()
        self._next = self._agenda.at(moment, self._act)

    def _act(self, now: datetime) -> None:
        """One step, and whatever became of it, another later."""
        rest = AFTER_REFUSAL
        try:
            rest = self._step(now)
        finally:
            self._act_at(now + rest)

    def _step(self, now: datetime) -> timedelta:
        """Do what the window asks for; gives the time until the next step."""
        self._idle = False
        state = self._desk.state
        if state.clerk not in {None, self._window.default_staff}:
            return SOMEBODY_ELSES
        return self._steps[state.state](now)

    # coming and going

    def _away(self, now: datetime) -> timedelta:
        stretch = shifts.upcoming(self._plan, self._window.number, now)
        if stretch is None:
            return timedelta(days=1)
        comes = self._comes_at(stretch)
        if now < comes:
            return comes - now
        if self._window.tidal and not self._line_is_long():
            return TIDE_CHECK
        self._desk.sign_on()
        return max(stretch.opens - now, timedelta()) + self._seconds(2, 15)

    def _comes_at(self, stretch: Stretch) -> datetime:
        """When the clerk comes for this stretch, decided once."""
        if self._comes is None or self._comes[0] != stretch:
            late = self._dice.random() < LATE_SHARE
            early = shifts.on_post(self._plan, stretch) - self._seconds(0, EARLY_SECONDS)
            self._comes = stretch, stretch.opens + self._seconds(30, LATE_SECONDS) if late else early
        return self._comes[1]

    def _may_leave(self, stretch: Stretch, now: datetime) -> bool:
        """After closing: once everybody is served who was here then, or when the clerk has to eat."""
        if now < stretch.closes:
            return self._window.tidal and self._tide_is_out(now)
        if stretch.leaves_by is not None and now >= stretch.leaves_by:
            return True
        return not any(ticket.issued_at < stretch.closes for ticket in self._waiting())

    def _line_is_long(self) -> bool:
        """Whether the hall file would warn of one of the window's queues."""
        limits = self._plan.queue_by_prefix
        return any(len(self._desk.waiting(queue)) >= limits[queue].warn_waiting for queue in self._window.queues)

    def _tide_is_out(self, now: datetime) -> bool:
        since = self._desk.state.signed_on_at
        return since is not None and now - since >= TIDE_LEAST and not self._waiting()

    def _waiting(self) -> list[Ticket]:
        return [ticket for queue in self._window.queues for ticket in self._desk.waiting(queue)]

    # calling and serving

    def _free(self, now: datetime) -> timedelta:
        stretch = shifts.begun(self._plan, self._window.number, now)
        if stretch is None:
            return LOOKS_UP
        if now < stretch.opens:
            return stretch.opens - now + self._seconds(1, 15)
        if self._may_leave(stretch, now):
            self._desk.sign_off()
            return self._seconds(60, 120)
        if now < stretch.closes and self._breaks.is_due(stretch, now):
            return self._pause(now)
        return self._call(stretch, now)

    def _call(self, stretch: Stretch, now: datetime) -> timedelta:
        if self._waiting():
            self._desk.call_next()
        ticket = self._desk.ticket
        if ticket is None:
            self._idle = True
            return min(LOOKS_UP, max(stretch.closes - now, AFTER_REFUSAL))
        return self._calling(now)

    def _calling(self, now: datetime) -> timedelta:
        """Wait for the person; call again after the cool-down; after enough calls they count as missed."""
        ticket = self._expected()
        visit = self._visit_of(ticket, now)
        called = ticket.last_called_at or now
        if visit.arrives is not None and visit.arrives <= now:
            self._desk.start()
            visit.done = now + durations.service(self._plan, ticket, self._dice)
            return visit.done - now
        if now < called + visit.patience:
            return visit.wait(called, now)
        if ticket.calls >= self._plan.no_show.calls_before_missed:
            self._desk.miss(self._plan.no_show.reasons[0])
            return self._seconds(3, 10)
        self._desk.call_again()
        return visit.wait(now, now)

    def _serving(self, now: datetime) -> timedelta:
        ticket = self._expected()
        visit = self._visit_of(ticket, now)
        if visit.done is None:  # begun before a restart, or by a person
            began = ticket.started_at or now
            visit.done = max(began + durations.service(self._plan, ticket, self._dice), now + self._seconds(5, 60))
        if now < visit.done:
            return visit.done - now
        self._desk.finish(self._outcomes.draw(ticket.queue, self._dice))
        return self._seconds(3, 15)

    def _expected(self) -> Ticket:
        ticket = self._desk.ticket
        if ticket is None:
            raise LookupError(f"window {self._desk.number} is busy with a ticket that is not on the floor")
        return ticket

    def _visit_of(self, ticket: Ticket, now: datetime) -> _Visit:
        """What will become of this call; drawn when the clerk first sees it."""
        known = self._visit
        if known is not None and (known.ticket, known.called_at) == (ticket.id, ticket.called_at):
            return known
        walk = self._visitors.walk_of(ticket.id)
        patience = timedelta(seconds=self._plan.no_show.min_seconds_between_calls) + self._seconds(15, 45)
        self._visit = _Visit(ticket.id, ticket.called_at, None if walk is None else now + walk, patience)
        return self._visit

    # a short absence

    def _pause(self, now: datetime) -> timedelta:
        rules = self._plan.pause
        away = durations.absence(rules.limit_minutes, self._dice)
        said = min(rules.limit_minutes, 5 * (1 + int(away / timedelta(minutes=5))))
        reason = self._dice.choices(rules.reasons, [1 / 3**place for place in range(len(rules.reasons))])[0]
        self._desk.pause(reason, said)
        self._back_at = now + away
        return away

    def _paused(self, now: datetime) -> timedelta:
        back = self._back_at or max(self._desk.state.pause_until or now, now + self._seconds(5, 20))
        if now < back:
            self._back_at = back
            return back - now
        self._back_at = None
        self._desk.resume()
        return self._seconds(2, 8)

    def _seconds(self, least: float, most: float) -> timedelta:
        return seconds_between(self._dice, least, most)
