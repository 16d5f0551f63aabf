"""A payment past the age its channel takes back leaves its refund to a window, before anything is cancelled."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kiosk.domain.insured import Person
from kiosk.engine.ages import within_age
from kiosk.engine.clock import SystemClock
from kiosk.engine.queries import Queries, Wants
from kiosk.flow.effects import FindPaid
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.ticket import Ticket
from kiosk.ports.hospital import PaidBefore, PaidBills, Refundable
from tests.kiosk.engine.inbox import Inbox
from tests.support.fakes import World
from tests.support.paid_bills import PAID_BEFORE, REFUNDED
from tests.support.people import ZHANG
from tests.support.refunded_bills import COLLECTED, REST

assert REFUNDED.refund is not None
APPROVED = replace(REFUNDED.refund, reasons=(), again=REST)
HERE = replace(REFUNDED, refund=APPROVED)
PAID_AT = COLLECTED[0].paid_at
YEAR = timedelta(days=365)


def judged(paid: PaidBefore, now: datetime, ages: dict[str, int]) -> Refundable | None:
    return within_age(PaidBills((paid,)), ages, now).bills[0].refund


@pytest.mark.parametrize(
    "now", [PAID_AT, PAID_AT + YEAR, PAID_AT - timedelta(days=1)], ids=["at once", "on the day", "a clock behind"]
)
def test_what_its_channel_still_takes_back_is_given_back_here(now: datetime) -> None:
    assert judged(HERE, now, {"wechat": 365}) == APPROVED


@pytest.mark.parametrize("past", [timedelta(seconds=1), timedelta(days=1)], ids=["a second past", "a day past"])
def test_past_its_age_it_is_the_windows_with_sum_and_approval(past: timedelta) -> None:
    assert judged(HERE, PAID_AT + YEAR + past, {"wechat": 365}) == replace(APPROVED, again=None, too_old=True)


@pytest.mark.parametrize("ages", [{}, {"alipay": 1}], ids=["no table", "another channel"])
def test_of_a_channel_without_an_age_the_hospitals_word_stands_alone(ages: dict[str, int]) -> None:
    assert judged(HERE, PAID_AT + 10 * YEAR, ages) == APPROVED


def test_one_old_payment_of_two_leaves_all_of_it_to_the_window() -> None:
    redress = REST.redress
    assert redress is not None
    newer = replace(COLLECTED[0], number="TF1-2", paid_at=PAID_AT + YEAR, order="1k3m9x2p7q4w8r1t5y6u0iz2d7")
    again = replace(REST, redress=replace(redress, payments=(*COLLECTED, newer)))
    refund = judged(replace(HERE, refund=replace(APPROVED, again=again)), PAID_AT + 2 * YEAR, {"wechat": 365})
    assert refund == replace(APPROVED, again=None, too_old=True)


@pytest.mark.parametrize("paid", [REFUNDED, PAID_BEFORE[0]], ids=["the window's anyway", "no refund"])
def test_what_no_kiosk_gives_back_stays_as_the_hospital_told_it(paid: PaidBefore) -> None:
    assert judged(paid, PAID_AT + 10 * YEAR, {"wechat": 1}) == paid.refund


def test_bills_are_judged_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    world, inbox = World(), Inbox()
    now = SystemClock().now()
    redress = REST.redress
    assert redress is not None
    old = replace(COLLECTED[0], paid_at=now - timedelta(days=3))
    again = replace(REST, redress=replace(redress, payments=(old,)))

    def paid(person: Person, since: date) -> PaidBills:
        assert person == ZHANG
        asked_since.append(since)
        return PaidBills((replace(HERE, refund=replace(APPROVED, again=again)),))

    asked_since: list[date] = []
    monkeypatch.setattr(world.hospital, "paid", paid)
    wants = Wants(ages={"wechat": 2, "unionpay": 9})
    queries = Queries(world.parties, SystemClock(), inbox.post, inbox.faulted, sign_in_retry=600, wants=wants)
    queries.start()
    queries.ask(FindPaid(Ticket(1, 1), ZHANG))
    told = inbox.wait_for(PaidWereSought).answer
    queries.ask(FindPaid(Ticket(1, 2), ZHANG, refunds=True))
    inbox.wait_for(PaidWereSought, 2)
    queries.stop()
    assert asked_since == [now.date() - timedelta(days=180), now.date() - timedelta(days=730)]
    assert isinstance(told, PaidBills)
    assert told.bills[0].refund == replace(APPROVED, again=None, too_old=True)
