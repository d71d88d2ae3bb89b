"""Written Chinese and English as the words an engine reads without a mistake."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import spoken_chinese, spoken_english


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (31, "三十壹"),
        (100, "一百"),
        (101, "一百零壹"),
        (110, "一百壹十"),
        (111, "一百壹十壹"),
        (208, "二百零八"),
        (1001, "一千零壹"),
        (1010, "一千零壹十"),
        (9999, "九千九百九十九"),
        (12345, "壹二三四五"),
    ],
)
def test_a_number_is_said_as_a_number_with_exact_tones(number: int, said: str) -> None:
    assert spoken_chinese.number(number) == said


@pytest.mark.parametrize(
    ("ticket", "one", "said"),
    [
        ("A012", "幺", "A零幺二"),
        ("A012", "一", "A零壹二"),
        ("YK107", "幺", "Y、K幺零七"),
        ("ya013", "幺", "Y、A零幺三"),
        ("B1000", "幺", "B幺零零零"),
        ("Ａ０１２", "幺", "A零幺二"),
    ],
)
def test_a_ticket_is_called_out_letter_by_letter_and_digit_by_digit(ticket: str, one: str, said: str) -> None:
    assert spoken_chinese.code(ticket, one) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("请到１２号窗口", "请到十二号窗口"),
        ("请到1号窗口", "请到壹号窗口"),
        ("一楼一号", "壹楼壹号"),
        ("1–2号窗口", "壹至二号窗口"),
        ("3号～5号窗口", "三号至五号窗口"),
        ("预计18:05办理", "预计十八点零五分办理"),
        ("9:00-12:00", "九点至十二点"),
        ("下午2:30", "下午两点三十分"),
        ("热线12345", "热线幺二三四五"),
        ("电话023-12345678", "电话零二三，幺二三四五六七八"),
        ("2026年11月2日", "二零二六年十壹月二日"),
        ("满意率98.5%", "满意率百分之九十八点五"),
        ("还有2位", "还有两位"),
        ("还有12位", "还有十二位"),
        ("A001-A010号", "A零零幺至A零幺零号"),
        ("VIP客户", "V、I、P客户"),
        ("A-B 区", "A、B区"),
        ("连接WiFi", "连接WiFi"),
        ("请:您;好!", "请，您，好。"),
        ("示范中心(演示)正在", "示范中心，演示，正在"),
        ("A&B公司", "A和B公司"),
        ("<b>注意</b>", "b注意，b"),
        ("取 号", "取号"),
    ],
)
def test_free_text_is_written_out_as_it_is_said(written: str, said: str) -> None:
    assert spoken_chinese.words(written) == said


@given(
    st.text(st.sampled_from("请到号窗口一二楼位年点分至AbKZ0123456789 ,.:;-–~～%&<>()，。、！０９Ａ\n"), max_size=40)
)
def test_saying_words_again_changes_nothing_and_leaves_no_digit(text: str) -> None:
    words = spoken_chinese.words(text)
    assert spoken_chinese.words(words) == words
    assert not re.search(r"[0-9０-９]", words)


@given(st.text(st.sampled_from("０１２３４５６７８９号"), max_size=8))
def test_full_width_digits_are_said_like_half_width_ones(text: str) -> None:
    half = text.translate({ord("０") + digit: str(digit) for digit in range(10)})
    assert spoken_chinese.words(text) == spoken_chinese.words(half)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (31, "thirty-one"),
        (40, "forty"),
        (101, "one hundred and one"),
        (300, "three hundred"),
    ],
)
def test_a_number_is_said_in_english(number: int, said: str) -> None:
    assert spoken_english.number(number) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ticket A012", "Ticket A, zero, one, two"),
        ("windows 1-3", "windows one to three"),
        ("at 18:05", "at eighteen oh five"),
        ("at 14:00", "at fourteen o'clock"),
        ("call 12345", "call one, two, three, four, five"),
        ("A & <b>", "A b"),
    ],
)
def test_english_text_is_written_out_as_it_is_said(written: str, said: str) -> None:
    assert spoken_english.words(written) == said
