"""The desk's commands: everything a clerk does at a window (C1 to C9, W1 to W3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from server.domain.errors import Refused
from server.domain.plan import Window
from server.domain.tickets import Ticket
from server.services import attendance, calling, calling_sentences, equipment, queries, visits
from server.services.times import local_iso
from server.services.visits import Destination
from server.services.work import Work
from server.transports import auth
from server.transports.answers import EquipmentAnswer, OrderAnswer, TestCallAnswer, WindowAnswer
from server.transports.api_session import hand_over_session
from server.transports.endpoint import Asked, endpoint, house
from server.transports.forms import (
    CallOne,
    Empty,
    Finish,
    Form,
    Hold,
    Lend,
    OneNumber,
    OneStaff,
    Pause,
    Resume,
    SelfCheck,
    SignIn,
    Transfer,
    WalkIn,
    WithReason,
)

blueprint = Blueprint("api_windows", __name__)

Answered = tuple[int, dict[str, Any]]

AT_WINDOW = ("not_found", "not_signed_on", "not_yours", "window_paused")
WITH_TICKET = (*AT_WINDOW, "no_active_ticket", "wrong_state")


def _command(
    verb: str, form: type[Form] = Empty, refusals: tuple[str, ...] = WITH_TICKET, who: auth.Who = auth.DESK
) -> Any:
    """A command at a window: `POST windows/N/verb`."""
    return endpoint(
        blueprint,
        "POST",
        f"/windows/<int:number>/{verb}",
        who=who,
        form=form,
        answer=WindowAnswer,
        refusals=("not_found", *refusals),
        while_locked=True,  # at its own window the domain's guards say more exactly what is wrong
    )


def _with_ticket(asked: Asked[Any], number: int, use_case: Callable[[Work], Ticket | None]) -> Answered:
    return asked.do(use_case, lambda work, ticket: queries.window_body(asked.hall, work, number, ticket))


def _with_window(asked: Asked[Any], number: int, use_case: Callable[[Work], Any]) -> Answered:
    def body(work: Work, _: Any) -> dict[str, Any]:
        active = work.draft.ticket(work.draft.window(number).ticket or "")
        return queries.window_body(asked.hall, work, number, active)

    return asked.do(use_case, body)


@_command("sign-on", refusals=("window_taken", "already_signed_on", "window_closed"))
def sign_on(asked: Asked[Empty], number: int) -> Answered:
    """Take up a window (上岗)."""
    return _with_window(asked, number, lambda work: attendance.sign_on(work, number))


@_command("sign-off", refusals=(*AT_WINDOW, "window_busy"))
def sign_off(asked: Asked[Empty], number: int) -> Answered:
    """Leave a window (下岗)."""
    return _with_window(asked, number, lambda work: attendance.sign_off(work, number))


@_command("call-next", refusals=(*AT_WINDOW, "window_busy", "evacuation"))
def call_next(asked: Asked[Empty], number: int) -> Answered:
    """Call whoever is next; `ticket` is null when nobody is waiting."""
    return _with_ticket(asked, number, lambda work: calling.call_next(work, number))


@_command("call", CallOne, refusals=(*AT_WINDOW, "window_busy", "not_skilled", "wrong_state", "not_due", "evacuation"))
def call_one(asked: Asked[CallOne], number: int) -> Answered:
    """Call one number on purpose, with a reason."""
    form = asked.form
    return _with_ticket(asked, number, lambda work: calling.call_one(work, number, form.number, form.reason))


@_command("call-again", refusals=(*WITH_TICKET, "too_soon", "call_limit"))
def call_again(asked: Asked[Empty], number: int) -> Answered:
    """Call the same number once more, after the cool-down."""
    return _with_ticket(asked, number, lambda work: calling.call_again(work, number))


@_command("start")
def start(asked: Asked[Empty], number: int) -> Answered:
    """The person has come; service begins."""
    return _with_ticket(asked, number, lambda work: visits.start(work, number))


@_command("finish", Finish)
def finish(asked: Asked[Finish], number: int) -> Answered:
    """The visit is done, with its outcome."""
    form = asked.form
    return _with_ticket(
        asked, number, lambda work: visits.finish(work, number, form.outcome, tuple(form.items), form.case_number)
    )


@_command("miss", WithReason, refusals=(*WITH_TICKET, "too_soon"))
def miss(asked: Asked[WithReason], number: int) -> Answered:
    """Nobody came (过号)."""
    return _with_ticket(asked, number, lambda work: visits.miss(work, number, asked.form.reason))


@_command("hold", Hold)
def hold(asked: Asked[Hold], number: int) -> Answered:
    """The visit waits for something; it comes back by itself (挂起)."""
    form = asked.form
    return _with_ticket(asked, number, lambda work: visits.hold(work, number, form.reason, form.minutes))


@_command("give-back", WithReason)
def give_back(asked: Asked[WithReason], number: int) -> Answered:
    """Back to the queue with number and waiting time unchanged."""
    return _with_ticket(asked, number, lambda work: visits.give_back(work, number, asked.form.reason))


@_command("transfer", Transfer, refusals=(*WITH_TICKET, "not_skilled"))
def transfer(asked: Asked[Transfer], number: int) -> Answered:
    """On to another queue, window or person, keeping the waiting time (转办); a joint case comes back (联办)."""
    form = asked.form
    to = Destination(form.queue, form.window, form.clerk, form.joint)
    return _with_ticket(asked, number, lambda work: visits.transfer(work, number, to, form.reason))


@_command("ready", OneNumber, refusals=(*AT_WINDOW, "wrong_state"))
def ready(asked: Asked[OneNumber], number: int) -> Answered:
    """A held visit is ready before its time."""
    return _with_ticket(asked, number, lambda work: visits.ready(work, number, asked.form.number))


@_command("walk-in", WalkIn, refusals=(*AT_WINDOW, "window_busy"))
def walk_in(asked: Asked[WalkIn], number: int) -> Answered:
    """Serve somebody who has no number."""
    form = asked.form
    return _with_ticket(asked, number, lambda work: calling.walk_in(work, number, form.queue, form.item))


@_command("undo", refusals=(*AT_WINDOW, "window_busy", "nothing_to_undo"))
def undo(asked: Asked[Empty], number: int) -> Answered:
    """Take the last step at this window back, within the time of the hall file."""
    return _with_ticket(asked, number, lambda work: visits.undo(work, number))


@_command("pause", Pause, refusals=AT_WINDOW)
def pause(asked: Asked[Pause], number: int) -> Answered:
    """A short absence (3.2.3); while somebody is served it begins at the finish."""
    form = asked.form
    return _with_window(
        asked, number, lambda work: attendance.pause(work, number, form.reason, form.minutes, form.relief)
    )


@_command("withdraw-pause", refusals=(*AT_WINDOW, "not_paused"))
def withdraw_pause(asked: Asked[Empty], number: int) -> Answered:
    """Take back a pause that was asked for during a visit and has not begun."""
    return _with_window(asked, number, lambda work: attendance.withdraw_pause(work, number))


@_command("resume", Resume, refusals=("not_signed_on", "not_yours", "not_paused", "bad_credentials", "account_locked"))
def resume(asked: Asked[Resume], number: int) -> Answered:
    """Back at the window, with the password (4.2.2.5)."""
    house().access.check_password(asked.actor.id, asked.form.password)
    return _with_window(asked, number, lambda work: attendance.resume(work, number))


@_command("acknowledge", refusals=(), who=auth.LEADS)
def acknowledge(asked: Asked[Empty], number: int) -> Answered:
    """The area lead has seen the report of an absence (报备)."""
    return _with_window(asked, number, lambda work: attendance.acknowledge(work, number))


@_command("relieve", SignIn, refusals=("not_signed_on", "already_signed_on", "bad_credentials", "account_locked"))
def relieve(asked: Asked[SignIn], number: int) -> Answered:
    """Another clerk takes over with their own password (补岗); this session becomes theirs."""
    form = asked.form
    signed_in = house().access.sign_in(form.staff, form.password)
    if signed_in.account.role not in auth.DESK.roles:
        raise Refused("not_allowed")
    answered = _with_window(asked, number, lambda work: attendance.relieve(work, number, form.staff))
    hand_over_session(signed_in)
    return answered


@_command("ask-relief", OneStaff, refusals=("not_signed_on", "invalid"), who=auth.LEADS)
def ask_relief(asked: Asked[OneStaff], number: int) -> Answered:
    """A lead or the manager sends somebody to relieve this window."""
    return _with_window(asked, number, lambda work: attendance.ask_relief(work, number, asked.form.staff))


@_command("lend", Lend, refusals=("invalid",), who=auth.LEADS)
def lend(asked: Asked[Lend], number: int) -> Answered:
    """Let the window also serve another queue; without a queue, only its own again (潮汐窗口)."""
    return _with_window(asked, number, lambda work: attendance.lend(work, number, asked.form.queue))


@_command("self-check", SelfCheck, refusals=("not_signed_on", "not_yours"))
def self_check(asked: Asked[SelfCheck], number: int) -> Answered:
    """File the morning check of this window's equipment (4.2.1.2)."""
    results: dict[str, str] = dict(asked.form.results.items())
    return _with_window(asked, number, lambda work: attendance.self_check(work, number, results))


