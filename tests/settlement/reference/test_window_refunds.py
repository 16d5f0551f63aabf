"""What a refund's channel does not take back stays with its order until the window pays it out: no till keeps it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from settlement.wire import hospital, payment
from tests.settlement.reference import test_refunds as refunds
from tests.settlement.reference.house import House, Visit
from tests.settlement.reference.test_refunds import BACK, Look

violations = refunds.violations


def _left_to_the_window(house: House, batch_no: str, part: dict[str, Any], fen: int) -> dict[str, Any]:
    ended = [{"deposit_no": part["deposit_no"], "amount_fen": fen, "back": "window"}]
    return house.face(hospital.RETURNS, {"returns_key": "again001-returns", "batch_no": batch_no, "returns": ended})


def _undone(house: House) -> tuple[Visit, dict[str, Any], Visit]:
    """A paid bill that is taken back in part: its payment, and what stays of it."""
    visit = house.visit("zhangsan", "cold-part-back")
    visit.finished()
    told = refunds._approved(house, visit)
    rest = Visit(house, visit.person, told["at_kiosk"]["rest"], visit.insutype)
    rest.hold("again001")
    refunds._cancelled(house, visit)
    assert refunds._undo(house, visit, told["approval_no"])["refunded"]
    return visit, told["at_kiosk"]["payments"][0], rest


@pytest.mark.parametrize("paid_back_too", [False, True])
def test_all_of_it_at_the_window_is_no_order_kept_for_nothing(
    house: House, violations: Look, *, paid_back_too: bool
) -> None:
    _, part, rest = _undone(house)
    fen = int(Decimal(part["amount"]) * 100)
    assert _left_to_the_window(house, rest.bill["batch_no"], part, fen)["noted"]
    house.face(hospital.RELEASE, {"hold_key": "again001", "batch_no": rest.bill["batch_no"]})
    assert violations() == []
    if paid_back_too:
        house.face(payment.REFUND, {"order": part["order"], "refund_order": BACK, "amount_fen": fen})
        assert any("told nothing or wrongly" in text for text in violations()), "its patient would have it twice"


def test_the_difference_at_the_window_stays_beside_what_the_rest_costs(house: House, violations: Look) -> None:
    _, part, rest = _undone(house)
    rest.uploaded()
    output = rest.settled()
    cash = int((output.setlinfo.psn_cash_pay or 0) * 100)
    surplus = int(Decimal(part["amount"]) * 100) - cash
    left = [{"deposit_no": part["deposit_no"], "amount_fen": surplus, "refund_order": BACK}]
    body = rest.book_body(output, [], "again001") | {"prepaid": {"used_fen": cash, "surplus": left}}
    assert house.face(hospital.BOOK, body)["booked"]
    assert any("keeps" in text for text in violations())
    assert _left_to_the_window(house, rest.bill["batch_no"], part, surplus)["noted"]
    assert violations() == []
