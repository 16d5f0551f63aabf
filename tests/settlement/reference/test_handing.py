"""A bill on a phone: given there by a kiosk, paid there, brought back, or left there until its time is over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from settlement.reference.audit import audit
from settlement.reference.ledger.dealings import Visit
from settlement.reference.ledger.mobile import MobileBill, OrderStatus
from settlement.reference.ledger.parties import Hold
from settlement.reference.ledger.store import Ledger
from settlement.wire import hospital, payment
from settlement.wire.handing import HAND_OVER
from settlement.wire.till import TILL
from tests.settlement.reference.house import House

KEY, OTHER, HAND = "kiosk0001", "kiosk0002", "kiosk0001-phone"
Look = Callable[[], list[str]]


@pytest.fixture
def violations(ledger: Ledger, house: House) -> Look:
    def look() -> list[str]:
        with ledger.look() as session:
            return [f"{one.invariant} {one.text}" for one in audit(session, house.clock.now()).violations]

    return look


@pytest.fixture
def bill(house: House) -> str:
    """Fresh, and held by a kiosk."""
    number = str(house.fresh_bill(house.world.people["zhangsan"], "cold-phone")["batch_no"])
    assert _hold(house, number)["held"]
    return number


def _hold(house: House, number: str, key: str = KEY, *, taken_back: bool = False) -> dict[str, Any]:
    wish = {"hold_key": key, "batch_no": number, "owner": "007", "seconds": 900, "taken_back": taken_back}
    return house.face(hospital.HOLD, wish)


def _hand(house: House, number: str, hand: str = HAND) -> dict[str, Any]:
    return house.face(HAND_OVER, {"hand_key": hand, "hold_key": KEY, "batch_no": number})


def _listed(house: House, number: str) -> dict[str, Any] | None:
    return next((bill for bill in house.bills(house.world.people["zhangsan"]) if bill["batch_no"] == number), None)


def _phone(house: House, number: str, until: str) -> dict[str, Any]:
    return house.face(TILL, {"till": "app", "batch_no": number, "until": until})


def test_a_bill_that_was_handed_over_is_told_as_waiting_and_nobody_else_may_hold_it(
    house: House, bill: str, violations: Look
) -> None:
    told = _hand(house, bill)["handed"]
    listed = _listed(house, bill)
    assert listed is not None
    assert listed["handed"] == told
    assert told["number"].startswith("ORD")
    assert told["until"].endswith("+08:00")
    assert "手机" in _hold(house, bill, OTHER)["refused"]
    assert "refused" in _hold(house, bill), "the kiosk's own hold is over too"
    assert violations() == []


def test_the_same_key_is_answered_alike_and_another_is_refused(house: House, bill: str) -> None:
    first = _hand(house, bill)
    assert _hand(house, bill) == first
    assert "refused" in _hand(house, bill, "kiosk0009-phone")


def test_what_nobody_holds_is_not_handed_over(house: House, bill: str) -> None:
    house.face(hospital.RELEASE, {"hold_key": KEY, "batch_no": bill})
    assert "不在占用中" in _hand(house, bill)["refused"]


def test_nothing_is_handed_over_while_an_order_of_the_kiosk_is_open(house: House, bill: str) -> None:
    wish = {"order": "order0000000000000001", "amount_fen": 100, "subject": "门诊", "terminal": "007"}
    house.face(payment.SHOW, wish)
    assert "尚未了结" in _hand(house, bill)["refused"]


def test_the_phone_pays_both_parts_and_the_hospital_books_once(house: House, bill: str, violations: Look) -> None:
    _hand(house, bill)
    assert _phone(house, bill, "booked")["stage"] == "booked"
    assert _listed(house, bill) is None
    late = _hold(house, bill, OTHER, taken_back=True)
    assert (late["too_late"], "held" in late) == ("paid", False)
    assert violations() == []


def test_what_is_brought_back_can_be_paid_here_and_no_more_on_the_phone(
    house: House, bill: str, ledger: Ledger, violations: Look
) -> None:
    _hand(house, bill)
    assert _hold(house, bill, OTHER, taken_back=True)["held"]
    with ledger.look() as session:
        order = session.scalars(select(MobileBill)).one()
        visit = session.get_one(Visit, order.mdtrt_id)
        assert (order.status, visit.cancelled) == (OrderStatus.WITHDRAWN, True)
    assert "refused" in _phone(house, bill, "settled"), "another holds it"
    assert violations() == []


def test_a_phone_that_is_paying_keeps_its_bill(house: House, bill: str, violations: Look) -> None:
    _hand(house, bill)
    assert _phone(house, bill, "settled")["setl_id"]
    assert _hold(house, bill, OTHER, taken_back=True)["too_late"] == "paying"
    assert _phone(house, bill, "booked")["stage"] == "booked"
    assert violations() == []


def test_what_lapsed_on_the_phone_is_a_bill_like_any_other_again(house: House, bill: str, violations: Look) -> None:
    _hand(house, bill)
    house.clock.moment += timedelta(hours=25)
    listed = _listed(house, bill)
    assert listed is not None
    assert "handed" not in listed
    assert _hold(house, bill, OTHER)["held"]
    assert "refused" in _phone(house, bill, "settled")
    assert violations() == []


def test_whoever_has_no_e_voucher_pays_here(house: House) -> None:
    person = next(one for one in house.world.people.values() if one.platform is None)
    number = str(house.fresh_bill(person, "cold-phone")["batch_no"])
    _hold(house, number)
    assert "电子凭证" in _hand(house, number)["refused"]
    assert _hold(house, number)["held"], "and the kiosk holds it still"


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (update(Hold).where(Hold.hold_key == HAND).values(released_at=Hold.held_at), "which is free"),
        (update(MobileBill).values(status=OrderStatus.WITHDRAWN), "is dead"),
    ],
    ids=("free", "dead"),
)
def test_the_audit_names_what_can_be_paid_at_both_places_or_nowhere(
    wrong: Any, found: str, house: House, bill: str, ledger: Ledger, violations: Look
) -> None:
    _hand(house, bill)
    ledger.carry_out(lambda session: session.execute(wrong.execution_options(synchronize_session=False)))
    assert any(found in violation for violation in violations())
