"""A commercial insurer as its patient meets it: they are asked before it is, and decide about its refusal."""

from dataclasses import replace

import pytest

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import ZERO, Money
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.effects import AskInsurer, DeclineQuote, OpenSettlement, PrintClaimSlip, PrintReceipt
from kiosk.flow.events import BillChosen, BillsWereSought, Continued, Left, PersonWasSought, Stayed, WentBack, Woke
from kiosk.flow.insurer_events import InsurerAgreedTo, InsurerWanted
from kiosk.flow.insurer_states import AskingInsurer, InsurerConsent, InsurerRefused
from kiosk.flow.rules import Look, Rules
from kiosk.flow.states import Cancelling, ChoosingBill, Confirming, Explaining, Kiosk, NextSteps, Quoting, StillThere
from kiosk.flow.stay_states import DepositOffered
from kiosk.ports.hospital import Bills
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import Completed, QuotedBill, QuoteReady, SettledBill, SettlingNow
from tests.kiosk.flow.walker import NUMBER, SETTLEMENT, SID, Walker
from tests.support.people import BATCH, BOOKING, DEFERRAL, DEPOSIT, INSURED, OWED, POLICY, ZHANG, quote

PLEDGE = Pledge(POLICY, "Q1", Money(400))
ASKED_FOR = replace(DEPOSIT, batch_no="W1", total=Money(400), deposit=OWED)
WORDS = "1 zh words"


def quoted(pledge: Pledge | None = None, unpledged: FaultCode | None = None) -> QuoteReady:
    return QuoteReady((QuotedBill(SID, NUMBER, "B1", quote(Money(1000)), pledge, unpledged),))


def to_quote(batch: FeeBatch = INSURED, *, insurers: bool = True, look: Look = Look.STANDARD) -> Walker:
    walker = Walker(replace(Kiosk(Rules(insurers=insurers)), look=look)).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((batch,))))
    if isinstance(walker.state.screen, ChoosingBill):
        walker.send(BillChosen("B1"))
    return walker.report(quoted(), "ticket")


def to_pledge() -> Walker:
    walker = to_quote().send(InsurerWanted(), InsurerAgreedTo(WORDS))
    walker.at(AskingInsurer)
    return walker.report(quoted(PLEDGE))


def ended(outcome: Outcome, owed: FeeBatch | None = None) -> Completed:
    claim = Claim(PLEDGE, outcome, reason="还在等待期内")
    done = SettledBill(SID, NUMBER, "B1", SETTLEMENT, None, BOOKING, claim=claim)
    return Completed((replace(done, owed=owed, refused=PLEDGE.amount if claim.outcome is Outcome.REFUSED else ZERO),))


def settled(outcome: Outcome, owed: FeeBatch | None = None) -> Walker:
    walker = to_pledge().send(Continued(), Continued())
    return walker.report(SettlingNow(SID)).report(ended(outcome, owed))


def test_nobody_is_told_of_the_bill_before_its_patient_agreed() -> None:
    walker = to_quote().send(InsurerWanted())
    walker.at(InsurerConsent)
    assert not [effect for effect in walker.done if isinstance(effect, AskInsurer)]
    walker.send(InsurerAgreedTo(WORDS))
    asked = walker.asked(AskInsurer)
    assert (asked.sids, asked.consent) == ((SID,), WORDS)


def test_a_no_leads_back_to_the_same_quote() -> None:
    walker = to_quote().send(InsurerWanted(), WentBack())
    assert walker.at(Explaining).offer.own_part == Money(1000)


def test_what_the_insurer_pledged_lessens_what_is_asked_for() -> None:
    walker = to_pledge()
    offer = walker.at(Explaining).offer
    assert (offer.own_part, offer.bills[0].cover.insurer) == (Money(600), Money(400))
    assert walker.send(Continued()).at(Confirming).offer.own_part == Money(600)


@pytest.mark.parametrize("fault", [FaultCode.INSURER_REFUSED, FaultCode.INSURER_UNREACHABLE])
def test_without_a_pledge_the_bill_is_paid_as_before_and_it_is_not_asked_again(fault: FaultCode) -> None:
    walker = to_quote().send(InsurerWanted(), InsurerAgreedTo(WORDS)).report(quoted(unpledged=fault))
    assert walker.at(Explaining).offer.own_part == Money(1000)
    walker.send(InsurerWanted()).at(Explaining)


def test_a_site_without_insurers_asks_nobody() -> None:
    to_quote(insurers=False).send(InsurerWanted()).at(Explaining)
    to_quote(BATCH).send(InsurerWanted()).at(Explaining)


def test_the_short_way_shows_the_page_that_has_the_question_and_what_waits() -> None:
    to_quote(look=Look.ELDER).at(Explaining)
    to_quote(replace(BATCH, deferral=DEFERRAL), look=Look.ELDER).at(Explaining)


def test_whoever_leaves_while_the_insurer_is_asked_gives_the_bill_back() -> None:
    walker = to_quote().send(InsurerWanted())
    walker.send(Woke(walker.at(InsurerConsent).ticket)).at(StillThere)
    walker.send(Stayed()).at(InsurerConsent)
    walker.send(Left()).at(Cancelling)
    assert walker.asked(DeclineQuote).sids == (SID,)


def test_what_the_insurer_paid_is_on_the_last_page_and_on_the_receipt() -> None:
    walker = settled(Outcome.PAID)
    assert walker.at(NextSteps).paid[0].claim == Claim(PLEDGE, Outcome.PAID, reason="还在等待期内")
    assert walker.asked(PrintReceipt).paid.claim is not None
    assert not [effect for effect in walker.done if isinstance(effect, PrintClaimSlip)]


def test_an_insurer_that_does_not_answer_leaves_its_patient_with_receipt_and_slip() -> None:
    walker = settled(Outcome.OPEN)
    walker.at(NextSteps)
    assert walker.asked(PrintClaimSlip).paid.claim == Claim(PLEDGE, Outcome.OPEN, reason="还在等待期内")


def test_a_refusal_is_never_silent_and_paying_now_is_a_payment_of_its_own() -> None:
    walker = settled(Outcome.REFUSED, ASKED_FOR)
    walker.at(InsurerRefused)
    assert not [effect for effect in walker.done if isinstance(effect, PrintReceipt)]
    walker.send(Continued()).at(Quoting)
    assert walker.asked(PrintReceipt).paid.sid == SID
    assert walker.asked(OpenSettlement).bills[0].batch == ASKED_FOR
    walker.report(QuoteReady((QuotedBill("S2", "N2", "W1", None),)), "ticket")
    assert walker.at(DepositOffered).offer.own_part == Money(400)
    assert not [effect for effect in walker.done if isinstance(effect, PrintClaimSlip)]


@pytest.mark.parametrize("owed", [ASKED_FOR, None])
def test_the_claim_slip_is_the_other_choice_and_what_happens_when_nobody_chooses(owed: FeeBatch | None) -> None:
    walker = settled(Outcome.REFUSED, owed)
    page = walker.at(InsurerRefused)
    walker.send(Woke(page.ticket)).at(NextSteps)
    assert walker.asked(PrintClaimSlip).paid.sid == SID
    other = settled(Outcome.REFUSED, owed).send(Left())
    other.at(NextSteps)
    assert other.asked(PrintClaimSlip).paid.sid == SID


def test_a_part_that_waits_is_not_asked_for() -> None:
    walker = to_quote(replace(BATCH, deferral=DEFERRAL))
    assert walker.at(Explaining).offer.own_part == Money(700)
