"""The figures as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.bench.figures import Figure

_HEADINGS = ("figure", "value", "goal", "", "beside", "value", "ratio")


def table(figures: Sequence[Figure]) -> str:
    """One row each, and beneath it what else there is to say."""
    rows = [_HEADINGS, *(_row(each) for each in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADINGS))]
    lines = [
        "  ".join(_placed(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    return "\n".join(_interleaved([line.rstrip() for line in lines], figures))


def _interleaved(lines: Sequence[str], figures: Sequence[Figure]) -> Iterator[str]:
    yield lines[0]
    yield "-" * max(map(len, lines))
    for line, figure in zip(lines[1:], figures, strict=True):
        yield line
        if figure.note:
            yield f"    {figure.note}"


def _row(figure: Figure) -> tuple[str, ...]:
    verdict = {None: "", True: "met", False: "MISSED"}[figure.met]
    goal = "" if figure.goal is None else f"<= {_number(figure.goal)}"
    peer = "" if figure.peer_value is None else f"{_number(figure.peer_value)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return figure.name, f"{_number(figure.value)} {figure.unit}", goal, verdict, figure.peer, peer, ratio


def _placed(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column in {1, 2, 5, 6} else cell.ljust(width)


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
