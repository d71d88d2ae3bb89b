"""The built-in voice as the server sees it: a worker process that may die, hang or be missing at any time.

Works alike in a plain process and in one that gevent has patched: all waiting is on pipes and timers, which gevent
replaces, so the hub goes on meanwhile.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from server.adapters import voice_wav
from server.adapters.voice_engine import EngineError
from server.adapters.voice_wav import Samples, SoundError
from server.domain.sentences import Phrase

VOICES: Mapping[str, str] = {"zh": "sit/cmn", "en": "gmw/en"} if sys.platform.startswith("linux") else {}
"""espeak-ng's voices; elsewhere pyttsx3 speaks with the voice of the operating system."""

WORKER = (sys.executable, "-P", str(Path(__file__).with_name("voice_worker.py")))

START_SECONDS = 10.0
ANSWER_SECONDS = 3.0
"""A call takes 15 ms, 100 ms on a busy machine; two lost answers must still let the clips speak in time."""
REST_SECONDS = 30.0
"""How long a language is left to the next engine after two failures, so that not every call waits for them again."""

_log = logging.getLogger(__name__)


class _Lost(Exception):
    """The worker is gone or useless; a fresh one may do better."""


class WorkerVoice:
    """Owns one worker process at a time, started when first needed and again after it was lost."""

    name = "engine"

    def __init__(
        self,
        *,
        rate: int = 150,
        voices: Mapping[str, str] = VOICES,
        worker: Sequence[str] = WORKER,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._rate, self._voices = rate, voices
        self._command, self._answer_seconds = worker, answer_seconds
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="paihao-voice-")
        self._asked = 0
        self._rest_until: dict[str, float] = {}

    @property
    def process_id(self) -> int | None:
        """Of the running worker, for the log and for tests that kill it."""
        worker = self._worker
        return worker.process_id if worker else None

    def fingerprint(self) -> str:
        return f"pyttsx3 {sys.platform} {sorted(self._voices.items())} {self._rate}"

    def say(self, phrase: Phrase) -> Samples:
        with self._lock:
            if time.monotonic() < self._rest_until.get(phrase.language, 0.0):
                raise EngineError("resting after a failure")
            try:
                return self._say_again_if_lost(phrase)
            except _Lost as problem:
                _log.warning("no built-in voice for %s in the next %.0f s: %s", phrase.language, REST_SECONDS, problem)
                self._rest_until[phrase.language] = time.monotonic() + REST_SECONDS
                raise EngineError(str(problem)) from problem

    def close(self) -> None:
        with self._lock:
            self._let_go()
            self._folder.cleanup()

    def _say_again_if_lost(self, phrase: Phrase) -> Samples:
        try:
            return self._say(phrase)
        except _Lost as problem:
            _log.warning("voice worker lost, starting another: %s", problem)
            self._let_go()
        try:
            return self._say(phrase)
        except _Lost:
            self._let_go()
            raise

    def _say(self, phrase: Phrase) -> Samples:
        if self._worker is None:
            self._worker = _Worker(self._command)
            self._worker.greet()
        self._asked += 1
        path = Path(self._folder.name, f"{self._asked}.wav")
        voice = self._voices.get(phrase.language)
        request = {"id": self._asked, "words": phrase.words, "voice": voice, "rate": self._rate, "path": str(path)}
        try:
            self._worker.ask(request, self._answer_seconds)
            return voice_wav.read(path)
        except SoundError as problem:
            raise _Lost(str(problem)) from problem
        finally:
            path.unlink(missing_ok=True)

    def _let_go(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            worker.end()


class _Worker:
    """One process: JSON lines in and out, each answer within its time or the process is killed."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        self._to = cast(IO[str], self._process.stdin)
        self._from = cast(IO[str], self._process.stdout)

    @property
    def process_id(self) -> int:
        return self._process.pid

    def greet(self) -> None:
        """Wait until it is ready to speak. Raises _Lost when there is no engine."""
        with self._killed_after(START_SECONDS):
            greeting = self._line()
        if not greeting.get("ready"):
            raise _Lost(f"no engine: {greeting.get('error')}")

    def ask(self, request: Mapping[str, Any], seconds: float) -> None:
        """Return when the WAV is written. Raises _Lost."""
        with self._killed_after(seconds):
            try:
                self._to.write(json.dumps(request) + "\n")
                self._to.flush()
            except OSError as problem:
                raise _Lost(f"worker does not listen: {problem}") from problem
            answer = self._line()
        if answer.get("id") != request["id"] or "error" in answer:
            raise _Lost(str(answer.get("error", "answered another question")))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):  # what was buffered for a dead worker cannot be written
                pipe.close()

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        """Ends a worker that hangs, and with it the wait for its line."""
        timer = threading.Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _line(self) -> dict[str, Any]:
        line = self._from.readline()
        if not line:
            raise _Lost("worker ended or was too slow")
        try:
            answer = json.loads(line)
        except ValueError as problem:
            raise _Lost(f"worker talks nonsense: {line[:80]!r}") from problem
        return answer if isinstance(answer, dict) else {}
