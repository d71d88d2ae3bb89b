"""Sound in memory and on disk: mono samples from -1 to 1 at one rate, 16-bit WAV files."""

from __future__ import annotations

import wave
from math import gcd
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 22_050
"""Samples a second, that of the built-in engine."""

Samples = NDArray[np.float32]


class SoundError(Exception):
    """A sound file that is missing or cannot be read; the message names it."""


def read(path: Path) -> Samples:
    """Any PCM file as mono samples at `RATE`, so that a clip may be recorded in whatever form. Raises SoundError."""
    try:
        with wave.open(str(path), "rb") as sound:
            channels, width, rate = sound.getnchannels(), sound.getsampwidth(), sound.getframerate()
            raw = sound.readframes(sound.getnframes())
    except (OSError, EOFError, wave.Error) as problem:
        raise SoundError(f"{path.name}: {problem}") from problem
    whole = raw[: len(raw) - len(raw) % (channels * width)]
    return resampled(_numbers(whole, width).reshape(-1, channels).mean(axis=1), rate, RATE)


def write(path: Path, samples: Samples, rate: int = RATE) -> None:
    """Raises OSError."""
    samples = resampled(samples, RATE, rate)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())


def seconds(path: Path) -> float:
    """The length of a file, 0 when it is not there, not a sound, or shorter than it says (a power cut leaves such)."""
    try:
        with wave.open(str(path), "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
            promised = frames * sound.getnchannels() * sound.getsampwidth()
        return frames / rate if path.stat().st_size >= promised else 0.0
    except (OSError, EOFError, wave.Error):
        return 0.0


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """The same sound at the wanted rate, without aliases: its spectrum is cut or padded.

    Silence is added up to a length that both rates divide into powers of two, which transforms many times faster.
    """
    if rate == wanted or not samples.size:
        return samples
    common = gcd(rate, wanted)
    blocks = 1 << (samples.size * common // rate).bit_length()
    spectrum = np.fft.rfft(samples, rate // common * blocks)
    sound = np.fft.irfft(spectrum, wanted // common * blocks) * (wanted / rate)
    return sound[: round(samples.size * wanted / rate)].astype(np.float32)


def _numbers(raw: bytes, width: int) -> Samples:
    """PCM of 1 (unsigned), 2, 3 or 4 bytes as floats."""
    if width == 1:
        return np.frombuffer(raw, dtype=np.uint8).astype(np.float32) / np.float32(128) - np.float32(1)
    if width == 3:
        wide = np.zeros((len(raw) // 3, 4), dtype=np.uint8)
        wide[:, 1:] = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 3)
        return wide.view("<i4").reshape(-1).astype(np.float32) / np.float32(2**31)
    return np.frombuffer(raw, dtype=f"<i{width}").astype(np.float32) / np.float32(2 ** (8 * width - 1))
