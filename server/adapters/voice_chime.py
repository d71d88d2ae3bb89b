"""The chime before an announcement (叮咚): two struck tones, a third apart."""

from __future__ import annotations

import numpy as np

from server.adapters.voice_levels import levelled
from server.adapters.voice_wav import RATE, Samples

_TONES_HZ = (659.25, 523.25)
_SECONDS = 1.5
_SECOND_TONE_AT = 0.45


def chime() -> Samples:
    """1.5 s, as loud as the voice. Partials make it a bell, not a telephone; they fade faster than the tone."""
    sound = np.zeros(round(_SECONDS * RATE))
    for tone, start in zip(_TONES_HZ, (0.0, _SECOND_TONE_AT), strict=True):
        first = round(start * RATE)
        time = np.arange(sound.size - first) / RATE
        attack = np.minimum(time / 0.005, 1)
        for partial, part in ((1, 1.0), (2, 0.3), (3, 0.12)):
            sound[first:] += (
                part * attack * np.exp(-4.5 * partial**0.5 * time) * np.sin(2 * np.pi * tone * partial * time)
            )
    sound *= np.minimum((_SECONDS - np.arange(sound.size) / RATE) / 0.05, 1)
    return levelled(sound.astype(np.float32))
