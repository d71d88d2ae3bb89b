import pytest

from kiosk.printers.sensors import read_state
from tests.printing.virtual_printer import ANSWERS


@pytest.mark.parametrize("state", ["ok", "near_end", "out", "cover", "offline"])
def test_each_state_of_a_printer_has_its_word(state: str) -> None:
    assert read_state(lambda question: ANSWERS[state].get(question[2])) == state


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, "unknown"),
        ({1: 0x16}, "unknown"),  # speaks, but not about paper: that is not "plenty"
        ({1: 0x16, 4: 0xFF}, "unknown"),
        ({1: 0x00, 4: 0x12}, "unknown"),
        ({1: 0x1E, 4: 0x12}, "offline"),
        ({1: 0x1E, 2: 0x32}, "out"),
        ({1: 0x16, 4: 0x72}, "out"),  # seen on clones: only the end sensor's bits
        ({1: 0x1E, 2: 0x16, 4: 0x7E}, "out"),  # cover open and no paper: both are solved by paper
    ],
)
def test_silence_and_noise_are_never_taken_for_good_news(answers: dict[int, int], state: str) -> None:
    assert read_state(lambda question: answers.get(question[2])) == state


def test_a_silent_printer_is_asked_only_once() -> None:
    asked: list[bytes] = []

    def keep_silent(question: bytes) -> None:
        asked.append(question)

    assert read_state(keep_silent) == "unknown"
    assert len(asked) == 1  # each question costs three seconds
