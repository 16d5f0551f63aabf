"""The one typeface of the product, for screen, paper and PDF alike, and what it cannot draw.

Noto Sans SC in two static weights (see README.md in this folder) draws 30,890 characters: all hanzi of GBK and nearly
all of CJK extension A, but few beyond. A name may hold any of the 87,887 hanzi of GB 18030-2022, so text about people
passes through `drawable` before it is drawn: what comes back has a glyph for every character, and never a question mark
or an empty box in place of one.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.fonts.coverage import SUBSTITUTE, drawable, draws

__all__ = ["FAMILY", "PAPER", "SUBSTITUTE", "WEIGHTS", "drawable", "draws", "path"]

FAMILY = "Noto Sans SC"
WEIGHTS = (400, 700)

_FOLDER = Path(__file__).resolve().parent
PAPER = _FOLDER / "NotoSansSC-Paper.otf"
"""The regular weight for PDFs: the same characters, as few bytes each as paper lets nobody see."""
_FILES = {400: "NotoSansSC-Regular.ttf", 700: "NotoSansSC-Bold.ttf"}


def path(weight: int) -> Path:
    """The font file of a weight in `WEIGHTS`; KeyError for any other: nothing is drawn in a weight nobody looked at."""
    return _FOLDER / _FILES[weight]
