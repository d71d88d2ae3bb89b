"""The voice of the hall: a sentence in, a finished WAV on disk out: chime, then the sentence once or twice.

Engines are asked in order and the first that can say the whole sentence does. The order is a setting: normally the
built-in engine, then the clips in `sounds/`, which that engine made piece by piece and which therefore sound choppier
than a sentence said in one breath. A hall that has recorded a person over the clips puts them first. When nobody can
say it, the chime alone sounds and the screens show the call.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from server.adapters import voice_wav
from server.adapters.voice_cache import SpeechCache
from server.adapters.voice_chime import chime
from server.adapters.voice_clips import ClipVoice
from server.adapters.voice_engine import Engine, EngineError
from server.adapters.voice_levels import levelled, silence, trimmed
from server.adapters.voice_process import WorkerVoice
from server.adapters.voice_wav import Samples, SoundError
from server.domain.sentences import Sentence
from server.services.ports import VoiceFailed

ORDER = ("engine", "clips")
CHIME = "chime"
"""The `engine` of a speech that nobody could say."""

AFTER_CHIME_SECONDS = 0.2
BETWEEN_LANGUAGES_SECONDS = 0.5
BETWEEN_TIMES_SECONDS = 0.8
TAIL_SECONDS = 0.2
"""Players may cut the last moment of a file."""

PENDING_LIMIT = 500
_VERSION = 1
"""Of this recipe; a change makes new files instead of playing those of the old one."""

_log = logging.getLogger(__name__)


class VoiceError(VoiceFailed):
    """The announcement could not be written to disk; the screens have to do without it."""


@dataclass(frozen=True)
class Speech:
    """A finished announcement. `engine` is the one that spoke: engine, clips, or chime when nobody could."""

    digest: str
    path: Path
    duration_seconds: float
    engine: str


class Voice:
    """Renders one sentence at a time, as the built-in engine does; what is already on disk does not wait for it."""

    def __init__(self, cache: SpeechCache, engines: Sequence[Engine], chime_file: Path) -> None:
        self._cache = cache
        self._engines = tuple(engines)
        self._chime = _chime_of(chime_file)
        self._chime_digest = hashlib.sha256(self._chime.tobytes()).hexdigest()
        self._making = threading.Lock()
        self._wake = threading.Condition()
        self._pending: dict[tuple[Sentence, int], None] = {}
        self._preparer: threading.Thread | None = None
        self._closed = False

    def render(self, sentence: Sentence, times: int = 2) -> Speech:
        """The announcement, from disk or made now (about 15 ms; up to 6 s when the engine hangs). Raises VoiceError."""
        for engine in self._engines:
            digest = self._digest(engine, sentence, times)
            speech = self._found(digest, engine.name) or self._made(digest, engine, sentence, times)
            if speech:
                return speech
        _log.warning("only the chime for %r", sentence.text)
        digest = hashlib.sha256(f"{_VERSION} {CHIME} {self._chime_digest}".encode()).hexdigest()[:32]
        return self._found(digest, CHIME) or self._kept(digest, CHIME, [self._chime])

    def prepare(self, sentences: Iterable[Sentence], times: int = 2) -> None:
        """Render them in the background, those already asked for once only. Returns at once; failures are logged."""
        with self._wake:
            for sentence in sentences:
                if len(self._pending) < PENDING_LIMIT:
                    self._pending[sentence, times] = None
            if self._pending and self._preparer is None and not self._closed:
                self._preparer = threading.Thread(target=self._prepare_pending, name="voice", daemon=True)
                self._preparer.start()
            self._wake.notify()

    @property
    def preparing(self) -> bool:
        """Whether anything asked for by `prepare` is still to be made."""
        return bool(self._pending)

    def path_of(self, digest: str) -> Path | None:
        """The WAV of a digest, None when it is unknown or not a digest; safe for text out of a URL."""
        return self._cache.path_of(digest)

    def close(self) -> None:
        """Stop preparing and end the worker. What is on disk stays."""
        with self._wake:
            self._closed = True
            self._pending.clear()
            self._wake.notify()
        if self._preparer is not None:
            self._preparer.join(timeout=10)
        for engine in self._engines:
            engine.close()

    def _prepare_pending(self) -> None:
        while True:
            with self._wake:
                while not self._pending and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                sentence, times = next(iter(self._pending))
            try:
                self.render(sentence, times)
            except Exception:  # noqa: BLE001 - one sentence that fails must not end the preparing of the others
                _log.exception("announcement not prepared: %s", sentence.text)
            with self._wake:
                self._pending.pop((sentence, times), None)

    def _found(self, digest: str, engine: str) -> Speech | None:
        path, seconds = self._cache.path_of(digest), self._cache.seconds_of(digest)
        return Speech(digest, path, seconds, engine) if path and seconds else None

    def _made(self, digest: str, engine: Engine, sentence: Sentence, times: int) -> Speech | None:
        """None when this engine cannot say all of it. Whoever waited here for the same sentence finds it made."""
        with self._making:
            if speech := self._found(digest, engine.name):
                return speech
            try:
                phrases = [levelled(trimmed(engine.say(phrase))) for phrase in sentence.phrases]
            except EngineError as problem:
                _log.info("%s cannot say %r: %s", engine.name, sentence.text, problem)
                return None
            return self._kept(digest, engine.name, [self._chime, *_spoken(phrases, times)])

    def _kept(self, digest: str, engine: str, parts: Sequence[Samples]) -> Speech:
        samples = np.concatenate([*parts, silence(TAIL_SECONDS)])
        try:
            path = self._cache.keep(digest, samples)
        except OSError as problem:
            raise VoiceError(f"announcement not written: {problem}") from problem
        return Speech(digest, path, samples.size / voice_wav.RATE, engine)

    def _digest(self, engine: Engine, sentence: Sentence, times: int) -> str:
        spoken = [(phrase.language, phrase.words) for phrase in sentence.phrases]
        said_how = [_VERSION, engine.name, engine.fingerprint(), self._chime_digest, spoken, times]
        return hashlib.sha256(json.dumps(said_how).encode()).hexdigest()[:32]


def open_voice(
    cache: Path, sounds: Path, *, rate: int = 150, order: Sequence[str] = ORDER, cache_megabytes: int = 512
) -> Voice:
    """The voice with the engines named in `order` ("engine", "clips"), the preferred one first.

    `cache` is a folder for finished announcements (made if missing), `sounds` that of the repository, `rate` the
    engine's words a minute. Raises ValueError for an unknown engine, OSError when the cache cannot be used.
    """
    if unknown := set(order) - set(ORDER):
        raise ValueError(f"no voice engine {min(unknown)!r}; there are {', '.join(ORDER)}")
    made: list[Engine] = [WorkerVoice(rate=rate) if name == "engine" else ClipVoice(sounds) for name in order]
    return Voice(SpeechCache(cache, cache_megabytes), made, sounds / "chime.wav")


def _spoken(phrases: Sequence[Samples], times: int) -> Iterator[Samples]:
    """What follows the chime: Chinese `times` over, then every other language once, as a zone's time is short."""
    first, *others = phrases
    yield silence(AFTER_CHIME_SECONDS)
    yield first
    for _ in range(times - 1):
        yield silence(BETWEEN_TIMES_SECONDS)
        yield first
    for other in others:
        yield silence(BETWEEN_LANGUAGES_SECONDS)
        yield other


def _chime_of(path: Path) -> Samples:
    """The hall's own chime file, or the built-in sound when it cannot be read."""
    try:
        return levelled(voice_wav.read(path))
    except SoundError as problem:
        _log.warning("chime file not used: %s", problem)
        return chime()
