"""The social security card (社会保障卡): which commands to send and what the answers mean.

Layout: 社会保障卡文件结构和数据项 V2.0 (人社信息函〔2012〕37号), as LD/T 6001.5-2023 tests it. Records are read by tag
and never by ordinal: from V2.0 on, tag 4E stands third in EF06 and moves all that follow. Only the records that a visit
needs are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from devices.wire.apdu import Command, Response
from devices.wire.gb11643 import is_resident_id
from devices.wire.tlv import Record, decode_record
from kiosk.domain.insured import CardField, CardIdentity
from kiosk.domain.personal import CardNumber, CardSerial, PersonName, ResidentId

AID: Final = "sx1.sh.社会保障".encode("gbk")
ISSUER_FILE: Final = 0xEF05
HOLDER_FILE: Final = 0xEF06


@dataclass(frozen=True, slots=True)
class Item:
    """One record: its file, tag and the length of its value."""

    file: int
    tag: int
    length: int


SERIAL: Final = Item(ISSUER_FILE, 0x01, 16)
VERSION: Final = Item(ISSUER_FILE, 0x03, 4)
ISSUED: Final = Item(ISSUER_FILE, 0x05, 4)
EXPIRY: Final = Item(ISSUER_FILE, 0x06, 4)
CARD_NUMBER: Final = Item(ISSUER_FILE, 0x07, 9)
RESIDENT_ID: Final = Item(HOLDER_FILE, 0x08, 18)
NAME: Final = Item(HOLDER_FILE, 0x09, 30)
NAME_EXTENSION: Final = Item(HOLDER_FILE, 0x4E, 20)

FILES: Final[dict[int, tuple[Item, ...]]] = {
    ISSUER_FILE: (SERIAL, VERSION, ISSUED, EXPIRY, CARD_NUMBER),
    HOLDER_FILE: (RESIDENT_ID, NAME, NAME_EXTENSION),
}
"""What is read, file by file and in this order."""


class Refusal(Enum):
    """Why a record is not there. `WITHHELD`: the card wants its keys first (generation 3, no PSAM, no key server)."""

    ABSENT = auto()
    WITHHELD = auto()
    BROKEN = auto()


class CardFlaw(Enum):
    """What on a card contradicts its specification; the card counts as unreadable. Names, never contents."""

    SERIAL = auto()
    VERSION = auto()
    ISSUED = auto()
    EXPIRY = auto()
    CARD_NUMBER = auto()
    RESIDENT_ID = auto()
    NAME = auto()


def select_application() -> Command:
    return Command(0x00, 0xA4, 0x04, 0x00, data=AID)


def select_file(file: int, p1: int) -> Command:
    """Select an elementary file. Cards in the field want P1 02, some know only 00 (`wants_other_p1`)."""
    return Command(0x00, 0xA4, p1, 0x00, data=file.to_bytes(2, "big"))


def wants_other_p1(response: Response) -> bool:
    """Whether a refused SELECT complains of its parameters rather than of a missing file."""
    return response.sw in {0x6A86, 0x6A81, 0x6B00, 0x6D00}


def read_item(item: Item) -> Command:
    """READ RECORD by tag (P2 00). Le counts tag and length too; a card that stores another length says so by 6Cxx."""
    return Command(0x00, 0xB2, item.tag, 0x00, le=item.length + 2)


def item_value(item: Item, response: Response) -> bytes | Refusal:
    """The value in the answer to `read_item`, or why there is none."""
    if response.sw in {0x6982, 0x6985, 0x6988, 0x9303}:
        return Refusal.WITHHELD
    if response.sw in {0x6A82, 0x6A83, 0x6A88}:
        return Refusal.ABSENT
    if not response.ok:
        return Refusal.BROKEN
    if not response.data:
        return Refusal.WITHHELD  # "读不出的信息返回空": 9000 and nothing instead of 6982
    record = decode_record(response.data, item.tag)
    return record.value if isinstance(record, Record) else Refusal.BROKEN


def withheld(values: Mapping[Item, bytes | Refusal]) -> dict[int, tuple[Item, ...]]:
    """What the card keeps until it is opened, file by file as `FILES` has it."""
    kept = {
        file: tuple(item for item in items if values.get(item) is Refusal.WITHHELD) for file, items in FILES.items()
    }
    return {file: items for file, items in kept.items() if items}


class _FlawError(Exception):
    def __init__(self, flaw: CardFlaw) -> None:
        super().__init__(flaw.name)
        self.flaw = flaw


def identity(values: Mapping[Item, bytes | Refusal], *, check_card_number: bool = True) -> CardIdentity | CardFlaw:
    """The card's holder from what its records said; the first contradiction when there is one.

    `check_card_number` False takes any 9 characters as the card number, for issuers that do not follow the check
    character.
    """
    try:
        return _identity(values, check_card_number)
    except _FlawError as error:
        return error.flaw


def _identity(values: Mapping[Item, bytes | Refusal], check_card_number: bool) -> CardIdentity:
    serial = _serial(values[SERIAL])
    name = _name(values[NAME], values[NAME_EXTENSION])
    resident_id = _resident_id(values[RESIDENT_ID])
    card_number = _card_number(values[CARD_NUMBER], check_card_number)
    fields = {CardField.NAME: name, CardField.RESIDENT_ID: resident_id, CardField.CARD_NUMBER: card_number}
    return CardIdentity(
        card_serial=CardSerial(serial),
        region=serial[:6],
        spec_version=_version(values[VERSION]),
        name=PersonName.optional(name),
        resident_id=ResidentId.optional(resident_id),
        card_number=CardNumber.optional(card_number),
        issued=_date(values[ISSUED], CardFlaw.ISSUED),
        expiry=_date(values[EXPIRY], CardFlaw.EXPIRY),
        missing=frozenset(field for field, text in fields.items() if text is None),
    )


def _trimmed(value: bytes) -> bytes:
    """Without the padding of any issuer: 00 by the specification, spaces and FF in the field. None of the three ends a
    GB18030 character.
    """
    return value.rstrip(b"\x00 \xff")


def _granted(value: bytes | Refusal, flaw: CardFlaw) -> bytes:
    """The value, empty when the card has or gives none; a broken answer is a flaw."""
    if value is Refusal.BROKEN:
        raise _FlawError(flaw)
    return b"" if isinstance(value, Refusal) else value


def _ascii(value: bytes | Refusal, pattern: str, flaw: CardFlaw) -> str | None:
    text = _trimmed(_granted(value, flaw)).decode("ascii", errors="replace").upper()
    if not text:
        return None
    if not re.fullmatch(pattern, text):
        raise _FlawError(flaw)
    return text


def _serial(value: bytes | Refusal) -> str:
    digits = _granted(value, CardFlaw.SERIAL).hex().upper()
    if len(digits) != 32 or not digits[:6].isdecimal():
        raise _FlawError(CardFlaw.SERIAL)
    return digits


def _version(value: bytes | Refusal) -> str:
    version = _ascii(value, r"[1-9]\.[0-9]{1,2}", CardFlaw.VERSION)
    if version is None:
        raise _FlawError(CardFlaw.VERSION)
    return version


def _date(value: bytes | Refusal, flaw: CardFlaw) -> date | None:
    """BCD YYYYMMDD; all 0 or all F means that the card states none."""
    digits = _granted(value, flaw).hex()
    if not digits.strip("0") or not digits.strip("f"):
        return None
    if len(digits) != 8 or not digits.isdecimal():
        raise _FlawError(flaw)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _FlawError(flaw) from None


def _name(value: bytes | Refusal, extension: bytes | Refusal) -> str | None:
    """Record 09 continued by 4E. Joined as bytes, because a long name may be cut inside a character."""
    raw = _trimmed(_granted(value, CardFlaw.NAME))
    if not raw:
        return None
    try:
        text = (raw + _trimmed(_granted(extension, CardFlaw.NAME))).decode("gb18030").strip(" \u3000")
    except UnicodeDecodeError:
        raise _FlawError(CardFlaw.NAME) from None
    if not text or any(character < " " or "\x7f" <= character < "\xa0" or character == "\ufffd" for character in text):
        raise _FlawError(CardFlaw.NAME)
    return text


def _resident_id(value: bytes | Refusal) -> str | None:
    """18 characters with the check of GB 11643; numbers of other forms, which foreigners have, carry no check."""
    number = _ascii(value, r"[0-9A-Z]{6,18}", CardFlaw.RESIDENT_ID)
    if number and re.fullmatch(r"[0-9]{17}[0-9X]", number) and not is_resident_id(number):
        raise _FlawError(CardFlaw.RESIDENT_ID)
    return number


def _card_number(value: bytes | Refusal, check: bool) -> str | None:
    number = _ascii(value, r"[0-9A-Z]{9}", CardFlaw.CARD_NUMBER)
    if number and check and card_number_check(number[:8]) != number[8]:
        raise _FlawError(CardFlaw.CARD_NUMBER)
    return number


def card_number_check(body: str) -> str:
    """The ninth character of a card number: weights 3 7 9 10 5 8 4 2 over 0-9 and A=10 to Z=35, 11 minus the sum modulo
    11.
    """
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(character, 36) * weight for character, weight in zip(body, weights, strict=True))
    return "0123456789X0"[11 - total % 11]
