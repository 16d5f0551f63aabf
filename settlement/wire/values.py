"""The field types of the national interface: bounded texts, times, and exact decimals.

Requests are held to the lengths of the specification (counted in characters). Replies are read tolerantly: platforms
send codes as numbers, amounts as strings, and null for "none".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,12})?")
_FEN = Decimal("0.01")


def _exact(places: int, digits: int = 16) -> Callable[[object], Decimal]:
    quantum = Decimal(1).scaleb(-places)
    limit = Decimal(10) ** (digits - places)

    def exact(value: object) -> Decimal:
        number = _plain(value)
        if abs(number) >= limit or number != number.quantize(quantum):
            raise ValueError(f"does not fit ({digits},{places})")
        return number.quantize(quantum) + 0  # + 0 turns -0.00 into 0.00

    return exact


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


def _nothing_for_empty(value: object) -> object:
    return None if value == "" else value


Amount = Annotated[Decimal, BeforeValidator(_exact(2))]
"""Yuan, (16,2), always with two places. From a JSON number or string; float, bool, NaN and exponents are refused."""
UnitPrice = Annotated[Decimal, BeforeValidator(_exact(6))]
"""Yuan, (16,6)."""
Quantity = Annotated[Decimal, BeforeValidator(_exact(4))]
"""(16,4)."""
Ratio = Annotated[Decimal, BeforeValidator(_exact(4, digits=5))]
"""(5,4)."""
MaybeAmount = Annotated[Amount | None, BeforeValidator(_nothing_for_empty)]
"""An amount that some platforms leave null or empty."""

Text = Annotated[str, BeforeValidator(_text)]
"""A reply's text or code, which may have come as a number."""
TextOrEmpty = Annotated[str, BeforeValidator(_text_or_nothing)]
"""The same where null means an empty text."""

Text1 = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Text3 = Annotated[str, StringConstraints(min_length=1, max_length=3)]
Text6 = Annotated[str, StringConstraints(min_length=1, max_length=6)]
Text10 = Annotated[str, StringConstraints(min_length=1, max_length=10)]
Text20 = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Text30 = Annotated[str, StringConstraints(min_length=1, max_length=30)]
Text32 = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Text50 = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Text100 = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Text150 = Annotated[str, StringConstraints(min_length=1, max_length=150)]
Text200 = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text500 = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Text1000 = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Timestamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$")]
"""Beijing time, `yyyy-MM-dd HH:mm:ss`."""
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


def to_fen(amount: Decimal) -> int:
    """Whole fen of an `Amount`; ValueError for anything finer."""
    fen = amount.scaleb(2)
    if not amount.is_finite() or fen != fen.to_integral_value():
        raise ValueError("not a whole number of fen")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """The `Amount` of so many fen."""
    return Decimal(fen).scaleb(-2).quantize(_FEN)
