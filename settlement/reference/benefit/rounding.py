"""The one rounding of the reference backend."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(fen: Decimal) -> int:
    """The nearest whole fen, halves away from zero."""
    return int(fen.quantize(Decimal(1), ROUND_HALF_UP))


def share(fen: int, ratio: Decimal) -> int:
    return rounded(fen * ratio)
