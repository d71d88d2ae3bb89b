"""What can happen in a hall. Each event is a fact in the past tense, written once and never edited.

An event carries only facts; who and when are in its journal `Entry`. No personal data: free text is in the notes and
only its id is here. A new field needs a default, so that old journals stay readable; a renamed kind is translated in
`RENAMED`.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass
from datetime import date, datetime

from server.domain import canonical


@dataclass(frozen=True)
class Reason:
    """Why somebody did something: a code from the hall file's lists, or the id of a note with their own words."""

    code: str
    note: str | None = None


@dataclass(frozen=True)
class Promise:
    """The wait told to a citizen when the ticket was issued; None where no window was open to tell one."""

    likely_minutes: float
    low_minutes: float
    high_minutes: float
    start_at: datetime
    finish_at: datetime


class Event:
    """Base of all events; `kind` in the journal is the class name."""


# -- the day ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayBegan(Event):
    """A new business day: queue numbers start again."""

    day: date


@dataclass(frozen=True)
class PhaseChanged(Event):
    """The hall passed from one phase of the day to the next (opened, closing soon, lunch, after hours, closed), or
    kiosks began or ceased to give numbers."""

    phase: str
    until: datetime | None
    issuing: bool = False


# -- tickets ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TicketIssued(Event):
    """Somebody took a number."""

    ticket: str
    token: str
    queue: str
    sequence: int
    number: str
    channel: str
    print: str
    item: str | None = None
    items: tuple[str, ...] = ()
    priority_group: str | None = None
    appointment_at: datetime | None = None
    manual: bool = False
    promise: Promise | None = None
    after_hours_choice: str | None = None
    after_hours: bool = False
    device: str | None = None


@dataclass(frozen=True)
class TicketCalled(Event):
    """A window called a number: the next in order, one on purpose (with a reason), or one missed before."""

    ticket: str
    window: int
    clerk: str
    queue: str
    chosen: Reason | None = None
    """Why this number and not the next in order; None when it was the next."""
    turn: tuple[int, ...] | None = None
    """Where the queue's fairness ratio stands after this call, when it counts: (priority, ordinary)."""


WALK_IN = Reason("无号办理")
"""Why a number is called that nobody waits with: the person is at the window already, so no screen shows the call."""


@dataclass(frozen=True)
class TicketCalledAgain(Event):
    """The same number was called once more, for the `calls`-th time."""

    ticket: str
    window: int
    calls: int
    queue: str | None = None


@dataclass(frozen=True)
class ServiceStarted(Event):
    """The person has come to the window; the walk is known."""

    ticket: str
    window: int


@dataclass(frozen=True)
class TicketFinished(Event):
    """The visit is done, with its outcome (受理, 不予受理, 一次性告知, 咨询, 领证, 转办, 其他)."""

    ticket: str
    window: int
    outcome: str
    items: tuple[str, ...] = ()
    case_number: str | None = None
    after_hours: bool = False
    forgotten: bool = False


@dataclass(frozen=True)
class TicketMissed(Event):
    """Nobody came (过号)."""

    ticket: str
    window: int
    reason: Reason


@dataclass(frozen=True)
class TicketReturned(Event):
    """Somebody who was missed came back in time and stands behind a fixed place (过号恢复)."""

    ticket: str
    behind: tuple[float, ...]


@dataclass(frozen=True)
class TicketHeld(Event):
    """The visit waits for something, such as a missing paper; the window is free meanwhile (挂起)."""

    ticket: str
    window: int
    reason: Reason
    due_at: datetime


@dataclass(frozen=True)
class HoldEnded(Event):
    """A held ticket is waiting again, with precedence."""

    ticket: str


@dataclass(frozen=True)
class TicketGivenBack(Event):
    """A called or started visit went back to its queue."""

    ticket: str
    window: int
    reason: Reason


