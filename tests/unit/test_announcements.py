"""What a loudspeaker zone says next: order, what falls away, how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.domain.announcements import Announcement, Dropped, Kind, Reason, Turn, next_turn
from server.domain.plan import VoiceRules

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
RULES = VoiceRules()
CALL, RECALL, NOTICE, EMERGENCY = Kind.CALL, Kind.RECALL, Kind.NOTICE, Kind.EMERGENCY


def announcement(number: int, kind: Kind = CALL, ticket: str | None = None, age: float = 0) -> Announcement:
    """`age` in seconds at NOW; a call is for its own ticket unless told."""
    ticket = ticket or (f"t{number}" if kind in {CALL, RECALL} else None)
    return Announcement(number, "Z1", kind, NOW - timedelta(seconds=age), f"text {number}", ticket)


def turn(*pending: Announcement, called: set[str] | None = None, rules: VoiceRules = RULES) -> Turn:
    """The zone's turn, every ticket still being called unless told."""
    everyone = {one.ticket_id for one in pending if one.calls and one.ticket_id}
    return next_turn(pending, NOW, rules, called=everyone if called is None else called)


def order(*pending: Announcement) -> list[int]:
    """The ids in the order in which they would be said, all of it at NOW."""
    said, left = [], list(pending)
    while (now := turn(*left)).next:
        said.append(now.next.id)
        gone = {now.next, *(one.announcement for one in now.dropped)}
        left = [one for one in left if one not in gone]
    return said


def test_nothing_waits_nothing_is_said() -> None:
    assert turn() == Turn(None, 0, ())


def test_calls_are_said_in_the_order_they_were_made() -> None:
    assert order(announcement(3, age=1), announcement(1, age=9), announcement(2, age=5)) == [1, 2, 3]


def test_two_calls_of_one_moment_are_said_in_the_order_of_their_ids() -> None:
    assert order(announcement(2), announcement(1)) == [1, 2]


def test_an_emergency_is_said_before_everything() -> None:
    assert order(announcement(1, age=30), announcement(2, EMERGENCY)) == [2, 1]


def test_calls_again_wait_behind_first_calls_and_notices_behind_both() -> None:
    pending = [announcement(1, NOTICE, age=30), announcement(2, RECALL, age=20), announcement(3, CALL, age=10)]
    assert order(*pending) == [3, 2, 1]


def test_a_notice_that_waited_long_is_said_before_the_calls() -> None:
    assert order(announcement(1, NOTICE, age=61), announcement(2, CALL, age=10)) == [1, 2]


def test_a_call_is_said_twice() -> None:
    assert turn(announcement(1)).times == 2


def test_a_call_is_still_said_twice_when_four_wait() -> None:
    assert turn(*(announcement(each) for each in range(4))).times == 2


def test_a_call_is_said_once_when_five_wait() -> None:
    assert turn(*(announcement(each) for each in range(5))).times == 1


def test_what_is_dropped_does_not_count_as_backlog() -> None:
    stale = [announcement(each, age=99) for each in range(10, 20)]
    assert turn(announcement(1), *stale).times == 2


def test_an_emergency_is_said_in_full_however_many_wait() -> None:
    assert turn(announcement(9, EMERGENCY), *(announcement(each) for each in range(8))).times == 2


def test_a_notice_is_said_once() -> None:
    assert turn(announcement(1, NOTICE)).times == 1


def test_the_numbers_come_from_the_hall_file() -> None:
    rules = VoiceRules(repeat=3, repeat_when_backlog_over=1, repeat_in_backlog=2, stale_after_seconds=10)
    assert turn(announcement(1), rules=rules).times == 3
    assert turn(announcement(1), announcement(2), rules=rules).times == 2
    assert turn(announcement(1, age=11), rules=rules).next is None


def test_a_call_that_waited_too_long_is_dropped_as_stale() -> None:
    old, fresh = announcement(1, age=60.1), announcement(2, age=60)
    assert turn(old, fresh) == Turn(fresh, 2, (Dropped(old, Reason.STALE),))


def test_an_emergency_and_a_notice_never_go_stale() -> None:
    assert order(announcement(1, EMERGENCY, age=3600), announcement(2, NOTICE, age=3600)) == [1, 2]


def test_a_call_of_a_ticket_that_is_no_longer_called_is_dropped_as_answered() -> None:
    served, waiting = announcement(1, ticket="served"), announcement(2, ticket="waiting")
    assert turn(served, waiting, called={"waiting"}) == Turn(waiting, 2, (Dropped(served, Reason.ANSWERED),))


def test_a_call_again_takes_the_place_of_the_call_that_was_not_yet_said() -> None:
    first, other, again = announcement(1, ticket="a", age=20), announcement(2, age=10), announcement(3, RECALL, "a")
    assert turn(first, other, again) == Turn(again, 2, (Dropped(first, Reason.SUPERSEDED),))


def test_a_call_to_another_window_replaces_the_one_before() -> None:
    before, after = announcement(1, ticket="a", age=20), announcement(2, ticket="a")
    assert turn(before, after) == Turn(after, 2, (Dropped(before, Reason.SUPERSEDED),))


def test_of_two_notices_with_one_text_one_is_said() -> None:
    one, same = (replace(announcement(each, NOTICE), text="现在临近下班时间") for each in (1, 2))
    assert turn(one, same) == Turn(same, 1, (Dropped(one, Reason.SUPERSEDED),))


def test_a_person_who_is_called_is_not_asked_to_get_ready() -> None:
    near = announcement(1, NOTICE, ticket="a")
    assert turn(near, called={"a"}) == Turn(None, 0, (Dropped(near, Reason.SUPERSEDED),))


@st.composite
def queues(draw: st.DrawFn) -> list[Announcement]:
    kinds = draw(st.lists(st.sampled_from(Kind), max_size=12))
    return [
        announcement(each, kind, draw(st.sampled_from("abcd")), draw(st.floats(0, 120)))
        for each, kind in enumerate(kinds)
    ]


@given(queues(), st.sets(st.sampled_from("abcd")))
def test_whatever_waits_is_said_dropped_or_left_and_never_lost(pending: list[Announcement], called: set[str]) -> None:
    left, ended = list(pending), 0
    while left:
        now = next_turn(left, NOW, RULES, called=called)
        gone = [one.announcement for one in now.dropped] + ([now.next] if now.next else [])
        assert gone, "something waits, so something is said or dropped"
        assert len(set(gone)) == len(gone)
        left = [one for one in left if one not in gone]
        ended += len(gone)
    assert ended == len(pending)


@given(queues())
def test_an_emergency_is_never_made_to_wait(pending: list[Announcement]) -> None:
    said = next_turn(pending, NOW, RULES, called=set("abcd")).next
    if any(one.kind is EMERGENCY for one in pending):
        assert said is not None
        assert said.kind is EMERGENCY
