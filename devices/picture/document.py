"""Whether a picture of a paper is good enough for whoever must read it: light, sharp, whole, and of a paper.

Pure functions on pixels. They find the paper as the one bright sheet on a darker ground, as under a document camera;
the limits tell drawn papers apart and were not tried on real ones. Whether somebody's face is in the picture is for a
face detector to say, which the caller brings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

import cv2
import numpy as np

from devices.picture.pixels import Pixels, grey

Faces = Callable[[Pixels], Sequence[float]]
"""The heights of the faces in a picture, as shares of its own height."""

_WIDTH: Final = 640
_ROUGH: Final = 320
_EDGE: Final = 0.01  # of the picture's width: nearer to its edge, a paper goes on outside


class DocumentTrouble(Enum):
    """What is told to whoever holds the paper, the first that holds."""

    DARK = auto()
    FACE = auto()
    NO_PAPER = auto()
    CUT_OFF = auto()
    BLURRED = auto()


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Brightness of the paper in grey levels, sharpness as the variance of the Laplacian on it at 640 columns.

    A paper fills at least `smallest` of the picture. A face as high as `largest_face` of the picture is a person's who
    bends over it; the portrait on a certificate is smaller.
    """

    bright: float = 90.0
    sharp: float = 120.0
    smallest: float = 0.15
    largest_face: float = 0.3


@dataclass(frozen=True, slots=True)
class Paper:
    """Where it lies: its four corners, one after another, and its area, in shares of the picture's size."""

    corners: tuple[tuple[float, float], ...]
    share: float


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A picture judged; good when there is no trouble."""

    trouble: DocumentTrouble | None
    paper: Paper | None


def judge(pixels: Pixels, faces: Faces, limits: DocumentLimits | None = None) -> DocumentView:
    limits = limits or DocumentLimits()
    view = grey(pixels, _WIDTH)
    paper = find_paper(view)
    if paper is not None and paper.share < limits.smallest:
        paper = None
    seen = view if paper is None else _cut_out(view, paper)
    brightest = np.percentile(seen, 97 if paper is None else 75)  # a small or distant paper is bright all the same
    if float(brightest) < limits.bright:
        return DocumentView(DocumentTrouble.DARK, paper)
    if any(height >= limits.largest_face for height in faces(pixels)):
        return DocumentView(DocumentTrouble.FACE, paper)
    if paper is None:
        return DocumentView(DocumentTrouble.NO_PAPER, None)
    return DocumentView(_trouble(seen, paper, limits), paper)


def _trouble(sheet: Pixels, paper: Paper, limits: DocumentLimits) -> DocumentTrouble | None:
    if _reaches_edge(paper):
        return DocumentTrouble.CUT_OFF
    sharpness = float(cv2.Laplacian(sheet, cv2.CV_32F).var())
    return DocumentTrouble.BLURRED if sharpness < limits.sharp else None


def find_paper(view: Pixels) -> Paper | None:
    """The largest bright sheet with four sides in a grey picture; None when there is none."""
    height = max(1, round(view.shape[0] * _ROUGH / view.shape[1]))
    rough = cv2.GaussianBlur(cv2.resize(view, (_ROUGH, height), interpolation=cv2.INTER_AREA), (5, 5), 0)
    _, bright = cv2.threshold(rough, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    area = float(cv2.contourArea(hull))
    sides = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    if len(sides) != 4 or area == 0 or cv2.contourArea(outline) < 0.85 * area:
        return None
    corners = tuple((float(x) / (_ROUGH - 1), float(y) / max(1, height - 1)) for ((x, y),) in sides)
    return Paper(corners, area / (_ROUGH * height))


def _reaches_edge(paper: Paper) -> bool:
    return any(not _EDGE < place < 1 - _EDGE for corner in paper.corners for place in corner)


def _cut_out(view: Pixels, paper: Paper) -> Pixels:
    """The upright box around the paper, its borders left out: they are sharp whatever is written."""
    height, width = view.shape[:2]
    xs, ys = [x for x, _ in paper.corners], [y for _, y in paper.corners]
    left, right = _inside(min(xs), max(xs), width)
    top, bottom = _inside(min(ys), max(ys), height)
    return view[top:bottom, left:right]


def _inside(low: float, high: float, length: int) -> tuple[int, int]:
    inset = (high - low) * 0.08
    start = round((low + inset) * (length - 1))
    return start, max(start + 1, round((high - inset) * (length - 1)))
