from __future__ import annotations

import itertools
import math
import wave
from array import array
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.pcm import RATE, NotSpeechError, faster, louder, read_wav, silence, to_bytes, tone, trimmed, write_wav

samples = st.lists(st.integers(-32768, 32767), max_size=300).map(lambda values: array("h", values))


def hum(pitch: float, seconds: float) -> array[int]:
    return array("h", [int(12000 * math.sin(2 * math.pi * pitch * at / RATE)) for at in range(int(RATE * seconds))])


def pitch_of(sound: array[int]) -> float:
    rising = sum(one < 0 <= other for one, other in itertools.pairwise(sound))
    return rising * RATE / len(sound)


@given(samples)
def test_a_recording_is_read_as_it_was_written(sound: array[int]) -> None:
    assert read_wav(write_wav(sound)) == sound


@given(samples)
def test_what_the_standard_library_writes_is_read_too(sound: array[int]) -> None:
    data = BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(to_bytes(sound))
    assert read_wav(data.getvalue()) == sound


@pytest.mark.parametrize(("channels", "width", "rate"), [(2, 2, RATE), (1, 1, RATE), (1, 2, 44100), (1, 3, RATE)])
def test_a_recording_of_another_kind_is_refused(channels: int, width: int, rate: int) -> None:
    data = BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(bytes(channels * width * 10))
    with pytest.raises(NotSpeechError):
        read_wav(data.getvalue())


@given(st.binary(max_size=80))
def test_any_file_is_speech_or_refused(data: bytes) -> None:
    for raw in (data, b"RIFF\0\0\0\0WAVE" + data):
        try:
            read_wav(raw)
        except NotSpeechError:
            continue


@given(samples, st.floats(0, 40))
def test_louder_never_wraps_around(sound: array[int], factor: float) -> None:
    for before, after in zip(sound, louder(sound, factor), strict=True):
        assert abs(after) <= 32768
        assert before * after >= 0


@pytest.mark.parametrize("factor", [0.7, 0.85, 1.25, 1.6])
@pytest.mark.parametrize("pitch", [110, 220, 440])
def test_faster_is_shorter_at_the_same_pitch(pitch: int, factor: float) -> None:
    sound = hum(pitch, 1.5)
    changed = faster(sound, factor)
    assert len(changed) == pytest.approx(len(sound) / factor, rel=0.06)
    assert pitch_of(changed) == pytest.approx(pitch, rel=0.05)


def test_what_is_too_short_to_change_stays() -> None:
    assert faster(hum(200, 0.05), 1.6) == hum(200, 0.05)


def test_the_quiet_around_a_word_is_cut() -> None:
    word = hum(200, 0.3)
    cut = trimmed(silence(0.5) + word + silence(0.4))
    assert len(word) <= len(cut) <= len(word) + RATE * 0.06
    assert trimmed(silence(1)) == array("h")


def test_a_tone_swells_and_fades() -> None:
    sound = tone([(880, 0.1), (0, 0.1)])
    assert len(sound) == RATE // 5
    assert abs(sound[0]) < 100
    assert max(sound) > 8000
    assert set(sound[RATE // 10 :]) == {0}
