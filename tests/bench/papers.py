"""Receipt and statement: from a paid bill to the bytes a printer takes."""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from devices.wire import escpos
from kiosk.domain.paper import Align, Line, PaperItem, Qr, Rule, Slip
from kiosk.fonts import embedded
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from printing.driver import Paper
from tests.bench import peers
from tests.bench.figures import Figure, percentile, tell
from tests.support import slip_pictures
from tests.support.paid_bills import BILL, MM80, SITE

_RECEIPTS, _STATEMENTS = 200, 40
_RECEIPT_GOAL_MS, _STATEMENT_GOAL_MS, _STATEMENT_GOAL_KB = 30.0, 150.0, 60.0
_LIBRARY = "python-escpos==3.1"
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center"}
_SCRIPT = Path(__file__).with_name("escpos_peer.py")


def _paper() -> Paper:
    return Paper(Catalogue.read(config_dir() / "texts").of("zh"))


def _timed(rounds: int, act: Callable[[], object]) -> list[float]:
    """Milliseconds of each round, after one that loads fonts and modules."""
    act()
    measured: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        measured.append((time.perf_counter() - began) * 1000)
    return measured


# --- receipt ---


def _bytes_of(slip: Slip) -> bytes:
    return b"".join(escpos.encode(slip))


def receipts(folder: Path) -> list[Figure]:
    paper = _paper()
    slip = paper.receipt(BILL, SITE, MM80)
    theirs = _python_escpos(slip, folder)
    ours = _timed(_RECEIPTS, lambda: _bytes_of(paper.receipt(BILL, SITE, MM80)))
    encoding = _timed(_RECEIPTS, lambda: _bytes_of(slip))
    note = f"median {percentile(ours, 0.5):.2f}, of which encoding {percentile(encoding, 0.5):.2f}"
    size, text, picture = len(_bytes_of(slip)) / 1024, None, None
    if theirs:
        text, picture = percentile(theirs["text"]["milliseconds"], 0.95), theirs["picture"]["bytes"] / 1024
        pictured = percentile(theirs["picture"]["milliseconds"], 0.95)
        note += f"; peer drawing it as a picture {pictured:.1f}"
    else:
        note += f"; {_LIBRARY} cannot be had here"
    return [
        Figure(
            "receipt, paid bill -> bytes, p95",
            percentile(ours, 0.95),
            "ms",
            _RECEIPTS,
            _RECEIPT_GOAL_MS,
            "python-escpos 3.1, ready rows as text" if theirs else "",
            text,
            note,
        ),
        Figure(
            "receipt, size",
            size,
            "KiB",
            1,
            None,
            "python-escpos 3.1, as a picture" if theirs else "",
            picture,
            "" if not theirs else f"peer's text {theirs['text']['bytes'] / 1024:.1f}",
        ),
    ]


def _python_escpos(slip: Slip, folder: Path) -> dict[str, Any] | None:
    python = peers.interpreter_with(_LIBRARY)
    if python is None:
        return None
    picture = folder / "slip.png"
    whole = slip_pictures.picture(slip)
    margin = (whole.width - slip.shape.dots) // 2
    whole.crop((margin, margin, whole.width - margin, whole.height - margin)).save(picture)
    asked = {"rounds": _RECEIPTS, "rows": [_row(item, slip) for item in slip.items], "picture": str(picture)}
    ended = subprocess.run([python, _SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])  # before it, the library speaks
    return told


def _row(item: PaperItem, slip: Slip) -> dict[str, Any]:
    match item:
        case Line(text, bold, scale, align):
            return {"text": text, "bold": bold, "scale": scale, "align": _ALIGN[align], "qr": False}
        case Qr(content, module):
            return {"text": content, "bold": False, "scale": module, "align": "center", "qr": True}
        case Rule():
            return {"text": "-" * slip.shape.columns, "bold": False, "scale": 1, "align": "left", "qr": False}
        case _:
            return {"text": "", "bold": False, "scale": 1, "align": "left", "qr": False}


# --- statement ---


def statements() -> list[Figure]:
    paper = _paper()
    began = time.perf_counter()
    pdf = paper.statement(BILL, SITE)
    first = (time.perf_counter() - began) * 1000
    ours = _timed(_STATEMENTS, lambda: paper.statement(BILL, SITE))
    smallest = _smallest_pdf()
    theirs = _timed(_STATEMENTS, _smallest_pdf)
    peer = "reportlab, one row in each of the two fonts"
    note = f"median {percentile(ours, 0.5):.0f}; the first of a day {first:.0f}, with its fonts"
    return [
        Figure(
            "A4 statement, paid bill -> PDF, p95",
            percentile(ours, 0.95),
            "ms",
            _STATEMENTS,
            _STATEMENT_GOAL_MS,
            peer,
            percentile(theirs, 0.95),
            note,
        ),
        Figure("A4 statement, size", len(pdf) / 1024, "KiB", 1, _STATEMENT_GOAL_KB, peer, len(smallest) / 1024),
    ]


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


def measure(folder: Path) -> list[Figure]:
    return [*receipts(folder), *statements()]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
