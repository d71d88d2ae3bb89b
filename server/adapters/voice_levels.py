"""Even loudness: every phrase, clip and chime as loud as the next to the ear, not only to the meter.

Loudness is that of ITU-R BS.1770-4, in LUFS: the ear's frequency weighting, then the mean of the parts that are not
pauses. Plain RMS is off by a unit or two between Chinese and English.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from server.adapters.voice_wav import RATE, Samples

TARGET_LUFS = -20.0
"""As loud as the built-in voice can be in every language without touching `PEAK`."""
PEAK = 10 ** (-1 / 20)
"""-1 dB: room for what converters overshoot."""

_QUIET = 10 ** (-45 / 20)
_PAD_SECONDS = 0.02
_FADE_SECONDS = 0.01
_BLOCK, _HOP = round(0.4 * RATE), round(0.1 * RATE)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def levelled(samples: Samples) -> Samples:
    """The sound at `TARGET_LUFS`, or as near as `PEAK` allows. Silence stays silence."""
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        return samples
    gain = 10 ** ((TARGET_LUFS - loudness(samples)) / 20)
    return samples * np.float32(min(gain, PEAK / peak))


def trimmed(samples: Samples) -> Samples:
    """Without the silence at both ends, below -45 dB of the peak, a little left and faded so that no click remains."""
    size = np.abs(samples)
    loud = np.flatnonzero(size > size.max(initial=0.0) * _QUIET)
    if not loud.size:
        return samples[:0]
    pad, fade = round(_PAD_SECONDS * RATE), round(_FADE_SECONDS * RATE)
    kept = samples[max(0, loud[0] - pad) : loud[-1] + pad].copy()
    slope = np.linspace(0, 1, min(fade, kept.size // 2), dtype=np.float32)
    kept[: slope.size] *= slope
    kept[kept.size - slope.size :] *= slope[::-1]
    return kept


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS; -70 for silence. A sound shorter than a block of 0.4 s is one block."""
    power = _weighted(samples) ** 2
    if power.size < _BLOCK:
        return _lufs(power.mean()) if power.size else -70.0
    sums = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, power.size - _BLOCK + 1, _HOP)
    blocks = (sums[starts + _BLOCK] - sums[starts]) / _BLOCK
    heard = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not heard.size:
        return -70.0
    return _lufs(heard[heard > heard.mean() / 10].mean())


def _lufs(power: float) -> float:
    return max(-70.0, -0.691 + 10 * float(np.log10(max(power, 1e-12))))


def _weighted(samples: Samples) -> NDArray[np.float64]:
    """The samples through the K-weighting filter, in the frequency domain."""
    size = 1 << (samples.size + _BLOCK).bit_length()
    return np.fft.irfft(np.fft.rfft(samples, size) * _response(size), size)[: samples.size]


@lru_cache(maxsize=4)
def _response(size: int) -> NDArray[np.complex128]:
    """K-weighting at the frequencies of a transform: a shelf for the head, a high-pass for what we hardly hear."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    k, q = np.tan(np.pi * 1681.974450955533 / RATE), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    shelf = (high + middle * k / q + k * k) + 2 * (k * k - high) * z + (high - middle * k / q + k * k) * z * z
    shelf /= (1 + k / q + k * k) + 2 * (k * k - 1) * z + (1 - k / q + k * k) * z * z
    k, q = np.tan(np.pi * 38.13547087602444 / RATE), 0.5003270373238773
    norm = 1 + k / q + k * k
    response: NDArray[np.complex128] = (
        shelf * (1 - z) ** 2 / (1 + 2 * (k * k - 1) / norm * z + (1 - k / q + k * k) / norm * z * z)
    )
    return response
