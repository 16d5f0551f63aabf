"""The 256 bytes of text on a resident ID card and its two sisters: UTF-16LE, padded with spaces, one of three layouts.

The character at byte 248 tells them apart: blank for residents, J for residence permits of Hong Kong, Macao and Taiwan
residents, I for the permanent residence card of 2017. The card of 2023 has another layout, which is not known here; it
and any other letter are reported and never read by a layout that may not be theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from devices.wire.gb11643 import is_resident_id
from kiosk.domain.insured import IdCardIdentity, IdCardKind, Validity
from kiosk.domain.personal import Particular, PersonName, ResidentId

TEXT_BYTES: Final = 256
_FLAG: Final = (248, 2)
_WITHOUT_END: Final = "长期"


class TextFlaw(Enum):
    """What in the text contradicts its layout. Names, never contents."""

    SIZE = auto()
    ENCODING = auto()
    NAME = auto()
    GENDER = auto()
    PEOPLE = auto()
    BORN = auto()
    NUMBER = auto()
    AUTHORITY = auto()
    VALIDITY = auto()
    NATIONALITY = auto()


@dataclass(frozen=True, slots=True)
class UnknownLayout:
    """`flag` is the card's own letter for its layout, which says nothing of its holder."""

    flag: str


class _FlawError(Exception):
    def __init__(self, flaw: TextFlaw) -> None:
        super().__init__(flaw.name)
        self.flaw = flaw


def identity(text: bytes) -> IdCardIdentity | UnknownLayout | TextFlaw:
    """The holder from the text, or the first thing that is wrong with it."""
    if len(text) != TEXT_BYTES:
        return TextFlaw.SIZE
    try:
        flag = _field(text, _FLAG)
        layout = _LAYOUTS.get(flag)
        return UnknownLayout(_printable(flag)) if layout is None else layout(text)
    except _FlawError as error:
        return error.flaw


def _printable(flag: str) -> str:
    return flag if flag.isascii() and flag.isprintable() else "?"


def _resident(text: bytes) -> IdCardIdentity:
    return IdCardIdentity(
        kind=IdCardKind.RESIDENT,
        name=_name(text, (0, 30)),
        number=_resident_number(text),
        gender=_code(text, (30, 2), r"[0129]", TextFlaw.GENDER),
        people=_code(text, (32, 4), r"0[1-9]|[1-4][0-9]|5[0-6]|9[78]", TextFlaw.PEOPLE),
        born=_born(text, (36, 16)),
        address=Particular.optional(_field(text, (52, 70))),
        authority=_authority(text),
        validity=_validity(text),
    )


def _residence_permit(text: bytes) -> IdCardIdentity:
    """Bytes 32 to 35 are reserved; the pass number and the count of issues at 220 are of no use here."""
    return IdCardIdentity(
        kind=IdCardKind.RESIDENCE_PERMIT,
        name=_name(text, (0, 30)),
        number=_resident_number(text),
        gender=_code(text, (30, 2), r"[0129]", TextFlaw.GENDER),
        born=_born(text, (36, 16)),
        address=Particular.optional(_field(text, (52, 70))),
        authority=_authority(text),
        validity=_validity(text),
    )


def _foreigner(text: bytes) -> IdCardIdentity:
    """The office that accepted the application is a code of four digits, not a name."""
    latin = _name(text, (0, 120))
    chinese = PersonName.optional(_printed(text, (158, 30), TextFlaw.NAME))
    return IdCardIdentity(
        kind=IdCardKind.FOREIGNER,
        name=chinese or latin,
        latin_name=latin,
        number=ResidentId(_matched(text, (122, 30), r"[A-Z]{3}[0-9]{12}", TextFlaw.NUMBER)),
        gender=_code(text, (120, 2), r"[0129]", TextFlaw.GENDER),
        nationality=_code(text, (152, 6), r"[A-Z]{3}", TextFlaw.NATIONALITY),
        born=_born(text, (220, 16)),
        authority=_field(text, (240, 8)),
        validity=_validity(text),
    )


_LAYOUTS: Final[Mapping[str, Callable[[bytes], IdCardIdentity]]] = {
    "": _resident,
    "J": _residence_permit,
    "I": _foreigner,
}


def _field(text: bytes, place: tuple[int, int]) -> str:
    """Offset and length in bytes; trimmed of its padding, which is spaces and in some cards zeros."""
    start, length = place
    try:
        return text[start : start + length].decode("utf-16-le").strip(" \x00\u3000")
    except UnicodeDecodeError:
        raise _FlawError(TextFlaw.ENCODING) from None


def _printed(text: bytes, place: tuple[int, int], flaw: TextFlaw) -> str:
    """Without control characters."""
    found = _field(text, place)
    if any(character < " " or "\x7f" <= character < "\xa0" or character == "\ufffd" for character in found):
        raise _FlawError(flaw)
    return found


def _name(text: bytes, place: tuple[int, int]) -> PersonName:
    name = PersonName.optional(_printed(text, place, TextFlaw.NAME))
    if name is None:
        raise _FlawError(TextFlaw.NAME)
    return name


def _matched(text: bytes, place: tuple[int, int], pattern: str, flaw: TextFlaw) -> str:
    found = _field(text, place)
    if not re.fullmatch(pattern, found):
        raise _FlawError(flaw)
    return found


def _code(text: bytes, place: tuple[int, int], pattern: str, flaw: TextFlaw) -> Particular:
    return Particular(_matched(text, place, pattern, flaw))


def _resident_number(text: bytes) -> ResidentId:
    number = _field(text, (122, 36))
    if not is_resident_id(number):
        raise _FlawError(TextFlaw.NUMBER)
    return ResidentId(number)


def _authority(text: bytes) -> str:
    authority = _printed(text, (158, 30), TextFlaw.AUTHORITY)
    if not authority:
        raise _FlawError(TextFlaw.AUTHORITY)
    return authority


def _born(text: bytes, place: tuple[int, int]) -> Particular:
    return Particular(_date(_field(text, place), TextFlaw.BORN).isoformat())


def _validity(text: bytes) -> Validity:
    """At the same place in all three layouts; 长期 instead of the end is for life."""
    since, until = _field(text, (188, 16)), _field(text, (204, 16))
    flaw = TextFlaw.VALIDITY
    return Validity(_date(since, flaw), None if until == _WITHOUT_END else _date(until, flaw))


def _date(text: str, flaw: TextFlaw) -> date:
    """YYYYMMDD."""
    if not re.fullmatch(r"[0-9]{8}", text):
        raise _FlawError(flaw)
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise _FlawError(flaw) from None
