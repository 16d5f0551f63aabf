"""How the platform split a line is read as it is, or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money, Ratio, UnitPrice
from kiosk.domain.terms import LineTerms
from settlement.bills import read_batch
from settlement.terms import terms_in
from settlement.wire import codec, hospital
from tests.settlement.sample_bill import wire_bill, wire_line

yuan = st.decimals(min_value=0, max_value=99_999, places=2)
PARTS = ("fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt")


def row(*parts: Decimal, **changes: Any) -> dict[str, Any]:
    told = dict(zip(PARTS, map(str, parts), strict=True))
    more = {"feedetl_sn": "MZ1001", "cnt": "1", "pric": "1", "chrgitm_lv": "02", "selfpay_prop": "0.05"}
    return more | told | {"det_item_fee_sumamt": str(sum(parts)), "pric_uplmt_amt": "999999"} | changes


@given(st.tuples(yuan, yuan, yuan, yuan), st.sampled_from(["01", "02", "03"]), st.integers(1, 999_998))
def test_each_part_is_the_platforms_own_figure(
    parts: tuple[Decimal, Decimal, Decimal, Decimal], level: str, limit: int
) -> None:
    ((sn, terms),) = terms_in({"result": [row(*parts, chrgitm_lv=level, pric_uplmt_amt=limit)]})
    own, over, first, scope = (Money.from_yuan(part) for part in parts)
    assert sn == "MZ1001"
    assert terms == LineTerms(
        level,
        UnitPrice(Decimal(limit).quantize(Decimal("0.000001"))),
        Ratio(Decimal("0.0500")),
        own,
        over,
        first,
        scope,
    )
    assert terms.whole == Money.from_yuan(sum(parts, start=Decimal("0.00")))


@given(st.tuples(yuan, yuan, yuan, yuan), st.sampled_from(PARTS), st.integers(1, 500))
def test_row_whose_parts_are_not_the_line_tells_nothing(
    parts: tuple[Decimal, Decimal, Decimal, Decimal], name: str, cents: int
) -> None:
    told = row(*parts)
    told[name] = str(Decimal(told[name]) + Decimal(cents) / 100)
    assert terms_in({"result": [told]}) == ()


_SIMPLE = (Decimal("0.00"), Decimal("0.00"), Decimal("0.23"), Decimal("4.29"))


@pytest.mark.parametrize(
    "told",
    [
        {"result": [row(*_SIMPLE) | {"preselfpay_amt": None}]},
        {"result": [row(*_SIMPLE, chrgitm_lv="")]},
        {"result": [row(*_SIMPLE, feedetl_sn="")]},
        {"result": "nonsense"},
        {"result": None},
        {},
    ],
    ids=["a part missing", "no class", "of no line", "not rows", "null", "nothing"],
)
def test_what_is_not_told_is_not_guessed(told: dict[str, Any]) -> None:
    assert terms_in(told) == ()


@pytest.mark.parametrize("limit", ["999999", "999999.000000", "0", None])
def test_no_limit_is_none(limit: str | None) -> None:
    ((_, terms),) = terms_in({"result": [row(*_SIMPLE, pric_uplmt_amt=limit)]})
    assert terms.limit is None


def test_hospitals_line_bears_what_the_platform_told_the_hospital() -> None:
    bill = wire_bill(lines=[wire_line() | {"split": row(*_SIMPLE)}])
    (line,) = read_batch(codec.read(hospital.FeeBatch, bill), "bill").lines
    assert line.terms is not None
    assert (line.terms.level, line.terms.preselfpay_amt) == ("02", Money(23))


def test_split_of_another_sum_is_of_another_line() -> None:
    bill = wire_bill(lines=[wire_line() | {"split": row(*_SIMPLE[:3], Decimal("4.30"))}])
    (line,) = read_batch(codec.read(hospital.FeeBatch, bill), "bill").lines
    assert line.terms is None


def test_what_is_told_later_fills_only_what_was_not_told_and_fits() -> None:
    batch = read_batch(codec.read(hospital.FeeBatch, wire_bill()), "bill")
    told = terms_in({"result": [row(*_SIMPLE), row(*_SIMPLE, feedetl_sn="MZ1002")]})
    (line,) = batch.under(told).lines
    assert line.terms == told[0][1]
    other = terms_in({"result": [row(*_SIMPLE, chrgitm_lv="01")]})
    assert batch.under(told).under(other).lines == (line,), "what was told stands"
    assert batch.under(()) is batch
