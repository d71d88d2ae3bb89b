import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.slip_wrap import typeset, wrap, wrap_evenly

CLOSING = "，。、；：！？”’）》】」"
OPENING = "“‘（《【「"


def measure(text: str) -> float:
    """汉字 and their marks are two wide, everything else one."""
    return sum(2 if ord(char) > 0x2E00 or char in "“”‘’" else 1 for char in text)


@pytest.mark.parametrize(
    ("raw", "set_"),
    [
        ("一楼A区", "一楼 A 区"),
        ("可在30分钟内", "可在 30 分钟内"),
        ("稍作等待,注意叫号", "稍作等待，注意叫号"),
        ("业务(个人)", "业务（个人）"),
        ("17:30下班", "17:30 下班"),
        ("“办不成事”反映", "“办不成事”反映"),
        ("Zone A, window 3", "Zone A, window 3"),
    ],
)
def test_text_is_set_as_chinese_print_sets_it(raw: str, set_: str) -> None:
    assert typeset(raw) == set_


def test_a_number_is_never_broken() -> None:
    assert wrap("咨询电话 023-00000000 转 12345 号", 14, measure) == ["咨询电话", "023-00000000", "转 12345 号"]


def test_a_word_wider_than_the_paper_falls_apart_rather_than_off() -> None:
    assert wrap("abcdefghij", 4, measure) == ["abcd", "efgh", "ij"]


def test_a_heading_breaks_before_its_bracket() -> None:
    assert wrap_evenly("示范区政务服务中心（演示）", 18, measure) == ["示范区政务服务中心", "（演示）"]


def test_a_heading_has_no_widow() -> None:
    assert wrap_evenly("企业开办与市场准入综合受理", 24, measure) == ["企业开办与市场", "准入综合受理"]


@given(st.text(alphabet="政务服务中心号A012 ，。（）“”", max_size=80))
def test_wrapping_keeps_every_character_and_the_rules_of_marks(text: str) -> None:
    lines = wrap(text, 16, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= 16 for line in lines)


@given(st.lists(st.sampled_from(["政务", "服务，", "（演示）", "“号”", "A012", "中心。"]), max_size=30))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(parts: list[str]) -> None:
    lines = wrap("".join(parts), 16, measure)
    assert [line for line in lines if line[0] in CLOSING or line[-1] in OPENING] == []
