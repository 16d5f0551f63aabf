"""What vendors' libraries say of a social security card: one text, in as many dialects as there are vendors.

The calls and the order of fields are those of the terminal interface that LD/T 6001.5-2023 tests (`iReadCardBas` and
its sisters); regions append fields, put a result before them, or part them otherwise. What comes out is put into the
records of the card itself, so that one reader of records (`social_card.identity`) judges both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from devices.wire import social_card as card
from devices.wire.social_card import CardFlaw, Item, Refusal
from kiosk.domain.insured import CardIdentity

OUT_SIZE: Final = 8192
"""Bytes of each buffer; the interface asks for 1024, the insurance's blob needs 8192."""


class DialectName(StrEnum):
    """As written in the settings."""

    PLAIN = "plain"
    RESULT_FIRST = "result_first"
    TAG_ORDER = "tag_order"
    BY_FILE = "by_file"
    WITH_BLOB = "with_blob"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of libraries is asked and what it answers.

    `order` are the fields after the first `skip`, None for what a visit does not need; fewer than `least` fields are no
    answer, more are the region's own. `by_file` answers repeat the names of files and are parted by `$`. `blob` says
    that a second buffer holds what the settlement interface wants back untouched.
    """

    function: str
    order: tuple[Item | None, ...]
    least: int
    separator: str = "|"
    skip: int = 0
    by_file: bool = False
    blob: bool = False


_BASIC: Final = (
    None,  # 发卡地区码, which 卡识别码 begins with
    card.RESIDENT_ID,
    card.CARD_NUMBER,
    card.SERIAL,
    card.NAME,
    None,  # 卡复位信息
    card.VERSION,
    card.ISSUED,
    card.EXPIRY,
)
# 01 02 03 04 05 06 07, then 08 09 4E 0A …: 4E may be left out, which only the number of fields tells.
_BY_TAG: Final = (card.SERIAL, None, card.VERSION, None, card.ISSUED, card.EXPIRY, card.CARD_NUMBER, card.RESIDENT_ID)
WANTED_FILES: Final = "SSSEEF05|01|03|05|06|07|$SSSEEF06|08|09|4E|$"
_FILE_ORDER: Final = (
    card.SERIAL,
    card.VERSION,
    card.ISSUED,
    card.EXPIRY,
    card.CARD_NUMBER,
    card.RESIDENT_ID,
    card.NAME,
    card.NAME_EXTENSION,
)

DIALECTS: Final[Mapping[DialectName, Dialect]] = {
    DialectName.PLAIN: Dialect("iReadCardBas", _BASIC, 9),
    DialectName.RESULT_FIRST: Dialect("iReadCardBas", _BASIC, 10, skip=1),
    DialectName.TAG_ORDER: Dialect("iReadCardBas", (*_BY_TAG, card.NAME), 13, separator=":"),
    DialectName.BY_FILE: Dialect("iReadCard", _FILE_ORDER, 8, by_file=True),
    DialectName.WITH_BLOB: Dialect("ReadCardBas", _BASIC, 9, blob=True),
}

NEEDS_SERVER: Final = frozenset({-2201, -2202, -2203, -27272, -24})
"""Codes after which integrations go on with `_HSM_Step1`: the card is of generation 3 and the reader has no PSAM."""
NO_CARD: Final = frozenset({-2})
NO_READER: Final = frozenset({-1, -11, -12})
"""Of SSSE32.H, which most libraries hand through: wrong reader type, link error, not open."""


class Reply(StrEnum):
    """What a return code means; whatever is not known here is a card that cannot be read."""

    DONE = "done"
    NO_CARD = "no card"
    NO_READER = "no reader"
    NEEDS_SERVER = "needs the key server"
    UNREADABLE = "unreadable"


def meaning(code: int) -> Reply:
    if code == 0:
        return Reply.DONE
    groups = {Reply.NO_CARD: NO_CARD, Reply.NO_READER: NO_READER, Reply.NEEDS_SERVER: NEEDS_SERVER}
    return next((reply for reply, codes in groups.items() if code in codes), Reply.UNREADABLE)


def identity(dialect: Dialect, text: bytes, *, check_card_number: bool = True) -> CardIdentity | CardFlaw | None:
    """The card's holder from a library's answer in GBK; None when it is no answer in this dialect."""
    fields = _fields(dialect, text)
    if fields is None:
        return None
    values: dict[Item, bytes | Refusal] = dict.fromkeys(_FILE_ORDER, Refusal.ABSENT)
    for item, field in zip(_order(dialect, len(fields)), fields, strict=False):
        if item is not None:
            values[item] = _value(item, field)
    return card.identity(values, check_card_number=check_card_number)


def _fields(dialect: Dialect, text: bytes) -> list[bytes] | None:
    """Decoded before it is split: in GBK a `|` is also the second byte of some characters."""
    try:
        fields = _split(dialect, text.decode("gb18030"))
    except UnicodeDecodeError:
        return None
    if fields is None or len(fields) < dialect.least:
        return None
    if dialect.skip and not re.fullmatch(r"[01]", fields[0]):
        return None
    return [field.encode("gb18030") for field in fields[dialect.skip :]]


def _split(dialect: Dialect, text: str) -> list[str] | None:
    if not dialect.by_file:
        return text.removesuffix(dialect.separator).split(dialect.separator)
    fields: list[str] = []
    for part, wanted in zip(text.split("$"), WANTED_FILES.split("$"), strict=False):
        found, asked = part.split("|"), wanted.split("|")
        if found[0] != asked[0] or len(found) != len(asked):
            return None
        fields += found[1:-1]
    return fields


def _order(dialect: Dialect, count: int) -> tuple[Item | None, ...]:
    if dialect is DIALECTS[DialectName.TAG_ORDER] and count > dialect.least:
        return (*dialect.order, card.NAME_EXTENSION)
    return dialect.order


_HEX: Final = frozenset({card.SERIAL, card.ISSUED, card.EXPIRY})


def _value(item: Item, field: bytes) -> bytes | Refusal:
    """As the card's own record has it. 读不出的信息返回空: what is empty was withheld."""
    if not field.strip(b" \x00"):
        return Refusal.WITHHELD
    if item not in _HEX:
        return field
    try:
        return bytes.fromhex(field.decode("ascii"))
    except (UnicodeDecodeError, ValueError):
        return Refusal.BROKEN
