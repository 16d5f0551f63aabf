"""A stay in hospital as its family meets it: reasons in words, its own payment, and where the surplus went."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.benefits import NOTHING_ON_FILE, HospitalStay, OnFile
from kiosk.domain.codes import AMBULATORY
from kiosk.domain.money import Money
from kiosk.domain.speech import Sentence, Text
from kiosk.domain.stay import Back, returns_of
from kiosk.domain.visit import FeeBatch, Maternity
from kiosk.faults import FaultCode
from kiosk.flow.effects import Effect, FindBills, OpenSettlement, PrintReceipt, PrintWindowSlip
from kiosk.flow.events import (
    AllBillsChosen,
    BillChosen,
    BillsWereSought,
    Continued,
    Left,
    PersonWasSought,
    Stayed,
    WindowChosen,
    Woke,
)
from kiosk.flow.rules import Look, Rules
from kiosk.flow.speech import prompt
from kiosk.flow.states import (
    AtWindow,
    AwaitingCode,
    Cancelling,
    ChoosingBill,
    Confirming,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    Kiosk,
    NextSteps,
    Quoting,
    Settling,
    StillThere,
)
from kiosk.flow.stay_states import DepositOffered
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.hospital import Bills, Payment
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import Completed, QuotedBill, QuoteReady, SettledBill, SettlingNow
from tests.kiosk.flow.walker import NUMBER, SETTLEMENT, SID, Walker
from tests.support.people import BATCH, BOOKING, DEPOSIT, DEPOSITS, EMPLOYEE, OWED, RESIDENT, STAY, STAYED, ZHANG, quote
from tests.support.wishes import wished

NOT_READY = replace(STAYED, batch_no="Z2", stay=replace(STAY, obstacles=("病区还没有办理出院",)))
AT_WINDOW = replace(STAYED, batch_no="Z3", stay=replace(STAY, window=True))
IN_HOSPITAL = OnFile(stays=(HospitalStay("S1", "310", "21"),))


def to_bills(*batches: FeeBatch, on_file: OnFile = NOTHING_ON_FILE, rules: Rules | None = None) -> Walker:
    walker = Walker(Kiosk(rules or Rules())).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    return walker.send(BillsWereSought(walker.ticket("ticket"), Bills(batches), on_file))


def opened(walker: Walker) -> list[Effect]:
    return [effect for effect in walker.done if isinstance(effect, OpenSettlement)]


def to_quote(own: int) -> Walker:
    told = QuoteReady((QuotedBill(SID, NUMBER, "Z1", quote(Money(own))),))
    return to_bills(STAYED).send(BillChosen("Z1")).report(told, "ticket")


def test_whoever_lies_in_hospital_finds_the_stay_and_no_outpatient_bill() -> None:
    walker = to_bills(BATCH, STAYED, on_file=IN_HOSPITAL)
    assert walker.at(ChoosingBill).batches == (STAYED,)


def test_a_stay_that_is_not_ready_holds_nothing_and_is_looked_up_again() -> None:
    walker = to_bills(NOT_READY).send(BillChosen("Z2"))
    walker.at(FindingBills)
    assert walker.asked(FindBills).person == ZHANG
    assert opened(walker) == []


def test_a_stay_for_people_goes_to_the_window_without_a_reason() -> None:
    walker = to_bills(AT_WINDOW).send(BillChosen("Z3"))
    assert not walker.at(AtWindow).doctor
    assert [bill.batch.batch_no for bill in walker.asked(PrintWindowSlip).bills] == ["Z3"]
    assert opened(walker) == []


def test_all_bills_at_once_are_those_without_a_stay() -> None:
    walker = to_bills(BATCH, STAYED, rules=Rules(together=True)).send(AllBillsChosen())
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == ["B1"]


@pytest.mark.parametrize(("own", "due"), [(0, 0), (1000, 0), (1600, 0), (1704, 104)])
def test_the_page_asks_for_what_the_deposits_leave(own: int, due: int) -> None:
    walker = to_quote(own)
    assert walker.at(Explaining).offer.own_part == Money(due)
    assert walker.send(Continued()).at(Confirming).offer.own_part == Money(due)


def test_the_surplus_is_on_the_last_page_and_on_the_receipt() -> None:
    walker = to_quote(1000).send(Continued(), Continued()).report(SettlingNow(SID))
    walker.at(Settling)
    first, second = returns_of(Money(600), DEPOSITS, "name")
    returns = (replace(first, back=Back.RETURNED), second)
    walker.report(Completed((SettledBill(SID, NUMBER, "Z1", SETTLEMENT, None, BOOKING, returns),)))
    assert walker.at(NextSteps).paid[0].returns == returns
    assert walker.asked(PrintReceipt).paid.returns == returns


def test_the_short_way_still_tells_why_a_stay_cannot_be_settled_and_what_its_deposits_do() -> None:
    short = Walker(replace(Kiosk(Rules()), look=Look.ELDER)).to_card_read()
    short.send(PersonWasSought(short.ticket("ticket"), PersonFound(ZHANG)))
    short.send(BillsWereSought(short.ticket("ticket"), Bills((NOT_READY,))))
    assert short.at(ChoosingBill).batches == (NOT_READY,)
    ready = Walker(replace(Kiosk(Rules()), look=Look.ELDER)).to_card_read()
    ready.send(PersonWasSought(ready.ticket("ticket"), PersonFound(ZHANG)))
    ready.send(BillsWereSought(ready.ticket("ticket"), Bills((STAYED,)))).at(Quoting)
    told = QuoteReady((QuotedBill(SID, NUMBER, "Z1", quote(Money(1000))),))
    ready.report(told, "ticket").at(Explaining)


HELD = QuoteReady((QuotedBill(SID, NUMBER, "Y1", None),))
TAKEN = SettledBill(SID, NUMBER, "Y1", None, Payment("order0000000000000001", Money(1000), "wechat"), BOOKING)


def to_deposit() -> Walker:
    return to_bills(DEPOSIT).send(BillChosen("Y1")).report(HELD, "ticket")


def test_a_deposit_is_held_shown_with_its_reason_and_paid_by_itself() -> None:
    walker = to_deposit()
    assert walker.at(DepositOffered).offer.own_part == Money(1000)
    walker.send(Continued()).at(AwaitingCode)
    walker.report(SettlingNow(SID)).at(Settling)
    walker.report(Completed((TAKEN,)))
    paid = walker.at(NextSteps).paid[0]
    assert (paid.settlement, paid.statement) == (None, None)
    assert walker.asked(PrintReceipt).paid == paid


def test_nobody_is_asked_which_insurance_pays_a_deposit() -> None:
    two = replace(ZHANG, insurances=(EMPLOYEE, RESIDENT))
    walker = Walker(Kiosk(Rules())).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(two)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((DEPOSIT,)))).send(BillChosen("Y1")).at(Quoting)


def test_a_deposit_may_be_left_for_later_or_paid_at_a_window() -> None:
    assert to_deposit().send(Left()).at(Cancelling).window is False
    assert to_deposit().send(WindowChosen()).at(Cancelling).window


def test_paying_everything_leaves_a_deposit_alone() -> None:
    walker = to_bills(BATCH, DEPOSIT, rules=Rules(together=True)).send(AllBillsChosen())
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == ["B1"]


def test_whoever_lies_in_hospital_is_still_asked_for_a_deposit() -> None:
    assert to_bills(BATCH, DEPOSIT, on_file=IN_HOSPITAL).at(ChoosingBill).batches == (DEPOSIT,)


@pytest.mark.parametrize("look", [Look.STANDARD, Look.ELDER])
def test_who_is_treated_first_and_pays_later_never_sees_a_deposit(look: Look) -> None:
    spared = replace(ZHANG, identities=("6101",))
    walker = Walker(replace(Kiosk(Rules(deposit_free=frozenset({"6101"}), look_up=False)), look=look)).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(spared)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((DEPOSIT,))))
    assert walker.at(Failed).fault is FaultCode.NO_BILL


@pytest.mark.parametrize("med_type", sorted(AMBULATORY))
def test_no_outpatient_is_asked_for_a_deposit_whatever_the_hospital_lists(med_type: str) -> None:
    asked = replace(DEPOSIT, med_type=med_type)
    assert to_bills(BATCH, asked).at(ChoosingBill).batches == (BATCH,)
    owed = replace(asked, deposit=replace(DEPOSIT.deposit or OWED, owed=True))
    assert to_bills(BATCH, owed).at(ChoosingBill).batches == (BATCH, owed), "what an insurer did not pay is owed"


def test_whoever_walks_away_from_a_deposit_is_asked_and_may_come_back_to_it() -> None:
    walker = to_deposit()
    page = walker.at(DepositOffered)
    walker.send(Woke(page.ticket)).at(StillThere)
    walker.send(Stayed())
    assert walker.at(DepositOffered).offer == page.offer


BIRTH = Maternity("1", 39, 1, date(2026, 11, 24))
OF_A_BIRTH = replace(STAYED, batch_no="M2", med_type="52")
NEWBORN = replace(BATCH, batch_no="N1", newborn="张*之女")


def test_a_birth_that_is_not_on_file_yet_is_looked_up_again_and_settles_nothing() -> None:
    walker = to_bills(OF_A_BIRTH).send(BillChosen("M2"))
    walker.at(FindingBills)
    assert opened(walker) == []
    told = to_bills(replace(OF_A_BIRTH, maternity=BIRTH)).send(BillChosen("M2"))
    told.at(Quoting)


def test_a_newborns_bill_waits_for_its_enrolment_and_is_nobodys_to_pay() -> None:
    walker = to_bills(NEWBORN, BATCH).send(BillChosen("N1"))
    page = walker.at(AtWindow)
    assert (page.newborn, page.others) == (True, 1)
    assert walker.asked(PrintWindowSlip).newborn
    assert opened(walker) == []


def test_paying_everything_leaves_a_newborns_bill_alone() -> None:
    walker = to_bills(NEWBORN, BATCH, rules=Rules(together=True)).send(AllBillsChosen())
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == ["B1"]


def test_a_mother_in_hospital_still_finds_her_childs_bill() -> None:
    assert to_bills(NEWBORN, BATCH, on_file=IN_HOSPITAL).at(ChoosingBill).batches == (NEWBORN,)


SHIPPED = Catalogue.read(config_dir() / "texts")


@pytest.mark.parametrize("lang", SHIPPED.languages)
def test_no_farewell_of_a_stay_wishes_anybody_well_aloud(lang: str) -> None:
    """After a death, or in the middle of a stay, the window settles; the kiosk parts from all in the same words."""
    discharged = to_quote(1000).send(Continued(), Continued()).report(SettlingNow(SID))
    discharged.report(Completed((SettledBill(SID, NUMBER, "Z1", SETTLEMENT, None, BOOKING),))).at(NextSteps)
    at_window = to_bills(AT_WINDOW).send(BillChosen("Z3"))
    at_window.at(AtWindow)
    states = [discharged.state, at_window.state]
    states += [
        replace(discharged.state, screen=Farewell(discharged.state.ticket, card_in)) for card_in in (True, False)
    ]
    for state in states:
        parts = prompt(state)
        said = [SHIPPED.of(lang).say(part.message) for part in parts if isinstance(part, Sentence)]
        said += [part.text for part in parts if isinstance(part, Text)]
        assert said
        assert [found for one in said if (found := wished(one))] == []
