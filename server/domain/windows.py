"""A window: who is signed on, the pause, the visit it serves; and the guards of what may be done there.

Stored are facts and deadlines; what depends on the time (overrun, after hours) is computed where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import singledispatch

from server.domain import events
from server.domain.errors import Refused
from server.domain.events import Event, Reason
from server.domain.journal import Entry
from server.domain.plan import PauseRules, Window

CLOSED, OPEN, CALLING, SERVING, PAUSED = "closed", "open", "calling", "serving", "paused"


@dataclass(frozen=True)
class Pending:
    """A pause asked for while somebody was being served; it begins when that visit leaves the window."""

    clerk: str
    reason: Reason
    minutes: int


@dataclass(frozen=True)
class WindowState:
    """A window as it stands. `since` is when its present state began (UTC)."""

    number: int
    since: datetime | None = None
    sign_on: str | None = None
    clerk: str | None = None
    signed_on_at: datetime | None = None
    ticket: str | None = None
    serving: bool = False
    pause: str | None = None
    pause_reason: Reason | None = None
    paused_at: datetime | None = None
    pause_until: datetime | None = None
    pause_limit_at: datetime | None = None
    pause_warned: bool = False
    pause_escalated: bool = False
    pause_acknowledged: bool = False
    pending: Pending | None = None
    relief_asked: str | None = None
    """Whom a lead or the manager sends to relieve this window."""
    suspended: bool = False
    """Nobody is here because the clerk's access ended; the sign says so."""
    closure: str | None = None
    closed_until: datetime | None = None
    lent: tuple[str, ...] = ()
    """Queues it serves for a while beside its own (潮汐窗口)."""

    @property
    def state(self) -> str:
        """closed, open, calling, serving or paused (DESIGN §6)."""
        if self.sign_on is None:
            return PAUSED if self.suspended else CLOSED
        if self.pause is not None:
            return PAUSED
        if self.ticket is None:
            return OPEN
        return SERVING if self.serving else CALLING

    def overrun(self, now: datetime) -> bool:
        """Whether the clerk has been away longer than the limit (3.2.3)."""
        return self.pause_limit_at is not None and now >= self.pause_limit_at


def as_lent(window: Window, state: WindowState) -> Window:
    """The window as planned, with the queues it is lent to among its primary ones (C14)."""
    lent = tuple(queue for queue in state.lent if queue not in window.primary)
    if not lent:
        return window
    return replace(window, primary=window.primary + lent, secondary=tuple(q for q in window.secondary if q not in lent))


# -- guards and verbs ------------------------------------------------------------------------------------------


def require_not_closed(window: WindowState) -> None:
    """Nobody signs on at a window while a filed closure lasts (3.2.4)."""
    if window.closure is not None:
        raise Refused("window_closed", window=window.number)


def require_clerk(window: WindowState, clerk: str) -> None:
    """Only the clerk who is signed on may act at a window."""
    if window.clerk is None:
        raise Refused("not_signed_on", window=window.number)
    if window.clerk != clerk:
        raise Refused("not_yours", window=window.number)


def require_free(window: WindowState, clerk: str, number_of: dict[str, str] | None = None) -> None:
    """The clerk is here, not paused, and no visit is active (C13)."""
    require_clerk(window, clerk)
    if window.pause is not None:
        raise Refused("window_paused", window=window.number)
    if window.ticket is not None:
        raise Refused("window_busy", ticket=window.ticket, number=(number_of or {}).get(window.ticket, window.ticket))


def active_ticket(window: WindowState, clerk: str) -> str:
    """The id of the visit that is active here, for the clerk who is signed on."""
    require_clerk(window, clerk)
    if window.pause is not None:
        raise Refused("window_paused", window=window.number)
    if window.ticket is None:
        raise Refused("no_active_ticket", window=window.number)
    return window.ticket


