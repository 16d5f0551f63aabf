"""Recorded speech as numbers: one channel, 16 bits, 22 050 a second; louder, faster, one after another."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Final

RATE: Final = 22_050
_HEAD: Final = struct.Struct("<4sI4s")
_CHUNK: Final = struct.Struct("<4sI")
_FORMAT: Final = struct.Struct("<HHIIHH")
_PCM: Final = 1
_LARGEST: Final = 32_767
_FRAME: Final = RATE // 25
"""40 ms: longer than any period of a voice, shorter than a syllable."""
_OVERLAP: Final = RATE // 100
_REACH: Final = RATE // 120
"""How far a frame may move so that its wave continues the last one's: a period of a deep voice."""


class NotSpeechError(ValueError):
    """The file is no recording of the one kind we play; the text says what it is."""


def read_wav(data: bytes) -> array[int]:
    """The samples of a WAV file; NotSpeechError for another rate, width or number of channels."""
    if len(data) < _HEAD.size or _HEAD.unpack_from(data)[::2] != (b"RIFF", b"WAVE"):
        raise NotSpeechError("no WAV file")
    at, known = _HEAD.size, False
    while at + _CHUNK.size <= len(data):
        name, size = _CHUNK.unpack_from(data, at)
        at += _CHUNK.size
        if name == b"fmt " and at + _FORMAT.size <= len(data):
            kind, channels, rate, _, _, bits = _FORMAT.unpack_from(data, at)
            known = True
            if (kind, channels, rate, bits) != (_PCM, 1, RATE, 16):
                raise NotSpeechError(f"{channels} channels, {rate} a second, {bits} bits, kind {kind}")
        if name == b"data" and known:
            return _samples(data[at : at + size])
        at += size + size % 2
    raise NotSpeechError("no samples")


def write_wav(samples: array[int]) -> bytes:
    """A WAV file of these samples."""
    data = to_bytes(samples)
    form = _CHUNK.pack(b"fmt ", _FORMAT.size) + _FORMAT.pack(_PCM, 1, RATE, RATE * 2, 2, 16)
    body = form + _CHUNK.pack(b"data", len(data)) + data
    return _HEAD.pack(b"RIFF", len(body) + 4, b"WAVE") + body


def _samples(data: bytes) -> array[int]:
    samples = array("h")
    samples.frombytes(data[: len(data) - len(data) % 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def to_bytes(samples: array[int]) -> bytes:
    """Little-endian, as a sound card takes them."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()


def silence(seconds: float) -> array[int]:
    return array("h", bytes(2 * int(RATE * seconds)))


def trimmed(samples: array[int], *, loud: int = 200, keep: float = 0.02) -> array[int]:
    """Without the quiet before and after, which would tear words of one number apart."""
    heard = [at for at in range(0, len(samples), 32) if abs(samples[at]) > loud]
    if not heard:
        return array("h")
    around = int(RATE * keep)
    return samples[max(0, heard[0] - 32 - around) : heard[-1] + 32 + around]


def tone(notes: Iterable[tuple[float, float]]) -> array[int]:
    """Notes of (Hz, seconds), swelling and fading so that they do not click; 0 Hz is a rest."""
    samples = array("h")
    for pitch, seconds in notes:
        count = int(RATE * seconds)
        edge = min(count // 4, RATE // 100) or 1
        samples.extend(
            int(9000 * math.sin(2 * math.pi * pitch * at / RATE) * min(1.0, at / edge, (count - at) / edge))
            for at in range(count)
        )
    return samples


def louder(samples: array[int], factor: float) -> array[int]:
    """Every sample times `factor`, at most as loud as there is."""
    if factor == 1.0:
        return samples
    return array("h", [max(-_LARGEST, min(_LARGEST, int(one * factor))) for one in samples])


def faster(samples: array[int], factor: float) -> array[int]:
    """Spoken `factor` times as fast at the same pitch: frames laid over one another where their waves agree."""
    if factor == 1.0 or len(samples) < 4 * _FRAME:
        return samples
    result = array("h", samples[:_FRAME])
    wanted = float(_FRAME - _OVERLAP) * factor
    while int(wanted) + _FRAME + _REACH < len(samples):
        start = _agreeing(result, samples, int(wanted))
        _lay(result, samples[start : start + _FRAME])
        wanted += (_FRAME - _OVERLAP) * factor
    return result


def _agreeing(result: array[int], samples: array[int], near: int) -> int:
    """The start within reach whose beginning is most like the end of what there is."""
    tail = result[-_OVERLAP::8]
    best, chosen = None, near
    for start in range(near, near + _REACH, 6):
        head = samples[start : start + _OVERLAP : 8]
        likeness = sum(one * other for one, other in zip(tail, head, strict=False))
        if best is None or likeness > best:
            best, chosen = likeness, start
    return chosen


def _lay(result: array[int], frame: array[int]) -> None:
    """One frame after the other, crossfaded where they overlap."""
    at = len(result) - _OVERLAP
    for step in range(_OVERLAP):
        result[at + step] = (result[at + step] * (_OVERLAP - step) + frame[step] * step) // _OVERLAP
    result.extend(frame[_OVERLAP:])
