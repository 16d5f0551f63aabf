"""What becomes of an order is in its code; no repeat charges twice, and no refund gives back more than came."""

from typing import Any

import pytest

from settlement.reference.orders import Behaviour
from settlement.reference.payments import behaviour_of
from settlement.wire import payment
from tests.settlement.reference.house import TERMINAL, House

ORDER = "order0000000000000001"
REFUND = "refund000000000000001"


def collect(house: House, code: str, order: str = ORDER, fen: int = 100) -> dict[str, Any]:
    body = {"order": order, "amount_fen": fen, "code": code, "subject": "门诊", "terminal": TERMINAL}
    return house.face(payment.COLLECT, body)


def status(house: House, path: str = payment.QUERY, order: str = ORDER) -> str:
    return str(house.face(path, {"order": order})["status"])


def test_more_fen_than_a_number_holds_is_no_order(house: House) -> None:
    assert collect(house, "134567890123456789", fen=10**30) == {"error": "wrong shape: amount_fen"}
    assert status(house) == "unknown"


def refund(house: House, fen: int, key: str = REFUND, order: str = ORDER) -> dict[str, Any]:
    return house.face(payment.REFUND, {"order": order, "refund_order": key, "amount_fen": fen})


@pytest.mark.parametrize(
    ("code", "behaviour"),
    [
        ("134567890123456789", Behaviour.PAYS),
        ("280000000000000000", Behaviour.PAYS),
        ("130001000000000000", Behaviour.INSUFFICIENT),
        ("280002000000000000", Behaviour.EXPIRED),
        ("130009000000000000", Behaviour.PAYS),
        ("6901234567892", Behaviour.WRONG_CODE),
        ("http://13/345678901", Behaviour.WRONG_CODE),
        ("", Behaviour.WRONG_CODE),
    ],
)
def test_a_code_says_what_will_happen(code: str, behaviour: Behaviour) -> None:
    assert behaviour_of(code) is behaviour


def test_a_repeat_is_the_same_order(house: House) -> None:
    first = collect(house, "134567890123456789")
    assert (first["status"], first["channel"]) == ("paid", "wechat")
    assert collect(house, "134567890123456789")["trade_no"] == first["trade_no"]
    assert house.face(payment.QUERY, {"order": ORDER})["trade_no"] == first["trade_no"]
    assert "error" in collect(house, "134567890123456789", fen=101)


@pytest.mark.parametrize(
    ("code", "word"), [("130001000000000000", "余额"), ("280002000000000000", "过期"), ("X", "付款码")]
)
def test_a_refused_order_stays_unpaid_and_says_why(house: House, code: str, word: str) -> None:
    told = collect(house, code)
    assert told["status"] == "refused"
    assert word in told["reason"]
    assert status(house) == "refused"
    assert refund(house, 100)["status"] == "refused"


def test_somebody_who_types_a_password_has_paid_at_the_third_question(house: House) -> None:
    assert collect(house, "130003000000000000")["status"] == "pending"
    assert [status(house) for _ in range(3)] == ["pending", "pending", "paid"]


def test_a_closed_order_can_no_longer_be_paid(house: House) -> None:
    collect(house, "130005000000000000")
    assert status(house, payment.CLOSE) == "closed"
    assert collect(house, "130005000000000000")["status"] == "closed"


def test_an_order_closed_before_it_arrives_never_is_paid(house: House) -> None:
    assert status(house) == "unknown"
    assert status(house, payment.CLOSE) == "closed"
    assert collect(house, "134567890123456789")["status"] == "closed"


def test_closing_a_paid_order_says_paid(house: House) -> None:
    collect(house, "134567890123456789")
    assert status(house, payment.CLOSE) == "paid"


def test_money_may_land_after_the_close_was_acknowledged(house: House) -> None:
    collect(house, "130004000000000000")
    assert status(house, payment.CLOSE) == "closed"
    assert status(house) == "paid"
    assert refund(house, 100)["status"] == "refunded"


def test_refunds_never_exceed_what_was_paid(house: House) -> None:
    collect(house, "134567890123456789")
    assert refund(house, 60)["status"] == "refunded"
    assert refund(house, 60)["status"] == "refunded"  # the same refund again
    assert refund(house, 41, "refund000000000000002")["status"] == "refused"
    assert refund(house, 40, "refund000000000000003")["status"] == "refunded"
    assert "error" in refund(house, 61)


def test_a_refund_may_take_its_time(house: House) -> None:
    collect(house, "130006000000000000")
    assert refund(house, 100)["status"] == "pending"
    body = {"refund_order": REFUND}
    told = [house.face(payment.REFUND_QUERY, body)["status"] for _ in range(2)]
    assert told == ["pending", "refunded"]
    assert house.face(payment.REFUND_QUERY, {"refund_order": "refund000000000000009"})["status"] == "unknown"
