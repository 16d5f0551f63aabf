"""Amounts of money as whole fen, and the only two ways to write them out.

Wire amounts are (16,2) decimals in yuan; everything inside the kiosk is an integer number of fen, so that sums are
exact and comparable. Unit prices (16,6), quantities (16,4) and ratios (5,4) are shown and passed on, never multiplied
outside the reference backend.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

_FEN_PER_YUAN = 100
_LARGEST_FEN = 10**16 - 1  # 16 digits on the wire, two of them behind the point
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A whole number of fen, negative in cancels.

    Raises:
        ValueError: more digits than the wire's (16,2) can carry.
        TypeError: anything but an int, bool included, because `True` would be one fen.
    """

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError(f"fen is {type(self.fen).__name__}, not int")
        if abs(self.fen) > _LARGEST_FEN:
            raise ValueError("amount exceeds (16,2)")

    @classmethod
    def from_yuan(cls, yuan: Decimal) -> Money:
        """The amount a wire field states; ValueError when it is not a whole number of fen."""
        if not yuan.is_finite() or abs(yuan) > _LARGEST_FEN:
            raise ValueError("no amount of money")
        whole, parts = yuan.as_integer_ratio()  # exact, where Decimal's own arithmetic rounds to 28 digits
        fen, rest = divmod(whole * _FEN_PER_YUAN, parts)
        if rest:
            raise ValueError("not a whole number of fen")
        return cls(fen)

    def yuan(self) -> Decimal:
        """The same amount for a wire field, always with two decimals."""
        return Decimal(self.fen).scaleb(-2).quantize(Decimal("0.01"))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __lt__(self, other: Money) -> bool:
        return self.fen < other.fen

    def __bool__(self) -> bool:
        return self.fen != 0


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    return sum(amounts, start=ZERO)


def text(amount: Money, lang: str = "zh") -> str:
    """The amount as a patient reads it: `12.30 元`, `¥12.30` in every language but Chinese; thousands grouped."""
    sign = "-" if amount.fen < 0 else ""
    yuan, fen = divmod(abs(amount.fen), _FEN_PER_YUAN)
    figure = f"{yuan:,}.{fen:02d}"
    return f"{sign}{figure} 元" if lang.startswith("zh") else f"{sign}¥{figure}"


def in_capitals(amount: Money) -> str:
    """The amount in 人民币大写: 人民币壹佰元零伍分, …元整, 负 before a cancel.

    Source: 《正确填写票据和结算凭证的基本规定》.
    """
    sign = "负" if amount.fen < 0 else ""
    yuan, fen = divmod(abs(amount.fen), _FEN_PER_YUAN)
    jiao, fen = divmod(fen, 10)
    words = f"{_integer_in_capitals(yuan)}元" if yuan else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    if fen:
        gap = "零" if yuan and not jiao else ""
        words += f"{gap}{_DIGITS[fen]}分"
    else:
        words = f"{words or '零元'}整"
    return f"人民币{sign}{words}"


def _integer_in_capitals(value: int) -> str:
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if value >= unit:
            high, low = divmod(value, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return _integer_in_capitals(high) + name + gap + (_integer_in_capitals(low) if low else "")
    return _group_in_capitals(value)


def _group_in_capitals(group: int) -> str:
    words = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(words)
            continue
        if gap:
            words += "零"
        words += _DIGITS[digit] + _PLACES[place]
        gap = False
    return words


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """A price for one unit, (16,6) yuan."""

    yuan: Decimal

    def text(self) -> str:
        return _trimmed(self.yuan, at_least=2)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many units, (16,4)."""

    count: Decimal

    def text(self) -> str:
        return _trimmed(self.count, at_least=0)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of one, (5,4)."""

    share: Decimal

    def text(self) -> str:
        return f"{_trimmed(self.share * 100, at_least=0)}%"


def _trimmed(value: Decimal, at_least: int) -> str:
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0").ljust(at_least, "0")
    return f"{whole}.{decimals}" if decimals else whole
