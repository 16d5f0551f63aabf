"""A page measured as a designer would with a lens: from the painted pixels, and from the items that were laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from tests.screens.glass import Piece, ancestors, scrolled

Pixels = NDArray[np.uint32]
HANZI = re.compile(r"[\u4e00-\u9fff]{2,}")
FIGURES = re.compile(r"[A-Z0-9][A-Z0-9.:-]*")
_PRIMARY = ("KTile", "KRow", "KOption", "KButton")


@dataclass(frozen=True)
class Written:
    """One text as it was painted: the contrast of its ink, and the height of its first line's ink in millimetres."""

    words: str
    contrast: float
    height: float
    hanzi: bool = False
    figures: bool = False


def pixels(picture: QImage) -> Pixels:
    image = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return rows[:, : image.width()] & np.uint32(0xFFFFFF)


def written(text: Piece, picture: Pixels, px_per_mm: float) -> Written | None:
    """None where nothing of it was painted, because it lies under something."""
    seen = crop(picture, visible(text))
    if seen.size == 0:
        return None
    values, counts = np.unique(seen, return_counts=True)
    if len(values) < 2:
        return None
    ground = int(values[np.argmax(counts)])
    ink = ink_of(values, counts, ground)
    height = ink_height(first_line(text, picture), ground) / px_per_mm
    return Written(text.words, contrast(ink, ground), height, glyphs(text, HANZI), glyphs(text, FIGURES))


def ink_of(values: Pixels, counts: NDArray[np.intp], ground: int) -> int:
    """The colour that stands out most among those that many pixels have: the edges of letters are blends, each rare."""
    painted = counts.sum() - counts.max()
    common = values[counts >= max(3, painted * 0.04)].tolist()
    return max(common, key=lambda value: contrast(value, ground), default=ground)


def visible(piece: Piece) -> QRectF:
    """Its place, without what a scrolling area hides of it."""
    place = piece.place
    for above in ancestors(piece.item):
        if above.clip():
            place = place.intersected(above.mapRectToScene(QRectF(0, 0, above.width(), above.height())))
    return place


def crop(picture: Pixels, place: QRectF) -> Pixels:
    top, bottom = max(0, int(place.top())), max(0, int(place.bottom()))
    left, right = max(0, int(place.left())), max(0, int(place.right()))
    return picture[top:bottom, left:right]


def first_line(text: Piece, picture: Pixels) -> Pixels:
    lines = max(1, int(text.item.property("lineCount")))
    place = QRectF(text.place)
    place.setHeight(float(text.item.property("contentHeight")) / lines)
    return crop(picture, place)


def ink_height(line: Pixels, ground: int) -> int:
    """Rows from the highest to the lowest that hold ink, of pixels that differ clearly from the ground."""
    if line.size == 0:
        return 0
    parts = np.stack([(line >> np.uint32(shift) & np.uint32(255)).astype(np.int16) for shift in (16, 8, 0)])
    paper = np.array([ground >> 16 & 255, ground >> 8 & 255, ground & 255], np.int16).reshape(3, 1, 1)
    rows = np.flatnonzero((np.abs(parts - paper).max(axis=0) > 96).any(axis=1))
    return int(rows[-1] - rows[0] + 1) if rows.size else 0


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: int | QColor, other: int | QColor) -> float:
    """WCAG 2.2, 1.4.3."""
    light, dark = sorted((luminance(QColor(each)) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def glyphs(text: Piece, kind: re.Pattern[str]) -> bool:
    """Whether its first line is of such characters alone, so that its ink is as high as theirs."""
    line = text.words.split("\n")[0].replace(" ", "").replace("\u3000", "")
    return kind.fullmatch(line) is not None


def primary(control: Piece) -> bool:
    """What a page is there for: doors, bills, options, the buttons of the action bar."""
    return control.item.property("controlKind") in _PRIMARY


def nearest(controls: Sequence[Piece]) -> Iterator[tuple[float, str]]:
    """The gap between each two things to press, in pixels, and which they are; what scrolls only with its like."""
    holders = [(control, control.name, scrolled(control.item), list(ancestors(control.item))) for control in controls]
    for (one, name, moves, above), (other, its_name, also, above_it) in combinations(holders, 2):
        if moves == also and one.item not in above_it and other.item not in above:
            yield gap(one.place, other.place), f"{name} | {its_name}"


def gap(one: QRectF, other: QRectF) -> float:
    across = max(one.left(), other.left()) - min(one.right(), other.right())
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom())
    return max(across, down)


def in_order(controls: Sequence[Piece]) -> list[str]:
    """Pairs of controls that the keys visit against the way people read, which is downwards."""
    return [
        f"{one.name} before {other.name}"
        for one, other in pairwise(controls)
        if other.place.bottom() <= one.place.top() + 1 and scrolled(one.item) == scrolled(other.item)
    ]
