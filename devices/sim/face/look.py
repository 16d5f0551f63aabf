"""What a drawn person looks like: a few lengths and colours, and how to make up as many people as a test wants."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

Colour = tuple[float, float, float]
"""Red, green, blue, 0 to 255."""

_HAIR: tuple[Colour, ...] = ((25, 20, 18), (120, 118, 116), (95, 60, 30), (220, 218, 215), (60, 20, 15))
_DARK_SKIN, _FAIR_SKIN = np.array((120.0, 85.0, 60.0)), np.array((240.0, 210.0, 190.0))


@dataclass(frozen=True, slots=True)
class Look:
    """Lengths are in half widths of an average face, whose middle is 0: across to the right, down below."""

    skin: Colour = (205, 168, 145)
    hair: Colour = (35, 28, 26)
    iris: Colour = (60, 40, 30)
    lips: Colour = (165, 90, 90)
    width: float = 1.0
    chin: float = 1.0
    eye_gap: float = 0.36
    eye_size: float = 0.15
    nose_width: float = 0.15
    nose_length: float = 0.34
    mouth_width: float = 0.27
    brow: float = 0.05
    brow_tilt: float = 0.0
    grain: int = 1


def made_up(seed: str) -> Look:
    """Always the same face for the same seed: the key of an invented person, or a number."""
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))
    skin = _DARK_SKIN + (_FAIR_SKIN - _DARK_SKIN) * random.uniform()
    lips = skin * random.uniform(0.6, 0.9) * (1.05, 0.6, 0.65)
    return Look(
        skin=_colour(skin),
        hair=_HAIR[int(random.integers(len(_HAIR)))],
        iris=_colour(random.uniform(20, 120, 3)),
        lips=_colour(lips),
        width=float(random.uniform(0.82, 1.15)),
        chin=float(random.uniform(0.85, 1.12)),
        eye_gap=float(random.uniform(0.28, 0.46)),
        eye_size=float(random.uniform(0.12, 0.2)),
        nose_width=float(random.uniform(0.1, 0.24)),
        nose_length=float(random.uniform(0.22, 0.44)),
        mouth_width=float(random.uniform(0.18, 0.38)),
        brow=float(random.uniform(0.015, 0.08)),
        brow_tilt=float(random.uniform(-0.15, 0.2)),
        grain=int(random.integers(1_000_000)),
    )


def _colour(values: np.ndarray) -> Colour:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
