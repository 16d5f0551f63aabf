"""Breaking text into rows as Chinese typesetting does it, whatever a row is measured in.

A row may begin after any hanzi; words and figures of Latin letters stay whole; closing marks never begin a row and
opening marks never end one (GB/T 15834-2011, 5.1); a short remark in brackets stays whole, and a figure with what it
counts. No paragraph ends in a row of a character or two. A piece that is longer than a whole row is cut all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""The width of a text in the unit of the row's limit: the sum of its characters' widths."""

_CLOSING = "，。、；：？！）》〉】〕」』”’…—·％%℃,.;:?!)]}"
_OPENING = "（《〈【〔「『“‘￥¥$([{"
_PAUSE = "，。；："
_LONE = 0.25
"""A last row of less than this share of its limit looks forgotten."""
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*"  # what may not end a row
    r"(?:(?<=（)[^（）\s]{1,8}(?=）)"  # a short remark in brackets, which reads badly in two parts
    r"|\d+ ?(?:号窗口|[号楼层室床])"  # a place's figure
    r"|[!-~\u00a1-\u024f]+(?: 元)?|.)"  # a Latin word, a figure with its unit, or one character
    rf"[{re.escape(_CLOSING)}]*",  # what may not begin a row
    re.DOTALL,
)


def columns(text: str) -> int:
    """Width in a printer's columns: one for ASCII, two for everything else, as printers in Chinese mode advance."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def rows(text: str, limit: float, measure: Measure = columns) -> tuple[str, ...]:
    """The text in rows no wider than `limit`, without blanks at their ends; no rows for a blank text."""
    if measure(text) <= limit:  # nearly every text of a slip
        whole = text.strip()
        return (whole,) if whole else ()
    done: list[list[str]] = [[]]
    taken = 0.0
    for piece in _pieces(text, limit, measure):
        if taken + measure(piece.rstrip()) > limit:
            done.append([])
            taken = 0.0
        done[-1].append(piece)
        taken += measure(piece)
    _accompany(done, limit, measure)
    return tuple(whole for row in done if (whole := "".join(row).strip()))


def _accompany(done: list[list[str]], limit: float, measure: Measure) -> None:
    """A lone end gets the words since the last pause, where they fit beside it, or else the nearest few."""
    if len(done) == 1 or measure("".join(done[-1]).strip()) >= limit * _LONE:
        return
    before, last = done[-2:]
    pause = max((at for at, piece in enumerate(before[:-1]) if piece[-1] in _PAUSE), default=None)
    if pause is not None and measure("".join((*before[pause + 1 :], *last)).strip()) <= limit:
        moved = len(before) - pause - 1
    else:
        moved = 0
        while measure("".join((*before[len(before) - moved :], *last)).strip()) < limit * _LONE and moved < len(before):
            moved += 1
    kept, joined = before[: len(before) - moved], (*before[len(before) - moved :], *last)
    if kept and measure("".join(joined).strip()) <= limit:
        done[-2:] = [kept, list(joined)]


def _pieces(text: str, limit: float, measure: Measure) -> Iterator[str]:
    for found in _PIECE.finditer(text):
        piece = found[0]
        if measure(piece.rstrip()) <= limit:
            yield piece
        else:
            yield from _cut(piece, limit, measure)


def _cut(piece: str, limit: float, measure: Measure) -> Iterator[str]:
    part = ""
    for character in piece:
        if part and measure(part + character) > limit:
            yield part
            part = ""
        part += character
    yield part
