"""Keys of the desk in the hall file: what is taken, and what is told about what is not."""

from __future__ import annotations

import pytest

from server import hall_file
from server.domain.plan import HallPlan
from server.hall_file import HallFileError
from tests.unit.small_hall import SMALL_HALL


def read(desk: str) -> HallPlan:
    return hall_file.read_text(SMALL_HALL + f"desk: {desk}\n", "hall.yaml")


def test_keys_and_number_pad_reach_the_plan_as_actions_and_keys() -> None:
    desk = read('{keys: {call-again: F10, undo: Ctrl+Y}, number_pad: {call-again: "*", help: "0"}}').desk
    assert dict(desk.keys) == {"call-again": "F10", "undo": "Ctrl+Y"}
    assert dict(desk.number_pad) == {"call-again": "*", "help": "0"}


@pytest.mark.parametrize(
    ("desk", "field", "english"),
    [
        ("{keys: {call-agian: F3}}", "desk.keys", "Must be one of those allowed"),
        ("{keys: {call-again: F13}}", "desk.keys.call-again", "Not a key of the desk"),
        ("{keys: {call-again: a}}", "desk.keys.call-again", "Not a key of the desk"),
        ("{keys: {call-again: F5}}", "desk.keys.call-again", "F5 is the browser's"),
        ("{keys: {call-again: Ctrl+W}}", "desk.keys.call-again", "Ctrl+W is the browser's"),
        ("{keys: {call-again: F3, miss: F3}}", "desk.keys", "The key F3 is used twice"),
        ('{number_pad: {miss: "x"}}', "desk.number_pad.miss", "Not a key of a number pad"),
        ('{number_pad: {miss: "-", hold: "-"}}', "desk.number_pad", "The key - is used twice"),
    ],
)
def test_a_key_that_cannot_be_is_told_with_its_place(desk: str, field: str, english: str) -> None:
    with pytest.raises(HallFileError) as caught:
        read(desk)
    (mistake,) = caught.value.mistakes
    assert mistake.field.startswith(field), mistake
    assert english in mistake.message_en
