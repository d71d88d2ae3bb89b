"""The clips in `sounds/`: complete, small, free of holes; and what happens to those a hall records itself."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.adapters import voice_wav
from server.adapters.voice_clip_maker import make
from server.adapters.voice_clips import ClipVoice
from server.adapters.voice_engine import EngineError
from server.adapters.voice_levels import loudness
from server.adapters.voice_wav import RATE, Samples
from server.domain.plan import Floor, VoiceRules
from server.domain.sentences import Call, Phrase, call_sentence, notice_sentence
from server.domain.voice_templates import TEMPLATES

SOUNDS = Path(__file__).resolve().parents[2] / "sounds"
BOTH = VoiceRules(languages=("zh", "en"))
CLIPS = ClipVoice(SOUNDS)
FLOORS = [
    None,
    *(Floor(number, f"{name}楼") for number, name in enumerate("一二三四五六七八九", 1)),
    Floor(-1, "负一楼"),
]

tickets = st.from_regex(r"[A-Z]{1,2}[0-9]{3,4}", fullmatch=True)
calls = st.builds(Call, ticket=tickets, window=st.integers(0, 999), floor=st.sampled_from(FLOORS), recall=st.booleans())


@given(calls, st.sampled_from(["幺", "一"]))
@settings(max_examples=150, deadline=None)
def test_every_call_can_be_put_together_in_both_languages(call: Call, one: str) -> None:
    for phrase in call_sentence(call, VoiceRules(languages=("zh", "en"), read_one_as=one)).phrases:
        assert CLIPS.say(phrase).size > RATE


@pytest.mark.parametrize(
    "key", sorted({key.removesuffix("_en") for key in TEMPLATES} - {"call", "recall", "after_hours"})
)
@pytest.mark.parametrize("ahead", [1, 2, 11])
def test_every_notice_that_names_no_hall_can_be_put_together_in_chinese(key: str, ahead: int) -> None:
    sentence = notice_sentence(key, VoiceRules(), ticket="A001", ahead=ahead, eta=f"1{ahead % 10}:05")
    assert CLIPS.say(sentence.phrases[0]).size > RATE


def test_what_is_put_together_holds_every_piece_in_order() -> None:
    pieces = [CLIPS.say(Phrase("zh", word, word)) for word in ("请", "A", "零", "幺", "二", "号")]
    whole = CLIPS.say(Phrase("zh", "请A012号", "请A零幺二号"))
    np.testing.assert_array_equal(whole, np.concatenate(pieces))


def test_the_longest_piece_is_taken() -> None:
    words = Phrase("zh", "", "号窗口")
    apart = [CLIPS.say(Phrase("zh", "", word)) for word in ("号", "窗口")]
    assert CLIPS.say(words).size < np.concatenate(apart).size


@pytest.mark.parametrize("words", ["请A零号,到", "请É号", "请A012号", "今日食堂"])
def test_a_word_without_a_clip_is_refused_and_named(words: str) -> None:
    with pytest.raises(EngineError, match="no clip at"):
        CLIPS.say(Phrase("zh", words, words.replace(",", ";")))


def test_a_language_without_clips_is_refused() -> None:
    with pytest.raises(EngineError, match="no clips for yue"):
        CLIPS.say(Phrase("yue", "请", "请"))


def test_the_repository_carries_every_clip_once_and_little_else() -> None:
    named = {
        (index.parent / name).resolve()
        for index in SOUNDS.glob("*/index.json")
        for name in json.loads(index.read_text("utf-8")).values()
    }
    there = {path.resolve() for path in SOUNDS.glob("*/*.wav")}
    assert named == there
    assert all(path.name.isascii() for path in there)
    assert sum(path.stat().st_size for path in SOUNDS.rglob("*")) < 3_000_000


@pytest.mark.parametrize("path", sorted(SOUNDS.rglob("*.wav")), ids=lambda path: path.stem)
def test_a_sound_is_heard_and_as_loud_as_the_others(path: Path) -> None:
    with wave.open(str(path), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
    samples = voice_wav.read(path)
    assert samples.size > 0.15 * RATE
    assert np.abs(samples).max() < 0.9
    assert loudness(samples) == pytest.approx(-20, abs=0.5)


# A hall's own recordings


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """Sounds of a hall that recorded 请 itself: quiet, stereo, 48 kHz, 24 bit, with silence at both ends."""
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "index.json").write_text('{"请": "qing3.wav", "号": "hao4.wav"}', "utf-8")
    tone = 0.05 * np.sin(2 * np.pi * 440 * np.arange(24_000) / 48_000)
    samples = np.concatenate([np.zeros(48_000), tone, np.zeros(48_000)])
    whole = (np.repeat(samples, 2) * 2**31).astype("<i4").view(np.uint8).reshape(-1, 4)[:, 1:]
    with wave.open(str(tmp_path / "zh" / "qing3.wav"), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(3)
        sound.setframerate(48_000)
        sound.writeframes(whole.tobytes())
    return tmp_path


def frequency(samples: Samples) -> float:
    return float(np.abs(np.fft.rfft(samples)).argmax() * RATE / samples.size)


def test_a_recording_of_any_form_is_trimmed_levelled_and_kept_in_pitch(recorded: Path) -> None:
    said = ClipVoice(recorded).say(Phrase("zh", "请", "请"))
    assert said.size / RATE == pytest.approx(0.5 + 0.04 + 0.04, abs=0.01)
    assert loudness(said) == pytest.approx(-20, abs=0.5)
    assert frequency(said) == pytest.approx(440, abs=3)


def test_a_clip_that_is_named_but_not_there_is_as_good_as_none(
    recorded: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clips = ClipVoice(recorded)
    assert "clip for 号 left out" in caplog.text
    with pytest.raises(EngineError, match="no clip at '号'"):
        clips.say(Phrase("zh", "请号", "请号"))


def test_a_clip_that_is_no_sound_is_refused_by_name(recorded: Path) -> None:
    (recorded / "zh" / "hao4.wav").write_text("not a recording")
    with pytest.raises(EngineError, match=r"clip for 号: hao4\.wav"):
        ClipVoice(recorded).say(Phrase("zh", "请号", "请号"))


def test_a_new_recording_is_another_voice(recorded: Path) -> None:
    before = ClipVoice(recorded).fingerprint()
    assert ClipVoice(recorded).fingerprint() == before
    voice_wav.write(recorded / "zh" / "hao4.wav", np.sin(np.arange(RATE, dtype=np.float32)))
    assert ClipVoice(recorded).fingerprint() != before


def test_the_maker_fills_what_is_missing_and_never_overwrites_a_recording(recorded: Path) -> None:
    own = (recorded / "zh" / "qing3.wav").read_bytes()
    assert make(recorded) == 2, "the chime and 号"
    assert (recorded / "zh" / "qing3.wav").read_bytes() == own
    assert ClipVoice(recorded).say(Phrase("zh", "请号", "请号")).size > RATE / 2
    assert make(recorded) == 0
