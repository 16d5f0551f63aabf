"""A refund that can be made here is asked about once, and made; whatever cannot be leaves a slip for the window."""

from dataclasses import replace

import pytest

from kiosk.domain.agent import Sight
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName
from kiosk.domain.stay import Back, returns_of
from kiosk.domain.visit import FeeLine
from kiosk.faults import FaultCode
from kiosk.flow.doors import standing_fault
from kiosk.flow.effects import AcceptQuote, DeclineQuote, OpenSettlement, PrintAgain, PrintPendingSlip, PrintReceipt
from kiosk.flow.events import (
    BillChosen,
    CardWasRead,
    Continued,
    Entered,
    FaultsChanged,
    IdCardWasRead,
    Left,
    MoneyReported,
    OptionPicked,
    PersonWasSought,
    WentBack,
    WhoseChosen,
)
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.paid_states import Reprinting
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.states import Cancelling, Confirming, Failed, Fixtures, Kiosk, NextSteps, Settling, StillAsking
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.hospital import PaidBefore, PaidBills
from kiosk.ports.id_reader import IdCardPlaced, IdCardRead
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import Completed, QuotedBill, QuoteReady, Seeking, SettledBill, SettlingNow, Undone
from tests.kiosk.flow.walker import Walker
from tests.support.paid_bills import BOOKING, REFUNDED, SID
from tests.support.people import EMPLOYEE, ID_CARD, IDENTITY, LI, ZHANG
from tests.support.refunded_bills import BACK, COLLECTED, RED, REFUNDED_BILL, REST

RULES = Rules(doors=(Door.OUTPATIENT, Door.REFUND))
NUMBER = REFUNDED_BILL.number
assert REFUNDED.refund is not None
APPROVED = replace(REFUNDED.refund, reasons=(), again=REST)
HERE = replace(REFUNDED, insurance=EMPLOYEE, refund=APPROVED)


