"""What the hospital composed leaves for the platform digit for digit."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from settlement.direct import composing
from settlement.parts import unpack
from settlement.wire.codec import BrokenMessage, decode, encode, read
from settlement.wire.hospital import Bills
from tests.settlement.sample_bill import REQUEST, read_here, wire_bill, wire_fee, wire_line
from tests.support.parties import PROFILE

AMOUNTS = st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=8)


def bill_of(amounts: list[Decimal], **changes: Any) -> dict[str, Any]:
    lines = [wire_line(number, amount) for number, amount in enumerate(amounts, 1)]
    fees = [wire_fee(number, amount) for number, amount in enumerate(amounts, 1)]
    return wire_bill(lines=lines, feedetail=fees, total=str(sum(amounts))) | changes


@given(AMOUNTS, st.text(max_size=20), st.decimals(min_value=0, max_value=999, places=4))
def test_a_bill_goes_through_the_kiosk_unchanged(amounts: list[Decimal], extension: str, count: Decimal) -> None:
    told = bill_of(amounts)
    told["feedetail"][0] |= {"cnt": str(count), "expContent": {"local": extension}}
    told["mdtrtinfo"]["main_cond_dscr"] = "头晕 3 天，“血压”高"
    batch = read_here(read(Bills, decode(encode({"bills": [told]}))))[0]
    assert batch.total == Money.from_yuan(sum(amounts, start=Decimal(0)))
    request = replace(REQUEST, batch=batch)
    uploaded = decode(encode(composing.upload(request)))["feedetail"]
    assert [Decimal(row["det_item_fee_sumamt"]) for row in uploaded] == amounts
    assert Decimal(uploaded[0]["cnt"]) == count
    assert uploaded[0]["expContent"] == {"local": extension}
    assert composing.describe(request, PROFILE).mdtrtinfo.main_cond_dscr == "头晕 3 天，“血压”高"


def test_the_patient_reads_the_hospitals_own_lines() -> None:
    batch = read_here(read(Bills, {"bills": [wire_bill()]}))[0]
    line = batch.lines[0]
    assert (line.name, line.spec, line.unit, line.category) == ("模拟缬沙坦胶囊", "80mg×7粒", "盒", "西药费")
    assert (line.quantity.text(), line.price.text(), line.amount) == ("1", "4.52", Money(452))
    assert (batch.department, batch.doctor, batch.insutype, batch.mdtrt_id) == ("心内科", "王医生", None, None)


def test_a_visit_the_hospital_registered_says_so() -> None:
    told = wire_bill(mdtrt_id="M9", fees_uploaded=True, insutype="310", dise_codg="M03900", dise_name="高血压")
    batch = read_here(read(Bills, {"bills": [told]}))[0]
    assert (batch.mdtrt_id, batch.uploaded, batch.insutype) == ("M9", True, "310")
    assert (batch.disease_code, batch.disease) == ("M03900", "高血压")


@pytest.mark.parametrize(
    ("bill", "field"),
    [
        (wire_bill(total="4.53"), "bills.1.total"),
        (wire_bill(feedetail=[]), "bills.1.total"),
        (wire_bill(lines=[], fees_uploaded=True), "bills.1.total"),
        (wire_bill(begntime="today"), "bills.1.begntime"),
        (wire_bill(chrg_bchno=""), "bills.1.chrg_bchno"),
        (wire_bill(visit_no="1" * 31), "bills.1.visit_no"),
        (wire_bill(mdtrt_id="1" * 31), "bills.1.mdtrt_id"),
    ],
)
def test_a_bill_that_contradicts_itself_is_named(bill: dict[str, Any], field: str) -> None:
    with pytest.raises(BrokenMessage) as broken:
        read_here(read(Bills, {"bills": [wire_bill(batch_no="B0"), bill]}))
    assert broken.value.fields == (field,)


@pytest.mark.parametrize("parts", [b"", b"{}", b"[]", b'{"registration": {}}'])
def test_parts_of_another_making_are_refused(parts: bytes) -> None:
    with pytest.raises(BrokenMessage):
        unpack(parts)


Compose = Callable[..., object]


@pytest.mark.parametrize("compose", [lambda request: composing.describe(request, PROFILE), composing.upload])
def test_nothing_is_composed_from_broken_parts(compose: Compose) -> None:
    with pytest.raises(BrokenMessage):
        compose(replace(REQUEST, batch=replace(REQUEST.batch, parts=b"{}")))
