"""The bytes on an ID card, written from the published layouts and not from our reader.

Addresses, offices and foreigners' names are invented; whoever lives in `config/people` can hold any kind of card.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from devices.sim.card.people import Holder

_TEXT: Final = 256
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


class Layout(StrEnum):
    """Which certificate; `FOREIGNER_2023` bears a letter that no published layout has."""

    RESIDENT = "resident"
    PERMIT = "permit"
    FOREIGNER = "foreigner"
    FOREIGNER_2023 = "foreigner_2023"


class IdFlaw(StrEnum):
    """What is wrong with an ID card, one thing at a time."""

    BAD_NUMBER = "bad_number"
    BAD_BIRTH = "bad_birth"
    BLANK_NAME = "blank_name"
    NOT_AUTHENTIC = "not_authentic"
    OTHER_CARD = "other_card"
    EXPIRED = "expired"


def text_of(holder: Holder, layout: Layout, *, long_term: bool = False, flaw: IdFlaw | None = None) -> bytes:
    """The 256 bytes of text."""
    number = _spoilt(holder.certno) if flaw is IdFlaw.BAD_NUMBER else holder.certno
    born = "19990230" if flaw is IdFlaw.BAD_BIRTH else holder.certno[6:14]
    name = "" if flaw is IdFlaw.BLANK_NAME else holder.name
    until = "长期" if long_term else "20200101" if flaw is IdFlaw.EXPIRED else "20360101"
    match layout:
        case Layout.RESIDENT:
            fields = [*_person(holder, name, born), (32, 2, holder.nation), (122, 18, number)]
            return _written([*fields, (158, 15, "示例市公安局"), (188, 8, "20160101"), (204, 8, until)])
        case Layout.PERMIT:
            fields = [*_person(holder, name, born), (122, 18, _permit_number(holder.certno)), (248, 1, "J")]
            rest = [(158, 15, "示例市公安局"), (188, 8, "20190101"), (204, 8, until), (220, 9, "H01234567")]
            return _written([*fields, *rest, (238, 2, "01")])
        case Layout.FOREIGNER | Layout.FOREIGNER_2023:
            flag = "I" if layout is Layout.FOREIGNER else "Y"
            return _written([*_foreigner(holder, name, born), (204, 8, until), (248, 1, flag)])


def portrait() -> bytes:
    """1024 bytes that no decoder takes for a picture: nobody's face is in this program."""
    return (b"MONI" * 256)[:1024]


def _person(holder: Holder, name: str, born: str) -> list[tuple[int, int, str]]:
    return [(0, 15, name), (30, 1, holder.gender), (36, 8, born), (52, 35, "示例省示例市示范街道 1 号")]


def _foreigner(holder: Holder, name: str, born: str) -> list[tuple[int, int, str]]:
    latin = "SAMPLE, PERSON" if name else ""
    return [
        (0, 60, latin),
        (120, 1, holder.gender),
        (122, 15, f"USA{holder.certno[2:14]}"),
        (152, 3, "USA"),
        (158, 15, name),
        (188, 8, "20180101"),
        (220, 8, born),
        (236, 2, "01"),
        (240, 4, "0000"),
    ]


def _written(fields: Iterable[tuple[int, int, str]]) -> bytes:
    """Byte offset, characters of room, text; what is too long for its room is cut, as on real cards."""
    raw = bytearray(b" \x00" * (_TEXT // 2))
    for start, room, text in fields:
        encoded = text.encode("utf-16-le")[: room * 2]
        raw[start : start + len(encoded)] = encoded
    return bytes(raw)


def _permit_number(certno: str) -> str:
    body = "810000" + certno[6:17]
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _spoilt(number: str) -> str:
    return number[:-1] + ("1" if number[-1] == "0" else "0")
