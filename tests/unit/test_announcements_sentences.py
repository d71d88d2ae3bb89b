"""The sentences of the hall: what a screen shows, what the engine says, and templates that cannot be said."""

from __future__ import annotations

import pytest

from server.domain.plan import Floor, VoiceRules
from server.domain.sentences import Call, Phrase, Sentence, call_sentence, free_sentence, notice_sentence
from server.domain.voice_templates import TEMPLATES, TemplateError

RULES = VoiceRules()
HALL_FILE = VoiceRules(
    templates={
        "call": "请{ticket}号,到{window}号窗口办理",
        "call_other_floor": "请{ticket}号,到{floor}{window}号窗口办理",
        "recall": "请{ticket}号,到{window}号窗口办理,过号请到取号机或咨询台恢复",
    }
)
SECOND_FLOOR = Floor(2, "二楼")


def said(sentence: Sentence) -> list[str]:
    return [phrase.words for phrase in sentence.phrases]


def test_a_call_shows_figures_and_says_words() -> None:
    [phrase] = call_sentence(Call("A012", 3), RULES).phrases
    assert phrase == Phrase("zh", "请A012号到3号窗口办理", "请A零幺二号到三号窗口办理")


def test_half_width_commas_of_a_hall_file_are_shown_full_width_and_heard_as_pauses() -> None:
    sentence = call_sentence(Call("A012", 3), HALL_FILE)
    assert sentence.text == "请A012号，到3号窗口办理"
    assert said(sentence) == ["请A零幺二号，到三号窗口办理"]


def test_a_window_on_another_floor_is_called_with_its_floor() -> None:
    sentence = call_sentence(Call("YK107", 33, floor=SECOND_FLOOR), HALL_FILE)
    assert sentence.text == "请YK107号，到二楼33号窗口办理"
    assert said(sentence) == ["请Y、K幺零七号，到二楼三十三号窗口办理"]


def test_the_floor_is_said_also_where_the_hall_has_no_template_for_it() -> None:
    sentence = call_sentence(Call("A012", 3, floor=Floor(1, "一楼"), recall=True), HALL_FILE)
    assert said(sentence) == ["请A零幺二号，到壹楼三号窗口办理，过号请到取号机或咨询台恢复"]


def test_a_window_with_a_name_of_its_own_is_called_by_it() -> None:
    sentence = call_sentence(Call("A012", 41, place="台胞接待室"), HALL_FILE)
    assert sentence.text == "请A012号，到台胞接待室办理"


def test_english_is_said_after_chinese_where_the_hall_speaks_it() -> None:
    sentence = call_sentence(Call("A012", 31), VoiceRules(languages=("en", "zh")))
    assert [phrase.language for phrase in sentence.phrases] == ["zh", "en"]
    assert sentence.phrases[1].words == "Ticket A, zero, one, two, to window thirty-one."


def test_a_citizen_who_asked_for_english_hears_it_in_a_hall_that_speaks_chinese() -> None:
    assert len(call_sentence(Call("A012", 3, language="en"), RULES).phrases) == 2


def test_a_language_the_hall_cannot_speak_is_left_out() -> None:
    assert len(call_sentence(Call("A012", 3, language="ja"), RULES).phrases) == 1


def test_the_english_floor_is_a_number_as_the_voice_cannot_read_its_name() -> None:
    below = Call("A012", 3, floor=Floor(-1, "负一楼"), place="台胞接待室", language="en")
    assert said(call_sentence(below, RULES)) == [
        "请A零幺二号到负壹楼台胞接待室办理",
        "Ticket A, zero, one, two, to basement one, window three.",
    ]


def test_the_ones_of_a_ticket_are_read_as_the_hall_wants() -> None:
    assert said(call_sentence(Call("A011", 11), VoiceRules(read_one_as="一"))) == ["请A零壹壹号到十壹号窗口办理"]


@pytest.mark.parametrize(("ahead", "people"), [(1, "一位"), (2, "两位"), (11, "十壹位"), (22, "二十二位")])
def test_people_ahead_are_counted_as_people(ahead: int, people: str) -> None:
    [words] = said(notice_sentence("near", RULES, ticket="A011", ahead=ahead))
    assert words == f"A零幺幺号请准备，您前面还有{people}"


def test_a_predicted_time_is_said_as_a_time() -> None:
    sentence = notice_sentence("closing_soon", RULES, eta="18:05")
    assert "您预计18:05办理" in sentence.text
    assert "您预计十八点零五分办理" in said(sentence)[0]


def test_every_built_in_notice_can_be_said_in_both_languages() -> None:
    rules = VoiceRules(languages=("zh", "en"))
    notices = {key.removesuffix("_en") for key in TEMPLATES} - {"call", "recall"}
    assert {"near", "taken", "closing_soon", "after_hours", "evacuate", "test"} <= notices
    for key in notices:
        chinese, english = notice_sentence(key, rules, ticket="A001", ahead=2, hall="政务中心", eta="18:05").phrases
        assert chinese.words
        assert english.words.isascii()


def test_a_placeholder_that_does_not_exist_is_named() -> None:
    with pytest.raises(TemplateError, match=r"voice\.templates\.call: \{windw\} is not known .* \{ticket\} \{window\}"):
        call_sentence(Call("A012", 3), VoiceRules(templates={"call": "请{ticket}到{windw}"}))


def test_a_fact_that_was_not_given_is_named() -> None:
    with pytest.raises(TemplateError, match=r"near: \{ahead\} is not known"):
        notice_sentence("near", RULES, ticket="A012")


@pytest.mark.parametrize("template", ["{ticket.__class__}", "{0}", "{ticket!r}", "{ticket:>9}", "{ticket", "}"])
def test_braces_hold_a_placeholder_and_nothing_else(template: str) -> None:
    with pytest.raises(TemplateError, match="braces may only hold a placeholder"):
        call_sentence(Call("A012", 3), VoiceRules(templates={"call": template}))


def test_a_notice_nobody_has_worded_is_refused_by_name() -> None:
    with pytest.raises(TemplateError, match=r"voice\.templates\.lunch: there is no such template"):
        notice_sentence("lunch", RULES)


def test_a_managers_own_words_are_shown_as_written_and_said_as_meant() -> None:
    sentence = free_sentence(" 请3号窗口的群众到2号窗口 ", RULES)
    assert (sentence.text, said(sentence)) == ("请3号窗口的群众到2号窗口", ["请三号窗口的群众到二号窗口"])


def test_an_announcement_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        free_sentence(" …！ ", RULES)