@endpoint(
    blueprint,
    "POST",
    "/windows/<int:number>/test-call",
    who=auth.DESK,
    answer=TestCallAnswer,
    refusals=AT_WINDOW,
)
def test_call(asked: Asked[Empty], number: int) -> Answered:
    """Say a test in the window's zone, which calls nobody; the equipment's `tested_at` tells when it was heard (W8)."""
    answered = asked.do(
        lambda work: equipment.test_call(work, number),
        lambda work, at: {"asked_at": local_iso(work.plan, at)},
    )
    asked.hall.announcer.wake()
    return answered


@endpoint(
    blueprint,
    "GET",
    "/windows/<int:number>/equipment",
    who=auth.STAFF,
    answer=EquipmentAnswer,
    refusals=("not_found",),
)
def show_equipment(asked: Asked[Empty], number: int) -> Answered:
    """Whether the window's screen is alive and its zone can be heard."""
    return 200, equipment.equipment_row(asked.hall, _window_of(asked, number))


@endpoint(
    blueprint,
    "GET",
    "/windows/<int:number>/order",
    who=auth.STAFF,
    answer=OrderAnswer,
    refusals=("not_found",),
)
def show_order(asked: Asked[Empty], number: int) -> Answered:
    """Whom this window calls next, in order, each with the rule that put them there."""
    hall, window = asked.hall, _window_of(asked, number)
    rows = calling_sentences.order_rows(hall.plan, hall.storage.floor, window, hall.clock.now())
    return 200, {"order": rows}


def _window_of(asked: Asked[Empty], number: int) -> Window:
    window = asked.hall.plan.window_by_number.get(number)
    if window is None:
        raise Refused("not_found")
    return window
