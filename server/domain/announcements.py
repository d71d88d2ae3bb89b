"""What a loudspeaker zone says next: the rule of its queue, given everything that waits and the time.

One zone says one thing at a time. When calls come faster than they can be said, those no longer of use fall away
and the rest are said once instead of twice; the screens have shown every one of them already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.plan import VoiceRules


class Kind(StrEnum):
    EMERGENCY = "emergency"
    """有序疏散 and the like: before everything, never dropped."""
    CALL = "call"
    RECALL = "recall"
    NOTICE = "notice"
    """Near turn, closing soon, a manager's own words."""


class Reason(StrEnum):
    """Why an announcement is not said."""

    STALE = "stale"
    SUPERSEDED = "superseded"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Announcement:
    """Something one zone is to say. `created_at` is aware real time, not the hall's clock, which may run fast."""

    id: int
    zone: str
    kind: Kind
    created_at: datetime
    text: str
    ticket_id: str | None = None
    number: str | None = None
    window: int | None = None

    @property
    def calls(self) -> bool:
        return self.kind in {Kind.CALL, Kind.RECALL}


@dataclass(frozen=True)
class Dropped:
    announcement: Announcement
    reason: Reason


@dataclass(frozen=True)
class Turn:
    """What to say now (None: nothing), how many times, and what will never be said."""

    next: Announcement | None
    times: int
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True)
class _Standing:
    """An announcement with its place in the zone's queue, which it may have taken over from one it replaces."""

    announcement: Announcement
    kind: Kind
    since: datetime


def next_turn(pending: Iterable[Announcement], now: datetime, rules: VoiceRules, *, called: Collection[str]) -> Turn:
    """Choose for one zone that is silent now.

    `pending` is everything of that zone neither said nor dropped; `called` the ids of tickets that are called at this
    moment: a call for any other ticket has been answered. The order: emergencies, first calls, calls again, notices;
    within each by time. A notice that has waited as long as a call may is said before the calls, so that a busy zone
    says it at all."""
    dropped: list[Dropped] = []
    useful: list[Announcement] = []
    for one in pending:
        reason = _useless(one, now, rules, called)
        if reason:
            dropped.append(Dropped(one, reason))
        else:
            useful.append(one)
    standing, replaced = _newest_of_each(useful)
    dropped += [Dropped(one, Reason.SUPERSEDED) for one in replaced]
    if not standing:
        return Turn(None, 0, tuple(dropped))
    first = min(standing, key=lambda one: _rank(one, now, rules)).announcement
    return Turn(first, _times(first, len(standing), rules), tuple(dropped))


def _useless(one: Announcement, now: datetime, rules: VoiceRules, called: Collection[str]) -> Reason | None:
    if one.calls and one.ticket_id not in called:
        return Reason.ANSWERED
    if one.kind is Kind.NOTICE and one.ticket_id in called:
        return Reason.SUPERSEDED  # "please get ready" to somebody who has been called
    if one.calls and now - one.created_at > timedelta(seconds=rules.stale_after_seconds):
        return Reason.STALE
    return None


def _newest_of_each(useful: list[Announcement]) -> tuple[list[_Standing], list[Announcement]]:
    """Of several calls of a ticket, or notices of one text, the newest is said, at the place of the oldest.

    A call again that replaces a first call not yet said counts as that first call: asking for it once more must not
    send it back behind the others."""
    groups: dict[tuple[str, str], list[Announcement]] = {}
    for one in sorted(useful, key=lambda one: (one.created_at, one.id)):
        groups.setdefault(_subject(one), []).append(one)
    standing = [_Standing(group[-1], group[0].kind, group[0].created_at) for group in groups.values()]
    return standing, [one for group in groups.values() for one in group[:-1]]


def _subject(one: Announcement) -> tuple[str, str]:
    if one.calls and one.ticket_id:
        return "call", one.ticket_id
    return one.kind, one.text


_ORDER = (Kind.EMERGENCY, Kind.CALL, Kind.RECALL, Kind.NOTICE)


def _rank(one: _Standing, now: datetime, rules: VoiceRules) -> tuple[int, datetime, int]:
    waited = now - one.since > timedelta(seconds=rules.stale_after_seconds)
    place = _ORDER.index(Kind.CALL) if one.kind is Kind.NOTICE and waited else _ORDER.index(one.kind)
    return place, one.since, one.announcement.id


def _times(one: Announcement, waiting: int, rules: VoiceRules) -> int:
    """How often it is said: a notice once, an emergency in full, calls less while many wait, this one counted."""
    if one.kind is Kind.NOTICE:
        return 1
    if one.kind is Kind.EMERGENCY or waiting <= rules.repeat_when_backlog_over:
        return rules.repeat
    return rules.repeat_in_backlog
