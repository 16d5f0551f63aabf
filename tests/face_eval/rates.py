"""Error rates with what is known about them: Wilson's interval, and the threshold that a rate costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    """`errors` of `tried`."""

    errors: int
    tried: int

    @property
    def share(self) -> float:
        return self.errors / self.tried if self.tried else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """95 % (Wilson 1927). It takes trials for independent, which pairs of the same few hundred pictures are not."""
        if not self.tried:
            return 0.0, 1.0
        count, share = self.tried, self.share
        middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
        half = _Z * sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def at_most(self) -> float:
        """What the share is below, at 95 %, where no error was seen: the rule of three, exactly."""
        return float(1 - 0.05 ** (1 / self.tried)) if self.tried else 1.0


def false_matches(impostors: Scores, threshold: float) -> Rate:
    return Rate(int((impostors >= threshold).sum()), impostors.size)


def false_non_matches(genuine: Scores, threshold: float) -> Rate:
    return Rate(int((genuine < threshold).sum()), genuine.size)


def threshold_for(impostors: Scores, share: float) -> float:
    """The lowest threshold at which no more than `share` of the strangers match."""
    allowed = int(share * impostors.size)
    return float(np.nextafter(np.sort(impostors)[::-1][allowed], 2.0))


def curve(genuine: Scores, impostors: Scores) -> list[tuple[float, float]]:
    """(false matches, false non-matches) at thresholds that cover five decades of the first."""
    shares = np.logspace(-5, 0, 60)
    thresholds = [threshold_for(impostors, float(share)) for share in shares[:-1]]
    return [(false_matches(impostors, limit).share, false_non_matches(genuine, limit).share) for limit in thresholds]