@dataclass(frozen=True)
class TicketTransferred(Event):
    """A visit went on to another queue, window or person; number and first arrival stay (首问负责, clause 4.3.1).

    A joint case (联办, clause 4.1.2.2) comes back to `window` when the others have given their opinion.
    """

    ticket: str
    window: int
    queue: str
    reason: Reason
    to_window: int | None = None
    to_clerk: str | None = None
    joint: bool = False


@dataclass(frozen=True)
class OpinionGiven(Event):
    """A window of a joint case has given its opinion; the visit goes back to the window that took it in."""

    ticket: str
    window: int
    outcome: str
    queue: str
    back_to: int


@dataclass(frozen=True)
class TicketMoved(Event):
    """A waiting ticket was moved to another queue, because nobody serves its own any more; its waiting time counts."""

    ticket: str
    queue: str
    reason: Reason


@dataclass(frozen=True)
class TicketPutFirst(Event):
    """A waiting ticket was put first, with a reason (置顶); it is in the ledger of overrides (clause 3.2.6)."""

    ticket: str
    reason: Reason


@dataclass(frozen=True)
class StepUndone(Event):
    """The last step at a window was taken back within the time of the hall file; everything is as it was.

    `step` is the kind of the event that was taken back, `before` the ticket as it was before it (canonical JSON).
    """

    ticket: str
    window: int
    step: str
    before: str
    serving: bool


@dataclass(frozen=True)
class TicketCancelled(Event):
    """A ticket was given up by the citizen or the staff."""

    ticket: str
    reason: Reason


@dataclass(frozen=True)
class TicketExpired(Event):
    """The business day ended with this ticket still open."""

    ticket: str


@dataclass(frozen=True)
class TicketPrinted(Event):
    """The slip is on paper."""

    ticket: str


@dataclass(frozen=True)
class PrintFailed(Event):
    """The slip is not on paper; staff are told, the number is valid."""

    ticket: str
    problem: str


@dataclass(frozen=True)
class ReprintAsked(Event):
    """The same number is to be printed again."""

    ticket: str


@dataclass(frozen=True)
class VisitorOnTheWay(Event):
    """The citizen told by phone that they are on their way."""

    ticket: str


@dataclass(frozen=True)
class AfterHoursChosen(Event):
    """The citizen chose to wait, to book, or to leave (clause 4.3.4.2)."""

    ticket: str
    choice: str
    predicted_finish_at: datetime | None = None


# -- windows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SignedOn(Event):
    """A clerk took up a window (上岗)."""

    sign_on: str
    window: int
    clerk: str


@dataclass(frozen=True)
class SignedOff(Event):
    """A clerk left a window (下岗); `by_clock` when the business day ended first."""

    sign_on: str
    window: int
    clerk: str
    by_clock: bool = False


@dataclass(frozen=True)
class WindowRelieved(Event):
    """Another clerk took over where one was signed on (补岗, clause 3.2.3); the window stayed open."""

    window: int
    sign_on: str
    clerk: str
    next_sign_on: str
    next_clerk: str


@dataclass(frozen=True)
class ReliefAsked(Event):
    """A lead or the manager sends somebody to relieve a window."""

    window: int
    staff: str


@dataclass(frozen=True)
class WindowSuspended(Event):
    """Its clerk's access ended while signed on; the sign says 暂停服务 until somebody signs on (clause 3.2.5)."""

    window: int
    sign_on: str
    clerk: str


@dataclass(frozen=True)
class ClosureFiled(Event):
    """A temporary closure was filed in advance: reason, period and where the staff go (备案, clause 3.2.4)."""

    closure: str
    at_window: int
    reason: Reason
    begins_at: datetime
    ends_at: datetime
    staff_to: Reason
    approved: bool = False


@dataclass(frozen=True)
class ClosureApproved(Event):
    """The centre approved a filed closure."""

    closure: str


@dataclass(frozen=True)
class ClosureWithdrawn(Event):
    """A filed closure will not take place."""

    closure: str


@dataclass(frozen=True)
class ClosureBegan(Event):
    """The time of an approved closure has come; the window closes."""

    closure: str
    window: int
    until: datetime


@dataclass(frozen=True)
class ClosureEnded(Event):
    """A closure is over: its time has passed, or somebody opened the window earlier."""

    closure: str
    window: int


