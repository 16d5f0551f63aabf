"""Finding one of many by the first letters of its pinyin: no input method, and no letter that leads nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from kiosk.domain.pages import Option

FEW = 6
"""So many answers to a question are shown at once; more have a pad of letters, for the answer is known."""

LEAFED = 24
"""So many things to do are leafed through, without a pad: their names are the office's."""


def matching(options: Sequence[Option], letters: str) -> list[Option]:
    """Those whose initials begin with the letters, then those that contain them; all where nothing was typed."""
    wanted = letters.lower()
    begin = [each for each in options if each.initials.startswith(wanted)]
    return begin + [each for each in options if wanted in each.initials and not each.initials.startswith(wanted)]


def following(options: Sequence[Option], letters: str) -> str:
    """The letters that still find something after these, in their order."""
    wanted = letters.lower()
    return "".join(each for each in ascii_uppercase if any(wanted + each.lower() in one.initials for one in options))
