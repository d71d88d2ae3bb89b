"""Ticket numbers: how they are written, read, and which comes next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server import hall_file
from server.domain.numbering import (
    TicketNumber,
    block_owner,
    kiosk_block,
    may_name_queue,
    next_sequence,
    parse_number,
    server_limit,
)
from server.domain.plan import HallPlan, Kiosk, Numbering
from server.settings import SAMPLE_HALL

RULES = Numbering()


@pytest.fixture(scope="module")
def plan() -> HallPlan:
    """Five kiosks with forty numbers each."""
    return hall_file.read(SAMPLE_HALL)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (TicketNumber("A", 1), "A001"),
        (TicketNumber("A", 12), "A012"),
        (TicketNumber("B", 999), "B999"),
        (TicketNumber("B", 1000), "B1000"),
        (TicketNumber("A", 12, "Y"), "YA012"),
        (TicketNumber("A", 13, "V"), "VA013"),
        (TicketNumber("B", 1012, "Y"), "YB1012"),
        (TicketNumber("", 1, "Z"), "Z001"),
        (TicketNumber("A", 7, "Z"), "ZA007"),
    ],
)
def test_a_number_is_written_and_read_the_same(number: TicketNumber, text: str) -> None:
    assert str(number) == text
    assert parse_number(RULES, text) == number


@pytest.mark.parametrize("typed", ["a012", " A 012 ", "A12", "A-012", "Ａ０１２", "a.12", "A0012"])
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_number(RULES, typed) == TicketNumber("A", 12)


@pytest.mark.parametrize(
    "typed", ["", "A", "012", "A000", "A12345", "AA012", "YVA012", "Y012", "YV12", "阿012", "A01B", "A12\n;"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert parse_number(RULES, typed) is None


def test_flags_are_those_of_the_hall() -> None:
    own = replace(RULES, appointment_flag="W")
    assert parse_number(own, "WA012") == TicketNumber("A", 12, "W")
    assert parse_number(own, "YA012") is None


@pytest.mark.parametrize(("prefix", "may"), [("A", True), ("X", True), ("Y", False), ("V", False), ("Z", False)])
def test_a_flag_names_no_queue(prefix: str, *, may: bool) -> None:
    assert may_name_queue(RULES, prefix) is may


@pytest.mark.parametrize("prefix", ["", "a", "AB", "1", "甲", "Ａ"])
def test_a_queue_is_named_by_one_capital_letter(prefix: str) -> None:
    assert not may_name_queue(RULES, prefix)


def test_the_server_counts_to_the_kiosks_blocks_and_then_in_four_digits(plan: HallPlan) -> None:
    assert server_limit(plan) == 799
    steps = [0, 1, 798, 799, 1000, 9998]
    assert [next_sequence(plan, last) for last in steps] == [1, 2, 799, 1000, 1001, 9999]


def test_the_days_numbers_can_be_used_up(plan: HallPlan) -> None:
    assert next_sequence(plan, 9999) is None
    three_digits = replace(plan, numbering=replace(plan.numbering, grow_to_four_digits=False))
    assert next_sequence(three_digits, 798) == 799
    assert next_sequence(three_digits, 799) is None


def test_a_hall_without_kiosks_counts_to_999(plan: HallPlan) -> None:
    alone = replace(plan, kiosks=())
    assert [next_sequence(alone, last) for last in (799, 998, 999)] == [800, 999, 1000]


def test_a_limit_that_moved_below_what_was_given_leads_on_to_1000(plan: HallPlan) -> None:
    assert next_sequence(plan, 850) == 1000


def test_kiosks_have_the_top_of_the_three_digits_the_first_one_the_topmost(plan: HallPlan) -> None:
    blocks = {kiosk.id: kiosk_block(plan, kiosk.id) for kiosk in plan.kiosks}
    assert blocks["K1"] == range(960, 1000)
    assert blocks["K2"] == range(920, 960)
    assert blocks["K5"] == range(800, 840)


def test_blocks_and_the_servers_numbers_cover_the_three_digits_once(plan: HallPlan) -> None:
    taken = [number for kiosk in plan.kiosks for number in kiosk_block(plan, kiosk.id)]
    assert sorted([*range(1, server_limit(plan) + 1), *taken]) == list(range(1, 1000))


def test_a_kiosk_added_at_the_end_moves_no_other_block(plan: HallPlan) -> None:
    more = replace(plan, kiosks=(*plan.kiosks, Kiosk("K6", "1A")))
    assert [kiosk_block(more, kiosk.id) for kiosk in plan.kiosks] == [kiosk_block(plan, k.id) for k in plan.kiosks]
    assert kiosk_block(more, "K6") == range(760, 800)


def test_the_owner_of_a_number_is_known(plan: HallPlan) -> None:
    assert [block_owner(plan, number) for number in (799, 800, 959, 960, 999, 1000)] == [
        None,
        "K5",
        "K2",
        "K1",
        "K1",
        None,
    ]


def test_an_unknown_kiosk_has_no_block(plan: HallPlan) -> None:
    with pytest.raises(KeyError):
        kiosk_block(plan, "K9")
