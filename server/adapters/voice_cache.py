"""Finished announcements on disk, named by what they say and how; the same announcement is made once."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from server.adapters import voice_wav
from server.adapters.voice_wav import Samples

SHORTEST_SECONDS = 0.2
_DIGEST = re.compile(r"[0-9a-f]{32}")
_HOUR_SECONDS = 3600


class SpeechCache:
    """A folder of `DIGEST.wav`. Files appear whole (written beside, then renamed), so several processes may share it.
    When it grows past its limit those unused for longest go; one being played was used seconds ago."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self._folder = folder
        self._limit = megabytes * 1_000_000
        folder.mkdir(parents=True, exist_ok=True)
        for written_at, _, left_over in self._files("*.part"):  # of a process that was killed while writing
            if time.time() - written_at > _HOUR_SECONDS:
                left_over.unlink(missing_ok=True)
        self._bytes = sum(size for _, size, _ in self._files("*.wav"))

    def path_of(self, digest: str) -> Path | None:
        """The file of a digest, None when there is none. Safe for a digest out of a URL."""
        if not _DIGEST.fullmatch(digest):
            return None
        path = self._path(digest)
        return path if path.is_file() else None

    def seconds_of(self, digest: str) -> float | None:
        """The length of a finished announcement, None when it has to be made; counts as a use."""
        path = self._path(digest)
        seconds = voice_wav.seconds(path)
        if seconds < SHORTEST_SECONDS:
            return None
        try:
            os.utime(path)
        except FileNotFoundError:  # another process made room just now
            return None
        return seconds

    def keep(self, digest: str, samples: Samples) -> Path:
        """Raises OSError."""
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=digest, suffix=".part")
        os.close(handle)
        part = Path(name)
        try:
            voice_wav.write(part, samples)
            self._bytes += part.stat().st_size
            part.replace(self._path(digest))
        except OSError:
            part.unlink(missing_ok=True)
            raise
        if self._bytes > self._limit:
            self._forget_oldest()
        return self._path(digest)

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.wav"

    def _forget_oldest(self) -> None:
        """Down to four fifths of the limit, so that this is not done for every new file."""
        known = sorted(self._files("*.wav"))
        self._bytes = sum(size for _, size, _ in known)
        for _, size, path in known:
            if self._bytes <= self._limit * 4 // 5:
                return
            path.unlink(missing_ok=True)
            self._bytes -= size

    def _files(self, pattern: str) -> Iterator[tuple[float, int, Path]]:
        """When last used, bytes, path."""
        for path in self._folder.glob(pattern):
            with suppress(FileNotFoundError):  # removed by another process meanwhile
                state = path.stat()
                yield state.st_mtime, state.st_size, path
