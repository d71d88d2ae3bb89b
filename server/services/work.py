"""What a use case has in hand: the plan, the time, who asks, and the unit of work to record in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from server.domain.draft import Draft
from server.domain.errors import Refused
from server.domain.events import Event, Reason
from server.domain.journal import Entry
from server.domain.plan import HallPlan, Window
from server.domain.tickets import Ticket
from server.domain.windows import WindowState
from server.services.estimating import Estimates
from server.services.ports import UnitOfWork

OTHER = "其他"


@dataclass(frozen=True)
class Actor:
    """Who acts: `kind` is staff, device, ticket, anonymous or system; `id` their number in the hall."""

    kind: str
    id: str
    role: str = ""
    zone: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


CLOCK = Actor("system", "clock")
"""The hall's own clock, when time alone makes something happen."""


@dataclass(frozen=True)
class Work:
    """One use case on one hall. `now` was read once, when the request came."""

    plan: HallPlan
    now: datetime
    """The hall's time."""
    real_at: datetime
    """The machine's time, for what runs on it, such as sound."""
    day: date
    actor: Actor
    uow: UnitOfWork
    estimates: Estimates

    @property
    def draft(self) -> Draft:
        return self.uow.draft

    def record(self, *happened: Event) -> Entry:
        """Put events into the journal and fold them in; gives the last entry."""
        for event in happened:
            entry = self.uow.record(event, at=self.now, business_day=self.day, actor=str(self.actor))
        return entry

    def reason(self, text: str, known: Iterable[str]) -> Reason:
        """A reason from the hall's list as its code; anybody's own words go into the notes, outside the journal."""
        if text in known:
            return Reason(text)
        return Reason(OTHER, self.uow.note(self.day, text))

    def window(self, number: int) -> WindowState:
        """The window as it stands; `not_found` for one that the hall does not have."""
        self.window_plan(number)
        return self.draft.window(number)

    def window_plan(self, number: int) -> Window:
        """The window as planned; `not_found` for one that the hall does not have."""
        plan = self.plan.window_by_number.get(number)
        if plan is None:
            raise Refused("not_found")
        return plan

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket on the floor; `not_found` otherwise."""
        ticket = self.draft.ticket(ticket_id)
        if ticket is None:
            raise Refused("not_found")
        return ticket

    def ticket_by_token(self, token: str) -> Ticket:
        """The ticket whose secret link this is; the link is dead when the business day is over."""
        ticket = self.draft.by_token(token)
        if ticket is None or ticket.business_day != self.day:
            raise Refused("not_found")
        return ticket
