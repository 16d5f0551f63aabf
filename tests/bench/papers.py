"""Receipt and statement: from a paid bill to the bytes a printer takes."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from devices.wire import escpos
from kiosk.domain.paper import Align, Cut, Feed, Line, PaperItem, Qr, Rule, Slip
from tests.bench import peers, statements
from tests.bench.figures import Figure, percentile, tell
from tests.support import slip_pictures
from tests.support.paid_bills import BILL, MM80, SITE

_RECEIPTS = 200
_RECEIPT_GOAL_MS = 30.0
_NOBODY = "what requirements/bench.txt locks cannot be had here"
_WAYS = {
    "drawn": "python-escpos 3.1, the same paper",
    "dashes": "python-escpos 3.1, dashes for rules",
    "picture": "python-escpos 3.1, one picture",
}
_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center"}
_SCRIPT = Path(__file__).with_name("escpos_peer.py")


def _bytes_of(slip: Slip) -> bytes:
    return b"".join(escpos.encode(slip))


def receipts(folder: Path) -> list[Figure]:
    """Ours from the paid bill, which python-escpos would need a program around it for, beside its ready rows."""
    paper = statements.paper()
    slip = paper.receipt(BILL, SITE, MM80)
    theirs = _python_escpos(slip, folder)
    ours = statements.timed(_RECEIPTS, lambda: _bytes_of(paper.receipt(BILL, SITE, MM80)))
    encoding = statements.timed(_RECEIPTS, lambda: _bytes_of(slip))
    size, whole, encoded = len(_bytes_of(slip)), percentile(ours, 0.5), percentile(encoding, 0.5)
    figures = [Figure("receipt, paid bill -> bytes, p95", percentile(ours, 0.95), "ms", _RECEIPTS, _RECEIPT_GOAL_MS)]
    if theirs is None:
        return [replace(figures[0], note=_NOBODY), Figure("receipt, size", size / 1024, "KiB", 1, note=_NOBODY)]
    for way, peer in _WAYS.items():
        took, there = percentile(theirs[way]["milliseconds"], 0.5), theirs[way]["bytes"]
        same = way == "drawn"
        figures += [
            Figure("receipt, paid bill -> bytes, median", whole, "ms", _RECEIPTS, took if same else None, peer, took),
            Figure("receipt, ready rows -> bytes, median", encoded, "ms", _RECEIPTS, None, peer, took),
            Figure("receipt, size", size / 1024, "KiB", 1, there / 2 / 1024 if same else None, peer, there / 1024),
        ]
    return figures


def _python_escpos(slip: Slip, folder: Path) -> dict[str, Any] | None:
    python = peers.interpreter()
    if python is None:
        return None
    picture = folder / "slip.png"
    whole = slip_pictures.picture(slip)
    margin = (whole.width - slip.shape.dots) // 2
    whole.crop((margin, margin, whole.width - margin, whole.height - margin)).save(picture)
    asked: dict[str, Any] = {"rounds": _RECEIPTS, "dots": slip.shape.dots, "picture": str(picture)}
    asked["rows"] = [_row(item, slip) for item in slip.items if not isinstance(item, Cut)]
    ended = subprocess.run([python, _SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])  # before it, the library speaks
    return told


def _row(item: PaperItem, slip: Slip) -> dict[str, Any]:
    row = {"kind": "text", "text": "", "bold": False, "scale": 1, "align": "left"}
    match item:
        case Line(text, bold, scale, align):
            return row | {"text": text, "bold": bold, "scale": scale, "align": _ALIGN[align]}
        case Qr(content, module):
            return row | {"kind": "qr", "text": content, "scale": module, "align": "center"}
        case Rule(heavy):
            return row | {"kind": "rule", "text": "-" * slip.shape.columns, "bold": heavy}
        case Feed(lines):
            return row | {"kind": "feed", "scale": lines}
        case _:
            raise ValueError("this receipt has neither pictures nor parts")


def measure(folder: Path) -> list[Figure]:
    return [*receipts(folder), *statements.measure(folder)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as temporary:
        tell(measure(Path(temporary)))