def sign_on(window: WindowState, clerk: str, sign_on_id: str, elsewhere: int | None) -> events.SignedOn:
    """Take up a window (上岗): one clerk one window, one window one clerk. `elsewhere` is where the clerk is now."""
    require_not_closed(window)
    if window.clerk == clerk or elsewhere is not None:
        raise Refused("already_signed_on", window=elsewhere or window.number)
    if window.clerk is not None:
        raise Refused("window_taken", clerk=window.clerk, window=window.number)
    return events.SignedOn(sign_on_id, window.number, clerk)


def sign_off(
    window: WindowState, clerk: str, number: str | None, now: datetime, *, by_clock: bool = False
) -> list[Event]:
    """Leave a window; refused while a visit is active there. A pause ends with it."""
    require_clerk(window, clerk)
    if window.ticket is not None:
        raise Refused("window_busy", ticket=window.ticket, number=number)
    ended: list[Event] = [resume(window, clerk, now)] if window.pause is not None else []
    return [*ended, events.SignedOff(window.sign_on or "", window.number, clerk, by_clock=by_clock)]


def pause(
    window: WindowState, clerk: str, reason: Reason, minutes: int, pause_id: str, now: datetime, rules: PauseRules
) -> Event:
    """Ask for a short absence (3.2.3): at once when the window is free, else when the present visit has left."""
    require_clerk(window, clerk)
    if window.pause is not None:
        raise Refused("window_paused", window=window.number)
    if window.ticket is not None:
        return events.PauseRequested(window.number, clerk, reason, minutes)
    return begin_pause(window.number, clerk, reason, minutes, pause_id, now, rules)


def withdraw_pause(window: WindowState, clerk: str) -> events.PauseWithdrawn:
    """Take back a pause that has not begun."""
    require_clerk(window, clerk)
    if window.pending is None:
        raise Refused("not_paused", window=window.number)
    return events.PauseWithdrawn(window.number, clerk)


def begin_pause(
    number: int, clerk: str, reason: Reason, minutes: int, pause_id: str, now: datetime, rules: PauseRules
) -> events.WindowPaused:
    """The absence begins: expected return, and the limit that the standard sets."""
    until = now + timedelta(minutes=minutes)
    limit = now + timedelta(minutes=rules.limit_minutes)
    return events.WindowPaused(pause_id, number, clerk, reason, until, limit)


def pause_after_visit(window: WindowState, pause_id: str, now: datetime, rules: PauseRules) -> list[Event]:
    """The pause that was asked for during a visit which has now left the window, if there was one."""
    wish = window.pending
    if wish is None:
        return []
    return [begin_pause(window.number, wish.clerk, wish.reason, wish.minutes, pause_id, now, rules)]


def without_ticket(window: WindowState) -> WindowState:
    """The window as it is once its visit has ended with the day."""
    return replace(window, ticket=None, serving=False)


def resume(window: WindowState, clerk: str, now: datetime) -> events.WindowResumed:
    """The clerk is back; seconds beyond the limit are told for the ledger."""
    require_clerk(window, clerk)
    if window.pause is None:
        raise Refused("not_paused", window=window.number)
    return events.WindowResumed(window.pause, window.number, clerk, overrun_seconds(window.pause_limit_at, now))


def overrun_seconds(limit_at: datetime | None, now: datetime) -> int:
    """Whole seconds beyond the limit; 0 within it."""
    return max(0, int((now - limit_at).total_seconds())) if limit_at else 0


def relieve(window: WindowState, clerk: str, sign_on_id: str, elsewhere: int | None, now: datetime) -> list[Event]:
    """Another clerk takes over (补岗, 3.2.3): the window stays open with the visit it serves; a pause ends."""
    if window.sign_on is None or window.clerk is None:
        raise Refused("not_signed_on", window=window.number)
    if window.clerk == clerk or elsewhere is not None:
        raise Refused("already_signed_on", window=elsewhere or window.number)
    ended: list[Event] = [resume(window, window.clerk, now)] if window.pause is not None else []
    taken = events.WindowRelieved(window.number, window.sign_on, window.clerk, sign_on_id, clerk)
    return [*ended, taken]


# -- how events change a window --------------------------------------------------------------------------------


