"""The colours of a drawn head: skin, hair, brows, eyes with lids that shut, nose and mouth."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.sim.face.look import Colour, Look
from devices.sim.face.relief import EYE_LINE, MOUTH_LINE, Grid, bump, nose_tip, soft

Colours = NDArray[np.floating[Any]]
_SHADE: Colour = (110, 75, 65)
_LASH: Colour = (30, 22, 20)
_WHITE: Colour = (235, 228, 222)


class _Canvas:
    def __init__(self, colour: Colour, shape: tuple[int, ...]) -> None:
        self.colours: Colours = np.zeros((*shape, 3), np.float32) + np.asarray(colour, np.float32)

    def lay(self, where: Grid, colour: Colour) -> None:
        """Cover by so much, 0 to 1."""
        share = np.clip(where, 0, 1)[..., None]
        self.colours = self.colours * (1 - share) + np.asarray(colour) * share


def skin(look: Look, x: Grid, y: Grid) -> Colours:
    """All but the eyes, which move."""
    canvas = _Canvas(look.skin, x.shape)
    canvas.colours += _grain(look, x.shape)[..., None]
    for side in (-1.0, 1.0):
        canvas.lay(0.25 * bump(x - side * 0.5, y - 0.25, 0.22, 0.2), (200, 120, 110))
        canvas.lay(0.28 * bump(x - side * look.eye_gap, y + 0.13, 0.22, 0.12), (120, 85, 75))
        canvas.lay(_brow(look, (x - side * look.eye_gap) * side, y), look.hair)
    _nostrils(canvas, look, x, y)
    _mouth(canvas, look, x, y)
    canvas.lay(soft((-0.78 + 0.16 * x**2 - y) / 0.03), look.hair)
    canvas.lay(soft((np.abs(x) - 0.80 * look.width) / 0.03) * soft(-y / 0.1), look.hair)
    return canvas.colours


def _grain(look: Look, shape: tuple[int, ...]) -> Grid:
    """Skin is nowhere one colour."""
    random = np.random.default_rng(look.grain)
    fine, coarse = (cv2.GaussianBlur(random.normal(0, 1, shape), (0, 0), size) for size in (1.2, 7.0))
    return np.asarray(fine * 4 + coarse * 22, np.float64)


def _brow(look: Look, outward: Grid, y: Grid) -> Grid:
    line = -0.335 + 0.06 * (outward / 0.24) ** 2 - look.brow_tilt * outward
    thick = look.brow * (1 - 0.45 * np.clip(outward / 0.25, -1, 1))
    return 0.9 * soft((thick - np.abs(y - line)) / 0.008) * soft((0.25 - np.abs(outward)) / 0.015)


def _nostrils(canvas: _Canvas, look: Look, x: Grid, y: Grid) -> None:
    tip = nose_tip(look)
    for side in (-1.0, 1.0):
        canvas.lay(0.85 * bump(x - side * look.nose_width * 0.5, y - tip - 0.025, 0.04, 0.022), (60, 30, 28))
    canvas.lay(0.3 * bump(x, y - tip - 0.05, look.nose_width * 1.1, 0.03), _SHADE)


def _mouth(canvas: _Canvas, look: Look, x: Grid, y: Grid) -> None:
    across = x / look.mouth_width
    arch = np.clip(1 - across**2, 0, None)
    bow = 0.020 * np.exp(-((across / 0.18) ** 2)) - 0.012 * np.exp(-((across / 0.5) ** 2))
    upper, lower = MOUTH_LINE - 0.065 * arch**0.7 + bow, MOUTH_LINE + 0.085 * arch**0.6
    inside = soft((y - upper) / 0.008) * soft((lower - y) / 0.01) * soft((1 - np.abs(across)) / 0.03)
    canvas.lay(0.85 * inside, look.lips)
    parting = np.exp(-(((y - MOUTH_LINE - 0.006 * np.cos(across * 3)) / 0.010) ** 2))
    canvas.lay(0.85 * parting * soft((1.05 - np.abs(across)) / 0.04), (70, 25, 28))


def with_eyes(look: Look, x: Grid, y: Grid, under: Colours, opened: float) -> Colours:
    """`opened` is 1 for eyes wide open and 0 for shut ones: the upper lid comes down to the lower."""
    canvas = _Canvas(look.skin, x.shape)
    canvas.colours = under.copy()
    for side in (-1.0, 1.0):
        _eye(canvas, look, x - side * look.eye_gap, y, opened)
    return canvas.colours


def _eye(canvas: _Canvas, look: Look, x: Grid, y: Grid, opened: float) -> None:
    across = x / look.eye_size
    arch = np.clip(1 - across**2, 0, None)
    lower, highest = EYE_LINE + look.eye_size * 0.32 * arch**0.9, EYE_LINE - look.eye_size * 0.52 * arch**0.8
    upper = lower - (lower - highest) * opened
    between = soft((y - upper) / 0.006) * soft((lower - y) / 0.006) * soft((1 - np.abs(across)) / 0.02)
    from_pupil = np.hypot(x, y - EYE_LINE + 0.01)
    canvas.lay(between, _WHITE)
    canvas.lay(between * soft((look.eye_size * 0.44 - from_pupil) / 0.006), look.iris)
    canvas.lay(between * soft((look.eye_size * 0.2 - from_pupil) / 0.006), (8, 8, 8))
    canvas.lay(between * soft((0.016 - np.hypot(x - 0.018, y - EYE_LINE + 0.035)) / 0.003), (255, 255, 255))
    canvas.lay(between * 0.45 * np.exp(-(((y - upper) / 0.02) ** 2)), (60, 45, 40))
    canvas.lay(0.95 * np.exp(-(((y - upper) / 0.014) ** 2)) * soft((1.06 - np.abs(across)) / 0.04), _LASH)
    canvas.lay(0.4 * np.exp(-(((y - lower) / 0.010) ** 2)) * soft((1.0 - np.abs(across)) / 0.04), (90, 60, 55))
    canvas.lay(0.35 * np.exp(-(((y - highest + 0.045) / 0.012) ** 2)) * soft((0.95 - np.abs(across)) / 0.06), _SHADE)
