"""Tills that do the same at the same time, on both databases: one of them wins, and nobody's money counts twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from settlement.reference.audit import audit
from settlement.reference.ledger.dealings import PayOrder, PayRefund, Settlement, SignIn
from settlement.reference.ledger.store import Ledger
from settlement.reference.platform.call import Manners
from settlement.wire import hospital, payment
from settlement.wire.payment import RefundStatus
from tests.settlement.reference.conftest import MakeHouse
from tests.settlement.reference.house import House, Visit

TILLS, ROUNDS = 6, 8  # kiosks at once; how often
ORDER = "order0000000000000001"

ResultT = TypeVar("ResultT")


@pytest.fixture
def tills(make_house: MakeHouse) -> list[House]:
    """Terminals at one backend, each with a thread of its own below."""
    return [make_house(Manners()) for _ in range(TILLS)]


def at_once(works: Iterable[Callable[[], ResultT]]) -> list[ResultT]:
    """All begin together; a database that loses a race says so by raising, and that fails the test."""
    ready = list(works)
    start = threading.Barrier(len(ready))

    def begin(work: Callable[[], ResultT]) -> ResultT:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(ready)) as pool:
        return [future.result() for future in [pool.submit(begin, work) for work in ready]]


def at(till: House, visit: Visit) -> Visit:
    return replace(visit, house=till)


def test_a_bill_is_held_by_one_till_only(tills: list[House]) -> None:
    for _ in range(ROUNDS):
        visit = tills[0].visit()
        answers = at_once(partial(at(till, visit).hold, f"hold-of-till-{n}", f"000{n}") for n, till in enumerate(tills))
        assert sum("held" in answer for answer in answers) == 1, answers


def test_an_expired_hold_passes_to_one_till_only_and_its_owner_cannot_renew_it_then(tills: list[House]) -> None:
    for number in range(ROUNDS):
        visit, first = tills[0].visit(), f"first-of-{number}"
        visit.hold(first, seconds=60)
        for till in tills:
            till.clock.pass_by(seconds=61)
        renewal = {"hold_key": first, "batch_no": visit.bill["batch_no"], "seconds": 60}
        works = [partial(tills[0].face, hospital.RENEW, renewal)]
        works += [partial(at(till, visit).hold, f"{first}-{n}", f"000{n}") for n, till in enumerate(tills[1:])]
        answers = at_once(works)
        assert sum("held" in answer for answer in answers) == 1, answers


def test_a_hold_and_its_own_release_leave_nothing_held(tills: list[House]) -> None:
    for number in range(ROUNDS):
        visit, key = tills[0].visit(), f"released-{number}"
        release = {"hold_key": key, "batch_no": visit.bill["batch_no"]}
        at_once([partial(at(tills[1], visit).hold, key), partial(tills[2].face, hospital.RELEASE, release)])
        assert "held" in visit.hold(f"held-next-{number}", "0009")


def test_a_bill_is_settled_once_however_many_settle_it(tills: list[House], ledger: Ledger) -> None:
    visit = tills[0].visit().uploaded()
    body = visit.settle_body()
    answers = at_once(partial(till.ask, "2207A", body) for till in tills)
    assert [answer.succeeded for answer in answers].count(True) == 1
    with ledger.look() as session:
        assert session.scalar(select(func.count()).select_from(Settlement)) == 1


def test_an_account_pays_no_more_than_it_holds(tills: list[House], ledger: Ledger) -> None:
    """Six bills of one person at six tills: each alone the account could pay, together they could not."""
    visits = [at(till, till.visit("zhangsan", "cold").uploaded()) for till in tills]
    at_once([partial(visit.house.ask, "2207A", visit.settle_body()) for visit in visits])
    with ledger.look() as session:
        paid = session.scalar(select(func.sum(Settlement.account)))
        deducted = session.scalar(select(func.sum(Settlement.deductible)))
    assert (paid, deducted) == (6_815, 5_000)


def test_settling_and_withdrawing_the_same_lines_leaves_one_truth(tills: list[House], ledger: Ledger) -> None:
    for _ in range(ROUNDS):
        visit = tills[0].visit("zhaomin", "ct").uploaded()
        body = visit.settle_body()
        withdraw = {"data": visit.who | {"mdtrt_id": visit.mdtrt_id, "chrg_bchno": "0000"}}
        at_once([partial(tills[1].ask, "2207A", body), partial(tills[2].ask, "2205", withdraw)])
    with ledger.look() as session:
        report = audit(session, tills[0].clock.now())
    assert {violation.text for violation in report.violations if violation.invariant == "I6"} == set()


def test_a_settlement_is_undone_once(tills: list[House]) -> None:
    for _ in range(ROUNDS):
        visit = tills[0].visit("liguihua", "cold").uploaded()
        visit.settled()
        asked = [("2208", visit.undo_body()), ("2601", visit.reverse_body())] * 2
        answers = at_once(partial(till.ask, *ask) for till, ask in zip(tills, asked, strict=False))
        assert [answer.succeeded for answer in answers].count(True) == 1


def test_an_order_is_charged_once_and_never_given_back_twice(tills: list[House], ledger: Ledger) -> None:
    visit = tills[0].visit()
    told = at_once(partial(at(till, visit).collect, ORDER, 100) for till in tills)
    assert {(answer["status"], answer["trade_no"]) for answer in told} == {("paid", told[0]["trade_no"])}
    wish = {"order": ORDER, "amount_fen": 60}
    at_once(
        partial(till.face, payment.REFUND, wish | {"refund_order": f"refund00000000000000{n}"})
        for n, till in enumerate(tills)
    )
    with ledger.look() as session:
        back = select(func.sum(PayRefund.amount)).where(PayRefund.state == RefundStatus.REFUNDED)
        assert session.scalar(back) == 60
        assert session.scalar(select(func.count()).select_from(PayOrder)) == 1


def test_one_number_for_all_who_sign_in_as_the_same_terminal(tills: list[House], ledger: Ledger) -> None:
    for till in tills:
        till.clock.pass_by(days=1)
    assert len(set(at_once(till.sign_in for till in tills))) == 1
    with ledger.look() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == 2  # yesterday's and today's


def test_booking_once_is_enough(tills: list[House]) -> None:
    visit = tills[0].visit("qianduo", "covered").uploaded()
    visit.hold("booked-by-many")
    body = visit.book_body(visit.settled(), [], "booked-by-many")
    replies = at_once(partial(till.face, hospital.BOOK, body) for till in tills)
    assert len({reply["booked"] for reply in replies}) == 1
