"""A refund undoes the booking of a cancelled settlement, and what was collected pays what is settled again."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from settlement.reference.audit import audit
from settlement.reference.ledger.store import Ledger
from settlement.wire import hospital, paid, payment
from tests.settlement.reference.house import House, Visit

ORDER, BACK = "order0000000000000001", "again001000000000000000d0"
Look = Callable[[], list[str]]


def _approved(house: House, visit: Visit) -> dict[str, Any]:
    query = {"certno": visit.person.certno, "since": "2026-07-01"}
    told: dict[str, Any] = house.face(paid.PAID, query)["bills"][0]["refund"]
    return told


def _cancelled(house: House, visit: Visit) -> None:
    house.told("2208", visit.undo_body())


def _undo(house: House, visit: Visit, approval: str, key: str = "again001") -> dict[str, Any]:
    wish = {
        "refund_key": f"{key}-undo",
        "hold_key": key,
        "batch_no": visit.bill["batch_no"],
        "approval_no": approval,
        "setl_id": visit.setl_id,
    }
    return house.face(paid.REFUNDED, wish)


@pytest.fixture
def violations(ledger: Ledger, house: House) -> Look:
    def look() -> list[str]:
        with ledger.look() as session:
            return [f"{one.invariant} {one.text}" for one in audit(session, house.clock.now()).violations]

    return look


def _returned(house: House, batch_no: str, part: dict[str, Any], fen: int) -> dict[str, Any]:
    house.face(payment.REFUND, {"order": part["order"], "refund_order": BACK, "amount_fen": fen})
    ended = [{"deposit_no": part["deposit_no"], "amount_fen": fen, "back": "returned"}]
    return house.face(hospital.RETURNS, {"returns_key": "again001-returns", "batch_no": batch_no, "returns": ended})


def test_what_stays_is_a_bill_that_nobody_owes_yet(house: House) -> None:
    visit = house.visit("zhangsan", "cold-part-back")
    visit.finished()
    told = _approved(house, visit)
    here = told["at_kiosk"]
    stays = Decimal(visit.bill["total"]) - Decimal(told["total"])
    assert Decimal(here["rest"]["total"]) == stays
    assert len(here["rest"]["lines"]) == len(visit.bill["lines"]) - len(told["lines"])
    assert [part["order"] for part in here["payments"]] == [ORDER]
    assert house.bills(visit.person) == []
    assert _approved(house, visit) == told


def test_what_a_window_must_do_is_no_kiosks(house: House) -> None:
    visit = house.visit("zhangsan", "cold-refund")
    visit.finished()
    told = _approved(house, visit)
    assert told["window"]
    assert "at_kiosk" not in told


def test_the_rest_is_settled_again_and_the_difference_goes_back(house: House, violations: Look) -> None:
    visit = house.visit("zhangsan", "cold-part-back")
    visit.finished()
    told = _approved(house, visit)
    part = told["at_kiosk"]["payments"][0]
    rest = Visit(house, visit.person, told["at_kiosk"]["rest"], visit.insutype)
    rest.hold("again001")
    assert "refused" in _undo(house, visit, told["approval_no"])
    _cancelled(house, visit)
    undone = _undo(house, visit, told["approval_no"])
    assert undone["einvoice"]
    assert _undo(house, visit, told["approval_no"]) == undone
    rest.uploaded()
    output = rest.settled()
    cash = int((output.setlinfo.psn_cash_pay or 0) * 100)
    surplus = int(Decimal(part["amount"]) * 100) - cash
    assert surplus > 0
    left = [{"deposit_no": part["deposit_no"], "amount_fen": surplus, "refund_order": BACK}]
    body = rest.book_body(output, [], "again001") | {"prepaid": {"used_fen": cash, "surplus": left}}
    assert house.face(hospital.BOOK, body)["booked"]
    assert any("told nothing or wrongly" in text for text in violations())
    assert _returned(house, rest.bill["batch_no"], part, surplus)["noted"]
    assert violations() == []
    assert house.bills(visit.person) == []


def test_what_is_not_settled_again_is_owed_again_and_all_of_it_goes_back(house: House, violations: Look) -> None:
    visit = house.visit("zhangsan", "cold-part-back")
    visit.finished()
    told = _approved(house, visit)
    part, rest = told["at_kiosk"]["payments"][0], told["at_kiosk"]["rest"]
    Visit(house, visit.person, rest, visit.insutype).hold("again001")
    _cancelled(house, visit)
    _undo(house, visit, told["approval_no"])
    assert _returned(house, rest["batch_no"], part, int(Decimal(part["amount"]) * 100))["noted"]
    house.face(hospital.RELEASE, {"hold_key": "again001", "batch_no": rest["batch_no"]})
    assert [bill["batch_no"] for bill in house.bills(visit.person)] == [rest["batch_no"]]
    assert violations() == []
    again = Visit(house, visit.person, rest, visit.insutype)
    assert again.finished("other001", "order0000000000000002")["booked"]
    assert violations() == []


def test_a_bill_that_is_taken_back_whole_leaves_nothing(house: House, violations: Look) -> None:
    visit = house.visit("zhangsan", "cold-all-back")
    visit.finished()
    told = _approved(house, visit)
    assert "rest" not in told["at_kiosk"]
    part = told["at_kiosk"]["payments"][0]
    assert visit.hold("again001")["held"]
    _cancelled(house, visit)
    assert _undo(house, visit, told["approval_no"])["refunded"]
    assert _returned(house, visit.bill["batch_no"], part, int(Decimal(part["amount"]) * 100))["noted"]
    assert violations() == []
    assert house.bills(visit.person) == []
    assert "refused" in visit.hold("other001")


@pytest.mark.parametrize("wrong", ["approval", "hold", "settlement"])
def test_nothing_is_undone_for_another_approval_hold_or_settlement(house: House, wrong: str) -> None:
    visit = house.visit("zhangsan", "cold-part-back")
    visit.finished()
    told = _approved(house, visit)
    Visit(house, visit.person, told["at_kiosk"]["rest"], visit.insutype).hold("again001")
    _cancelled(house, visit)
    if wrong == "settlement":
        visit.setl_id = "0"
    approval = "TF0" if wrong == "approval" else told["approval_no"]
    assert "refused" in _undo(house, visit, approval, "other001" if wrong == "hold" else "again001")


def test_an_approval_is_one_kiosks_and_used_once(house: House) -> None:
    """Two kiosks list the same paid bill; the second neither holds it meanwhile nor undoes it afterwards."""
    visit = house.visit("zhangsan", "cold-part-back")
    visit.finished()
    told = _approved(house, visit)
    rest = Visit(house, visit.person, told["at_kiosk"]["rest"], visit.insutype)
    assert rest.hold("again001")["held"]
    assert "refused" in rest.hold("other001")
    _cancelled(house, visit)
    assert _undo(house, visit, told["approval_no"])["refunded"]
    assert "refused" in _undo(house, visit, told["approval_no"], "other001")
    assert "refused" in rest.hold("other001")
