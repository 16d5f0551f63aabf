"""Chinese line breaking a typesetter would sign: balanced lines, no lone character at the end, no word torn apart.

Qt breaks Chinese wherever a line is full. Here the fewest lines that fit are kept, but broken where they come out
evenly, preferably after punctuation, never inside the words that the texts name in `typography.keep`, and never
between a figure and its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from PySide6.QtCore import QObject, QTextBoundaryFinder, Slot
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk import fonts

QML_IMPORT_NAME = "Kiosk.Frame"
QML_IMPORT_MAJOR_VERSION = 1

_FIGURE_AND_UNIT = re.compile(r"(?<=\d) ?(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=\d)")
_STOPS = "，。；：！？、,.;:!?"
_AFTER_SPACE = 0.02  # prices of a line end, in squares of a line's width: a stop is free
_INSIDE_CLAUSE = 0.15

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure, keep: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of a paragraph no wider than `width`, in the unit of `measure`; one piece alone may be wider."""
    if measure(text) <= width:
        return (text,)
    places = _places(text, keep)
    ends = _best([measure(text[:place]) for place in places], _prices(text, places), width)
    cuts = [places[end] for end in ends]
    return tuple(text[start:end].strip() for start, end in zip([0, *cuts], cuts, strict=False))


def _places(text: str, keep: Sequence[str]) -> list[int]:
    """Where a line may end, after Unicode's line breaking rules and ours; the text's own ends included."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    found: set[int] = set()
    while (place := finder.toNextBoundary()) != -1:
        found.add(place)
    for word in keep:
        start = text.find(word)
        while start != -1:
            found -= set(range(start + 1, start + len(word)))
            start = text.find(word, start + len(word))
    for match in _FIGURE_AND_UNIT.finditer(text):
        found -= {match.start(), match.end()}
    return sorted(found | {0, len(text)})


def _prices(text: str, places: Sequence[int]) -> list[float]:
    def price(place: int) -> float:
        before = text[:place].rstrip()[-1:]
        if place in {0, len(text)} or before in _STOPS:
            return 0.0
        return _AFTER_SPACE if text[place - 1].isspace() else _INSIDE_CLAUSE

    return [price(place) for place in places]


def _best(offsets: Sequence[float], prices: Sequence[float], width: float) -> list[int]:
    """Indices of the places where lines end: fewest lines first, then the evenest; dynamic programming."""
    ideal = min(width, offsets[-1] / _fewest(offsets, width))
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(offsets)):
        found: list[tuple[int, float, int]] = []
        for start in range(end - 1, -1, -1):
            wide = offsets[end] - offsets[start]
            if wide > width and found:
                break
            lines, cost, _ = best[start]
            found.append((lines + 1, cost + ((ideal - wide) / width) ** 2 + prices[end], start))
        best.append(min(found))
    ends = [len(offsets) - 1]
    while (start := best[ends[0]][2]) > 0:
        ends.insert(0, start)
    return ends


def _fewest(offsets: Sequence[float], width: float) -> int:
    lines, start = 1, 0
    for end in range(1, len(offsets)):
        if offsets[end] - offsets[start] > width and end - 1 > start:
            lines, start = lines + 1, end - 1
    return lines


@cache
def _metrics(pixels: int, bold: bool) -> QFontMetricsF:
    font = QFont(fonts.FAMILY)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return QFontMetricsF(font)


@QmlElement
@QmlSingleton
class Typesetter(QObject):
    """Sets a paragraph for a `KText`: the same words with line ends in the right places."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep: tuple[str, ...] = ()

    def keep_together(self, words: str) -> None:
        """The words of the language now shown that a line end may not part, separated by spaces."""
        self._keep = tuple(words.split())

    @Slot(str, int, bool, float, result=str)
    def lines(self, words: str, pixels: int, bold: bool, width: float) -> str:
        """`words` with a line feed at each line end; unchanged while the item has no size yet."""
        if width <= 0 or pixels <= 0:
            return words
        measure = _metrics(pixels, bold).horizontalAdvance
        return "\n".join(line for part in words.split("\n") for line in break_lines(part, width, measure, self._keep))
