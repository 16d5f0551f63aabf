"""The two weights of our typeface inside a PDF: embedded as subsets, measured for breaking rows.

Here and nowhere else, because reportlab keeps one font object for each face in a process, whatever name it is
registered under: a second, plain registration of the same file would take the place of ours in every later document.
"""

from __future__ import annotations

import re
from functools import cache

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont

from kiosk import fonts

REGULAR, BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
_WEIGHTS = {REGULAR: 400, BOLD: 700}
_BEYOND_THE_BMP = re.compile(r"<([0-9A-F]{5,6})>")


class _Face(TTFont):
    """A font whose rare characters can be copied from the page and read aloud.

    reportlab (5.1) writes their code points into the ToUnicode map as five digits, where PDF wants UTF-16BE
    (ISO 32000-1, 9.10.3): 𬭎 would be read as two other characters.
    """

    def __init__(self, name: str, weight: int) -> None:
        file = str(fonts.path(weight))
        super().__init__(name, file, asciiReadable=False, shapable=False)  # pyright: ignore[reportUnknownMemberType]
        self.face.table.pop("name")  # a PDF names its fonts itself; this would repeat the licence in every subset

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        super().addObjects(doc)  # pyright: ignore[reportUnknownMemberType]
        for name, entry in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and isinstance(entry, PDFStream):
                entry.content = _BEYOND_THE_BMP.sub(_in_utf16, entry.content)


def _in_utf16(code: re.Match[str]) -> str:
    return f"<{chr(int(code[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def load() -> None:
    """Parse both font files, once a process: about 60 ms each."""
    rl_config.useA85 = 0  # seven-bit transport went out with the modem; a quarter of each page
    for name, weight in _WEIGHTS.items():
        pdfmetrics.registerFont(_Face(name, weight))  # pyright: ignore[reportUnknownMemberType]


def width(text: str, font: str, size: float) -> float:
    """Millimetres that `text` takes at `size` points."""
    return float(pdfmetrics.stringWidth(text, font, size)) / mm
