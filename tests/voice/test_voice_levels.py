"""Loudness as the ear has it, and edges without clicks."""

from __future__ import annotations

import numpy as np
import pytest

from server.adapters.voice_chime import chime
from server.adapters.voice_levels import PEAK, levelled, loudness, silence, trimmed
from server.adapters.voice_wav import RATE, Samples, resampled


def tone(hertz: float, seconds: float = 2.0, peak: float = 1.0) -> Samples:
    return (peak * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def test_the_reference_tone_of_the_standard_reads_as_the_standard_says() -> None:
    assert loudness(tone(997)) == pytest.approx(-3.01, abs=0.05)
    assert loudness(tone(997, peak=0.1)) == pytest.approx(-23.01, abs=0.05)


def test_low_tones_count_less_and_high_tones_more() -> None:
    assert loudness(tone(40)) < loudness(tone(997)) - 3
    assert loudness(tone(4000)) > loudness(tone(997)) + 2


def test_pauses_do_not_make_speech_quieter() -> None:
    with_pauses = np.concatenate([tone(997), silence(3), tone(997)])
    assert loudness(with_pauses) == pytest.approx(loudness(tone(997)), abs=0.5)


def test_a_sound_shorter_than_a_block_has_a_loudness() -> None:
    assert loudness(tone(997, seconds=0.1)) == pytest.approx(-3.01, abs=0.3)


@pytest.mark.parametrize("samples", [silence(1), silence(0)])
def test_silence_is_silent_and_stays_so(samples: Samples) -> None:
    assert loudness(samples) == -70
    assert np.abs(levelled(samples)).max(initial=0) == 0
    assert trimmed(samples).size == 0


@pytest.mark.parametrize("peak", [0.01, 0.3, 1.0])
def test_whatever_comes_in_goes_out_equally_loud(peak: float) -> None:
    assert loudness(levelled(tone(500, peak=peak))) == pytest.approx(-20, abs=0.1)


def test_a_sound_of_mere_peaks_is_not_clipped_to_become_loud() -> None:
    clicks = silence(2)
    clicks[::4000] = 0.5
    assert np.abs(levelled(clicks)).max() == pytest.approx(PEAK)


def test_trimming_takes_the_silence_and_leaves_no_click() -> None:
    kept = trimmed(np.concatenate([silence(0.5), tone(500, 1), silence(0.5)]))
    assert kept.size / RATE == pytest.approx(1.04, abs=0.01)
    assert kept[0] == kept[-1] == 0
    assert np.abs(np.diff(kept)).max() < 0.2


def test_trimming_leaves_the_original_alone() -> None:
    original = tone(500)
    before = original.copy()
    trimmed(original)
    np.testing.assert_array_equal(original, before)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_a_sound_recorded_at_any_rate_keeps_its_pitch_level_and_length(rate: int) -> None:
    recorded = np.sin(2 * np.pi * 997 * np.arange(2 * rate) / rate).astype(np.float32)
    sound = resampled(recorded, rate, RATE)
    assert sound.size == 2 * RATE
    np.testing.assert_allclose(sound[RATE // 2 : RATE], tone(997)[RATE // 2 : RATE], atol=0.01)


def test_the_chime_is_two_falling_tones_that_die_away() -> None:
    sound = chime()
    assert sound.size == 1.5 * RATE

    def pitch(part: Samples) -> float:
        return float(np.abs(np.fft.rfft(part)).argmax() * RATE / part.size)

    assert pitch(sound[: RATE // 3]) == pytest.approx(659, abs=4)
    assert pitch(sound[RATE // 2 : RATE]) == pytest.approx(523, abs=4)
    assert np.abs(sound[-100:]).max() < 0.001
