"""What people will hear: the sentences of the hall through espeak-ng's own reading, syllable by syllable with tones."""

from __future__ import annotations

import itertools
import json
import re
import string
import subprocess
import sys
from collections.abc import Sequence

import pytest

from server.domain import spoken_chinese
from server.domain.plan import Floor, VoiceRules
from server.domain.sentences import Call, call_sentence, notice_sentence

# Only ever in a process of its own: [[voice, text], …] on stdin, espeak-ng's phonemes of each on stdout.
READER = """
import ctypes, json, os, sys
from pathlib import Path
import espeakng_loader
espeak = ctypes.CDLL(str(Path(espeakng_loader.get_library_path()).with_name("libespeak-ng.so.1")))
assert espeak.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0) > 0
espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
espeak.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
def read(voice, text):
    assert espeak.espeak_SetVoiceByName(voice.encode()) == 0
    rest, said = ctypes.c_char_p(text.encode()), []
    while rest.value:
        said.append(espeak.espeak_TextToPhonemes(ctypes.byref(rest), 1, 0).decode())
    return " ".join(said)
json.dump([read(*asked) for asked in json.load(sys.stdin)], sys.stdout)
"""

LETTER_SOUNDS = (
    "eI", "bi:", "si:", "di:", "i:", "Ef", "dZi:", "eItS", "aI", "dZeI", "keI", "El", "Em", "En", "oU", "pi:", "kju:",
    "A@", "Es", "ti:", "ju:", "vi:", "dVb@Lju:", "Eks", "waI", "zEd",
)  # fmt: skip
LETTERS = dict(zip(string.ascii_uppercase, LETTER_SOUNDS, strict=True))
SYLLABLES = {
    "tS;hi214N": "qing3", "li35N": "ling2", "jAu55": "yao1", "@r51": "er4", "XAu51": "hao4", "tAu51": "dao4",
    "sa55n": "san1", "ts.hwA55N": "chuang1", "khou214": "kou3", "pa51n": "ban4", "li214": "li3", "tS;hi55": "qi1",
    "lou35": "lou2", "s.i.35": "shi2", "ji55": "yi1", "ji35": "yi2", "ji51": "yi4", "wu214": "wu3", "liou51": "liu4",
    "pA55": "ba1", "tS;iou214": "jiu3", "si[51": "si4", "pai214": "bai3", "thai35": "tai2", "pAu55": "bao1",
    "tS;iE55": "jie1", "tai51": "dai4", "s.i.51": "shi4", "wei51": "wei4", "liA214N": "liang3", "tiE214n": "dian3",
    "f@55n": "fen1", "kuo51": "guo4", "tS;hy214": "qu3", "tS;i55": "ji1", "Xuo51": "huo4", "tsi[55": "zi1",
    "S;y@35n": "xun2", "fu51": "fu4", "ts.u@214n": "zhun3", "pei51": "bei4", "ni35n": "nin2", "tS;hiE35n": "qian2",
    "miE11n": "mian4", "Xai35": "hai2", "jiou214": "you3", "ts.i.51": "zhi4", "ts.hong35": "chong2",
    "tS;hi51N": "qing4", "ji35n": "yin2", "XA35N": "hang2",
    "Xuei55": "hui1",
}  # fmt: skip
TOKEN = re.compile("|".join(map(re.escape, sorted([*SYLLABLES, *LETTERS.values()], key=len, reverse=True))))
NAMES = SYLLABLES | {sound: letter for letter, sound in LETTERS.items()}


def phonemes(voice: str, texts: Sequence[str]) -> list[str]:
    asked = json.dumps([[voice, text] for text in texts])
    done = subprocess.run(
        [sys.executable, "-c", READER], input=asked, capture_output=True, check=True, encoding="utf-8"
    )
    said: list[str] = json.loads(done.stdout)
    return said


def pinyin(texts: Sequence[str]) -> list[str]:
    """Syllables with tones, letters as themselves. Fails on a sound that is neither, such as a word read as English."""
    return [" ".join(map(NAMES.__getitem__, sounds(said))) for said in phonemes("sit/cmn", texts)]


def sounds(said: str) -> list[str]:
    bare = re.sub(r"\(en\)|\(cmn\)|[|_' ,]", "", said)
    found, at = [], 0
    while at < len(bare):
        token = TOKEN.match(bare, at)
        assert token, f"not a syllable we know at {bare[at:]!r} of {said!r}"
        found.append(token[0])
        at = token.end()
    return found


