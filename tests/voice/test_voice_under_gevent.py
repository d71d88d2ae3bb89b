"""In the server's process, where gevent has patched everything, the voice speaks and nobody else waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOUNDS = Path(__file__).resolve().parents[2] / "sounds"

SERVER = """
from gevent import monkey; monkey.patch_all()
import json, os, signal, sys, time
from pathlib import Path
import gevent
from server.adapters.voice import Voice
from server.adapters.voice_cache import SpeechCache
from server.adapters.voice_clips import ClipVoice
from server.adapters.voice_process import WorkerVoice
from server.domain.plan import VoiceRules
from server.domain.sentences import Call, call_sentence

engine = WorkerVoice(answer_seconds=2)
sounds = Path(sys.argv[2])
voice = Voice(SpeechCache(Path(sys.argv[1]), 50), [engine, ClipVoice(sounds)], sounds / "chime.wav")
clocks = time.perf_counter, time.thread_time
longest = [0.0, 0.0]

def tick():
    last = [clock() for clock in clocks]
    while True:
        gevent.sleep(0.001)
        last, before = [clock() for clock in clocks], last
        longest[:] = [max(most, now - then) for most, now, then in zip(longest, last, before)]

def measured(work):
    longest[:] = [0.0, 0.0]
    began = time.perf_counter()
    result = work()
    return {"result": result, "gap": longest[0], "busy": longest[1], "seconds": time.perf_counter() - began}

def say(ticket):
    return call_sentence(Call(ticket, 3), VoiceRules())

def render_all(tickets):
    jobs = [gevent.spawn(voice.render, say(ticket)) for ticket in tickets]
    gevent.joinall(jobs, raise_error=True)
    return [[job.value.digest, job.value.engine, job.value.path.exists()] for job in jobs]

def prepare():
    sentences = [say(f"C{number:03}") for number in range(10)]
    voice.prepare(sentences)
    returned_before_it_was_done = voice.preparing
    while voice.preparing:
        gevent.sleep(0.01)
    return [returned_before_it_was_done, [voice.render(sentence).engine for sentence in sentences]]

def after(blow):
    os.kill(engine.process_id, blow)
    return voice.render(say(f"D{blow:03}")).engine

gevent.spawn(tick)
gevent.sleep(0.05)
told = {
    "twenty": measured(lambda: render_all([f"A{number:03}" for number in range(20)])),
    "same": measured(lambda: render_all(["B001"] * 20)),
    "prepared": measured(prepare),
    "killed": measured(lambda: after(signal.SIGKILL)),
    "stopped": measured(lambda: after(signal.SIGSTOP)),
}
voice.close()
print(json.dumps(told))
"""

Told = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What happened in a patched process that did all of it."""
    cache = tmp_path_factory.mktemp("speech")
    done = subprocess.run(
        [sys.executable, "-c", SERVER, str(cache), str(SOUNDS)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    answer: Told = json.loads(done.stdout)
    return answer


def test_twenty_calls_at_once_give_twenty_announcements(told: Told) -> None:
    speeches = told["twenty"]["result"]
    assert len({digest for digest, _, _ in speeches}) == 20
    assert {(engine, there) for _, engine, there in speeches} == {("engine", True)}


def test_twenty_wishes_for_one_call_give_one_announcement(told: Told) -> None:
    assert len({digest for digest, _, _ in told["same"]["result"]}) == 1


def test_preparing_returns_at_once_and_is_done_all_the_same(told: Told) -> None:
    assert told["prepared"]["result"] == [True, ["engine"] * 10]


@pytest.mark.parametrize("blow", ["killed", "stopped"])
def test_the_call_after_the_worker_was_lost_is_spoken_by_a_new_one(told: Told, blow: str) -> None:
    assert told[blow]["result"] == "engine"


@pytest.mark.parametrize("work", ["twenty", "same", "prepared", "killed", "stopped"])
def test_the_work_between_two_turns_of_the_loop_is_short(told: Told, work: str) -> None:
    """In seconds of processor time, which a busy machine does not stretch; 5 to 15 ms on two cores."""
    assert told[work]["busy"] < 0.1


def test_a_worker_that_hangs_for_two_seconds_does_not_hold_the_loop(told: Told) -> None:
    assert told["stopped"]["seconds"] > 2, "it did hang"
    assert told["stopped"]["gap"] < 1.5
