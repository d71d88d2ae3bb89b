"""The built-in voice loses its worker, in every way a process can be lost, and speaks on."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from server.adapters.voice import Voice
from server.adapters.voice_cache import SpeechCache
from server.adapters.voice_clips import ClipVoice
from server.adapters.voice_engine import EngineError
from server.adapters.voice_process import VOICES, WorkerVoice
from server.adapters.voice_wav import RATE
from server.domain.plan import VoiceRules
from server.domain.sentences import Call, Phrase, call_sentence

SOUNDS = Path(__file__).resolve().parents[2] / "sounds"
CHINESE = Phrase("zh", "请A012号", "请A零幺二号")
ENGLISH = Phrase("en", "Ticket A012", "Ticket A, zero, one, two")

GREETS_AND = "import sys, json; print(json.dumps({'ready': True}), flush=True); "
MUTE = GREETS_AND + "[None for line in sys.stdin]"
LIAR = (
    GREETS_AND + "[print(json.dumps({'id': json.loads(line)['id'], 'seconds': 1}), flush=True) for line in sys.stdin]"
)
BABBLER = GREETS_AND + "[print('moin', flush=True) for line in sys.stdin]"
NO_ENGINE = 'print(\'{"error": "ModuleNotFoundError: pyttsx3"}\')'
STILLBORN = "import sys; sys.exit(3)"


@pytest.fixture
def engine() -> Iterator[WorkerVoice]:
    engine = WorkerVoice(answer_seconds=2)
    engine.say(CHINESE)
    yield engine
    engine.close()


def process_of(engine: WorkerVoice) -> int:
    assert engine.process_id
    return engine.process_id


def seconds(engine: WorkerVoice, phrase: Phrase) -> float:
    return engine.say(phrase).size / RATE


def test_one_worker_says_everything(engine: WorkerVoice) -> None:
    first = process_of(engine)
    assert 1 < seconds(engine, CHINESE) < 4
    assert 1 < seconds(engine, ENGLISH) < 4
    assert process_of(engine) == first


def test_the_voice_and_the_rate_are_those_asked_for_every_time(engine: WorkerVoice) -> None:
    slow = WorkerVoice(rate=100)
    lengths = [
        (round(seconds(engine, phrase), 1), round(seconds(slow, phrase), 1)) for phrase in [CHINESE, ENGLISH] * 8
    ]
    slow.close()
    assert len(set(lengths)) == 2
    assert all(longer > 1.2 * normal for normal, longer in lengths)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
def test_the_sentence_after_the_worker_was_lost_still_sounds(engine: WorkerVoice, blow: signal.Signals) -> None:
    lost = process_of(engine)
    os.kill(lost, blow)
    began = time.monotonic()
    assert np.abs(engine.say(CHINESE)).max() > 0.1
    assert time.monotonic() - began < 10
    assert process_of(engine) != lost


def test_a_lost_worker_leaves_no_process_behind(engine: WorkerVoice) -> None:
    lost = process_of(engine)
    os.kill(lost, signal.SIGSTOP)
    engine.say(CHINESE)
    with pytest.raises(ProcessLookupError):
        os.kill(lost, 0)


def test_closing_ends_the_worker(engine: WorkerVoice) -> None:
    worker = process_of(engine)
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_worker_ends_by_itself_when_its_server_is_killed() -> None:
    server = (
        "import os; from server.adapters.voice_process import WorkerVoice; from server.domain.sentences import Phrase\n"
        "engine = WorkerVoice(); engine.say(Phrase('zh', '请', '请'))\n"
        "os.write(1, str(engine.process_id).encode()); os.kill(os.getpid(), 9)"
    )
    read, write = os.pipe()
    pid = os.posix_spawn(
        sys.executable, [sys.executable, "-c", server], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, write, 1)]
    )
    os.close(write)
    os.waitpid(pid, 0)
    worker = int(os.read(read, 20))
    os.close(read)
    deadline = time.monotonic() + 5
    while Path(f"/proc/{worker}").exists() and "Z" not in Path(f"/proc/{worker}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_voice_the_engine_does_not_know_is_an_error_not_another_voice() -> None:
    engine = WorkerVoice(voices={**VOICES, "zh": "zh"})
    with pytest.raises(EngineError, match="SetVoiceByName failed"):
        engine.say(CHINESE)
    assert seconds(engine, ENGLISH) > 1, "the other language is not silenced with it"
    engine.close()


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        (MUTE, "ended or was too slow"),
        (LIAR, "No such file"),
        (BABBLER, "talks nonsense: 'moin"),
        (NO_ENGINE, "no engine: ModuleNotFoundError: pyttsx3"),
        (STILLBORN, "ended or was too slow"),
    ],
    ids=["mute", "liar", "babbler", "no engine", "stillborn"],
)
def test_clips_speak_in_place_of_a_worker_that_is_no_good(
    tmp_path: Path, program: str, problem: str, caplog: pytest.LogCaptureFixture
) -> None:
    engine = WorkerVoice(worker=(sys.executable, "-c", program), answer_seconds=0.2 if program == MUTE else 5)
    voice = Voice(SpeechCache(tmp_path, 10), [engine, ClipVoice(SOUNDS)], SOUNDS / "chime.wav")
    speech = voice.render(call_sentence(Call("A012", 3), VoiceRules()))
    voice.close()
    assert speech.engine == "clips"
    assert problem in caplog.text


def test_after_two_failures_the_next_call_does_not_wait_for_a_third() -> None:
    engine = WorkerVoice(worker=(sys.executable, "-c", MUTE), answer_seconds=0.3)
    with pytest.raises(EngineError, match="too slow"):
        engine.say(CHINESE)
    began = time.monotonic()
    with pytest.raises(EngineError, match="resting"):
        engine.say(CHINESE)
    assert time.monotonic() - began < 0.3
    engine.close()
