"""What a hospital takes back, from card to paper: given back here, or left to a window with its reason and its sum."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import text

from settlement.reference.ledger.store import Ledger
from tests.support.house import OF_LEDGER, House


def test_what_the_hospital_takes_back_is_a_slip_for_the_window_and_moves_nothing(home: House) -> None:
    ended = home.visit(name="refund-window")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    said = home.readable(ended)
    assert "到窗口退费" in said
    assert "TF20" in said
    assert "纸质票据" in said
    audit = home.audit()
    assert (audit["refunded"], audit["violations"], ended.answer["batches"]) == (0, [], [])


@pytest.mark.parametrize(("name", "standing"), [("refund-partial", 1), ("refund-whole", 0)])
def test_what_the_hospital_takes_back_is_settled_anew_and_the_difference_goes_back(
    name: str, standing: int, adapter: str, home: House
) -> None:
    if adapter == "his" and not standing:
        pytest.skip("who settled makes no difference where nothing is settled anew")
    before = home.audit()
    ended = home.visit(name=name)
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    amounts = ended.answer["amounts"]
    assert amounts["deposits_back"] > 0
    assert amounts["deposits_used"] == (amounts["psn_cash_pay"] or 0)
    for batch in [one for one in ended.answer["batches"] if one["outcome"] == "settled"][:standing]:
        assert {key: batch["amounts"][key] for key in OF_LEDGER} == home.settled(batch["setl_id"])
    said = home.readable(ended)
    assert "退费凭条" in said
    assert "红字电子票据" in said
    audit = home.audit()
    assert (audit["settled"] - before["settled"], audit["reversed"] - before["reversed"]) == (standing, 1)
    assert (audit["violations"], audit["open"]) == ([], 0)


def test_a_payment_its_channel_no_longer_takes_back_is_the_windows_before_anything_is_cancelled(home: House) -> None:
    before = home.audit()
    ended = home.visit(name="refund-too-old")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    said = home.readable(ended).replace("\n", "")
    lines, paid = _approved(home)
    assert "付款已超过可以原路退回的期限" in said
    assert f"{lines // 100}.{lines % 100:02d} 元" in said
    assert "支付宝" in said
    assert (ended.answer["batches"], paid["back"], paid["undone_at"]) == ([], None, None)
    assert paid["amount"] == paid["cash"] == home.settled(paid["setl_id"])["psn_cash_pay"] > 0
    after = home.audit()
    assert after == before | {"settled": before["settled"] + 1, "booked": before["booked"] + 1}


def _approved(home: House) -> tuple[int, dict[str, Any]]:
    """Fen of the lines that are taken back, as they were settled, and what was paid for their bill."""
    asked = """SELECT approved.setl_id, next_steps, bookings.cash, parts.amount, back, undone_at
               FROM refunds_approved approved
               JOIN bills ON bills.batch_no = approved.batch_no JOIN bookings ON bookings.book_no = approved.book_no
               JOIN refunded_parts parts ON parts.approval_no = approved.approval_no
               ORDER BY bills.id DESC LIMIT 1"""
    rows = "SELECT total FROM fee_rows WHERE feedetl_sn = :number"
    with closing(Ledger(home.database)) as ledger, ledger.look() as session:
        paid = dict(session.execute(text(asked)).mappings().one())
        lines = json.loads(paid.pop("next_steps"))["refund"]["lines"]
        return sum(session.execute(text(rows), {"number": line}).scalar_one() for line in lines), paid
