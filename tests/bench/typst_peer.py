"""The peer of the A4 statement: typst setting the words of our page where they stand on it, in our two fonts.

Runs under an interpreter that has typst and nothing of ours. Reads the pages, the folder of the fonts and the number to
be changed as JSON, answers with milliseconds, and writes the last document where it is asked to. Breaking rows and
pages is done for it: what remains is reading, shaping, cutting the fonts and writing. typst keeps what it made of equal
input, so that each round is another bill's: the number on it differs.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

typst: Any = import_module("typst")
_TEMPLATE = """
#set page(paper: "a4", margin: 0pt)
#set text(font: "Noto Sans SC", fallback: false, lang: "zh", top-edge: "baseline", bottom-edge: "baseline")
#let pages = json(bytes(sys.inputs.pages))
#for (at, page) in pages.enumerate() {
  if at > 0 { pagebreak() }
  for box in page.boxes {
    place(dx: box.x * 1pt, dy: box.y * 1pt,
      rect(width: box.width * 1pt, height: calc.max(box.height, 0.5) * 1pt, fill: rgb(box.ink)))
  }
  for word in page.words {
    place(dx: word.x * 1pt, dy: word.y * 1pt,
      text(size: word.size * 1pt, weight: if word.bold { 700 } else { 400 }, fill: rgb(word.ink), word.text))
  }
}
"""


def _measure(asked: dict[str, Any]) -> list[float]:
    compiler = typst.Compiler(font_paths=[asked["fonts"]], ignore_system_fonts=True)
    milliseconds: list[float] = []
    pdf = b""
    for at in range(asked["rounds"] + 1):
        pages = json.dumps(asked["pages"], ensure_ascii=False).replace(asked["number"], f"{at:09d}")
        began = time.perf_counter()
        pdf = compiler.compile(_TEMPLATE.encode(), format="pdf", sys_inputs={"pages": pages}, pdf_tags=False)
        milliseconds.append((time.perf_counter() - began) * 1000)
    Path(asked["pdf"]).write_bytes(pdf)
    return milliseconds


if __name__ == "__main__":
    json.dump(_measure(json.load(sys.stdin)), sys.stdout)
