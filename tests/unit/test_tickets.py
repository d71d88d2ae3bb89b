"""How events change a ticket, and what never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain import events, tickets
from server.domain.events import Event
from server.domain.tickets import CALLED, DONE, HELD, MISSED, OPEN, SERVING, STATES, WAITING, Ticket
from tests.makers import CLERK, NOW, TODAY, WHY, entry, every_event, ticket_in

LASTING = ("id", "token", "number", "sequence", "series", "issued_at", "business_day", "channel", "item")
ABOUT_TICKETS = {kind: event for kind, event in every_event().items() if getattr(event, "ticket", None)}


def after(ticket: Ticket, *happened: Event) -> Ticket:
    for event in happened:
        ticket = tickets.evolve(event, ticket, entry(event))
    return ticket


def lasting(ticket: Ticket) -> dict[str, object]:
    return {name: getattr(ticket, name) for name in LASTING}


@pytest.mark.parametrize("kind", ABOUT_TICKETS)
def test_number_and_first_arrival_never_change(kind: str) -> None:
    ticket = ticket_in(SERVING)
    assert lasting(after(ticket, ABOUT_TICKETS[kind])) == lasting(ticket)


@pytest.mark.parametrize("kind", set(ABOUT_TICKETS) - {"TicketIssued"})
def test_every_event_about_a_ticket_changes_it(kind: str) -> None:
    ticket = ticket_in(MISSED, print="failed", held_until=NOW)
    assert after(ticket, ABOUT_TICKETS[kind]) != ticket


@pytest.mark.parametrize("kind", set(every_event()) - set(ABOUT_TICKETS))
def test_other_events_leave_a_ticket_alone(kind: str) -> None:
    assert after(ticket_in(WAITING), every_event()[kind]) == ticket_in(WAITING)


def test_an_issued_ticket_has_what_its_event_says() -> None:
    event = every_event()["TicketIssued"]
    assert isinstance(event, events.TicketIssued)
    ticket = tickets.issued(event, entry(event))
    same = ("token", "queue", "number", "channel", "print", "item", "items", "priority_group", "appointment_at")
    more = ("manual", "promise", "after_hours_choice", "after_hours", "device", "sequence")
    assert [getattr(ticket, name) for name in (*same, *more)] == [getattr(event, name) for name in (*same, *more)]
    assert (ticket.state, ticket.series, ticket.issued_at, ticket.business_day) == (WAITING, "A", NOW, TODAY)


def test_the_first_clerk_who_calls_stays_responsible() -> None:
    ticket = after(ticket_in(WAITING), events.TicketCalled("A1", 1, CLERK, "A"))
    ticket = after(ticket, events.TicketTransferred("A1", 1, "B", WHY), events.TicketCalled("A1", 2, "工号002", "B"))
    assert (ticket.first_responsible, ticket.clerk) == (CLERK, "工号002")


@pytest.mark.parametrize("kind", ["TicketReturned", "HoldEnded", "TicketGivenBack", "TicketTransferred"])
def test_back_in_line_a_ticket_is_nobodys_at_no_window(kind: str) -> None:
    ticket = after(ticket_in(SERVING, held_until=NOW, on_the_way=True), ABOUT_TICKETS[kind])
    assert ticket.state == WAITING
    assert (ticket.window, ticket.clerk, ticket.called_at, ticket.started_at, ticket.held_until) == (None,) * 5
    assert (ticket.calls, ticket.on_the_way) == (0, False)


@pytest.mark.parametrize("kind", ["HoldEnded", "TicketGivenBack", "TicketTransferred"])
def test_who_was_at_a_window_goes_before_newcomers_even_with_a_place_of_an_earlier_return(kind: str) -> None:
    ticket = after(ticket_in(SERVING, place=(4.0, 1.0)), ABOUT_TICKETS[kind])
    assert (ticket.precedence_at, ticket.place) == (NOW, None)


def test_a_held_visit_prefers_the_window_that_held_it() -> None:
    assert after(ticket_in(HELD, window=2), events.HoldEnded("A1")).preferred_window == 2


def test_a_visit_given_back_may_return_to_any_window() -> None:
    assert after(ticket_in(SERVING, preferred_window=1), events.TicketGivenBack("A1", 1, WHY)).preferred_window is None


def test_a_transfer_counts_and_names_queue_and_window() -> None:
    ticket = after(ticket_in(SERVING), events.TicketTransferred("A1", 1, "B", WHY, to_window=2))
    assert (ticket.queue, ticket.series, ticket.preferred_window, ticket.transfers) == ("B", "A", 2, 1)


def test_misses_and_returns_are_counted() -> None:
    ticket = after(ticket_in(CALLED), events.TicketMissed("A1", 1, WHY), events.TicketReturned("A1", (4.0, 1.0)))
    ticket = after(ticket, events.TicketCalled("A1", 1, CLERK, "A"), events.TicketMissed("A1", 1, WHY))
    assert (ticket.times_missed, ticket.times_returned) == (2, 1)


def test_a_finish_keeps_the_items_of_the_ticket_unless_told_others() -> None:
    plain, other = (events.TicketFinished("A1", 1, "受理", items) for items in ((), ("B01",)))
    ticket = ticket_in(SERVING, items=("A01",))
    assert after(ticket, plain).items == ("A01",)
    assert after(ticket, other).items == ("B01",)


def test_flags_say_what_screens_and_slips_mark() -> None:
    assert ticket_in(WAITING).flags == ()
    marked = replace(
        ticket_in(WAITING), priority_group="老年人", appointment_at=NOW, manual=True, times_returned=1, transfers=1
    )
    assert marked.flags == ("priority", "appointment", "manual", "returned", "transferred")


def test_open_states_are_those_the_hall_still_cares_for() -> None:
    assert {state for state in STATES if ticket_in(state).is_open} == OPEN
    assert DONE not in OPEN


def test_a_printed_slip_forgets_its_problem() -> None:
    failed = after(ticket_in(WAITING), events.PrintFailed("A1", "cover"))
    assert after(failed, events.ReprintAsked("A1")).print == "pending"
    printed = after(failed, events.TicketPrinted("A1"))
    assert (printed.print, printed.print_problem) == ("printed", None)


def test_a_call_begins_the_counting_of_calls_anew() -> None:
    late = NOW + timedelta(minutes=1)
    again = after(ticket_in(CALLED), events.TicketCalledAgain("A1", 1, 4))
    assert (again.calls, again.called_at) == (4, ticket_in(CALLED).called_at)
    event = events.TicketCalled("A1", 2, CLERK, "A")
    fresh = tickets.evolve(event, ticket_in(MISSED), entry(event, at=late))
    assert (fresh.calls, fresh.called_at, fresh.last_called_at) == (1, late, late)
