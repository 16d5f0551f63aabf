"""One A4 page: a bar for each item in eight small plots, each from nought and with its figure beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kiosk import fonts
from kiosk.messages import Texts
from kiosk.usage import Figures
from printing.statement import sheet
from printing.statement.pen import Ink, Pen
from printing.statement.sheet import CONTENT, FOOT, LEFT, TOP

MOST = 10
"""So many items have a bar; the rest of a large catalogue stands in the CSV."""
_GUTTER = 8.0
_WIDE = (CONTENT - _GUTTER) / 2
_NAME, _VALUE = 30.0, 13.0
_BAR = _WIDE - _NAME - _VALUE
_ROW, _HEAD = 4.2, 11.0
_BEST = 5.0
_EXACT = 10.0
"""Seconds below which a tenth of one is told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is plotted; `names` are of items, by key."""

    figures: tuple[Figures, ...]
    since: date
    until: date
    kiosks: int
    visits: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Plot:
    """`full` is the value of a whole bar; None: the largest there is."""

    title: str
    value: Callable[[Figures], float]
    said: Callable[[float], str]
    full: float | None = None
    known: Callable[[Figures], bool] = lambda _one: True


_PLOTS = (
    _Plot("visits", lambda one: one.visits, lambda value: f"{value:g}"),
    _Plot("here", lambda one: one.here, lambda value: f"{value:.0%}", 1.0),
    _Plot("seconds", lambda one: one.seconds, lambda value: f"{value:.0f} s" if value >= _EXACT else f"{value:.1f} s"),
    _Plot("taps", lambda one: one.taps, lambda value: f"{value:g}"),
    _Plot("steps", lambda one: one.steps, lambda value: f"{value:g}"),
    _Plot("answers", lambda one: one.answers, lambda value: f"{value:g}"),
    _Plot("materials", lambda one: one.materials, lambda value: f"{value:g}"),
    _Plot("rating", lambda one: one.rating, lambda value: f"{value:.1f}", _BEST, lambda one: bool(one.rated)),
)


def plots(report: Report, texts: Texts) -> bytes:
    """Equal figures give equal bytes."""
    pen = Pen(texts.say("metrics.title"), "yibao-kiosk", "zh-CN" if texts.lang == "zh" else texts.lang)
    pen.text(LEFT, TOP, texts.say("metrics.title"), sheet.TITLE)
    span = texts.say(
        "metrics.span",
        since=report.since.isoformat(),
        until=report.until.isoformat(),
        kiosks=str(report.kiosks),
        visits=str(report.visits),
    )
    pen.text(LEFT, TOP + 11, span, sheet.BODY)
    shown = report.figures[:MOST]
    tall = _HEAD + _ROW * len(shown) + 5
    for number, plot in enumerate(_PLOTS):
        x = LEFT + (number % 2) * (_WIDE + _GUTTER)
        _plot(pen, x, TOP + 20 + (number // 2) * tall, plot, shown, report.names, texts)
    left_out = len(report.figures) - len(shown)
    notes = [texts.say("metrics.note"), *([texts.say("metrics.more", count=str(left_out))] if left_out else [])]
    for row, note in enumerate(reversed(notes)):
        pen.text(LEFT, FOOT - sheet.SMALL.line * (row + 1), note, sheet.SMALL)
    pen.end_page()
    return pen.finish()


def _plot(
    pen: Pen, x: float, y: float, plot: _Plot, shown: tuple[Figures, ...], names: Mapping[str, str], texts: Texts
) -> None:
    pen.text(x, y, texts.say(f"metrics.{plot.title}"), sheet.SECTION)
    pen.rule(x, y + 6.6, _WIDE)
    values = [plot.value(one) for one in shown]
    full = plot.full or max(values) or 1.0
    for row, (one, value) in enumerate(zip(shown, values, strict=True)):
        top = y + _HEAD - 4 + row * _ROW
        pen.text(x, top, _fitted(names.get(one.item, one.item)), sheet.SMALL)
        if not plot.known(one):
            pen.text(x + _NAME, top, texts.say("metrics.none"), sheet.SMALL)
            continue
        pen.box(x + _NAME, top + 0.5, _BAR, 2.8, Ink.TINT)
        pen.box(x + _NAME, top + 0.5, max(0.3, _BAR * value / full), 2.8, Ink.ACCENT)
        pen.text_right(x + _WIDE, top, plot.said(value), sheet.SMALL)


def _fitted(name: str) -> str:
    """As much of a name as has room beside its bar."""
    name = fonts.drawable(name)
    if sheet.SMALL.width(name) <= _NAME - 1:
        return name
    while name and sheet.SMALL.width(f"{name}…") > _NAME - 1:
        name = name[:-1]
    return f"{name}…"
