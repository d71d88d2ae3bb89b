"""What may be done with a ticket: each verb checks its guard and returns the event, or raises `Refused`.

The table of DESIGN §5 is this file, one function a row. Verbs know one ticket, the rules and the time; whether the
window and the clerk may act is in `windows.py`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from server.domain import canonical, events
from server.domain.calling_order import Turn, callable_at
from server.domain.errors import Refused
from server.domain.events import Reason
from server.domain.plan import NoShow
from server.domain.steps import LastStep
from server.domain.tickets import CALLED, HELD, MISSED, SERVING, WAITING, Place, Ticket

RECALLABLE_MISSED = 3
"""A clerk may call one of the last three that the window missed, when the person comes after all."""


def require(ticket: Ticket, *states: str) -> None:
    """Refuse with `wrong_state` unless the ticket is in one of `states`."""
    if ticket.state not in states:
        raise Refused("wrong_state", number=ticket.number, state=ticket.state)


def call(
    ticket: Ticket,
    window: int,
    clerk: str,
    now: datetime,
    *,
    chosen: Reason | None = None,
    turn: Turn | None = None,
) -> events.TicketCalled:
    """Call a waiting ticket by order (`turn` is the queue's fairness after it), or one on purpose with a reason."""
    require(ticket, WAITING, *((MISSED,) if chosen else ()))
    if ticket.state == WAITING and not callable_at(ticket, now):
        raise Refused("not_due", number=ticket.number)
    counted = None if turn is None else (turn.priority, turn.ordinary)
    return events.TicketCalled(ticket.id, window, clerk, ticket.queue, chosen=chosen, turn=counted)


def call_again(ticket: Ticket, now: datetime, rules: NoShow) -> events.TicketCalledAgain:
    """Call the same number once more: after the cool-down, up to the limit (R13)."""
    require(ticket, CALLED)
    if ticket.calls >= rules.max_calls:
        raise Refused("call_limit", calls=ticket.calls)
    if (wait := seconds_until_call_again(ticket, now, rules)) > 0:
        raise Refused("too_soon", wait_seconds=wait)
    return events.TicketCalledAgain(ticket.id, _window(ticket), ticket.calls + 1, ticket.queue)


def seconds_until_call_again(ticket: Ticket, now: datetime, rules: NoShow) -> int:
    """Whole seconds of cool-down that are left; 0 when it may be called again."""
    if ticket.last_called_at is None:
        return 0
    passed = (now - ticket.last_called_at).total_seconds()
    return max(0, ceil(rules.min_seconds_between_calls - passed))


def start(ticket: Ticket) -> events.ServiceStarted:
    """The person has come; service begins."""
    require(ticket, CALLED)
    return events.ServiceStarted(ticket.id, _window(ticket))


def finish(
    ticket: Ticket, outcome: str, items: tuple[str, ...], case_number: str | None, *, after_hours: bool
) -> events.TicketFinished:
    """The visit is done (4.1.2.1); `after_hours` says whether that is 延时服务."""
    require(ticket, SERVING)
    return events.TicketFinished(
        ticket.id, _window(ticket), outcome, items, case_number, after_hours=after_hours or ticket.after_hours
    )


def undo(ticket: Ticket, last: LastStep, window: int, now: datetime, undo_seconds: int) -> events.StepUndone:
    """Take the last step at a window back: within the time, and only while nothing else happened to the ticket."""
    if ticket != last.after or now - last.at > timedelta(seconds=undo_seconds):
        raise Refused("nothing_to_undo", undo_seconds=undo_seconds)
    before = last.before
    return events.StepUndone(ticket.id, window, last.step, canonical.dump(before), serving=before.state == SERVING)


def miss(ticket: Ticket, reason: Reason, now: datetime, rules: NoShow) -> events.TicketMissed:
    """Nobody came: after the number of calls that the hall file asks, and the last of them has had its time (R14)."""
    require(ticket, CALLED)
    if ticket.calls < rules.calls_before_missed:
        raise Refused(
            "too_soon",
            wait_seconds=seconds_until_call_again(ticket, now, rules),
            needed=rules.calls_before_missed,
            calls=ticket.calls,
        )
    return events.TicketMissed(ticket.id, _window(ticket), reason)


def return_to_line(ticket: Ticket, behind: Place, now: datetime, rules: NoShow) -> events.TicketReturned:
    """A missed person comes back: within the time, a limited number of times."""
    require(ticket, MISSED)
    if not rules.return_allowed or ticket.times_returned >= rules.return_times:
        raise Refused("return_not_allowed", number=ticket.number)
    if now > return_until(ticket, rules):
        raise Refused("return_too_late", within_minutes=rules.return_within_minutes)
    return events.TicketReturned(ticket.id, behind)


def return_until(ticket: Ticket, rules: NoShow) -> datetime:
    """Until when a missed ticket may return."""
    return (ticket.missed_at or ticket.issued_at) + timedelta(minutes=rules.return_within_minutes)


def may_return(ticket: Ticket, now: datetime, rules: NoShow) -> bool:
    """Whether `return_to_line` would be allowed now."""
    return (
        ticket.state == MISSED
        and rules.return_allowed
        and ticket.times_returned < rules.return_times
        and now <= return_until(ticket, rules)
    )


def hold(ticket: Ticket, reason: Reason, minutes: int, now: datetime) -> events.TicketHeld:
    """The visit waits for something; it comes back by itself (C7)."""
    require(ticket, SERVING)
    return events.TicketHeld(ticket.id, _window(ticket), reason, now + timedelta(minutes=minutes))


def end_hold(ticket: Ticket) -> events.HoldEnded:
    """A held visit is ready again, or its time is due."""
    require(ticket, HELD)
    return events.HoldEnded(ticket.id)


def give_back(ticket: Ticket, reason: Reason) -> events.TicketGivenBack:
    """Back to the queue with number and first arrival unchanged (C9)."""
    require(ticket, CALLED, SERVING)
    return events.TicketGivenBack(ticket.id, _window(ticket), reason)


def transfer(
    ticket: Ticket,
    queue: str,
    reason: Reason,
    *,
    to_window: int | None = None,
    to_clerk: str | None = None,
    joint: bool = False,
) -> events.TicketTransferred:
    """On to another queue, window or person, keeping the waiting time (4.3.1.2); a joint case comes back."""
    require(ticket, CALLED, SERVING)
    return events.TicketTransferred(ticket.id, _window(ticket), queue, reason, to_window, to_clerk, joint)


def give_opinion(ticket: Ticket, outcome: str) -> events.OpinionGiven:
    """The asked window of a joint case is done; the case goes back to the window that took it in (4.1.2.2)."""
    require(ticket, SERVING)
    back_to, queue = ticket.joint_window, ticket.joint_queue
    if back_to is None or queue is None:
        raise Refused("wrong_state", number=ticket.number, state=ticket.state)
    return events.OpinionGiven(ticket.id, _window(ticket), outcome, queue, back_to)


def move(ticket: Ticket, queue: str, reason: Reason) -> events.TicketMoved:
    """Let a waiting ticket wait elsewhere, at the place that its arrival gives it there."""
    require(ticket, WAITING)
    return events.TicketMoved(ticket.id, queue, reason)


def put_first(ticket: Ticket, reason: Reason) -> events.TicketPutFirst:
    """Before everybody without priority, with a reason that the ledger keeps (3.2.6)."""
    require(ticket, WAITING)
    return events.TicketPutFirst(ticket.id, reason)


def cancel(ticket: Ticket, reason: Reason) -> events.TicketCancelled:
    """Given up by the citizen or by staff."""
    require(ticket, WAITING, HELD, MISSED)
    return events.TicketCancelled(ticket.id, reason)


def expire(ticket: Ticket) -> events.TicketExpired:
    """The business day has ended; a visit in service ends as forgotten instead, see `end_forgotten`."""
    require(ticket, WAITING, CALLED, HELD, MISSED)
    return events.TicketExpired(ticket.id)


def end_forgotten(ticket: Ticket) -> events.TicketFinished:
    """A service that nobody finished ends with the day, marked as forgotten, for the ledger."""
    require(ticket, SERVING)
    return events.TicketFinished(
        ticket.id, _window(ticket), outcome="其他", after_hours=ticket.after_hours, forgotten=True
    )


def report_print(ticket: Ticket, problem: str | None) -> events.TicketPrinted | events.PrintFailed:
    """Whether the slip is on paper is a fact of the ticket (K11)."""
    return events.TicketPrinted(ticket.id) if problem is None else events.PrintFailed(ticket.id, problem)


def ask_reprint(ticket: Ticket) -> events.ReprintAsked:
    """The same number once more on paper."""
    require(ticket, WAITING, CALLED, HELD, MISSED)
    return events.ReprintAsked(ticket.id)


def on_the_way(ticket: Ticket) -> events.VisitorOnTheWay:
    """The citizen says that they are coming."""
    require(ticket, WAITING, CALLED)
    return events.VisitorOnTheWay(ticket.id)


def choose_after_hours(ticket: Ticket, choice: str, predicted: datetime | None) -> events.AfterHoursChosen:
    """Record the citizen's own choice near closing (4.3.4.2)."""
    require(ticket, WAITING, HELD, MISSED)
    return events.AfterHoursChosen(ticket.id, choice, predicted)


def _window(ticket: Ticket) -> int:
    if ticket.window is None:
        raise Refused("wrong_state", number=ticket.number, state=ticket.state)
    return ticket.window
