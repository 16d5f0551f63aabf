"""Cuts `NotoSansSC-Paper.otf` from the regular weight: the outlines that are put into PDFs. Run after `cut_fonts.py`.

Nearly all of a statement's bytes are outlines, and a screen's are finer than paper shows. Three things make them small:
curves of four points in place of the many of TrueType (CFF, Adobe technical note 5176), a grid of 160 units an em (at
9 points a unit is 20 µm, half a dot of 600 dpi), and each contour rounded as a whole, so that equal strokes stay
equal: they look alike, and are found again by the compression.

    python packaging/cut_paper.py kiosk/fonts/NotoSansSC-Regular.ttf kiosk/fonts

About a minute. Equal input and fontTools give equal bytes: no timestamp of the run is written.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

UNITS = 160
_FINE = 1000
_JOINED_WITHIN = 3.0  # thousandths of an em: what the grid moves a point at most
_FLAT = 0.5  # units of the grid
_EPOCH = 2082844800  # 1970 in a font's seconds
_NAME = "Noto Sans SC Paper"

Point = tuple[int, int]
Segment = tuple[Point, ...]
"""One point for a straight line, three for a curve."""
Outline = list[tuple[str, tuple[tuple[float, float], ...]]]


def cut(source: Path, folder: Path) -> Path:
    """Write the font of every character of `source`, in the order of their codes, and return its path."""
    font = TTFont(source)
    glyphs, characters = font.getGlyphSet(), font.getBestCmap()
    names = {code: f"u{code:04X}" for code in sorted(characters)}
    strings, metrics = {".notdef": _string((), UNITS)}, {".notdef": (UNITS, 0)}
    for code, name in names.items():
        glyph = characters[code]
        width = round(font["hmtx"][glyph][0] * UNITS / _FINE)
        strings[name] = _string(tuple(_contours(glyphs, glyph)), width)
        metrics[name] = (width, 0)
    target = folder / "NotoSansSC-Paper.otf"
    _built(font, names, strings, metrics).save(target)
    return target


def _built(font: TTFont, names: dict[int, str], strings: dict[str, Any], metrics: dict[str, Any]) -> TTFont:
    builder = FontBuilder(UNITS, isTTF=False)
    builder.setupGlyphOrder(list(strings))
    builder.setupCharacterMap(names)
    builder.setupCFF("NotoSansSC-Paper", {"FullName": _NAME}, strings, {"defaultWidthX": UNITS, "nominalWidthX": 0})
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=round(0.88 * UNITS), descent=-round(0.12 * UNITS))
    about = {number: font["name"].getDebugName(number) for number in (0, 5, 13, 14)}
    builder.setupNameTable(
        {
            "copyright": about[0],
            "familyName": _NAME,
            "styleName": "Regular",
            "fullName": _NAME,
            "psName": "NotoSansSC-Paper",
            "version": about[5],
            "licenseDescription": about[13],
            "licenseInfoURL": about[14],
        }
    )
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=_EPOCH, modified=_EPOCH)
    builder.font.recalcTimestamp = False
    return builder.font


def _contours(glyphs: Any, glyph: str) -> Iterator[tuple[Point, list[Segment]]]:
    """Start and segments of each contour on the grid, rounded from its own start."""
    drawn = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(Qu2CuPen(drawn, _JOINED_WITHIN, all_cubic=True, reverse_direction=True))
    contour: Outline = []
    for operator, points in drawn.value:
        if operator == "closePath":
            start = contour[0][1][0]
            segments = _straightened(list(_rounded(contour, start)))
            if segments:
                shift = round(start[0] * UNITS / _FINE), round(start[1] * UNITS / _FINE)
                yield shift, [tuple((x + shift[0], y + shift[1]) for x, y in segment) for segment in segments]
            contour = []
        else:
            contour.append((operator, points))


def _rounded(contour: Outline, start: tuple[float, float]) -> Iterator[Segment]:
    """From (0, 0) on; what has shrunk to a point is left out, and a curve that has become straight is a line."""
    at = (0, 0)
    for _, points in contour[1:]:
        segment = tuple(
            (round((x - start[0]) * UNITS / _FINE), round((y - start[1]) * UNITS / _FINE)) for x, y in points
        )
        end = segment[-1]
        if all(point == at for point in segment):
            continue
        flat = end != at and all(_off(point, at, end) <= _FLAT for point in segment[:-1])
        yield (end,) if flat else segment
        at = end


def _straightened(segments: list[Segment]) -> list[Segment]:
    """Without the points between two lines that are one, and without the line back to the start, which CFF implies."""
    kept: list[Segment] = []
    for segment in segments:
        before = kept[-2][-1] if len(kept) > 1 else (0, 0)
        both_lines = bool(kept) and len(segment) == len(kept[-1]) == 1 and segment[0] != before
        if both_lines and _off(kept[-1][0], before, segment[0]) <= _FLAT:
            kept.pop()
        kept.append(segment)
    return kept[:-1] if kept and kept[-1] == ((0, 0),) else kept


def _off(point: Point, start: Point, end: Point) -> float:
    """How far `point` is from the line between two different points."""
    along = (end[0] - start[0], end[1] - start[1])
    return abs(along[0] * (start[1] - point[1]) - (start[0] - point[0]) * along[1]) / math.hypot(*along)


def _string(contours: tuple[tuple[Point, list[Segment]], ...], width: int) -> Any:
    pen = T2CharStringPen(None if width == UNITS else width, None)
    for start, segments in contours:
        pen.moveTo(start)
        for segment in segments:
            pen.lineTo(*segment) if len(segment) == 1 else pen.curveTo(*segment)
        pen.closePath()
    return pen.getCharString(optimize=True)


if __name__ == "__main__":
    print(cut(Path(sys.argv[1]), Path(sys.argv[2])))
