"""The chain that shows tampering."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from server.domain import events
from server.domain.journal import GENESIS, Line, first_fault, link
from tests.makers import NOW, TODAY, entry, every_event

KEY = b"key"


def chained(*data: str) -> list[Line]:
    lines: list[Line] = []
    for seq, text in enumerate(data, 1):
        bare = Line("TEST", seq, NOW, TODAY, "TicketExpired", "system:clock", text, "")
        previous = lines[-1].chain if lines else GENESIS
        lines.append(replace(bare, chain=link(KEY, previous, bare)))
    return lines


JOURNAL = chained('{"ticket":"A1"}', '{"ticket":"A2"}', '{"ticket":"A3"}')


def test_a_whole_journal_has_no_fault() -> None:
    assert first_fault(KEY, JOURNAL) is None
    assert first_fault(KEY, []) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"data": '{"ticket":"A9"}'},
        {"kind": "TicketCancelled"},
        {"actor": "staff:工号001"},
        {"at": NOW + timedelta(microseconds=1)},
        {"business_day": TODAY + timedelta(days=1)},
        {"hall": "OTHER"},
        {"chain": "0" * 64},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_is_changed_in_an_entry_is_found_at_that_entry(changes: dict[str, object]) -> None:
    tampered = [JOURNAL[0], replace(JOURNAL[1], **changes), JOURNAL[2]]  # type: ignore[arg-type]
    assert first_fault(KEY, tampered) == (2, "entry 2 was changed")


def test_a_removed_entry_is_found() -> None:
    assert first_fault(KEY, [JOURNAL[0], JOURNAL[2]]) == (2, "entry 2 is missing")
    assert first_fault(KEY, JOURNAL[1:]) == (1, "entry 1 is missing")


def test_swapped_entries_are_found() -> None:
    swapped = [JOURNAL[0], replace(JOURNAL[2], seq=2), replace(JOURNAL[1], seq=3)]
    assert first_fault(KEY, swapped) == (2, "entry 2 was changed")


def test_a_chain_forged_without_the_key_is_found() -> None:
    forged = replace(JOURNAL[0], data='{"ticket":"A9"}')
    assert first_fault(KEY, [replace(forged, chain=link(b"guess", GENESIS, forged))]) == (1, "entry 1 was changed")


def test_the_same_moment_in_another_zone_is_the_same_link() -> None:
    elsewhere = replace(JOURNAL[0], at=NOW.astimezone(timezone(timedelta(hours=8))))
    assert link(KEY, GENESIS, elsewhere) == JOURNAL[0].chain


def test_an_entry_names_its_kind_after_its_event() -> None:
    assert entry(every_event()["TicketExpired"]).kind == "TicketExpired"
    assert entry(events.DayBegan(TODAY)).kind == "DayBegan"