@dataclass(frozen=True)
class WindowLent(Event):
    """A window also serves another queue for a while (潮汐窗口), or no longer when `queue` is None."""

    window: int
    queue: str | None
    clerk: str = ""


@dataclass(frozen=True)
class PauseRequested(Event):
    """A pause that begins as soon as the present visit has left the window."""

    window: int
    clerk: str
    reason: Reason
    minutes: int


@dataclass(frozen=True)
class PauseWithdrawn(Event):
    """A pause that was asked for during a visit will not begin after all."""

    window: int
    clerk: str


@dataclass(frozen=True)
class WindowPaused(Event):
    """短暂离岗 (clause 3.2.3): sign, routing, estimates, the notice to the area lead and the ledger follow from it."""

    pause: str
    window: int
    clerk: str
    reason: Reason
    until: datetime
    limit_at: datetime


@dataclass(frozen=True)
class PauseWarned(Event):
    """The clerk was warned that the limit is near."""

    pause: str
    window: int


@dataclass(frozen=True)
class PauseEscalated(Event):
    """The limit of 15 minutes passed; the area lead and the manager were told."""

    pause: str
    window: int


@dataclass(frozen=True)
class PauseAcknowledged(Event):
    """The area lead has seen the report of a pause (报备)."""

    pause: str
    window: int


@dataclass(frozen=True)
class WindowResumed(Event):
    """The clerk is back; `overrun_seconds` beyond the limit goes into the ledger."""

    pause: str
    window: int
    clerk: str
    overrun_seconds: int = 0


# -- the hall --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SelfChecked(Event):
    """The morning check of a window's equipment (clause 4.2.1.2 a): each device with how it was found."""

    at_window: int
    clerk: str
    results: tuple[str, ...]
    """`device:ok`, `device:fault` or `device:absent`."""


@dataclass(frozen=True)
class IncidentReported(Event):
    """Something happened that the centre's head must know at once (clause 4.2.2.6, appendix H), or a fault or a call
    for help (clause 5.2.5). `place` is a window number or a zone's id."""

    incident: str
    type: str
    place: str
    reporter: str
    note: str | None = None


@dataclass(frozen=True)
class IncidentTaken(Event):
    """Somebody looks after it."""

    incident: str
    staff: str


@dataclass(frozen=True)
class IncidentClosed(Event):
    """It is over; what was done is in the notes."""

    incident: str
    staff: str
    note: str | None = None


@dataclass(frozen=True)
class EvacuationBegan(Event):
    """Everybody leaves: calls stop, screens and loudspeakers say so (H.7)."""


@dataclass(frozen=True)
class EvacuationEnded(Event):
    """The hall goes on as it was."""


@dataclass(frozen=True)
class LeaveFiled(Event):
    """Planned leave (3.2.1): the windows this person is planned for are without them."""

    leave: str
    staff: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class LeaveWithdrawn(Event):
    """A leave that will not be taken."""

    leave: str


# -- access ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PasswordSet(Event):
    """The system role opened an account or gave it a new password; the password itself is nowhere."""

    staff: str


@dataclass(frozen=True)
class AccessEnded(Event):
    """A leaver's access ended: sessions, sockets and tokens are dead (clause 3.2.5)."""

    staff: str
    reason: Reason


@dataclass(frozen=True)
class AccessRestored(Event):
    """Somebody may sign in again."""

    staff: str


@dataclass(frozen=True)
class DeviceEnrolled(Event):
    """The system role gave a device a new key; the old one is dead."""

    device: str


EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}

RENAMED: dict[str, str] = {}
"""Old kind → present kind, for journals written before a rename."""


def to_data(event: Event) -> str:
    """The event as canonical JSON text."""
    return canonical.dump(event)


def from_data(kind: str, data: str) -> Event:
    """The event that was stored as `kind` and `data`; KeyError for a kind nobody knows."""
    return typing.cast(Event, canonical.load(EVENTS[RENAMED.get(kind, kind)], data))
