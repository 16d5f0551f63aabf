"""The shape of a drawn head: how far each point of the face stands out. Sums of soft bumps, by eye."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.sim.face.look import Look

Grid = NDArray[np.float64]

EYE_LINE, MOUTH_LINE = -0.10, 0.58
_TOP, _BOTTOM = -1.35, 1.25
_NOSE_ROOT = -0.15


def soft(value: Grid) -> Grid:
    """0 far below zero, 1 far above: an edge without steps."""
    edge: Grid = 1.0 / (1.0 + np.exp(-np.clip(value, -40, 40)))
    return edge


def bump(across: Grid, down: Grid, wide: float, tall: float) -> Grid:
    hill: Grid = np.exp(-((across / wide) ** 2 + (down / tall) ** 2))
    return hill


def nose_tip(look: Look) -> float:
    return _NOSE_ROOT + look.nose_length + 0.12


def grid(columns: int) -> tuple[Grid, Grid]:
    """Across and down at each point of the face's rectangle."""
    across, down = np.linspace(-1.0, 1.0, columns), np.linspace(_TOP, _BOTTOM, int(columns * 1.3))
    x, y = np.meshgrid(across, down)
    return x, y


def relief(look: Look, x: Grid, y: Grid) -> tuple[Grid, NDArray[np.bool_]]:
    """How far each point stands out, and which points belong to the head at all."""
    z, inside = _skull(look, x, y)
    for side in (-1.0, 1.0):
        z -= 0.10 * bump(x - side * look.eye_gap, y + 0.12, 0.2, 0.13)
        z += 0.055 * bump(x - side * look.eye_gap, y + 0.10, 0.12, 0.07)
        z += 0.05 * bump(x - side * look.eye_gap, y + 0.33, 0.26, 0.09)
    z += _nose(look, x, y)
    z += 0.09 * bump(x, y - MOUTH_LINE, look.mouth_width * 1.1, 0.11)
    z -= 0.03 * bump(x, y - MOUTH_LINE, look.mouth_width, 0.018)
    z += 0.08 * bump(x, y - 0.93 * look.chin, 0.2, 0.12)
    return z, inside


def _skull(look: Look, x: Grid, y: Grid) -> tuple[Grid, NDArray[np.bool_]]:
    jaw = 1 - 0.42 * np.clip(y - 0.1, 0, 1.3) ** 1.8 * look.chin
    crown = np.sqrt(np.clip(1 - ((-0.5 - y) / 0.9) ** 2, 0, 1))
    half = 0.86 * look.width * np.where(y < 0.1, 1.0, jaw) * np.where(y < -0.5, crown, 1.0)
    end = 1.08 * look.chin - 0.35
    half = np.where(y > end, half * np.sqrt(np.clip(1 - ((y - end) / 0.36) ** 2, 0, 1)), half)
    share = np.clip(np.abs(x) / np.maximum(half, 1e-3), 0, 1.2)
    z: Grid = 0.95 * np.sqrt(np.clip(1 - share**2, 0, 1)) * np.clip(1 - 0.25 * np.abs(y) ** 2.2, 0.1, 1)
    return z, (share < 1) & (half > 0.02)


def _nose(look: Look, x: Grid, y: Grid) -> Grid:
    tip = nose_tip(look)
    along = np.clip((y - _NOSE_ROOT) / (tip - _NOSE_ROOT), 0, 1)
    ends = soft((tip + 0.03 - y) / 0.015) * soft((y - _NOSE_ROOT + 0.05) / 0.03)
    ridge: Grid = (0.05 + 0.26 * along**1.3) * ends * np.exp(-((x / (0.06 + 0.55 * look.nose_width * along)) ** 2))
    for side in (-1.0, 1.0):
        ridge = ridge + 0.10 * bump(x - side * look.nose_width * 0.75, y - tip + 0.03, 0.06, 0.055)
    return ridge
