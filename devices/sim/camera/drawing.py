"""What the simulated camera sees, drawn: a hall, an invented person in it, a paper on a desk; nobody's photograph."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

SIZE: Final = (640, 480)
WIDE: Final = (854, 480)
FRAMES: Final = 4
_NOISE: Final = 4  # grey levels; a sensor's own, by which a picture is never quite the last one
_TILE: Final = 64


class Scene(StrEnum):
    """What stands before the lens, or what is wrong with it."""

    EMPTY = "empty"
    PERSON = "person"
    PAPER = "paper"
    SHEET = "sheet"
    SHEET_DARK = "sheet_dark"
    SHEET_BLURRED = "sheet_blurred"
    SHEET_CUT_OFF = "sheet_cut_off"
    DESK = "desk"
    COVERED = "covered"
    BLACK = "black"
    BLURRED = "blurred"
    FROZEN = "frozen"


def frames(scene: Scene) -> Iterator[Image.Image]:
    """The pictures that are played in a loop; a frozen camera has one."""
    picture = _DRAWN[scene]()
    if scene is Scene.FROZEN:
        yield picture
        return
    dice = random.Random(scene.value)  # noqa: S311 - noise of a picture
    for number in range(FRAMES):
        swayed = ImageChops.offset(picture, number % 4, 0) if scene is Scene.PERSON else picture
        yield _noisy(swayed, dice)


def _noisy(picture: Image.Image, dice: random.Random) -> Image.Image:
    tile = Image.frombytes("L", (_TILE, _TILE), bytes(dice.randrange(2 * _NOISE) for _ in range(_TILE * _TILE)))
    noise = Image.new("L", picture.size)
    for x in range(0, picture.width, _TILE):
        for y in range(0, picture.height, _TILE):
            noise.paste(tile, (x, y))
    return ImageChops.add(picture, Image.merge("RGB", (noise, noise, noise)), offset=-_NOISE)


def _hall() -> Image.Image:
    picture = Image.new("RGB", SIZE, "#cfd6d9")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 360, 640, 480), fill="#9aa39f")
    pen.rectangle((40, 110, 150, 360), fill="#7d5f45", outline="#4d3826", width=4)
    pen.ellipse((130, 235, 142, 247), fill="#d9c46a")
    pen.rectangle((470, 60, 600, 230), fill="#f4f6f2", outline="#2f6f62", width=6)
    for row in range(6):
        pen.rectangle((488, 84 + 22 * row, 580 - 14 * (row % 3), 94 + 22 * row), fill="#39605a")
    pen.line((0, 360, 640, 360), fill="#5d6663", width=5)
    return picture


def _person() -> Image.Image:
    picture = _hall()
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((190, 370, 450, 520), radius=70, fill="#2f4f7a")
    pen.rectangle((290, 330, 350, 390), fill="#d9a987")
    pen.ellipse((225, 110, 415, 360), fill="#e8bd9b")
    pen.chord((215, 90, 425, 330), 180, 360, fill="#3a3532")
    pen.ellipse((240, 150, 400, 300), fill="#e8bd9b")
    for x in (280, 360):
        pen.ellipse((x - 18, 208, x + 18, 232), fill="#fbfaf7", outline="#6d4a39", width=2)
        pen.ellipse((x - 8, 211, x + 8, 229), fill="#2b1d16")
        pen.arc((x - 26, 180, x + 26, 220), 200, 340, fill="#3a3532", width=6)
    pen.polygon(((320, 225), (304, 280), (336, 280)), fill="#d6a582")
    pen.chord((285, 292, 355, 332), 10, 170, fill="#a6473f")
    return picture.filter(ImageFilter.GaussianBlur(0.8))


def _paper() -> Image.Image:
    picture = Image.new("RGB", SIZE, "#5a4a3c")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((170, 30, 470, 450), fill="#f6f5f0", outline="#b9b5a8", width=2)
    pen.rectangle((230, 54, 410, 74), fill="#26282b")
    for row in range(15):
        pen.rectangle((194, 100 + 18 * row, 440 - 37 * (row % 4), 107 + 18 * row), fill="#33373c")
    pen.ellipse((360, 350, 440, 430), outline="#c2382e", width=6)
    return picture


def _desk() -> Image.Image:
    return Image.new("RGB", WIDE, "#5a4a3c")


def _sheet() -> Image.Image:
    """What a document camera sees, which is wider than it is high."""
    picture = _desk()
    picture.paste(_paper(), ((WIDE[0] - SIZE[0]) // 2, 0))
    return picture


def _sheet_dark() -> Image.Image:
    return ImageEnhance.Brightness(_sheet()).enhance(0.25)


def _sheet_blurred() -> Image.Image:
    return _sheet().filter(ImageFilter.GaussianBlur(5))


def _sheet_cut_off() -> Image.Image:
    """Laid down too high: its upper part is outside."""
    picture = _desk()
    picture.paste(_sheet().crop((0, 120, *WIDE)), (0, 0))
    return picture


def _covered() -> Image.Image:
    """A finger on the lens lets some red light through."""
    return ImageEnhance.Brightness(Image.new("RGB", SIZE, "#38120c")).enhance(0.8)


def _black() -> Image.Image:
    """A sensor that gives no light at all, plugged in and counting frames."""
    return Image.new("RGB", SIZE, "#000000")


def _blurred() -> Image.Image:
    return _person().filter(ImageFilter.GaussianBlur(26))


_DRAWN: dict[Scene, Callable[[], Image.Image]] = {
    Scene.EMPTY: _hall,
    Scene.PERSON: _person,
    Scene.PAPER: _paper,
    Scene.SHEET: _sheet,
    Scene.SHEET_DARK: _sheet_dark,
    Scene.SHEET_BLURRED: _sheet_blurred,
    Scene.SHEET_CUT_OFF: _sheet_cut_off,
    Scene.DESK: _desk,
    Scene.COVERED: _covered,
    Scene.BLACK: _black,
    Scene.BLURRED: _blurred,
    Scene.FROZEN: _person,
}
