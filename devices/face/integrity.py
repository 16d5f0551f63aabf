"""Whether frames come from a sensor at all: no two pictures of a living scene are equal, down to the last bit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from devices.face.pictures import Picture

_FROZEN_AFTER, _LOOPED_AFTER = 6, 3
_STOOD_STILL = 1.0
"""Seconds: a busy line gives the same picture a few times within one of them, a broken camera gives nothing else."""
_LONG_AGO = 0.4


@dataclass(frozen=True, slots=True)
class Frames:
    """A stream so far: when each picture came first, how often the last one came again and for how many seconds, how
    many came back later.
    """

    first: dict[bytes, float]
    last: bytes = b""
    equal: int = 0
    again: int = 0
    still: float = 0.0
    since: float = 0.0

    @property
    def frozen(self) -> bool:
        """One and the same picture again and again."""
        return self.equal >= _FROZEN_AFTER and self.still >= _STOOD_STILL

    @property
    def looped(self) -> bool:
        """Pictures that were there before come back: a recording fed in where the camera should be."""
        return self.again >= _LOOPED_AFTER


NOTHING_SEEN = Frames({})


def digest_of(picture: Picture) -> bytes:
    """Equal for equal pictures only."""
    return hashlib.blake2b(picture.tobytes(), digest_size=16).digest()


def see(frames: Frames, digest: bytes, at: float) -> Frames:
    """The stream with one more picture, known by its digest."""
    if digest == frames.last:
        return replace(frames, equal=frames.equal + 1, still=at - frames.since)
    before = frames.first.get(digest)
    back = before is not None and at - before > _LONG_AGO
    first = frames.first if before is not None else {**frames.first, digest: at}
    return Frames(first, digest, 0, frames.again + back, since=at)
