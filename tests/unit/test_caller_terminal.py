import curses

import pytest

from caller.terminal_ask import Choice, Conversation, Field, Question, Wish, numbered
from caller.terminal_digits import ROWS, large
from caller.terminal_fold import apply, apply_estimates
from caller.terminal_keys import KeyMap, key_name
from caller.terminal_questions import full_staff
from caller.terminal_width import certain, cut, fit, width, wrap


@pytest.mark.parametrize(("text", "columns"), [("A012", 4), ("号码", 4), ("3 号窗口", 8), ("，。", 4), ("e\u0301", 1)])
def test_a_chinese_character_fills_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_wide_character_is_never_halved() -> None:
    assert cut("号码", 3) == "号"
    assert fit("号码", 3) == "号 "


def test_signs_whose_width_terminals_disagree_about_are_written_with_certain_ones() -> None:
    assert certain("请说：“您好…” 20–30 分 · 队列\n") == "请说：「您好...」 20-30 分   队列 "


def test_no_line_begins_with_a_full_stop() -> None:
    assert wrap("请您稍候一下。谢谢", 12) == ["请您稍候一", "下。谢谢"]


def test_a_number_in_large_signs_has_five_rows_and_a_gap_between_signs() -> None:
    rows = large("B01")
    assert len(rows) == ROWS
    assert {left // 8 for row in rows for left, _ in row} == {0, 1, 2}
    assert all(left % 8 < 6 for row in rows for left, _ in row)


def picture() -> dict[str, object]:
    return {
        "seq": 7,
        "at": "before",
        "phase": "open",
        "queues": [{"id": "A", "estimate": 1}],
        "tickets": [{"id": "x", "state": "waiting"}, {"id": "y", "state": "waiting"}],
    }


def test_news_replace_rows_by_id_add_new_ones_drop_removed_ones_and_leave_the_old_picture_alone() -> None:
    before = picture()
    news = {
        "seq": 8,
        "at": "after",
        "changed": {"tickets": [{"id": "x", "state": "called"}, {"id": "z"}], "hall": {"phase": "lunch"}},
        "removed": {"tickets": ["y"]},
    }
    after = apply(before, news)
    assert after["tickets"] == [{"id": "x", "state": "called"}, {"id": "z"}]
    assert (after["seq"], after["at"], after["phase"]) == (8, "after", "lunch")
    assert before == picture()


def test_estimates_move_without_a_number() -> None:
    assert apply_estimates(picture(), {"queues": [{"id": "A", "estimate": 2}]})["queues"] == [
        {"id": "A", "estimate": 2}
    ]


def test_the_hall_file_gives_a_number_pad_its_own_keys_and_letters_stay() -> None:
    keys = KeyMap.of({"number_pad": {"miss": "3"}, "desk_keys": {"miss": "F5"}})
    assert [keys.action(key) for key in ("3", "F5", "m", "M")] == ["miss"] * 4
    assert keys.action("-") is None
    assert keys.hint("miss") == "m 3"


@pytest.mark.parametrize(
    ("pressed", "name"), [("\r", "Enter"), ("\n", "Enter"), ("\x1b", "Esc"), ("+", "+"), ("\x00", "")]
)
def test_a_key_is_known_by_its_name(pressed: str, name: str) -> None:
    assert key_name(pressed) == name


@pytest.mark.parametrize(("typed", "meant"), [("43", "工号043"), ("043", "工号043"), ("工号043", "工号043")])
def test_a_staff_number_may_be_typed_as_digits(typed: str, meant: str) -> None:
    assert full_staff(typed, "工号003") == meant


def talk() -> Question:
    reason = yield Choice("原因？", numbered(["临时离岗", "其他"]))
    minutes = yield Field("几分钟？", numeric=True)
    return Wish("pause", {"reason": reason, "minutes": int(minutes)})


def test_a_conversation_ends_with_the_wish() -> None:
    conversation = Conversation(talk())
    for key in ["2", "1", "9", "Backspace", "0", "Enter"]:
        conversation.press(key)
    assert conversation.over
    assert conversation.wish == Wish("pause", {"reason": "其他", "minutes": 10})


def test_enter_takes_the_usual_answer_and_a_strange_key_none() -> None:
    conversation = Conversation(talk())
    conversation.press("7")
    assert isinstance(conversation.step, Choice)
    conversation.press("Enter")
    assert isinstance(conversation.step, Field)


def test_what_must_be_filled_in_is_asked_for_again() -> None:
    conversation = Conversation(talk())
    for key in ["1", "x", "Enter"]:
        conversation.press(key)
    assert conversation.problem == "请填数字"
    assert not conversation.over


def test_esc_leaves_a_question_without_a_wish() -> None:
    conversation = Conversation(talk())
    conversation.press("Esc")
    assert conversation.over
    assert conversation.wish is None


def test_function_keys_are_those_of_the_desk_and_an_incident_is_asked_for_with_help() -> None:
    keys = KeyMap.of({})
    pressed = [curses.KEY_F0 + 3, curses.KEY_F0 + 18, curses.KEY_END, curses.KEY_PPAGE]
    assert [keys.action(key_name(code)) for code in pressed] == ["call-again", "ready", "sign-off", "help"]


def test_a_question_without_a_usual_answer_ignores_enter() -> None:
    choice = Choice("转到哪里？", numbered(["综合咨询"]), usual=None)
    assert choice.answer("Enter") is None
    assert choice.answer("1") == choice.options[0]