@singledispatch
def evolve(event: Event, window: WindowState, entry: Entry) -> WindowState:
    """The window as it is after `event`; events that do not concern windows leave it alone."""
    return window


@evolve.register
def _(event: events.SignedOn, window: WindowState, entry: Entry) -> WindowState:
    return _taken_up(window, event.sign_on, event.clerk, entry)


@evolve.register
def _(event: events.SignedOff, window: WindowState, entry: Entry) -> WindowState:
    return _emptied(window, entry)


@evolve.register
def _(event: events.WindowSuspended, window: WindowState, entry: Entry) -> WindowState:
    return replace(_emptied(window, entry), suspended=True)


@evolve.register
def _(event: events.WindowRelieved, window: WindowState, entry: Entry) -> WindowState:
    since = window.since if window.ticket is not None else entry.at
    taken = _taken_up(window, event.next_sign_on, event.next_clerk, entry)
    return replace(taken, since=since, ticket=window.ticket, serving=window.serving)


@evolve.register
def _(event: events.ReliefAsked, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, relief_asked=event.staff)


@evolve.register
def _(event: events.ClosureBegan, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, since=entry.at, closure=event.closure, closed_until=event.until, suspended=False)


@evolve.register
def _(event: events.ClosureEnded, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, since=entry.at, closure=None, closed_until=None)


@evolve.register
def _(event: events.WindowLent, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, lent=() if event.queue is None else (*window.lent, event.queue))


@evolve.register
def _(event: events.TicketCalled, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, since=entry.at, ticket=event.ticket, serving=False)


@evolve.register
def _(event: events.ServiceStarted, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, since=entry.at, serving=True)


@evolve.register
def _(event: events.TicketFinished, window: WindowState, entry: Entry) -> WindowState:
    return _freed(window, entry)


@evolve.register
def _(event: events.StepUndone, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, since=entry.at, ticket=event.ticket, serving=event.serving)


@evolve.register
def _(event: events.PauseRequested, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, pending=Pending(event.clerk, event.reason, event.minutes))


@evolve.register
def _(event: events.PauseWithdrawn, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, pending=None)


@evolve.register
def _(event: events.WindowPaused, window: WindowState, entry: Entry) -> WindowState:
    return replace(
        window,
        since=entry.at,
        pause=event.pause,
        pause_reason=event.reason,
        paused_at=entry.at,
        pause_until=event.until,
        pause_limit_at=event.limit_at,
        pending=None,
    )


@evolve.register
def _(event: events.PauseWarned, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, pause_warned=True)


@evolve.register
def _(event: events.PauseEscalated, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, pause_escalated=True)


@evolve.register
def _(event: events.PauseAcknowledged, window: WindowState, entry: Entry) -> WindowState:
    return replace(window, pause_acknowledged=True)


@evolve.register
def _(event: events.WindowResumed, window: WindowState, entry: Entry) -> WindowState:
    back = _taken_up(window, window.sign_on or "", window.clerk or "", entry)
    return replace(back, signed_on_at=window.signed_on_at)


def _emptied(window: WindowState, entry: Entry) -> WindowState:
    """Nobody is here; what was arranged for the window (a closure, a lent queue) stays."""
    return WindowState(
        window.number, since=entry.at, closure=window.closure, closed_until=window.closed_until, lent=window.lent
    )


def _taken_up(window: WindowState, sign_on_id: str, clerk: str, entry: Entry) -> WindowState:
    """Open, with this clerk."""
    return replace(_emptied(window, entry), sign_on=sign_on_id, clerk=clerk, signed_on_at=entry.at)


def _freed(window: WindowState, entry: Entry) -> WindowState:
    return replace(window, since=entry.at, ticket=None, serving=False)


@evolve.register(events.TicketMissed)
@evolve.register(events.TicketHeld)
@evolve.register(events.TicketGivenBack)
@evolve.register(events.TicketTransferred)
@evolve.register(events.OpinionGiven)
def _(event: Event, window: WindowState, entry: Entry) -> WindowState:
    return _freed(window, entry)
