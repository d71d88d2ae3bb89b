"""A hall file that is not even YAML, or not a readable file, is explained as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from server import hall_file
from server.hall_file import HallFileError, Mistake
from tests.unit.small_hall import SMALL_HALL, changed


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(HallFileError) as caught:
        hall_file.read_text(text, "hall.yaml")
    return caught.value.mistakes


@pytest.mark.parametrize(
    ("text", "line", "english"),
    [
        ("a: 1\n\tb: 2\n", 2, "not with a tab"),
        ("a: 1\nb\nc: 2\n", 2, "colon and a space are missing"),
        ("a: 1\nb: x: y\n", 2, "colon too many"),
        ("a: [1, 2\nb: 3\n", 2, "bracket"),
        ("a:\n  - {b: 1, c: 2\n  - {b: 3}\n", 3, "brace"),
        ('a: 1\nb: "open\nc: 2\n', 2, "quotation mark is not closed"),
        ("a:\n    b: 1\n  c: 2\n", 3, "indentation"),
        ("a: *nowhere\n", 1, "no &anchor"),
        ("a: 1\n---\nb: 2\n", 2, "one document"),
        ("a: @b\n", 1, "quotes"),
        ("a: 1\nb: \x07\n", 2, "control character"),
    ],
)
def test_a_slip_in_yaml_is_explained_with_its_line(text: str, line: int, english: str) -> None:
    (mistake,) = mistakes(text)
    assert (mistake.line, english in mistake.message_en) == (line, True), str(mistake)
    assert mistake.message.startswith("YAML 写法有误：")


def test_a_full_width_colon_near_by_is_pointed_out() -> None:
    (mistake,) = mistakes("hall：\n  code: A\n")
    assert "全角" in mistake.message
    assert "full-width" in mistake.message_en


def test_a_key_given_twice_is_named_with_both_lines() -> None:
    text = changed("noon_duty_windows: [2]", "noon_duty_windows: [2]\n  noon_duty_windows: [1]")
    (mistake,) = mistakes(text)
    assert (mistake.line, mistake.field) == (7, "hours.noon_duty_windows")
    assert "line 6" in mistake.message_en


def test_a_tag_and_a_key_that_is_no_word_are_refused() -> None:
    (tag,) = mistakes(changed("name: 试验大厅", "name: !secret 试验大厅"))
    assert "!secret" in tag.message_en
    assert "plain word" in str(mistakes(SMALL_HALL + "? [a, b]\n: c\n"))


def test_a_file_that_refers_to_itself_is_refused() -> None:
    assert "refers to itself" in str(mistakes(SMALL_HALL + "notices: &loop [*loop]\n"))


def test_an_empty_file_is_told() -> None:
    assert [mistake.message_en for mistake in mistakes("# nothing yet\n")] == ["The file is empty."]


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(HallFileError, match=r"nowhere\.yaml: 打不开文件.*No such file"):
        hall_file.read(tmp_path / "nowhere.yaml")


def test_a_file_in_another_encoding_is_told_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "hall.yaml"
    path.write_bytes("schema_version: 1\nhall: {code: A, name: 大厅}\n".encode("gbk"))
    with pytest.raises(HallFileError, match=r"hall\.yaml:2: 文件不是 UTF-8"):
        hall_file.read(path)
