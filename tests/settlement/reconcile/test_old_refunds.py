"""What goes back of payments of other days: named where neither a kiosk nor the hospital says for what."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.accounts import AccountRow
from kiosk.domain.money import Money
from settlement.reconcile.books import Books
from settlement.reconcile.findings import Finding, Kind
from settlement.reconcile.matching import compare
from settlement.reconcile.rows import MadeRefund, NotedReturn, TakenBack
from tests.settlement.reconcile.invented import plain_day
from tests.settlement.reconcile.single import DAY

YESTERDAY = DAY - timedelta(days=1)
OLD = MadeRefund("clerk1", "order0", "001", "wechat", Money(300), DAY)


def books(*refunds: MadeRefund) -> Books:
    return replace(plain_day(random.Random(20), kiosks=2, each=10, windows=3).books(), refunds=refunds)


def found(told: Books) -> list[tuple[Kind, str | None, str]]:
    return [_short(finding) for finding in compare(told).findings]


def _short(finding: Finding) -> tuple[Kind, str | None, str]:
    return finding.kind, finding.sid, finding.order


def test_what_nobody_explains_is_named_by_its_order_as_service_and_hospital_say() -> None:
    [finding] = compare(books(OLD)).findings
    assert _short(finding) == (Kind.REFUND_UNKNOWN, None, "order0")
    assert dict(finding.amounts) == {"payment.refunded": Money(300), "hospital.refunded": Money(0)}
    [finding] = compare(replace(books(OLD), returned=None)).findings
    assert dict(finding.amounts) == {"payment.refunded": Money(300)}


@pytest.mark.parametrize(
    "explain",
    [
        lambda told: replace(told, refunds=[replace(OLD, terminal="905")]),
        lambda told: replace(told, refunds=[replace(OLD, key="order0r")]),
        lambda told: replace(told, refunds=[replace(OLD, key="order0r2")]),
        lambda told: replace(told, refunds=[replace(OLD, day=YESTERDAY)]),
        lambda told: replace(told, taken_back=[TakenBack("", "905", "S0", YESTERDAY, "", DAY, ("order0",))]),
    ],
    ids=["a window's order", "undone by its kiosk", "a part of it undone", "of another day", "taken back at a window"],
)
def test_what_is_somebodys_is_not(explain: Callable[[Books], Books]) -> None:
    assert found(explain(books(OLD))) == []


def test_what_the_hospital_has_from_a_lost_settlement_is_named_once_by_its_number() -> None:
    noted = NotedReturn("LOST", "001", "order0", "wechat", Money(300), DAY)
    assert found(replace(books(OLD), returned=[noted])) == [(Kind.REFUND_WITHOUT_KIOSK, "LOST", "order0")]


def _paid_yesterday(told: Books) -> tuple[Books, AccountRow]:
    row = next(row for row in told.kiosks if row.kept and row.setl_id)
    return replace(told, day=DAY, kiosks=(), institution=(), orders=(), neighbours=[row]), row


def test_of_yesterdays_payment_it_is_tied_to_whoever_collected_it() -> None:
    told, row = _paid_yesterday(books())
    order = row.orders[0].order
    told = replace(told, refunds=[replace(OLD, order=order, terminal=row.terminal)])
    assert found(told) == [(Kind.REFUND_UNKNOWN, row.sid, order)]
    cancelled = TakenBack("", "905", row.setl_id, YESTERDAY, "", DAY)
    assert found(replace(told, taken_back=[cancelled])) == [], "a window cancelled the bill"


def test_a_kiosk_that_is_off_may_have_made_it() -> None:
    [waiting] = compare(replace(books(OLD), silent=frozenset({"001"}))).waiting
    assert (waiting.kind, waiting.order) == (Kind.NOT_REPORTED, "order0")
    assert found(replace(books(OLD), silent=frozenset({"002"}), returned=None)) == []
