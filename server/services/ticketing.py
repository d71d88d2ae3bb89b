"""What the holder of a number may do: cancel, come back, choose, say they are coming; and the slip (K11, P3)."""

from __future__ import annotations

from server.domain import ticket_verbs
from server.domain.calling_order import place_behind
from server.domain.events import Reason
from server.domain.tickets import Ticket
from server.services.issuing import LEAVE
from server.services.work import Work


def cancel(work: Work, token: str, reason: str | None) -> Ticket:
    """The holder gives the number up."""
    ticket = work.ticket_by_token(token)
    known = work.plan.desk.cancel_reasons
    why = work.reason(reason or known[0], known)
    work.record(ticket_verbs.cancel(ticket, why))
    return work.ticket(ticket.id)


def return_to_line(work: Work, token: str) -> Ticket:
    """A missed person is back: directly behind the k-th who waits now (R14)."""
    ticket = work.ticket_by_token(token)
    behind = place_behind(work.draft.waiting(ticket.queue), work.plan.no_show.return_behind, work.now)
    work.record(ticket_verbs.return_to_line(ticket, behind, work.now, work.plan.no_show))
    return work.ticket(ticket.id)


def report_print(work: Work, token: str, problem: str | None) -> Ticket:
    """The kiosk tells whether the slip is on paper."""
    ticket = work.ticket_by_token(token)
    work.record(ticket_verbs.report_print(ticket, problem))
    return work.ticket(ticket.id)


def reprint(work: Work, token: str) -> Ticket:
    """The same number once more on paper."""
    ticket = work.ticket_by_token(token)
    work.record(ticket_verbs.ask_reprint(ticket))
    return work.ticket(ticket.id)


def on_the_way(work: Work, token: str) -> Ticket:
    """The holder says they are coming."""
    ticket = work.ticket_by_token(token)
    work.record(ticket_verbs.on_the_way(ticket))
    return work.ticket(ticket.id)


def choose_after_hours(work: Work, token: str, choice: str) -> Ticket:
    """The holder decides what to do near closing (4.3.4.2); leaving gives the number up."""
    ticket = work.ticket_by_token(token)
    estimate = work.estimates.of_ticket(work.draft, ticket, work.now)
    work.record(ticket_verbs.choose_after_hours(ticket, choice, estimate.finish_at if estimate else None))
    if choice == LEAVE:
        work.record(ticket_verbs.cancel(work.ticket(ticket.id), Reason("放弃取号")))
    return work.ticket(ticket.id)
