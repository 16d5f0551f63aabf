"""The audit finds each way in which the parties can come to disagree, and nothing where they agree."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from settlement.reference.audit import Report, audit
from settlement.reference.ledger.dealings import FeeRow, PayOrder, Settlement
from settlement.reference.ledger.parties import BookedPart, Booking, Hold
from settlement.reference.ledger.store import Ledger
from settlement.wire import hospital, payment
from settlement.wire.payment import PayStatus
from tests.settlement.reference.house import House

ORDER = "order0000000000000001"
SID = "01J8ZQ5T7W9XABCDEFGHJKMNPQ"
KEY = f"{SID.lower()}-1"


@pytest.fixture
def report(ledger: Ledger, house: House) -> Callable[[], Report]:
    def look() -> Report:
        with ledger.look() as session:
            return audit(session, house.clock.now())

    return look


def found(report: Report) -> set[str]:
    return {violation.invariant for violation in report.violations}


def test_a_whole_visit_is_in_order(house: House, report: Callable[[], Report]) -> None:
    assert house.visit().finished(KEY)["booked"]
    assert house.visit("qianduo", "covered").finished("another-hold")["booked"]
    assert report() == Report(settled=2, reversed=0, refunded=0, booked=2, open=0, violations=())


def test_an_undone_visit_is_in_order(house: House, report: Callable[[], Report]) -> None:
    visit = house.visit().uploaded()
    visit.hold(KEY)
    visit.collect(ORDER, 2860)
    visit.settled()
    house.told("2601", visit.reverse_body())
    house.face(payment.REFUND, {"order": ORDER, "refund_order": f"r{ORDER}", "amount_fen": 2860})
    house.face(hospital.RELEASE, {"hold_key": KEY, "batch_no": visit.bill["batch_no"]})
    assert report() == Report(settled=0, reversed=1, refunded=1, booked=0, open=0, violations=())


def test_a_visit_under_way_is_open_and_becomes_wrong_when_its_hold_runs_out(
    house: House, report: Callable[[], Report]
) -> None:
    visit = house.visit().uploaded()
    visit.hold(KEY, seconds=600)
    visit.collect(ORDER, 2860)
    visit.settled()
    assert (report().open, report().violations) == (1, ())
    house.clock.pass_by(seconds=601)
    assert found(report()) == {"I1", "I2"}
    assert {violation.sid for violation in report().violations} == {SID}


def test_money_that_landed_after_the_close_is_money_kept(house: House, report: Callable[[], Report]) -> None:
    visit = house.visit()
    visit.hold(KEY)
    visit.collect(ORDER, 2860, "130004000000000000")
    house.face(payment.CLOSE, {"order": ORDER})
    house.face(hospital.RELEASE, {"hold_key": KEY, "batch_no": visit.bill["batch_no"]})
    assert found(report()) == {"I1"}


def test_a_pending_order_of_a_released_bill_is_found(house: House, report: Callable[[], Report]) -> None:
    visit = house.visit()
    visit.hold(KEY)
    visit.collect(ORDER, 2860, "130005000000000000")
    assert report().violations == ()
    house.face(hospital.RELEASE, {"hold_key": KEY, "batch_no": visit.bill["batch_no"]})
    assert found(report()) == {"I2"}


def _reverse_after_booking(session: Session) -> None:
    session.execute(update(Settlement).values(state="reversed"))
    session.execute(update(FeeRow).values(setl_id=None))


def _settle_twice(session: Session) -> None:
    first = session.query(Settlement).one()
    columns = {column.name: getattr(first, column.name) for column in Settlement.__table__.columns}
    session.add(Settlement(**columns | {"setl_id": "another"}))


def _hold_twice(session: Session) -> None:
    hold = session.query(Hold).one()
    soon = hold.held_at + timedelta(hours=1)
    hold.released_at, hold.expires_at = None, soon
    session.add(
        Hold(hold_key="thief000", batch_no=hold.batch_no, owner="2", held_at=soon, expires_at=soon, released_at=None)
    )


@pytest.mark.parametrize(
    ("plant", "invariants"),
    [
        (_reverse_after_booking, {"I2"}),
        (_settle_twice, {"I8", "I2", "I6"}),
        (_hold_twice, {"I8"}),
        (lambda s: s.execute(update(Booking).values(cash=Booking.cash + 1)), {"I1", "I6"}),
        (lambda s: s.execute(update(Booking).values(msgid="another")), {"I6"}),
        (lambda s: s.execute(update(Booking).values(fund=Booking.fund - 1)), {"I6"}),
        (lambda s: s.execute(update(BookedPart).values(amount=BookedPart.amount - 1)), {"I1"}),
        (lambda s: s.execute(update(BookedPart).values(order_no="another")), {"I1", "I6"}),
        (lambda s: s.execute(update(PayOrder).values(state=PayStatus.CLOSED)), {"I1"}),
        (lambda s: s.execute(update(PayOrder).values(amount=PayOrder.amount + 1)), {"I1"}),
        (lambda s: s.execute(delete(PayOrder)), {"I6"}),
        (lambda s: s.execute(update(FeeRow).values(total=FeeRow.total + 1)), {"I6"}),
        (lambda s: (s.execute(delete(BookedPart)), s.execute(delete(Booking))), {"I1", "I2"}),
    ],
)
def test_each_planted_disagreement_is_found(
    house: House,
    ledger: Ledger,
    report: Callable[[], Report],
    plant: Callable[[Session], object],
    invariants: set[str],
) -> None:
    house.visit().finished(KEY)
    with ledger.transact() as session:
        plant(session)
    house.clock.pass_by(seconds=1)
    assert found(report()) == invariants


def test_giving_the_own_part_back_for_what_stands_is_found(house: House, report: Callable[[], Report]) -> None:
    house.visit().finished(KEY)
    house.face(payment.REFUND, {"order": ORDER, "refund_order": f"r{ORDER}", "amount_fen": 1})
    assert found(report()) == {"I1"}
