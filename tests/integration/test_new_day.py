"""The business day turns at four: what is open ends, clerks are signed off, numbers and identities begin anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.domain.errors import Refused
from tests.living_hall import LivingHall


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_at_four_the_day_turns(hall: LivingHall) -> None:
    hall.sign_on(1)
    hall.sign_on(2)
    hall.issue("A")
    served = hall.issue("A")
    hall.call_next(1)
    hall.start(1)
    hall.let_pass(minutes=1)
    hall.call_next(2)
    hall.at("2026-11-25T03:59:59+08:00")
    assert hall.ticket(served).state == "called"
    before = hall.floor.seq
    hall.at("2026-11-25T04:00:00+08:00")
    cut = [entry for entry in hall.journal() if entry.seq > before]
    assert [entry.kind for entry in cut] == [
        "TicketFinished",
        "TicketExpired",
        "SignedOff",
        "SignedOff",
        "DayBegan",
        "PhaseChanged",
    ]
    assert getattr(cut[0].event, "forgotten", None) is True
    assert all(getattr(entry.event, "by_clock", True) for entry in cut)
    assert {entry.actor for entry in cut} == {"system:clock"}
    assert hall.faults() == []


def test_a_new_day_numbers_from_the_beginning_also_when_the_server_was_down(hall: LivingHall) -> None:
    for _ in range(3):
        hall.issue("A")
    hall.close()
    hall.clock.set_to("2026-11-25T10:00:00+08:00")
    hall.reopen()
    hall.settle()
    assert hall.issue("A").number == "A001"
    assert hall.issue("A").number == "A002"


def test_a_command_that_comes_before_the_watcher_numbers_into_the_new_day(hall: LivingHall) -> None:
    old = hall.issue("A")
    hall.clock.set_to("2026-11-25T10:00:00+08:00")
    new = hall.issue("A")
    assert (new.number, new.business_day.isoformat(), new.id != old.id) == ("A001", "2026-11-25", True)
    began = next(entry for entry in hall.journal() if entry.kind == "DayBegan" and entry.seq > 2)
    assert began.actor == "system:clock"
    assert hall.faults() == []


def test_a_refused_command_before_the_watcher_does_not_turn_the_day_by_half(hall: LivingHall) -> None:
    old = hall.issue("A")
    hall.clock.set_to("2026-11-25T03:00:00+08:00")
    assert code_of(lambda: hall.issue("A")) == "closed"
    hall.clock.set_to("2026-11-25T05:00:00+08:00")
    assert code_of(lambda: hall.issue("A")) == "closed"
    assert hall.ticket(old).state == "waiting"
    hall.settle()
    assert hall.floor.ticket(old.id) is None


def test_yesterdays_identities_are_forgotten(hall: LivingHall) -> None:
    hall.issue("A", identity="hash of somebody")
    assert code_of(lambda: hall.issue("A", identity="hash of somebody")) == "already_waiting"
    hall.at("2026-11-25T10:00:00+08:00")
    with hall.storage.unit_of_work() as uow:
        yesterday = hall.journal()[0].business_day
        assert uow.tickets_of(yesterday, "hash of somebody") == []
    assert hall.issue("A", identity="hash of somebody").number == "A001"


def test_the_watcher_may_be_asked_twice(hall: LivingHall) -> None:
    hall.clock.set_to("2026-11-25T04:00:00+08:00")
    assert hall.settle() == 2
    assert (hall.hall.watch(), hall.settle()) == (False, 0)
