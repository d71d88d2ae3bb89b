"""Finished announcements on disk: whole, found again, and not without end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from server.adapters import voice_wav
from server.adapters.voice_cache import SpeechCache
from server.adapters.voice_wav import RATE

DIGESTS = [f"{number:032x}" for number in range(100)]
SECOND = np.sin(np.arange(RATE, dtype=np.float32) / 8)
SECOND_BYTES = 2 * RATE + 44


def test_what_is_kept_is_found_with_its_length(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, 10)
    path = cache.keep(DIGESTS[0], SECOND)
    assert cache.path_of(DIGESTS[0]) == path
    assert cache.seconds_of(DIGESTS[0]) == pytest.approx(1)
    assert cache.seconds_of(DIGESTS[1]) is None


@pytest.mark.parametrize("left", [0, 20, 44, SECOND_BYTES // 2])
def test_a_file_cut_short_by_a_power_cut_is_made_again(tmp_path: Path, left: int) -> None:
    cache = SpeechCache(tmp_path, 10)
    os.truncate(cache.keep(DIGESTS[0], SECOND), left)
    assert cache.seconds_of(DIGESTS[0]) is None


def test_a_file_too_short_to_be_heard_is_made_again(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, 10)
    cache.keep(DIGESTS[0], SECOND[: RATE // 10])
    assert cache.seconds_of(DIGESTS[0]) is None


def test_only_whole_files_are_seen_under_their_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(path: Path, samples: voice_wav.Samples) -> None:
        path.write_bytes(b"RIFF")
        raise OSError("no space left on device")

    cache = SpeechCache(tmp_path, 10)
    monkeypatch.setattr(voice_wav, "write", full_disk)
    with pytest.raises(OSError, match="no space left"):
        cache.keep(DIGESTS[0], SECOND)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_stays_within_its_limit_and_loses_what_was_unused_for_longest(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, 1)
    fits = 1_000_000 // SECOND_BYTES
    for age, digest in enumerate(DIGESTS[:fits]):
        os.utime(cache.keep(digest, SECOND), (time.time() - 1000 + age, time.time() - 1000 + age))
    assert cache.seconds_of(DIGESTS[0]), "used just now, so the second is the oldest"
    cache.keep(DIGESTS[fits], SECOND)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 800_000
    assert cache.path_of(DIGESTS[0])
    assert cache.path_of(DIGESTS[fits])
    assert cache.path_of(DIGESTS[1]) is None


def test_what_an_earlier_process_left_counts_towards_the_limit(tmp_path: Path) -> None:
    first = SpeechCache(tmp_path, 1)
    fits = 1_000_000 // SECOND_BYTES
    for digest in DIGESTS[:fits]:
        first.keep(digest, SECOND)
    SpeechCache(tmp_path, 1).keep(DIGESTS[fits], SECOND)
    assert len(list(tmp_path.iterdir())) < fits


def test_halves_left_by_a_killed_process_are_swept_up_and_those_being_written_are_not(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old.part", tmp_path / "fresh.part"
    for part in (old, fresh):
        part.write_bytes(b"RIFF")
    os.utime(old, (0, 0))
    SpeechCache(tmp_path, 1)
    assert (old.exists(), fresh.exists()) == (False, True)
