"""What a receipt printer's own fonts can print, and what is asked of them.

Printers in Chinese mode know GBK, the better ones four-byte GB 18030; a clone prints what it does not know as `?` or as
two wrong characters, and says nothing. So every row is decided here: text when the printer's set holds all of it, else
a picture.
"""

from __future__ import annotations

import unicodedata

from kiosk import fonts
from kiosk.domain.paper import CharacterSet

# GBK has the sign in its full width only; drawing every amount for the sake of a sign would be slow and look foreign
_FULL_WIDTH = {ord("¥"): "￥"}
_CODECS = {CharacterSet.GBK: "gbk", CharacterSet.GB18030: "gb18030", CharacterSet.NONE: "ascii"}


def fit(text: str, characters: CharacterSet) -> str:
    """The text in characters that can come to paper: those we draw, and hanzi that only a GB 18030 printer holds."""
    beyond = {one for one in text if _is_hanzi(one)} if characters is CharacterSet.GB18030 else ()
    written = fonts.drawable(text, beyond)
    return written.translate(_FULL_WIDTH) if characters is not CharacterSet.NONE else written


def holds(text: str, characters: CharacterSet) -> bool:
    """True when the printer's own fonts print all of `text`."""
    try:
        text.encode(_CODECS[characters])
    except UnicodeEncodeError:
        return False
    return True


def _is_hanzi(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")
