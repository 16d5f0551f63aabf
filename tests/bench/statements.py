"""The A4 statement: from a paid bill of fifty lines to its PDF, beside typst setting the same page."""

from __future__ import annotations

import io
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from kiosk import fonts
from kiosk.fonts import embedded
from kiosk.fonts.embedded import Type
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from printing.driver import Paper
from tests.bench import peers, placed
from tests.bench.figures import Figure, percentile
from tests.support.fifty import fifty
from tests.support.paid_bills import BILL, SITE

_STATEMENTS = 40
_GOAL_MS, _GOAL_KB = 150.0, 60.0
_SCRIPT = Path(__file__).with_name("typst_peer.py")
_NOBODY = "what requirements/bench.txt locks cannot be had here"
_TYPST, _SMALLEST = "typst 0.15.2, the same page", "reportlab, one row in either weight"
_THINGS = (4, 10, 50)
"""Different things in fifty lines: every further hanzi adds a hundred bytes to a file, whoever makes it."""


def paper() -> Paper:
    return Paper(Catalogue.read(config_dir() / "texts").of("zh"))


def timed(rounds: int, act: Callable[[], object]) -> list[float]:
    """Milliseconds of each round, after one that loads fonts and modules."""
    act()
    measured: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        measured.append((time.perf_counter() - began) * 1000)
    return measured


def measure(folder: Path) -> list[Figure]:
    maker, varied = paper(), fifty(max(_THINGS))
    began = time.perf_counter()
    maker.statement(varied, SITE)
    first = (time.perf_counter() - began) * 1000
    ours = timed(_STATEMENTS, lambda: maker.statement(varied, SITE))
    least = timed(_STATEMENTS, _smallest_pdf)
    theirs = {things: _typst(maker.statement(fifty(things), SITE), folder) for things in _THINGS}
    last = theirs[max(_THINGS)]
    note = f"median {percentile(ours, 0.5):.0f}; the first of a day {first:.0f}, with its fonts"
    took = None if last is None else percentile(last[0], 0.95)
    peer = _TYPST if last else ""
    if last is None:
        note += f"; {_NOBODY}"
    spent = percentile(ours, 0.95)
    return [
        Figure("A4 statement of 50 lines -> PDF, p95", spent, "ms", _STATEMENTS, _GOAL_MS, peer, took, note),
        Figure("the same", spent, "ms", _STATEMENTS, None, _SMALLEST, percentile(least, 0.95)),
        *(_size(things, len(maker.statement(fifty(things), SITE)), theirs[things]) for things in _THINGS),
    ]


def _size(things: int, ours: int, theirs: tuple[list[float], float] | None) -> Figure:
    title = f"A4 statement of 50 lines, size, {things} things"
    if theirs is None:
        return Figure(title, ours / 1000, "KB", 1, _GOAL_KB)
    return Figure(title, ours / 1000, "KB", 1, _GOAL_KB, _TYPST, theirs[1])


def _typst(pdf: bytes, folder: Path) -> tuple[list[float], float] | None:
    """Milliseconds of each round, the first left out as it is of ours, and the size in KB."""
    python = peers.interpreter()
    if python is None:
        return None
    asked = {
        "rounds": _STATEMENTS,
        "pages": placed.pages(pdf),
        "number": BILL.number,
        "fonts": str(fonts.path(400).parent),
        "pdf": str(folder / "typst.pdf"),
    }
    ended = subprocess.run([python, _SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(ended.stdout)[1:], (folder / "typst.pdf").stat().st_size / 1000


def _smallest_pdf() -> bytes:
    """The least a PDF in our typeface takes; like ours, it finds the font files parsed."""
    embedded.load()
    file = io.BytesIO()
    canvas = Canvas(file)
    for at, bold in enumerate((False, True)):
        embedded.write(canvas, 72, 720 - 20 * at, "医保结算单", Type(12, bold))
    canvas.save()
    return file.getvalue()
