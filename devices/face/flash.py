"""Whether the face takes on the colours of the kiosk's display: they are drawn now, and no recording knows them.

After the idea of light reflection as a challenge (Tang et al., Face Flashing, NDSS 2018), with colours of moderate
change that do not strain anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.ports.face import Light

_LAGS, _LAG = 14, 0.04
"""So many delays are tried, so many seconds apart, from the order to the pixel in the picture: the display, the
exposure and the cable. Where pictures come seldom the whole machine is slow, and the delays lie as much farther apart;
there are no more of them, because each is one more chance to agree by accident.
"""
_SLOWER = 0.4
"""Of the time between two pictures: at twelve a second or more the delays are those of `_LAG`."""
_FEWEST = 20
_FAINTEST = 0.02
"""The share of the display's change that must arrive: less is noise, however well it correlates."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A colour from a moment on."""

    at: float
    light: Light


def reflected(tints: Sequence[tuple[float, tuple[float, float]]], shown: Sequence[Shown]) -> float | None:
    """How well the tints (moment, redder and bluer than the wall) follow the colours shown: at most 1.

    None when too little was seen to say. The best of the possible delays counts.
    """
    times = np.array([at for at, _ in tints])
    found = np.array([tint for _, tint in tints], np.float64)
    if len(times) < _FEWEST or len(shown) < 3:
        return None
    step = max(_LAG, _SLOWER * float(np.median(np.diff(times))))
    return max(_follows(times, found, shown, number * step) for number in range(_LAGS))


def _follows(times: NDArray[np.float64], found: NDArray[np.float64], shown: Sequence[Shown], lag: float) -> float:
    starts = np.array([each.at for each in shown]) + lag
    at = np.searchsorted(starts, times, side="right") - 1
    seen = at >= 0
    if int(seen.sum()) < _FEWEST:
        return 0.0
    colours = np.array([(each.light.red, each.light.green, each.light.blue) for each in shown], np.float64) / 255
    wanted = colours[at[seen]]
    expected = _centred(np.stack([wanted[:, 0] - wanted[:, 1], wanted[:, 2] - wanted[:, 1]], axis=1))
    got = _centred(found[seen])
    together, power = float((got * expected).sum()), float((expected**2).sum())
    if power <= 0 or together / power < _FAINTEST:
        return 0.0
    return together / float(np.sqrt(power * max(float((got**2).sum()), 1e-12)))


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    centred: NDArray[np.float64] = values - values.mean(axis=0)
    return centred
