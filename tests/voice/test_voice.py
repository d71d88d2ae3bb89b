"""From a sentence to a finished WAV: the chain of engines, loudness, what is made once, what is made ahead."""

from __future__ import annotations

import threading
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from server.adapters import voice_wav
from server.adapters.voice import Speech, Voice, VoiceError, open_voice
from server.adapters.voice_cache import SpeechCache
from server.adapters.voice_chime import chime
from server.adapters.voice_engine import EngineError
from server.adapters.voice_wav import RATE, Samples
from server.domain.plan import VoiceRules
from server.domain.sentences import Call, Phrase, Sentence, call_sentence, free_sentence

SOUNDS = Path(__file__).resolve().parents[2] / "sounds"
A012 = call_sentence(Call("A012", 3), VoiceRules())
BOTH = call_sentence(Call("A012", 3), VoiceRules(languages=("zh", "en")))
UNKNOWN_WORDS = free_sentence("今日食堂供应豆花", VoiceRules())


@dataclass
class FakeEngine:
    """Says a second of tone, remembers what it was asked, and fails or waits as told."""

    name: str = "fake"
    refuses: str = ""
    wait: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    closed: bool = False

    def fingerprint(self) -> str:
        return "a tone"

    def say(self, phrase: Phrase) -> Samples:
        self.asked.append(phrase.words)
        if self.wait:
            assert self.wait.wait(timeout=10)
        if self.refuses and self.refuses in phrase.words:
            raise EngineError("told to refuse")
        return np.sin(np.arange(RATE, dtype=np.float32) / 8)

    def close(self) -> None:
        self.closed = True


OpenVoice = Callable[..., Voice]


@pytest.fixture
def voice_of(tmp_path: Path) -> Iterator[OpenVoice]:
    """`voice_of(engine, …)`: a voice with these engines and its files in `tmp_path`."""
    opened: list[Voice] = []

    def build(*engines: FakeEngine) -> Voice:
        opened.append(Voice(SpeechCache(tmp_path, 10), engines, SOUNDS / "chime.wav"))
        return opened[-1]

    yield build
    for voice in opened:
        voice.close()


@pytest.fixture(params=["engine", "clips"])
def real_voice(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Voice]:
    """The voice as the hall has it, with one of its engines."""
    voice = open_voice(tmp_path, SOUNDS, order=(request.param,))
    yield voice
    voice.close()


def loudness(samples: NDArray[np.floating]) -> float:
    """Mean level in dB of what is not a pause: pieces of 50 ms above -45 dB."""
    pieces = samples[: len(samples) - len(samples) % 1102].reshape(-1, 1102).astype(np.float64)
    power = (pieces**2).mean(axis=1)
    return float(10 * np.log10(power[power > 10**-4.5].mean()))


def spoken(speech: Speech) -> Samples:
    """The sound after the chime."""
    return voice_wav.read(speech.path)[chime().size :]


# One finished announcement


