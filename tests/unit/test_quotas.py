"""How many numbers a queue still gives in a session, where the hall file sets a quota."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from server.domain.plan import HallPlan, Queue
from server.domain.quotas import places_left, session_now
from tests.halls import hall_plan

PLAN: HallPlan = hall_plan()
QUEUE: Queue = replace(PLAN.queue_by_prefix["N"], quota={"morning": 30, "afternoon": 7})


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{clock}+08:00")


@pytest.mark.parametrize(
    ("clock", "session"),
    [("08:50", "morning"), ("11:59", "morning"), ("12:00", "afternoon"), ("17:29", "afternoon"), ("17:30", None)],
)
def test_numbers_are_given_for_the_session_that_is_or_comes(clock: str, session: str | None) -> None:
    now = session_now(PLAN, at(clock))
    assert (now[0] if now else None) == session


@pytest.mark.parametrize(
    ("clock", "taken", "waiting", "left"),
    [
        ("08:50", 0, 0, 30),
        ("09:00", 12, 5, 18),
        ("10:30", 12, 5, 10),
        ("11:59", 0, 0, 1),
        ("11:00", 0, 10, 0),
        ("11:00", 0, 15, 0),
        ("09:00", 31, 0, 0),
    ],
)
def test_both_the_rest_of_the_quota_and_the_time_left_bound_it(clock: str, taken: int, waiting: int, left: int) -> None:
    assert places_left(PLAN, QUEUE, at(clock), taken=taken, waiting=waiting) == left


def test_without_a_quota_or_behind_the_last_session_nothing_is_bound() -> None:
    assert places_left(PLAN, PLAN.queue_by_prefix["A"], at("10:00"), taken=999, waiting=999) is None
    assert places_left(PLAN, QUEUE, at("18:00"), taken=999, waiting=999) is None
    only_afternoon = replace(QUEUE, quota={"afternoon": 7})
    assert places_left(PLAN, only_afternoon, at("10:00"), taken=999, waiting=999) is None
