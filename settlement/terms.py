"""Reads how the platform split the lines of a bill: the `result` of 2204 and 2301, whoever brings it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kiosk.domain.money import Money, Ratio, UnitPrice
from kiosk.domain.terms import LineTerms, TermsTold
from settlement.wire.codec import BrokenMessage, read
from settlement.wire.outpatient import FeeSplit, UploadOutput

_NO_LIMIT = Decimal(999999)
"""pric_uplmt_amt of an item without a limit; nought means none too."""


def terms_in(output: Mapping[str, Any]) -> TermsTold:
    """What an answer says of lines. Nothing hangs on it, so one that cannot be read says nothing."""
    try:
        return told_of(read(UploadOutput, output).result)
    except BrokenMessage:
        return ()


def told_of(rows: Iterable[FeeSplit]) -> TermsTold:
    found = ((row.feedetl_sn, terms_of(row)) for row in rows)
    return tuple((sn, terms) for sn, terms in found if sn and terms is not None)


def terms_of(row: FeeSplit) -> LineTerms | None:
    """None where the row leaves out a part, or its parts are not the line (identity 1): then nobody has told them."""
    parts = (row.fulamt_ownpay_amt, row.overlmt_amt, row.preselfpay_amt, row.inscp_scp_amt)
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or sum(known) != row.det_item_fee_sumamt or not row.chrgitm_lv:
        return None
    limited = row.pric_uplmt_amt is not None and 0 < row.pric_uplmt_amt < _NO_LIMIT
    return LineTerms(
        row.chrgitm_lv,
        UnitPrice(row.pric_uplmt_amt) if limited and row.pric_uplmt_amt else None,
        Ratio(row.selfpay_prop) if row.selfpay_prop is not None else None,
        *(Money.from_yuan(part) for part in known),
    )