def chosen(paid: PaidBefore, *before: FaultsChanged) -> Walker:
    walker = Walker(Kiosk(RULES)).send(*before, Entered(Door.REFUND), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    walker.send(PaidWereSought(walker.ticket("ticket"), PaidBills((paid,))))
    return walker.send(BillChosen(paid.batch.batch_no))


def asked() -> Walker:
    walker = chosen(HERE)
    ready = QuoteReady((QuotedBill(SID, NUMBER, REST.batch_no, None),))
    return walker.send(MoneyReported(walker.ticket("ticket"), ready))


def told(walker: Walker, report: Completed | Undone | Seeking | SettlingNow) -> Walker:
    return walker.send(MoneyReported(walker.ticket("money"), report))


def test_what_comes_back_is_the_one_question_and_its_yes_starts_it() -> None:
    walker = chosen(HERE)
    assert walker.asked(OpenSettlement).bills[0].batch == REST
    walker = asked()
    assert walker.at(Confirming).offer.redress == REST.redress
    walker.send(Continued())
    assert walker.asked(AcceptQuote).sids == (SID,)
    assert walker.at(Settling).offer.own_part.fen == 0


@pytest.mark.parametrize(("account", "family"), [(0, 0), (500, 0), (500, 200), (0, 200)])
def test_what_stays_draws_on_no_account_that_the_bill_left_alone(account: int, family: int) -> None:
    """Whoever kept the account for another day is not asked about it again, and would find it emptied."""
    amounts = replace(HERE.settlement.amounts, acct_pay=Money(account), acct_mulaid_pay=Money(family))
    walker = chosen(replace(HERE, settlement=replace(HERE.settlement, amounts=amounts)))
    [bill] = walker.asked(OpenSettlement).bills
    assert (bill.use_account, bill.use_family) == (account + family > 0, family > 0)


@pytest.mark.parametrize("no", [Left(), WentBack()], ids=["left", "back"])
def test_a_no_gives_it_back_and_touches_nothing(no: Left | WentBack) -> None:
    walker = asked().send(no)
    assert walker.asked(DeclineQuote).sids == (SID,)
    assert walker.at(Cancelling).fault is None


def test_what_was_made_is_printed_with_the_red_receipt() -> None:
    walker = asked().send(Continued())
    bill = SettledBill(SID, NUMBER, REST.batch_no, REFUNDED_BILL.settlement, None, BOOKING, BACK, unbooked=RED)
    told(walker, SettlingNow(SID))
    told(walker, Completed((bill,)))
    assert walker.at(NextSteps).paid[0].unbooked == RED
    assert walker.asked(PrintReceipt).paid.returns == BACK


def test_what_is_not_settled_anew_says_that_all_went_back() -> None:
    walker = asked().send(Continued())
    every = tuple(replace(one, back=Back.RETURNED) for one in returns_of(COLLECTED[0].amount, COLLECTED, "k"))
    fault = FaultCode.REST_NOT_SETTLED
    told(walker, Undone(SID, NUMBER, fault, "", COLLECTED[0].amount, REST.batch_no, every, RED))
    assert walker.at(Failed).fault is fault
    assert walker.at(Failed).amount == COLLECTED[0].amount


def test_what_its_channel_did_not_take_back_is_a_windows_with_a_slip() -> None:
    walker = asked().send(Continued())
    some = tuple(replace(one, back=Back.WINDOW) for one in returns_of(COLLECTED[0].amount, COLLECTED, "k"))
    fault = FaultCode.REST_NOT_SETTLED
    told(walker, Undone(SID, NUMBER, fault, "", COLLECTED[0].amount, REST.batch_no, some, RED))
    assert walker.at(Failed).fault is FaultCode.STAFF_MUST_RESOLVE
    assert walker.asked(PrintPendingSlip).sid == SID


def test_a_lost_answer_keeps_its_patient_standing_by() -> None:
    walker = asked().send(Continued())
    told(walker, Seeking(SID, NUMBER, FaultCode.REFUND_UNKNOWN))
    assert walker.at(StillAsking).fault is FaultCode.REFUND_UNKNOWN


def test_a_refusal_before_anything_is_undone_sends_nobody_back_to_other_bills() -> None:
    walker = chosen(HERE)
    undone = Undone(SID, NUMBER, FaultCode.BILL_TAKEN)
    walker.send(MoneyReported(walker.ticket("ticket"), undone))
    assert walker.at(Failed).can_retry is False


@pytest.mark.parametrize(
    "paid",
    [
        REFUNDED,
        replace(HERE, insurance=replace(EMPLOYEE, insutype="390", psn_type="1501")),
        replace(HERE, refund=replace(APPROVED, again=None, too_old=True)),
    ],
    ids=["the hospital's reason", "an insurance that ended", "a payment past its channel's age"],
)
def test_what_only_a_window_can_do_leaves_its_slip_and_touches_nothing(paid: PaidBefore) -> None:
    walker = chosen(paid)
    assert walker.at(Reprinting).door is Door.REFUND
    assert walker.asked(PrintAgain).refund
    assert not any(isinstance(effect, OpenSettlement) for effect in walker.done)


def test_while_nothing_can_be_settled_the_slip_is_printed() -> None:
    walker = chosen(HERE, FaultsChanged(frozenset({FaultCode.PAYMENT_UNREACHABLE})))
    assert standing_fault(walker.state)
    assert walker.asked(PrintAgain).refund


@pytest.mark.parametrize(
    ("sees", "lines"),
    [((), ()), ((Sight.LINES,), APPROVED.lines), ((Sight.DISEASE,), ())],
    ids=["sums alone", "lines", "disease"],
)
def test_a_relative_agrees_to_nothing_they_may_not_see(sees: tuple[Sight, ...], lines: tuple[FeeLine, ...]) -> None:
    walker = for_somebody(frozenset(sees)).send(BillChosen(HERE.batch.batch_no))
    assert walker.asked_not(OpenSettlement)
    shown = walker.at(Reprinting).chosen.refund
    assert shown is not None
    assert (shown.lines, shown.total) == (lines, APPROVED.total)
    assert walker.asked(PrintAgain).paid.refund == shown


def test_a_relative_who_may_see_the_whole_bill_has_it_taken_back_here() -> None:
    walker = for_somebody(frozenset(Sight)).send(BillChosen(HERE.batch.batch_no))
    assert walker.asked(OpenSettlement).bills[0].batch == REST


def for_somebody(sees: frozenset[Sight]) -> Walker:
    """The patient's son, who has shown who he is, before the bills that may be taken back."""
    rules = replace(RULES, relatives=(Door.REFUND,), agent_sees=sees)
    plate = Fixtures(health={"id_reader": Health(DeviceState.ONLINE)})
    walker = Walker(Kiosk(rules, fixtures=plate)).send(Entered(Door.REFUND), WhoseChosen(Whose.RELATIVE))
    walker.send(CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)), IdCardPlaced())
    son = replace(ID_CARD, name=PersonName("李四"), number=LI.certno)
    walker.send(IdCardWasRead(walker.ticket("reading"), IdCardRead(son), 40), OptionPicked("child"))
    return walker.send(PaidWereSought(walker.ticket("ticket"), PaidBills((HERE,))))
