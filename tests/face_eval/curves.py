"""Two pictures: false matches against misses, and the same on the scale of a normal distribution (DET, Martin 1997)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log10
from pathlib import Path
from statistics import NormalDist

Points = Sequence[tuple[float, float]]
_WIDTH, _HEIGHT, _EDGE = 560, 380, 64
_COLOURS = ("#1f5fa8", "#b4541a", "#3c7d3a", "#7a3c8f")
_DASHES = ("", "7 4", "2 4", "10 3 2 3")
_X_TICKS = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)
_DET_Y = (0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4)
_ROC_Y = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def draw_roc(curves: Mapping[str, Points], path: Path) -> None:
    """How many of the right people are let through at each share of strangers."""
    made = {name: [(match, 1 - miss) for match, miss in points] for name, points in curves.items()}
    path.write_text(_plot("ROC", made, "TAR = 1 − FNMR", lambda share: share, _ROC_Y), encoding="utf-8")


def draw_det(curves: Mapping[str, Points], path: Path) -> None:
    low, high = _deviate(_DET_Y[0]), _deviate(_DET_Y[-1])

    def place(share: float) -> float:
        return (_deviate(min(max(share, _DET_Y[0]), _DET_Y[-1])) - low) / (high - low)

    path.write_text(_plot("DET", curves, "FNMR", place, _DET_Y), encoding="utf-8")


def _deviate(share: float) -> float:
    return NormalDist().inv_cdf(share)


def _across(share: float) -> float:
    return (log10(max(share, _X_TICKS[0])) - log10(_X_TICKS[0])) / 5


def _plot(
    title: str, curves: Mapping[str, Points], label: str, place: Callable[[float], float], ticks: Sequence[float]
) -> str:
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    aside = f'transform="rotate(-90 16 {_HEIGHT / 2:.0f})" text-anchor="middle"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_EDGE}" y="24" font-size="15">{title}</text>',
        *(_grid_line(_x(_across(tick)), tick, upright=True) for tick in _X_TICKS),
        *(_grid_line(_y(place(tick)), tick, upright=False) for tick in ticks),
        f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">FMR</text>',
        f'<text x="16" y="{_HEIGHT / 2:.0f}" {aside}>{label}</text>',
        *(_line(number, name, points, place) for number, (name, points) in enumerate(curves.items())),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(share: float) -> float:
    return _EDGE + share * (_WIDTH - 2 * _EDGE)


def _y(share: float) -> float:
    return _HEIGHT - _EDGE + 8 - share * (_HEIGHT - 2 * _EDGE)


def _grid_line(at: float, tick: float, *, upright: bool) -> str:
    line = '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#ccc"/><text x="{}" y="{}" text-anchor="{}">{}</text>'
    if upright:
        return line.format(at, _y(0), at, _y(1), at, f"{_y(0) + 18:.0f}", "middle", f"{tick:.0e}" if tick < 1 else "1")
    return line.format(_x(0), at, _x(1), at, _x(0) - 6, f"{at + 4:.1f}", "end", f"{tick:g}")


def _line(number: int, name: str, points: Points, place: Callable[[float], float]) -> str:
    way = " ".join(f"{_x(_across(match)):.1f},{_y(place(share)):.1f}" for match, share in sorted(points))
    colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    key = 40 + 18 * number
    return (
        f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        f'<line x1="{_WIDTH - 190}" y1="{key}" x2="{_WIDTH - 160}" y2="{key}" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dash}"/><text x="{_WIDTH - 152}" y="{key + 4}">{name}</text>'
    )