RULES = VoiceRules()
AFTER_A_MISS = "guo4 hao4 qing3 dao4 qu3 hao4 ji1 huo4 zi1 xun2 tai2 hui1 fu4"
CALLS = [
    (Call("A012", 3), "qing3 A ling2 yao1 er4 hao4 dao4 san1 hao4 chuang1 kou3 ban4 li3"),
    (
        Call("YK107", 33, floor=Floor(2, "二楼")),
        "qing3 Y K yao1 ling2 qi1 hao4 dao4 er4 lou2 san1 shi2 san1 hao4 chuang1 kou3 ban4 li3",
    ),
    (Call("B111", 1), "qing3 B yao1 yao1 yao1 hao4 dao4 yi1 hao4 chuang1 kou3 ban4 li3"),
    (Call("C456", 31), "qing3 C si4 wu3 liu4 hao4 dao4 san1 shi2 yi1 hao4 chuang1 kou3 ban4 li3"),
    (Call("D789", 10), "qing3 D qi1 ba1 jiu3 hao4 dao4 shi2 hao4 chuang1 kou3 ban4 li3"),
    (Call("AA003", 0), "qing3 A A ling2 ling2 san1 hao4 dao4 ling2 hao4 chuang1 kou3 ban4 li3"),
    (Call("Ｘ０２０", 101), "qing3 X ling2 er4 ling2 hao4 dao4 yi4 bai3 ling2 yi1 hao4 chuang1 kou3 ban4 li3"),
    (Call("W111", 111), "qing3 W yao1 yao1 yao1 hao4 dao4 yi4 bai3 yi1 shi2 yi1 hao4 chuang1 kou3 ban4 li3"),
    (
        Call("E005", 11, floor=Floor(1, "一楼")),
        "qing3 E ling2 ling2 wu3 hao4 dao4 yi1 lou2 shi2 yi1 hao4 chuang1 kou3 ban4 li3",
    ),
    (Call("F002", 9, place="台胞接待室"), "qing3 F ling2 ling2 er4 hao4 dao4 tai2 bao1 jie1 dai4 shi4 ban4 li3"),
    (
        Call("G001", 2, recall=True),
        "qing3 G ling2 ling2 yao1 hao4 dao4 er4 hao4 chuang1 kou3 ban4 li3 " + AFTER_A_MISS,
    ),
]


@pytest.fixture(scope="module")
def heard() -> dict[Call, str]:
    """All calls read in one process."""
    return dict(zip([call for call, _ in CALLS], pinyin([words(call) for call, _ in CALLS]), strict=True))


def words(call: Call, rules: VoiceRules = RULES) -> str:
    return call_sentence(call, rules).phrases[0].words


@pytest.mark.parametrize(("call", "expected"), CALLS, ids=[call.ticket for call, _ in CALLS])
def test_a_call_is_heard_as_it_should_be(heard: dict[Call, str], call: Call, expected: str) -> None:
    assert heard[call] == expected


def test_the_ones_of_a_ticket_keep_their_tone_where_they_are_read_yi() -> None:
    said = pinyin([words(Call("A011", 21), VoiceRules(read_one_as="一"))])[0]
    assert said == "qing3 A ling2 yi1 yi1 hao4 dao4 er4 shi2 yi1 hao4 chuang1 kou3 ban4 li3"


def test_people_ahead_are_counted_as_people_say_it() -> None:
    ahead = [notice_sentence("near", RULES, ticket="A001", ahead=count).phrases[0].words for count in (1, 2, 11)]
    assert [said.rsplit("you3 ", 1)[1] for said in pinyin(ahead)] == ["yi2 wei4", "liang3 wei4", "shi2 yi1 wei4"]


def test_a_time_of_day_is_heard_as_one() -> None:
    said = pinyin([spoken_chinese.words("18:05"), spoken_chinese.words("2:01")])
    assert said == ["shi2 ba1 dian3 ling2 wu3 fen1", "liang3 dian3 ling2 yi1 fen1"]


def test_the_engine_knows_words_whose_characters_have_several_readings() -> None:
    assert pinyin(["重庆", "银行"]) == ["chong2 qing4", "yin2 hang2"]


def test_every_letter_is_heard_as_its_name_beside_every_other() -> None:
    pairs = list(itertools.product(string.ascii_uppercase, repeat=2))
    heard = pinyin([f"请{spoken_chinese.code(f'{first}{second}0', '幺')}" for first, second in pairs])
    assert heard == [f"qing3 {first} {second} ling2" for first, second in pairs]


def test_what_people_write_would_be_read_wrong_by_itself() -> None:
    """The reason for all of it, and the proof that these tests can fail."""
    raw, letters, full_width = phonemes("sit/cmn", ["A012", "请A B零", "３号窗口"])
    assert "s.i.35" in raw, "a ticket's digits are read as a number"
    assert "a#" in letters, "a letter is read as an article"
    assert "sa55n" not in full_width.replace("'", ""), "a full-width digit is lost"


def test_an_english_call_spells_the_ticket_and_says_the_window() -> None:
    call = call_sentence(Call("A012", 33, language="en"), RULES).phrases[1].words
    heard = ["tIkI2t", "eI", "zi@roU", "w0n", "tu:", "t@", "wIndoU", "T3:tiTri:"]
    said = phonemes("gmw/en", [call])[0]
    assert re.sub(r"[',|]", "", said).split() == heard
