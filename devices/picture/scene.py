"""Whether a camera sees anything: dark, covered, out of focus, or one and the same picture for ever.

The limits are a site's to change; the ones given here tell drawn scenes apart and were not tried on a real lens.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import cv2

from devices.picture.pixels import Pixels, grey
from kiosk.ports.clock import Monotonic

_WIDTH: Final = 160
_EVERY_ROW: Final = 32
_MEASURED_SECONDS: Final = 0.25


class Trouble(Enum):
    """What is wrong with what a camera sees; the first that holds is the one that is told."""

    DARK = auto()
    FROZEN = auto()
    BLURRED = auto()


@dataclass(frozen=True, slots=True)
class Limits:
    """Below `dark` (mean brightness, 0-255) or `flat` (its standard deviation) nothing is seen; below `sharp`
    (variance of the Laplacian, on 160 columns) nothing is sharp. A trouble is told once it has lasted `lasting`.
    """

    dark: float = 18.0
    flat: float = 5.0
    sharp: float = 40.0
    lasting: float = 1.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Brightness and contrast in grey levels, sharpness as the variance of the Laplacian."""

    brightness: float
    contrast: float
    sharpness: float


def measure(pixels: Pixels) -> Measures:
    small = grey(pixels, _WIDTH)
    return Measures(float(small.mean()), float(small.std()), float(cv2.Laplacian(small, cv2.CV_32F).var()))


class SceneWatch:
    """Judges one camera's pictures as they come. Keeps no picture: of the last one only a checksum.

    Every picture is compared with the one before, so that a scene which repeats itself stands not still; light and
    sharpness are measured a few times in a second.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._last: int | None = None
        self._measured: Monotonic | None = None
        self._since: dict[Trouble, Monotonic] = {}
        self._now = Monotonic(0.0)

    def see(self, pixels: Pixels, taken: Monotonic) -> None:
        self._now = taken
        checksum = zlib.crc32(pixels[::_EVERY_ROW].tobytes())
        self._note(Trouble.FROZEN, present=checksum == self._last)
        self._last = checksum
        if self._measured is None or taken - self._measured >= _MEASURED_SECONDS:
            self._measured = taken
            self._judge(measure(pixels))

    def forget(self) -> None:
        """The next picture is the first: another person stands there, or another camera."""
        self._last = self._measured = None
        self._since.clear()

    @property
    def trouble(self) -> Trouble | None:
        """What has been wrong for long enough, as of the last picture seen."""
        return next((trouble for trouble in Trouble if self._lasts(trouble)), None)

    def _lasts(self, trouble: Trouble) -> bool:
        since = self._since.get(trouble)
        return since is not None and self._now - since >= self._limits.lasting

    def _judge(self, found: Measures) -> None:
        dark = found.brightness < self._limits.dark or found.contrast < self._limits.flat
        self._note(Trouble.DARK, present=dark)
        self._note(Trouble.BLURRED, present=not dark and found.sharpness < self._limits.sharp)

    def _note(self, trouble: Trouble, *, present: bool) -> None:
        if present:
            self._since.setdefault(trouble, self._now)
        else:
            self._since.pop(trouble, None)
