"""Speech put together from recorded pieces: 请 · A · 零 · 幺 · 二 · 号 · 到 · 三 · 号窗口 · 办理.

Needs no engine. `sounds/LANGUAGE/index.json` names the file of every piece; any PCM WAV will do, it is trimmed and
brought to one loudness here. A phrase with one piece missing is not said at all: a call with a hole in it sends
people to the wrong window.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from server.adapters import voice_wav
from server.adapters.voice_engine import EngineError
from server.adapters.voice_levels import levelled, silence, trimmed
from server.adapters.voice_wav import Samples, SoundError
from server.domain.sentences import Phrase

GAP_SECONDS = 0.04
PAUSE_SECONDS = {"、": 0.1, "，": 0.25, "。": 0.4, ",": 0.1, ".": 0.4, " ": 0.0, "-": 0.0}

_log = logging.getLogger(__name__)


class ClipVoice:
    """Pieces of every language in `folder`, as they are at the start; after recording, start the server again."""

    name = "clips"

    def __init__(self, folder: Path) -> None:
        self._clips = {index.parent.name: _Clips(index) for index in sorted(folder.glob("*/index.json"))}

    def fingerprint(self) -> str:
        return " ".join(clips.digest for clips in self._clips.values())

    def say(self, phrase: Phrase) -> Samples:
        clips = self._clips.get(phrase.language)
        if clips is None:
            raise EngineError(f"no clips for {phrase.language}")
        return np.concatenate(list(clips.pieces(phrase.words)))

    def close(self) -> None:
        self._clips.clear()


class _Clips:
    """The pieces of one language. Each is made ready when it is first needed: the engine may never leave us a word."""

    def __init__(self, index: Path) -> None:
        self._paths: dict[str, Path] = {}
        self._sounds: dict[str, Samples] = {}
        content = hashlib.sha256(index.read_bytes())
        for words, name in json.loads(index.read_text(encoding="utf-8")).items():
            path = index.parent / name
            try:
                content.update(path.read_bytes())
                self._paths[words] = path
            except OSError as problem:
                _log.warning("clip for %s left out: %s", words, problem)
        self.digest = content.hexdigest()[:16]
        longest_first = sorted([*self._paths, *PAUSE_SECONDS], key=len, reverse=True)
        self._piece = re.compile("|".join(map(re.escape, longest_first)))

    def pieces(self, words: str) -> Iterator[Samples]:
        """The sounds of the words in order. Raises EngineError when one is missing."""
        at = 0
        while at < len(words):
            match = self._piece.match(words, at)
            if match is None:
                raise EngineError(f"no clip at {words[at : at + 6]!r}")
            at = match.end()
            yield self._sound(match[0])
            yield silence(GAP_SECONDS)

    def _sound(self, piece: str) -> Samples:
        if piece not in self._paths:
            return silence(PAUSE_SECONDS[piece])
        if piece not in self._sounds:
            try:
                self._sounds[piece] = levelled(trimmed(voice_wav.read(self._paths[piece])))
            except SoundError as problem:
                raise EngineError(f"clip for {piece}: {problem}") from problem
        return self._sounds[piece]
