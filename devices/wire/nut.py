"""What the UPS service of Network UPS Tools is asked and says (RFC 9271): lines of ASCII, one answer a question.

    GET VAR ups ups.status    → VAR ups ups.status "OL CHRG"  |  ERR DATA-STALE

Anybody may ask it on port 3493 of the machine that the supply's cable is plugged into; asking needs no password.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

LONGEST_LINE: Final = 512
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_VALUE: Final = re.compile(r'VAR (?P<ups>\S+) ups\.status "(?P<words>[A-Z 0-9_.:-]*)"')
_ERROR: Final = re.compile(r"ERR [A-Z-]+(?: .*)?")


class Supply(StrEnum):
    """Words of `ups.status` that matter here; a supply says several at once, and some that mean nothing to a kiosk."""

    ON_LINE = "OL"
    ON_BATTERY = "OB"
    LOW_BATTERY = "LB"
    REPLACE_BATTERY = "RB"
    SHUTTING_DOWN = "FSD"
    OFF = "OFF"


class Misfit(StrEnum):
    """Why a line is no state: the service has none to give, or speaks of something else."""

    REFUSED = "refused"
    NONSENSE = "nonsense"


def ask_status(ups: str) -> bytes:
    """ValueError for a name that no service can know."""
    if not _NAME.fullmatch(ups):
        raise ValueError("a UPS is named by letters, figures, dots and dashes")
    return f"GET VAR {ups} ups.status\n".encode("ascii")


def read_status(line: bytes, ups: str) -> frozenset[Supply] | Misfit:
    """What the supply `ups` says of itself, words that are none of ours left out."""
    try:
        text = line.decode("ascii").strip()
    except UnicodeDecodeError:
        return Misfit.NONSENSE
    if _ERROR.fullmatch(text):
        return Misfit.REFUSED
    found = _VALUE.fullmatch(text)
    if found is None or found["ups"] != ups:
        return Misfit.NONSENSE
    known = {word.value for word in Supply}
    said = frozenset(Supply(word) for word in found["words"].split() if word in known)
    return said if said & {Supply.ON_LINE, Supply.ON_BATTERY, Supply.OFF} else Misfit.NONSENSE
