"""An insurer's part between client and reference backend: the contract of every adapter, over real HTTPS."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import Booking
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Informed, PaidBills, Payment, Promised
from kiosk.ports.insurer import ClaimPaid, ClaimRequest, InsurerPort
from kiosk.ports.payment import Collected
from settlement import insurer
from settlement.access import Access
from settlement.reference.audit import audit
from settlement.reference.ledger.store import Ledger
from tests.settlement.visits import PAYS, Parties, Visit, got, host
from tests.support.backend import Backend, running_backend


@pytest.fixture(scope="module")
def backend(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("backend"), database=module_database) as backend:
        yield backend


@pytest.fixture(scope="module")
def parties(backend: Backend) -> Parties:
    return Parties.of(backend)


@pytest.fixture(scope="module")
def port(backend: Backend) -> InsurerPort:
    return insurer.make(Access(**backend.access.model_dump()), host())


def violations(backend: Backend) -> list[str]:
    with closing(Ledger(backend.database)) as books, books.look() as session:
        return [one.text for one in audit(session, SystemClock().now()).violations]


def request(visit: Visit, quote: Quote) -> ClaimRequest:
    policy = visit.batch.policy
    assert policy is not None
    return ClaimRequest(visit.person, policy, visit.batch.batch_no, visit.batch.med_type, quote.amounts, "1 zh words")


def key(visit: Visit) -> str:
    return f"{visit.sid}-claim"


def pledged(visit: Visit, port: InsurerPort) -> tuple[Quote, Pledge]:
    quote = visit.quote()
    return quote, got(Pledge, port.quote(key(visit), request(visit, quote)))


def booked(visit: Visit, quote: Quote, pledge: Pledge) -> Settlement:
    """Settled, and booked with what was pledged in place of money."""
    settlement = visit.settle(quote)
    cover = visit.batch.cover(settlement.amounts.psn_cash_pay, pledge)
    parties, batch_no = visit.parties, visit.batch.batch_no
    paid = got(Collected, parties.payment.collect(f"{visit.sid.lower()}p", cover.due, PAYS, batch_no))
    promised = Promised(Claim(pledge), key(visit), cover.deferred)
    payment = Payment(paid.order, paid.amount, paid.channel)
    book_key, hold_key = f"{visit.sid}-book", visit.hold_key
    got(Booking, parties.hospital.book(book_key, hold_key, batch_no, settlement, payment, None, promised))
    return settlement


def test_a_quote_is_the_same_again_and_a_claim_is_paid_once(
    backend: Backend, parties: Parties, port: InsurerPort
) -> None:
    visit = parties.visit("hanmei", "one-bill").report()
    quote, pledge = pledged(visit, port)
    assert port.quote(key(visit), request(visit, quote)) == pledge
    assert Money(0) < pledge.amount < quote.amounts.psn_cash_pay
    settlement = booked(visit, quote, pledge)
    paid = got(ClaimPaid, port.settle(key(visit), pledge, visit.batch.batch_no, settlement))
    assert port.settle(key(visit), pledge, visit.batch.batch_no, settlement) == paid
    claim = Claim(pledge, Outcome.PAID, paid.number)
    told = parties.hospital.report_claim(key(visit), visit.batch.batch_no, claim)
    assert told == parties.hospital.report_claim(key(visit), visit.batch.batch_no, claim) == Informed(None)
    before = got(PaidBills, parties.hospital.paid(visit.person, SystemClock().now().date())).bills
    again = next(one.claim for one in before if one.batch.batch_no == visit.batch.batch_no)
    assert again is not None, "its papers can be made once more"
    assert (again.pledge.amount, again.outcome) == (pledge.amount, Outcome.PAID)
    assert violations(backend) == []


def test_a_refusal_is_asked_of_the_patient_as_a_bill_of_its_own(
    backend: Backend, parties: Parties, port: InsurerPort
) -> None:
    visit = parties.visit("hanbing", "insured").report()
    quote, pledge = pledged(visit, port)
    settlement = booked(visit, quote, pledge)
    no = got(Refused, port.settle(key(visit), pledge, visit.batch.batch_no, settlement))
    assert (no.fault, no.reason) == (FaultCode.INSURER_REFUSED, "还在等待期内")
    assert got(Refused, port.settle(key(visit), pledge, visit.batch.batch_no, settlement)) == no
    claim = Claim(pledge, Outcome.REFUSED, reason=no.reason)
    owed = got(Informed, parties.hospital.report_claim(key(visit), visit.batch.batch_no, claim)).owed
    assert owed is not None
    assert owed.deposit is not None
    assert (owed.total, owed.deposit.owed, "还在等待期内" in owed.deposit.basis) == (pledge.amount, True, True)
    assert violations(backend) == [], "owed, and nobody else has it"
    paid = replace(claim, outcome=Outcome.PAID)
    assert isinstance(parties.hospital.report_claim(key(visit), visit.batch.batch_no, paid), Refused), "one word only"


def test_a_hospital_books_no_promise_of_an_insurer_it_does_not_know(parties: Parties, port: InsurerPort) -> None:
    visit = parties.visit("hanmei", "one-bill").report()
    quote, pledge = pledged(visit, port)
    settlement = visit.settle(quote)
    stranger = replace(pledge, policy=replace(pledge.policy, insurer="不认识的保险"))
    cover = visit.batch.cover(settlement.amounts.psn_cash_pay, pledge)
    paid = got(Collected, parties.payment.collect(f"{visit.sid.lower()}p", cover.due, PAYS, visit.batch.batch_no))
    answer = parties.hospital.book(
        f"{visit.sid}-book",
        visit.hold_key,
        visit.batch.batch_no,
        settlement,
        Payment(paid.order, paid.amount, paid.channel),
        None,
        Promised(Claim(stranger), key(visit), cover.deferred),
    )
    assert isinstance(answer, Refused)
    visit.reverse(settlement.msgid)
    parties.payment.refund(paid.order, f"{paid.order}r", paid.amount)
    parties.hospital.release(visit.hold_key, visit.batch.batch_no)


def test_an_insurer_pays_nothing_it_did_not_quote(parties: Parties, port: InsurerPort) -> None:
    visit = parties.visit("hanmei", "one-bill").report()
    quote, pledge = pledged(visit, port)
    settlement = visit.settle(quote)
    dearer = replace(pledge, amount=pledge.amount + Money(1))
    assert isinstance(port.settle(f"{visit.sid}-other", dearer, visit.batch.batch_no, settlement), Refused)
    visit.reverse(settlement.msgid)
    parties.hospital.release(visit.hold_key, visit.batch.batch_no)


@pytest.mark.parametrize("trouble", ["lose-reply", "half", "html", "http=503", "wrong-msgid"])
def test_what_is_not_plainly_answered_is_unknown_and_never_refused(
    backend: Backend, parties: Parties, port: InsurerPort, trouble: str
) -> None:
    visit = parties.visit("hanmei", "one-bill").report()
    quote, pledge = pledged(visit, port)
    settlement = booked(visit, quote, pledge)
    backend.misbehave(f"insurer.settle@1:{trouble}")
    lost = port.settle(key(visit), pledge, visit.batch.batch_no, settlement)
    assert isinstance(lost, Unknown), trouble
    assert lost.fault is FaultCode.INSURER_UNREACHABLE
    paid = got(ClaimPaid, port.settle(key(visit), pledge, visit.batch.batch_no, settlement))
    parties.hospital.report_claim(key(visit), visit.batch.batch_no, Claim(pledge, Outcome.PAID, paid.number))
    assert violations(backend) == []


def test_nobody_there_is_not_sent(backend: Backend, parties: Parties) -> None:
    access = Access(**backend.access.model_dump()).model_copy(update={"url": "https://127.0.0.1:9"})
    gone = insurer.make(access, host())
    visit = parties.visit("hanmei", "one-bill").report()
    answer = gone.quote(key(visit), request(visit, visit.quote()))
    assert answer == NotSent(FaultCode.INSURER_UNREACHABLE)
    parties.hospital.release(visit.hold_key, visit.batch.batch_no)
