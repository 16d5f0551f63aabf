"""The audit finds each way in which the parties can come to disagree, and nothing where they agree."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kiosk.ports.clock import BEIJING
from settlement.reference.audit import Report, audit
from settlement.reference.ledger.books import Entry, Event, Kind, Move, Posting, post
from settlement.reference.ledger.dealings import FeeRow, MessageLog, PayOrder, Settlement
from settlement.reference.ledger.parties import Bill, BookedPart, Booking, Hold
from settlement.reference.ledger.store import Ledger
from settlement.wire import hospital, payment
from settlement.wire.payment import PayStatus
from tests.settlement.reference.house import House

ORDER = "order0000000000000001"
SID = "01J8ZQ5T7W9XABCDEFGHJKMNPQ"
KEY = f"{SID.lower()}-1"
BEGUN = datetime(2026, 7, 1, tzinfo=BEIJING)


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


@pytest.mark.parametrize(("channel", "broken"), [("unionpay", set()), ("wechat", {"I6"})])
def test_a_card_terminals_order_is_its_acquirers(
    house: House, report: Callable[[], Report], channel: str, broken: set[str]
) -> None:
    visit = house.visit().uploaded()
    visit.hold(KEY)
    output = visit.settled()
    cash = int((output.setlinfo.psn_cash_pay or 0) * 100)
    paid = [{"order": ORDER, "amount_fen": cash, "channel": channel}]
    assert house.face(hospital.BOOK, visit.book_body(output, paid, KEY))["booked"]
    assert found(report()) == broken


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


def _post_again(session: Session, event: Event) -> None:
    key = session.query(Entry).filter_by(event=event).one().key
    post(session, event, key, session.query(Booking).one().booked_at, [])


def _log_again(session: Session, infno: str) -> None:
    """The same msgid with another body, and both moved money."""
    first = session.query(MessageLog).filter_by(infno=infno).one()
    columns = {column.name: getattr(first, column.name) for column in MessageLog.__table__.columns}
    session.add(MessageLog(**columns | {"id": None, "sha256": "0" * 64, "repeated": True}))


@pytest.mark.parametrize(
    ("plant", "invariants"),
    [
        (_reverse_after_booking, {"I2", "I5"}),
        (_settle_twice, {"I8", "I2", "I5", "I6"}),
        (_hold_twice, {"I8"}),
        (lambda s: s.execute(update(Booking).values(cash=Booking.cash + 1)), {"I1", "I6"}),
        (lambda s: s.execute(update(Booking).values(msgid="another")), {"I6"}),
        (lambda s: s.execute(update(Booking).values(fund=Booking.fund - 1)), {"I6"}),
        (lambda s: s.execute(update(BookedPart).values(amount=BookedPart.amount - 1)), {"I1", "I6"}),
        (lambda s: s.execute(update(BookedPart).values(order_no="another")), {"I1", "I6"}),
        (lambda s: s.execute(update(PayOrder).values(state=PayStatus.CLOSED)), {"I1", "I6"}),
        (lambda s: s.execute(update(PayOrder).values(amount=PayOrder.amount + 1)), {"I1", "I6"}),
        (lambda s: s.execute(delete(PayOrder)), {"I5", "I6"}),
        (lambda s: s.execute(update(FeeRow).values(total=FeeRow.total + 1)), {"I6"}),
        (lambda s: (s.execute(delete(BookedPart)), s.execute(delete(Booking))), {"I1", "I2", "I5", "I6"}),
        (lambda s: s.execute(update(Posting).where(Posting.kind == Kind.FUND).values(amount=-1)), {"I1", "I6"}),
        (lambda s: s.execute(delete(Posting).where(Posting.kind == Kind.DUE, Posting.amount > 0)), {"I1"}),
        (lambda s: s.execute(update(Posting).where(Posting.kind == Kind.COLLECTED).values(holder="x")), {"I6"}),
        (lambda s: s.execute(update(Entry).where(Entry.event == Event.SETTLED).values(event=Event.RESTORED)), {"I5"}),
        (lambda s: s.execute(update(Entry).where(Entry.event == Event.SETTLED).values(key="another")), {"I5"}),
        (lambda s: _post_again(s, Event.BOOKED), {"I5"}),
        (lambda s: _post_again(s, Event.COLLECTED), {"I5"}),
        (lambda s: s.execute(update(MessageLog).values(msgid="another")), {"I3"}),
        (lambda s: s.execute(update(MessageLog).values(succeeded=False)), {"I3"}),
        (lambda s: _log_again(s, "2207A"), {"I3"}),
        (lambda s: s.execute(update(Settlement).values(info="{")), {"I4"}),
        (lambda s: s.execute(update(Settlement).values(detail='{"setldetail":[{}]}')), {"I4"}),
        (lambda s: s.execute(update(Bill).values(body="{}")), {"I4"}),
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


def test_what_is_older_than_180_days_need_not_be_printed_again(
    house: House, ledger: Ledger, report: Callable[[], Report]
) -> None:
    house.visit().finished(KEY)
    with ledger.transact() as session:
        session.execute(update(Settlement).values(info="{"))
    house.clock.pass_by(days=181)
    assert found(report()) == set()


def test_every_way_a_settlement_goes_is_posted_in_order(house: House, report: Callable[[], Report]) -> None:
    """Settled, cancelled, put back by a 2601 of the cancel, reversed, and settled anew: booked, and all is well."""
    visit = house.visit().uploaded()
    visit.hold(KEY)
    visit.settled()
    cancel = house.msgid()
    house.told("2208", visit.undo_body(), cancel)
    house.told("2601", visit.reverse_body(cancel, "2208"))
    assert visit.stands()
    house.told("2601", visit.reverse_body())
    output = visit.settled()
    cash = int((output.setlinfo.psn_cash_pay or 0) * 100)
    visit.collect(ORDER, cash)
    paid = [{"order": ORDER, "amount_fen": cash, "channel": "wechat"}]
    assert house.face(hospital.BOOK, visit.book_body(output, paid, KEY))["booked"]
    assert report() == Report(settled=1, reversed=1, refunded=0, booked=1, open=0, violations=())


@given(st.lists(st.integers(-1000, 1000), max_size=6))
def test_moves_that_do_not_add_up_are_never_posted(fen: list[int]) -> None:
    moves = [Move(Kind.FUND, "x", each) for each in [*fen, 1 - sum(fen)]]
    with pytest.raises(ValueError, match="zero"):
        post(Session(), Event.SETTLED, "x", BEGUN, moves)
