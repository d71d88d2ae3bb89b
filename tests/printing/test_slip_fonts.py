from pathlib import Path

import pytest

from kiosk import slip_fonts
from kiosk.slip_fonts import FontMissing, find_typeface


@pytest.fixture(autouse=True)
def forget_the_found_typeface() -> None:
    find_typeface.cache_clear()


def test_the_simplified_face_is_taken_and_not_the_japanese_one() -> None:
    assert find_typeface().name.endswith("SC")


def test_rare_characters_are_in_it() -> None:
    assert [char for char in "䶮〇堃囍" if not find_typeface().has(char)] == []


def test_a_character_that_no_font_has_is_told_apart() -> None:
    assert not find_typeface().has("\U000e0fff")


def test_fontconfig_is_asked_where_no_known_place_has_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slip_fonts, "KNOWN_PATHS", ())
    assert find_typeface().has("政")


def test_a_machine_without_chinese_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slip_fonts, "KNOWN_PATHS", ())
    monkeypatch.setattr(slip_fonts, "_from_fontconfig", list)
    with pytest.raises(FontMissing, match=r"(?s)没有找到中文字体.*fonts-noto-cjk.*No Chinese font"):
        find_typeface()


def test_a_font_named_by_the_operator_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    regular = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    monkeypatch.setenv("KIOSK_FONT", str(regular))
    assert find_typeface().path == regular


@pytest.mark.parametrize("content", [None, b"not a font"])
def test_a_useless_font_named_by_the_operator_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    font = tmp_path / "song.ttf"
    if content is not None:
        font.write_bytes(content)
    monkeypatch.setenv("KIOSK_FONT", str(font))
    with pytest.raises(FontMissing, match=r"song\.ttf"):
        find_typeface()
