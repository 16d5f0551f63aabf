"""The field types of the national interface: bounded texts, times, and exact decimals.

Requests are held to the lengths of the specification (counted in characters). Replies are read tolerantly: platforms
send codes as numbers, amounts as strings, and null for "none".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, TypeVar, cast

from pydantic import BeforeValidator, Field, StringConstraints

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,12})?")
_FEN = Decimal("0.01")
LONGEST_SHOWN = 200
"""Characters of a sentence for a patient."""
LARGEST_FEN = 10**16 - 1
"""What (16,2) has room for, in fen."""


@dataclass(frozen=True, slots=True)
class Exact:
    """A number of at most `digits` digits, `places` of them behind the point: as the interface writes (16,2)."""

    digits: int
    places: int

    def __call__(self, value: object) -> Decimal:
        quantum = Decimal(1).scaleb(-self.places)
        number = _plain(value)
        if abs(number) >= Decimal(10) ** (self.digits - self.places) or number != number.quantize(quantum):
            raise ValueError(f"does not fit ({self.digits},{self.places})")
        return number.quantize(quantum) + 0  # + 0 turns -0.00 into 0.00


@dataclass(frozen=True, slots=True)
class Coded:
    """Marks a text out of a dictionary: the one in force for the field of that name, see `settlement.wire.coding`."""


def _plain(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError("not an exact number")  # pydantic collects ValueError; a TypeError would pass through it
    text = f"{value:f}" if isinstance(value, Decimal) and value.is_finite() and _written_plainly(value) else str(value)
    if not _PLAIN_NUMBER.fullmatch(text):
        raise ValueError("not a plain decimal number")
    return Decimal(text)


def _written_plainly(number: Decimal) -> bool:
    """False for 1E3 and 1E-300: no platform writes amounts so, and expanding them could take all memory."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and -12 <= exponent <= 0


def _text(value: object) -> object:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return value


def _text_or_nothing(value: object) -> object:
    return "" if value is None else _text(value)


def _shown(value: object) -> object:
    told = _text(value)
    return told[:LONGEST_SHOWN] if isinstance(told, str) else told


def _shown_or_nothing(value: object) -> object:
    return "" if value is None else _shown(value)


def _nothing_for_empty(value: object) -> object:
    return None if value == "" else value


def _nothing_for_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _loose_text(value: object) -> object:
    told = _text(value)
    return told if isinstance(told, str) else ""


def _loose_number(value: object) -> object:
    try:
        return _plain(value)
    except ValueError:
        return None


def _rows(value: object) -> object:
    if value is None or value == "":
        return ()
    return (cast("object", value),) if isinstance(value, dict) else value


Amount = Annotated[Decimal, BeforeValidator(Exact(16, 2))]
"""Yuan, (16,2), always with two places. From a JSON number or string; float, bool, NaN and exponents are refused."""
UnitPrice = Annotated[Decimal, BeforeValidator(Exact(16, 6))]
"""Yuan, (16,6)."""
Quantity = Annotated[Decimal, BeforeValidator(Exact(16, 4))]
"""(16,4)."""
Ratio = Annotated[Decimal, BeforeValidator(Exact(5, 4))]
"""(5,4)."""
MaybeAmount = Annotated[Amount | None, BeforeValidator(_nothing_for_empty)]
"""An amount that some platforms leave null or empty."""

Text = Annotated[str, BeforeValidator(_text)]
"""A reply's text or code, which may have come as a number."""
TextOrEmpty = Annotated[str, BeforeValidator(_text_or_nothing)]
"""The same where null means an empty text."""
Shown = Annotated[str, BeforeValidator(_shown)]
"""A name or a sentence that is only shown and printed: what goes beyond `LONGEST_SHOWN` is cut, or a page would have no
room for its buttons and a slip would take the roll.
"""
ShownOrEmpty = Annotated[str, BeforeValidator(_shown_or_nothing)]
"""The same where null means an empty text."""
Given = Annotated[str | None, BeforeValidator(_nothing_for_blank)]
"""The number an answer gives; a blank text is none: some systems write every field of a reply, said or not."""
GivenShown = Annotated[Shown | None, BeforeValidator(_nothing_for_blank)]
"""The same for a sentence: a refusal without a word is no refusal."""
Loose = Annotated[str, BeforeValidator(_loose_text)]
"""A field of a reply that nothing here depends on: whatever stands there, it never makes a settlement look broken."""
LooseNumber = Annotated[Decimal | None, BeforeValidator(_loose_number)]
"""The same for a number; None for whatever is none."""
MaybePrice = Annotated[UnitPrice | None, BeforeValidator(_nothing_for_empty)]
MaybeQuantity = Annotated[Quantity | None, BeforeValidator(_nothing_for_empty)]
MaybeRatio = Annotated[Ratio | None, BeforeValidator(_nothing_for_empty)]

RowT = TypeVar("RowT")
Rows = Annotated[tuple[RowT, ...], BeforeValidator(_rows)]
"""The rows of a reply's node: a list, one row without its list, null or "" for none."""

Words = Annotated[str, StringConstraints(min_length=1)]
"""A text we send whose length no source gives."""
Text1 = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Text3 = Annotated[str, StringConstraints(min_length=1, max_length=3)]
Text4 = Annotated[str, StringConstraints(min_length=1, max_length=4)]
Text5 = Annotated[str, StringConstraints(min_length=1, max_length=5)]
Text6 = Annotated[str, StringConstraints(min_length=1, max_length=6)]
Text10 = Annotated[str, StringConstraints(min_length=1, max_length=10)]
Text12 = Annotated[str, StringConstraints(min_length=1, max_length=12)]
Text14 = Annotated[str, StringConstraints(min_length=1, max_length=14)]
Text20 = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Text30 = Annotated[str, StringConstraints(min_length=1, max_length=30)]
Text32 = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Text40 = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Text50 = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Text64 = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Text100 = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Text150 = Annotated[str, StringConstraints(min_length=1, max_length=150)]
Text200 = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text300 = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text500 = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Text1000 = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Text2000 = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Timestamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$")]
"""Beijing time, `yyyy-MM-dd HH:mm:ss`."""
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]

Code = Annotated[Words, Coded()]
Code1 = Annotated[Text1, Coded()]
Code3 = Annotated[Text3, Coded()]
Code5 = Annotated[Text5, Coded()]
Code6 = Annotated[Text6, Coded()]
Code30 = Annotated[Text30, Coded()]

Count2 = Annotated[int, Field(ge=0, lt=10**2)]
Count3 = Annotated[int, Field(ge=0, lt=10**3)]
Count4 = Annotated[int, Field(ge=0, lt=10**4)]
Count10 = Annotated[int, Field(ge=0, lt=10**10)]
Days = Annotated[Decimal, BeforeValidator(Exact(4, 2))]
"""prd_days, (4,2)."""
Packs = Annotated[Decimal, BeforeValidator(Exact(6, 2))]
"""cnt of 3101, (6,2)."""


def to_fen(amount: Decimal) -> int:
    """Whole fen of an `Amount`; ValueError for anything finer."""
    fen = amount.scaleb(2)
    if not amount.is_finite() or fen != fen.to_integral_value():
        raise ValueError("not a whole number of fen")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """The `Amount` of so many fen."""
    return Decimal(fen).scaleb(-2).quantize(_FEN)
