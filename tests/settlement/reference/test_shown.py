"""A code that is shown: notices come late, twice, in parts, for a paid order; every fen is accounted for."""

from __future__ import annotations

from typing import Any

import pytest

from settlement.reference.misbehaviour import BadSpec, Part, parse
from settlement.reference.phone import Phone
from settlement.wire import codec, payment
from tests.settlement.reference.house import TERMINAL, House

ORDER = "order0000000000000001"
REFUND = "refund000000000000001"
FEN = 1000


def show(house: House, fen: int = FEN, order: str = ORDER) -> dict[str, Any]:
    return house.face(payment.SHOW, {"order": order, "amount_fen": fen, "subject": "门诊", "terminal": TERMINAL})


def notice(house: House, code: str, fen: int = FEN, trade: str = "T0000001") -> dict[str, Any]:
    return house.face(payment.NOTICE, {"code": code, "amount_fen": fen, "trade_no": trade, "channel": "wechat"})


def told(house: House, path: str = payment.QUERY) -> tuple[str, int]:
    reply = house.face(path, {"order": ORDER})
    return str(reply["status"]), int(reply["amount_fen"])


def refund(house: House, fen: int) -> str:
    return str(house.face(payment.REFUND, {"order": ORDER, "refund_order": REFUND, "amount_fen": fen})["status"])


def test_a_repeat_shows_the_same_code_and_another_amount_is_another_order(house: House) -> None:
    first = show(house)
    assert (first["status"], show(house)["code"]) == ("pending", first["code"])
    assert "error" in show(house, FEN + 1)
    assert house.face(payment.QUERY, {"order": ORDER})["code"] == first["code"]


def test_a_notice_pays_the_order_and_the_same_one_again_changes_nothing(house: House) -> None:
    code = show(house)["code"]
    assert [notice(house, code)["taken"] for _ in range(2)] == [True, True]
    assert told(house) == ("paid", FEN)
    assert house.face(payment.QUERY, {"order": ORDER})["code"] == ""
    assert house.face(payment.QUERY, {"order": ORDER})["channel"] == "wechat"


def test_somebody_elses_money_for_a_paid_order_is_not_taken(house: House) -> None:
    code = show(house)["code"]
    notice(house, code)
    assert [notice(house, code, trade="T0000002")["taken"] for _ in range(2)] == [False, False]
    assert told(house) == ("paid", FEN)


def test_a_part_is_not_a_payment_until_the_rest_has_come(house: House) -> None:
    code = show(house)["code"]
    notice(house, code, 400)
    assert told(house)[0] == "pending"
    notice(house, code, 600, "T0000002")
    assert told(house) == ("paid", FEN)


def test_closing_an_order_of_which_a_part_came_ends_it_with_the_part(house: House) -> None:
    code = show(house)["code"]
    notice(house, code, 400)
    assert told(house, payment.CLOSE) == ("paid", 400)
    assert not notice(house, code, 600, "T0000002")["taken"], "the rest stays with whoever pays it"
    assert refund(house, 401) == "refused"


def test_all_of_a_part_goes_back(house: House) -> None:
    notice(house, show(house)["code"], 400)
    house.face(payment.CLOSE, {"order": ORDER})
    assert refund(house, 400) == "refunded"


def test_what_was_on_its_way_when_the_order_was_closed_lands_and_can_go_back(house: House) -> None:
    code = show(house)["code"]
    assert told(house, payment.CLOSE)[0] == "closed"
    assert notice(house, code)["taken"]
    assert told(house) == ("paid", FEN)
    assert refund(house, FEN) == "refunded"


def test_a_code_for_an_order_that_was_closed_before_it_came_is_not_made(house: House) -> None:
    house.face(payment.CLOSE, {"order": ORDER})
    late = show(house)
    assert (late["status"], late["code"]) == ("closed", "")


def test_a_code_nobody_made_pays_nothing(house: House) -> None:
    assert not notice(house, "https://pay.example/q/none")["taken"]


def test_the_phone_pays_once_at_the_third_question(house: House, ledger: Any) -> None:
    phone, asked = Phone(ledger), codec.encode({"order": ORDER})
    code = show(house)["code"]
    scanned = []
    for _ in range(5):
        told(house)
        scanned.append(phone.scan(asked))
    assert [found is not None for found in scanned] == [False, False, True, False, False]
    assert scanned[2] is not None
    assert (scanned[2].code, scanned[2].amount_fen) == (code, FEN)
    assert phone.scan(b"{") is None


def test_only_a_notice_brings_a_part() -> None:
    assert parse("pay.notice@1:part")[0].act == Part()
    with pytest.raises(BadSpec):
        parse("pay.collect:part")