@pytest.mark.parametrize("sentence", [A012, BOTH], ids=["Chinese", "both languages"])
def test_a_call_is_a_wav_any_browser_plays(real_voice: Voice, sentence: Sentence) -> None:
    speech = real_voice.render(sentence)
    with wave.open(str(speech.path), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        assert speech.duration_seconds == pytest.approx(sound.getnframes() / RATE)
    assert 8 < speech.duration_seconds < 20
    assert speech.path.name == f"{speech.digest}.wav"


@pytest.mark.parametrize("sentence", [A012, BOTH], ids=["Chinese", "both languages"])
def test_the_call_is_as_loud_as_the_chime_and_never_clipped(real_voice: Voice, sentence: Sentence) -> None:
    speech = real_voice.render(sentence)
    sound = spoken(speech)
    assert loudness(sound) == pytest.approx(loudness(chime()), abs=2)
    assert 0.3 < np.abs(voice_wav.read(speech.path)).max() <= 10 ** (-1 / 20) + 1e-3


def test_all_voices_are_equally_loud(tmp_path: Path) -> None:
    levels = []
    for order in ("engine", "clips"):
        voice = open_voice(tmp_path, SOUNDS, order=(order,))
        levels += [loudness(spoken(voice.render(sentence))) for sentence in (A012, BOTH)]
        voice.close()
    assert max(levels) - min(levels) < 1


def test_a_call_said_twice_is_the_call_said_once_and_again(voice_of: OpenVoice) -> None:
    voice = voice_of(FakeEngine())
    once, twice = voice.render(A012, 1), voice.render(A012, 2)
    assert twice.duration_seconds - once.duration_seconds == pytest.approx(1 + 0.8, abs=0.01)


def test_english_is_said_once_after_chinese_twice(voice_of: OpenVoice) -> None:
    voice = voice_of(FakeEngine())
    chinese, both = voice.render(A012, 2), voice.render(BOTH, 2)
    assert both.duration_seconds - chinese.duration_seconds == pytest.approx(1 + 0.5, abs=0.01)


# The chain


def test_the_first_engine_that_can_say_it_does(voice_of: OpenVoice) -> None:
    second = FakeEngine("second")
    assert voice_of(FakeEngine("first"), second).render(A012).engine == "first"
    assert second.asked == []


def test_a_sentence_with_one_word_missing_is_said_whole_by_the_next_engine(voice_of: OpenVoice) -> None:
    first, second = FakeEngine("first", refuses="window"), FakeEngine("second")
    assert voice_of(first, second).render(BOTH).engine == "second"
    assert second.asked == [phrase.words for phrase in BOTH.phrases]


def test_when_nobody_can_say_it_the_chime_sounds(voice_of: OpenVoice) -> None:
    speech = voice_of(FakeEngine(refuses="请")).render(A012)
    assert speech.engine == "chime"
    assert 1 < speech.duration_seconds < 2


def test_an_engine_that_comes_back_says_what_another_said_meanwhile(voice_of: OpenVoice) -> None:
    first = FakeEngine("first", refuses="请")
    voice = voice_of(first, FakeEngine("second"))
    assert voice.render(A012).engine == "second"
    first.refuses = ""
    assert voice.render(A012).engine == "first"


def test_clips_say_the_call_when_the_engine_is_missing(tmp_path: Path) -> None:
    voice = open_voice(tmp_path, SOUNDS, order=("clips",))
    assert voice.render(BOTH).engine == "clips"
    voice.close()


def test_words_without_a_clip_are_not_left_out(tmp_path: Path) -> None:
    voice = open_voice(tmp_path, SOUNDS, order=("clips", "engine"))
    assert voice.render(UNKNOWN_WORDS).engine == "engine"
    voice.close()


def test_without_any_sound_file_there_is_still_a_chime(tmp_path: Path) -> None:
    voice = open_voice(tmp_path / "cache", tmp_path / "no-sounds", order=("clips",))
    speech = voice.render(A012)
    assert speech.engine == "chime"
    assert np.abs(voice_wav.read(speech.path)).max() > 0.1
    voice.close()


def test_an_engine_nobody_knows_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no voice engine 'festival'; there are engine, clips"):
        open_voice(tmp_path, SOUNDS, order=("festival",))


def test_a_hall_may_have_its_own_chime(tmp_path: Path, voice_of: OpenVoice) -> None:
    voice_wav.write(tmp_path / "gong.wav", np.sin(np.arange(3 * RATE, dtype=np.float32) / 20))
    own = Voice(SpeechCache(tmp_path, 10), [FakeEngine()], tmp_path / "gong.wav")
    longer = own.render(A012, 1).duration_seconds - voice_of(FakeEngine()).render(A012, 1).duration_seconds
    assert longer == pytest.approx(3 - 1.5, abs=0.01)
    own.close()


# Made once


def test_a_sentence_is_synthesised_once_and_then_comes_from_disk(voice_of: OpenVoice) -> None:
    engine = FakeEngine()
    voice = voice_of(engine)
    assert voice.render(A012) == voice.render(A012)
    assert len(engine.asked) == 1


def test_another_process_finds_what_this_one_made(voice_of: OpenVoice) -> None:
    voice_of(FakeEngine()).render(A012)
    later = FakeEngine()
    assert voice_of(later).render(A012).engine == "fake"
    assert later.asked == []


def test_many_who_want_one_sentence_at_once_get_one_file(voice_of: OpenVoice, tmp_path: Path) -> None:
    engine = FakeEngine(wait=threading.Event())
    voice = voice_of(engine)
    got: list[Speech] = []
    threads = [threading.Thread(target=lambda: got.append(voice.render(A012))) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert engine.wait
    engine.wait.set()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert len(engine.asked) == 1
    assert [path.name for path in tmp_path.iterdir()] == [f"{got[0].digest}.wav"]


def test_a_disk_that_takes_no_more_is_an_error_of_the_voice(voice_of: OpenVoice, tmp_path: Path) -> None:
    voice = voice_of(FakeEngine())
    tmp_path.rmdir()
    with pytest.raises(VoiceError, match="not written"):
        voice.render(A012)


def test_an_announcement_is_found_by_its_digest_and_nothing_else_is(voice_of: OpenVoice) -> None:
    voice = voice_of(FakeEngine())
    speech = voice.render(A012)
    assert voice.path_of(speech.digest) == speech.path
    for stranger in ("", "0" * 32, "../settings", speech.digest.upper(), f"{speech.digest}.wav", speech.digest + "\n"):
        assert voice.path_of(stranger) is None


# Made ahead


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_preparing_returns_at_once_and_the_sound_is_there_before_the_press(voice_of: OpenVoice) -> None:
    engine = FakeEngine(wait=threading.Event())
    voice = voice_of(engine)
    began = time.monotonic()
    voice.prepare([A012, BOTH])
    assert time.monotonic() - began < 0.5
    assert engine.wait
    engine.wait.set()
    wait_for(lambda: len(engine.asked) == 3)
    wait_for(lambda: voice.path_of(voice.render(BOTH).digest) is not None)
    assert len(engine.asked) == 3


def test_what_is_asked_for_again_before_its_turn_is_prepared_once(voice_of: OpenVoice) -> None:
    engine = FakeEngine(wait=threading.Event())
    voice = voice_of(engine)
    for _ in range(5):
        voice.prepare([A012, UNKNOWN_WORDS])
    assert engine.wait
    engine.wait.set()
    wait_for(lambda: len(engine.asked) == 2)
    voice.prepare([A012])
    wait_for(lambda: not voice.preparing)
    assert len(engine.asked) == 2


def test_one_that_cannot_be_prepared_is_logged_and_the_next_one_is(
    voice_of: OpenVoice, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = FakeEngine()
    voice = voice_of(engine)
    say = engine.say

    def explode(phrase: Phrase) -> Samples:
        if phrase.words == UNKNOWN_WORDS.phrases[0].words:
            raise RuntimeError("loose cable")
        return say(phrase)

    monkeypatch.setattr(engine, "say", explode)
    voice.prepare([UNKNOWN_WORDS, A012])
    wait_for(lambda: len(engine.asked) == 1 and not voice.preparing)
    assert f"announcement not prepared: {UNKNOWN_WORDS.text}" in caplog.text
    assert "loose cable" in caplog.text


def test_closing_ends_the_engines_and_leaves_nothing_running(voice_of: OpenVoice) -> None:
    engine = FakeEngine()
    voice = voice_of(engine)
    voice.prepare([A012])
    voice.close()
    assert engine.closed
    assert not [thread for thread in threading.enumerate() if thread.name == "voice"]
