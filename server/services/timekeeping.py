"""The watcher: does what time alone makes due, one thing after another, each in its own unit of work."""

from __future__ import annotations

from dataclasses import replace

from server.domain import deadlines
from server.domain.events import DayBegan
from server.services.work import CLOCK, Work


def do_one_due(work: Work) -> bool:
    """Do the first due thing; True when there may be more, False when there is time to rest.

    With the day end the keyed hashes that knew who had a number already (PIPL 19).
    """
    due = deadlines.first_due(work.plan, work.draft, work.now)
    if due:
        work.record(*due)
    if any(isinstance(event, DayBegan) for event in due):
        work.uow.forget_identities(before=work.day)
    return bool(due)


def begin_day_if_due(work: Work) -> None:
    """A command that comes before the watcher on a new day must not number into the old one."""
    if work.draft.day.business_day != work.day:
        do_one_due(replace(work, actor=CLOCK))
