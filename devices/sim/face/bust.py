"""Draws a head as a camera sees it: turned, nearer, lids down, in the light of a hall and of a display."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.sim.face.look import Colour, Look
from devices.sim.face.paint import Colours, skin, with_eyes
from devices.sim.face.relief import Grid, grid, relief

Picture = NDArray[np.uint8]
"""Height x width x (blue, green, red)."""

WIDTH, HEIGHT = 640, 480
_COLUMNS = 230
_LIDS = 8
_DISTANCE = 6.0
"""Of the camera, in half widths of a face: about half a metre."""
_UNIT = 92.0
"""Pixels of half a face's width at that distance."""
_ROLL = 64


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees: `yaw` towards the person's left, `pitch` chin down. `near` scales; `across` and `down` shift."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    opened: float = 1.0
    near: float = 1.0
    across: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """`hall` is how bright the room is; `screen` the colour of the display, which reaches the face by `reach`."""

    hall: float = 1.0
    screen: Colour = (0.0, 0.0, 0.0)
    reach: float = 0.28
    noise: float = 2.0
    wall: Colour = (170.0, 175.0, 182.0)
    lamp: tuple[float, float, float] = (0.3, -0.5, 0.9)


class Bust:
    """One person, computed once: shape, colours for each height of the lids, and where the light falls."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._x, self._y = grid(_COLUMNS)
        z, self._inside = relief(look, self._x, self._y)
        inside = self._inside
        self._points = np.stack([self._x, self._y, z - 0.2], -1)[inside]
        self._normals = _normals(self._x, self._y, z)[inside]
        self._skin = skin(look, self._x, self._y)
        self._painted: dict[int, Colours] = {}

    def draw(self, pose: Pose, scene: Scene, random: np.random.Generator) -> Picture:
        """One frame, with the noise of a sensor: no two are the same, for all the same pose."""
        turn = _turn(pose)
        points, normals = self._points @ turn.T, self._normals @ turn.T
        lit = self._colours(pose.opened) * _light(normals, scene)
        unit = _UNIT * pose.near
        centre = (WIDTH / 2 + pose.across * unit, HEIGHT * 0.48 + pose.down * unit)
        picture = self._behind(scene, centre, unit, float(np.sin(np.radians(pose.yaw))))
        _splat(picture, points, lit, centre, unit)
        picture += grain(random, scene.noise)
        seen = np.clip(picture, 0, 255).astype(np.uint8)
        return np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGB2BGR), np.uint8)

    def _colours(self, opened: float) -> Colours:
        lids = round(min(1.0, max(0.0, opened)) * _LIDS)
        if lids not in self._painted:
            whole = with_eyes(self.look, self._x, self._y, self._skin, lids / _LIDS)
            self._painted[lids] = whole[self._inside]
        return self._painted[lids]

    def _behind(self, scene: Scene, centre: tuple[float, float], unit: float, aside: float) -> Colours:
        """Wall, hair, shoulders and neck; the wall is too far for the display's light."""
        look, (x, y) = self.look, centre
        picture: Colours = (_waves() + np.asarray(scene.wall, np.float32)) * np.float32(scene.hall)
        glow = 1 + scene.reach * 0.5 * np.asarray(scene.screen) / 255

        def fill(colour: Colour) -> Colour:
            red, green, blue = (float(value) for value in np.asarray(colour) * scene.hall * glow)
            return red, green, blue

        hair = (int(x - unit * 0.05 * aside), int(y - unit * 0.25))
        size = (int(unit * look.width), int(unit * 1.2))
        cv2.ellipse(picture, hair, size, 0, 180, 360, fill(look.hair), -1, cv2.LINE_AA)
        shoulders, size = (int(x), int(y + unit * 2.6)), (int(unit * 1.9), int(unit * 1.35))
        cv2.ellipse(picture, shoulders, size, 0, 180, 360, fill((70, 80, 110)), -1, cv2.LINE_AA)
        neck = [(int(x + side * unit * 0.42), int(y + unit * at)) for side, at in ((-1, 0.6), (1, 1.45))]
        red, green, blue = look.skin
        cv2.rectangle(picture, neck[0], neck[1], fill((red * 0.75, green * 0.75, blue * 0.75)), -1)
        return picture


@cache
def _waves() -> Colours:
    """A wall is not all of one colour either."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    waves = np.repeat((12 * np.sin(across / 90) + 8 * np.cos(down / 70))[..., None], 3, axis=2)
    return waves.astype(np.float32)


@cache
def _noise() -> Colours:
    """More than a frame needs: each takes another part of it."""
    shape = (HEIGHT + _ROLL, WIDTH + _ROLL, 3)
    return np.random.default_rng(7).standard_normal(shape, np.float32)


def grain(random: np.random.Generator, strength: float) -> Colours:
    """The noise of one frame."""
    down, across = (int(shift) for shift in random.integers(_ROLL, size=2))
    part: Colours = _noise()[down : down + HEIGHT, across : across + WIDTH]
    return part * np.float32(strength + random.uniform(0, 0.1))


def _normals(x: Grid, y: Grid, z: Grid) -> Grid:
    across = np.gradient(z, x[0, 1] - x[0, 0], axis=1)
    down = np.gradient(z, y[1, 0] - y[0, 0], axis=0)
    normals = np.dstack([-across, -down, np.ones_like(z)])
    unit: Grid = normals / np.linalg.norm(normals, axis=2, keepdims=True)
    return unit


def _turn(pose: Pose) -> Grid:
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll])
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turn: Grid = about_z @ about_x @ about_y
    return turn


def _light(normals: Grid, scene: Scene) -> Grid:
    """Lambert's cosine for the lamp of the hall; the display shines from straight ahead."""
    lamp = np.asarray(scene.lamp) / np.linalg.norm(scene.lamp)
    hall = scene.hall * (0.55 + 0.55 * np.clip(normals @ lamp, 0, 1))
    screen = scene.reach * np.clip(normals[:, 2], 0, 1)
    light: Grid = hall[:, None] + screen[:, None] * np.asarray(scene.screen) / 255
    return light


def _splat(picture: Colours, points: Grid, colours: Colours, centre: tuple[float, float], unit: float) -> None:
    """Paint the points into the picture, the far ones first, and close the gaps between them."""
    scale = unit * _DISTANCE / (_DISTANCE - points[:, 2])
    order = np.argsort(points[:, 2], kind="stable")
    across = np.round(centre[0] + scale * points[:, 0]).astype(int)[order]
    down = np.round(centre[1] + scale * points[:, 1]).astype(int)[order]
    left, top = max(0, int(across.min()) - 6), max(0, int(down.min()) - 6)
    right, bottom = min(WIDTH, int(across.max()) + 7), min(HEIGHT, int(down.max()) + 7)
    seen = (across >= left) & (across < right) & (down >= top) & (down < bottom)
    part = np.zeros((bottom - top, right - left, 3), np.float32)
    hit = np.zeros((bottom - top, right - left), np.float32)
    part[down[seen] - top, across[seen] - left] = colours[order][seen]
    hit[down[seen] - top, across[seen] - left] = 1.0
    solid = cv2.morphologyEx(hit, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    around = cv2.GaussianBlur(part, (0, 0), 1.0) / np.maximum(cv2.GaussianBlur(hit, (0, 0), 1.0), 1e-6)[..., None]
    whole = np.where(hit[..., None] > 0, part, around)
    edge = cv2.GaussianBlur(solid, (0, 0), 1.0)[..., None]
    place = picture[top:bottom, left:right]
    place[:] = cv2.GaussianBlur(place * (1 - edge) + whole * edge, (0, 0), 0.7)
