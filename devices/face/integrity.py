"""Whether frames come from a sensor at all: no two pictures of a living scene are equal, down to the last bit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from devices.face.pictures import Picture

_FROZEN_AFTER, _LOOPED_AFTER = 6, 3
_LONG_AGO = 0.4


@dataclass(frozen=True, slots=True)
class Frames:
    """A stream so far: when each picture came first, how often the last one came, how many came back later."""

    first: dict[bytes, float]
    last: bytes = b""
    equal: int = 0
    again: int = 0

    @property
    def frozen(self) -> bool:
        """One and the same picture again and again."""
        return self.equal >= _FROZEN_AFTER

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
        return Frames(frames.first, digest, frames.equal + 1, frames.again)
    before = frames.first.get(digest)
    back = before is not None and at - before > _LONG_AGO
    first = frames.first if before is not None else {**frames.first, digest: at}
    return Frames(first, digest, 0, frames.again + back)
