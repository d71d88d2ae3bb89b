"""The built-in voice, a program of its own: a sentence per line in, a WAV file and a line about it out.

    python3 -P voice_worker.py
    < {"id": 1, "words": "请A零幺二号", "voice": "sit/cmn", "rate": 150, "path": "/tmp/x.wav"}
    > {"id": 1, "seconds": 1.9}                  or  {"id": 1, "error": "…"}

It greets with {"ready": true} or with {"error": …} when there is no engine. Only this program loads espeak-ng, and it
loads neither gevent nor anything of the server: pyttsx3 loses files, hangs and aborts inside a threaded or patched
process, so whoever runs this must be ready to lose it at any moment.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHORTEST_SECONDS = 0.2
TRIES = 3


class Silent(RuntimeError):
    """The engine said nothing usable."""


class Speaker:
    """One engine for the life of the process, made safe against what pyttsx3 2.99 does on a reused engine."""

    def __init__(self) -> None:
        if sys.platform.startswith("linux"):
            _load_espeak()
        import pyttsx3

        self._engine = pyttsx3.init()
        self._errors: list[BaseException] = []
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))
        self._settle = self._how_to_settle()
        self._warm_up()

    def speak(self, words: str, voice: str | None, rate: int, path: Path) -> float:
        """Write the WAV and return its seconds. Raises Silent, also for a voice the engine does not know: it would
        keep quiet about that and read Chinese with the voice it had before."""
        for _ in range(TRIES):
            path.write_bytes(b"")  # fails here if it fails; pyttsx3 would wait for ever
            self._errors.clear()
            if voice:
                self._engine.setProperty("voice", voice)
            self._engine.setProperty("rate", rate)
            self._refuse_errors()
            self._settle()
            self._engine.save_to_file(words, str(path))
            self._engine.runAndWait()
            self._refuse_errors()
            if (seconds := _seconds(path)) >= SHORTEST_SECONDS:
                return seconds
        raise Silent(f"no sound after {TRIES} tries")

    def _warm_up(self) -> None:
        """The first `runAndWait` of an engine returns before its file is written; spend it on one nobody needs."""
        with tempfile.TemporaryDirectory() as folder:
            self._engine.save_to_file("a", str(Path(folder, "warm-up.wav")))
            self._engine.runAndWait()
            self._settle()

    def _refuse_errors(self) -> None:
        if self._errors:
            raise Silent(str(self._errors[0]))

    def _how_to_settle(self) -> Callable[[], None]:
        """What makes a changed voice and rate certain before the next sentence. A reused espeak engine cancels what is
        queued, so half of all changes would be lost, and may keep a stop flag that makes the next file empty."""
        driver = self._engine.proxy._driver
        if not hasattr(driver, "_stopping"):
            return lambda: None
        from pyttsx3.drivers import _espeak

        def settle() -> None:
            _espeak.Synchronize()
            driver._stopping = False

        return settle


def _load_espeak() -> None:
    """Let pyttsx3 find the espeak-ng 1.52 that pip installed; the 1.51 of Debian reads 到 as "day-o four"."""
    import espeakng_loader

    library = Path(espeakng_loader.get_library_path())
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()  # without it espeak-ng ends the process
    ctypes.CDLL(str(library.with_name("libespeak-ng.so.1")), mode=ctypes.RTLD_GLOBAL)


def _seconds(path: Path) -> float:
    try:
        with wave.open(str(path), "rb") as sound:
            return sound.getnframes() / sound.getframerate()
    except (OSError, EOFError, wave.Error):
        return 0.0


def _answer(speaker: Speaker, request: dict[str, Any]) -> dict[str, Any]:
    try:
        seconds = speaker.speak(request["words"], request["voice"], request["rate"], Path(request["path"]))
    except Exception as problem:  # noqa: BLE001 - whatever the engine raises is told to the parent, which decides
        return {"id": request["id"], "error": f"{type(problem).__name__}: {problem}"}
    return {"id": request["id"], "seconds": seconds}


def _only_voice_of_this_process() -> Callable[[dict[str, Any]], None]:
    """Keep the pipe to the parent for answers: pyttsx3 prints to stdout, espeak-ng writes to stderr by the line."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def tell(message: dict[str, Any]) -> None:
        pipe.write(json.dumps(message) + "\n")
        pipe.flush()

    return tell


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes our input
    tell = _only_voice_of_this_process()
    try:
        speaker = Speaker()
    except Exception as problem:  # noqa: BLE001 - no engine is an answer, too
        tell({"error": f"{type(problem).__name__}: {problem}"})
        return 1
    tell({"ready": True})
    for line in sys.stdin:
        tell(_answer(speaker, json.loads(line)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
