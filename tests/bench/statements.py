"""The A4 statement: from a paid bill of fifty lines to its PDF, beside typst setting the same page."""

from __future__ import annotations

import io
import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from kiosk import fonts
from kiosk.domain.money import total
from kiosk.fonts import embedded
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.documents import PaidBill
from printing.driver import Paper
from tests.bench import peers, placed
from tests.bench.figures import Figure, percentile
from tests.support.paid_bills import BATCH, BILL, LINES, SITE

_STATEMENTS = 40
_GOAL_MS, _GOAL_KB = 150.0, 60.0
_SCRIPT = Path(__file__).with_name("typst_peer.py")
_NOBODY = "what requirements/bench.txt locks cannot be had here"
_TYPST, _SMALLEST = "typst 0.15.2, the same page", "reportlab, one row in each of the two fonts"
_ITEMS = (
    "阿莫西林胶囊",
    "盐酸氨溴索片",
    "硝苯地平控释片",
    "阿托伐他汀钙片",
    "二甲双胍缓释片",
    "复方丹参滴丸",
    "头颅磁共振平扫加增强",
    "葡萄糖测定（酶法）",
    "静脉输液（含一次性耗材）",
    "心电监护",
)
"""Every further hanzi adds 165 bytes to a file, whoever makes it: a size says little without how many there are."""


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


def fifty(names: tuple[str, ...]) -> PaidBill:
    """A bill of fifty lines, of as many things as there are names; its payers' figures are the short bill's."""
    lines = tuple(replace(LINES[at % len(LINES)], sn=str(at + 1), name=names[at % len(names)]) for at in range(50))
    return replace(BILL, batch=replace(BATCH, lines=lines, total=total(line.amount for line in lines)))


def measure(folder: Path) -> list[Figure]:
    maker, few, many = paper(), fifty(tuple(line.name for line in LINES)), fifty(_ITEMS)
    began = time.perf_counter()
    pdf = maker.statement(many, SITE)
    first = (time.perf_counter() - began) * 1000
    ours = timed(_STATEMENTS, lambda: maker.statement(many, SITE))
    least = timed(_STATEMENTS, _smallest_pdf)
    theirs = _typst(pdf, many, folder)
    note = f"median {percentile(ours, 0.5):.0f}; the first of a day {first:.0f}, with its fonts"
    took = None if theirs is None else percentile(theirs[0], 0.95)
    there = None if theirs is None else theirs[1]
    peer = _TYPST if theirs else ""
    if theirs is None:
        note += f"; {_NOBODY}"
    spent, size = percentile(ours, 0.95), len(pdf) / 1000
    return [
        Figure("A4 statement of 50 lines -> PDF, p95", spent, "ms", _STATEMENTS, _GOAL_MS, peer, took, note),
        Figure("the same", spent, "ms", _STATEMENTS, None, _SMALLEST, percentile(least, 0.95)),
        Figure("A4 statement of 50 lines, size, 4 things", len(maker.statement(few, SITE)) / 1000, "KB", 1, _GOAL_KB),
        Figure("A4 statement of 50 lines, size, 10 things", size, "KB", 1, _GOAL_KB, peer, there),
    ]


def _typst(pdf: bytes, bill: PaidBill, folder: Path) -> tuple[list[float], float] | None:
    """Milliseconds of each round, the first left out as it is of ours, and the size in KB."""
    python = peers.interpreter()
    if python is None:
        return None
    asked = {
        "rounds": _STATEMENTS,
        "pages": placed.pages(pdf),
        "number": bill.number,
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
    for at, name in enumerate((embedded.REGULAR, embedded.BOLD)):
        canvas.setFont(name, 12)
        canvas.drawString(72, 720 - 20 * at, "医保结算单")
    canvas.save()
    return file.getvalue()
