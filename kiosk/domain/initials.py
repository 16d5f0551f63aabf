"""The first letters of the pinyin of a Chinese text, by which a person without a keyboard finds it: 报销比例 is bxbl.

GB/T 2312 orders its 3,755 everyday hanzi by pinyin, so that the place of one tells its first letter; a hanzi that is
read in several ways stands there by one of them. The rarer ones are ordered by radical and have no letter here.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

_FIRST = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
"""Where each letter begins among the codes of the first level."""
_STARTS = tuple(start for start, _ in _FIRST)
_END = 0xD7F9


def initials(text: str) -> str:
    """Letters and digits stand for themselves; marks and rare hanzi are left out."""
    return "".join(map(_initial, text))


@cache
def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = int.from_bytes(character.encode("gb2312"))
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= code <= _END:
        return ""
    return _FIRST[bisect_right(_STARTS, code) - 1][1]
