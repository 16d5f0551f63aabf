"""The peer of the receipt: python-escpos making bytes of the same rows in three ways.

Runs under an interpreter that has python-escpos and nothing of ours. Reads rows and the path of a picture as JSON,
answers with milliseconds and sizes. Rows come ready: breaking and aligning them is not what python-escpos does. It
knows no Chinese code page either, so rows are given to it as the bytes a Chinese printer takes.

`drawn` is our paper: the printer's own hanzi, its own QR codes, and rules as pictures, made once. `dashes`
has rows of minus signs instead, which leave gaps. `picture` is the whole slip as one picture.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Dummy: Any = import_module("escpos.printer").Dummy
Image: Any = import_module("PIL.Image")


def _as_text(printer: Any, rows: list[dict[str, Any]], rules: dict[bool, Any]) -> None:
    """Rules are pictures where there are some, else dashes."""
    for row in rows:
        if row["kind"] == "qr":
            printer.qr(row["text"], size=row["scale"], native=True)
        elif row["kind"] == "rule" and rules:
            printer.image(rules[row["bold"]], impl="bitImageRaster")
        elif row["kind"] == "feed":
            printer.ln(row["scale"])
        else:
            large = row["scale"] > 1
            printer.set(
                align=row["align"], bold=row["bold"], double_width=large, double_height=large, normal_textsize=not large
            )
            printer._raw(row["text"].encode("gbk") + b"\n")
    printer.cut()


def _rule(dots: int, *, heavy: bool) -> Any:
    """Eight rows, of which two or four are black, as ours."""
    rule = Image.new("1", (dots, 8), 1)
    rule.paste(0, (0, 2, dots, 6 if heavy else 4))
    return rule


def _as_picture(printer: Any, path: str) -> None:
    printer.image(path, impl="bitImageRaster")
    printer.cut()


def _measure(rounds: int, act: Callable[[Any], None]) -> dict[str, Any]:
    milliseconds: list[float] = []
    size = 0
    for _ in range(rounds):
        began = time.perf_counter()
        printer = Dummy()
        act(printer)
        size = len(printer.output)
        milliseconds.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": milliseconds, "bytes": size}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    rules = {heavy: _rule(asked["dots"], heavy=heavy) for heavy in (False, True)}
    told = {
        "drawn": _measure(asked["rounds"], lambda printer: _as_text(printer, asked["rows"], rules)),
        "dashes": _measure(asked["rounds"], lambda printer: _as_text(printer, asked["rows"], {})),
        "picture": _measure(asked["rounds"], lambda printer: _as_picture(printer, asked["picture"])),
    }
    json.dump(told, sys.stdout)
