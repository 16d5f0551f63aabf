"""The papers of bills that were paid before: chosen from the hospital's list, printed once more, paid for by nobody."""

from dataclasses import replace

import pytest

from kiosk.domain.agent import Relation, Sight
from kiosk.domain.personal import PersonName
from kiosk.faults import FaultCode
from kiosk.flow.doors import shut
from kiosk.flow.effects import FindPaid, OpenSettlement, PrintAgain, PrintReceipt
from kiosk.flow.events import (
    BillChosen,
    CardWasRead,
    Continued,
    DeviceChanged,
    Entered,
    FaultsChanged,
    IdCardWasRead,
    Left,
    OptionPicked,
    PersonWasSought,
    SlipWasPrinted,
    Stayed,
    WhoseChosen,
    Woke,
)
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.paid_states import ChoosingPaid, FindingPaid, Reprinting
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.states import Failed, Farewell, Fixtures, Kiosk, StillThere
from kiosk.flow.stay_states import AgentCard, AgentRelation
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.hospital import PaidBefore, PaidBills
from kiosk.ports.id_reader import IdCardPlaced, IdCardRead
from kiosk.ports.presence_sensor import PersonLeft
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.walker import Walker
from tests.support.paid_bills import PAID_BEFORE, REFUNDED
from tests.support.people import ID_CARD, IDENTITY, LI, ZHANG

RULES = Rules(doors=(Door.OUTPATIENT, Door.RECEIPTS))
FIRST, SECOND, _ = PAID_BEFORE
SEVERAL = PaidBills((FIRST, SECOND))


def to_finding(rules: Rules = RULES, *before: WhoseChosen) -> Walker:
    walker = Walker(Kiosk(rules)).send(Entered(Door.RECEIPTS), *before, CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    return walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))


def found(walker: Walker, answer: PaidBills | NotSent | Refused | Unknown = SEVERAL) -> Walker:
    return walker.send(PaidWereSought(walker.ticket("ticket"), answer))


def to_printing() -> Walker:
    return found(to_finding()).send(BillChosen(SECOND.batch.batch_no))


def test_whoever_is_known_chooses_from_what_was_paid_and_gets_that_receipt() -> None:
    walker = to_finding()
    assert walker.at(FindingPaid).person == walker.asked(FindPaid).person == ZHANG
    assert found(walker).at(ChoosingPaid).paid == SEVERAL.bills
    walker.send(BillChosen(SECOND.batch.batch_no))
    assert walker.at(Reprinting).chosen == walker.asked(PrintAgain).paid == SECOND
    walker.send(SlipWasPrinted(walker.ticket("slip"), SlipPrinted()))
    assert walker.at(Reprinting).printed == SlipPrinted()
    assert not any(isinstance(effect, PrintReceipt | OpenSettlement) for effect in walker.done)


def test_another_one_can_be_printed_and_one_alone_ends_the_visit() -> None:
    walker = to_printing().send(Continued())
    assert walker.at(ChoosingPaid).paid == SEVERAL.bills
    single = found(to_finding(), PaidBills((FIRST,))).send(BillChosen(FIRST.batch.batch_no), Continued())
    single.at(Farewell)
    to_printing().send(Left()).at(Farewell)


def test_a_bill_that_is_not_on_the_list_is_nobodys() -> None:
    found(to_finding()).send(BillChosen("nobody's")).at(ChoosingPaid)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (PaidBills(()), FaultCode.NO_PAID_BILL),
        (Refused(FaultCode.BILL_REFUSED, "不行"), FaultCode.BILL_REFUSED),
        (NotSent(FaultCode.HOSPITAL_UNREACHABLE), FaultCode.HOSPITAL_UNREACHABLE),
        (Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN),
    ],
    ids=["none", "refused", "not sent", "unknown"],
)
def test_what_the_hospital_cannot_tell_is_said(answer: PaidBills | NotSent | Refused | Unknown, fault: str) -> None:
    assert found(to_finding(), answer).at(Failed).fault == fault


def test_a_hospital_that_never_answers_is_not_waited_for() -> None:
    walker = to_finding()
    assert walker.send(Woke(walker.ticket("patience"))).at(Failed).fault is FaultCode.HOSPITAL_UNREACHABLE


def test_nobody_there_is_asked_and_the_page_comes_back() -> None:
    walker = found(to_finding()).wake()
    walker.at(StillThere)
    walker.send(Stayed()).at(ChoosingPaid)
    walker.send(PersonLeft()).at(StillThere)
    walker.send(Left()).at(Farewell)


def test_a_page_stays_while_its_paper_is_made_and_not_for_ever() -> None:
    walker = to_printing().wake()
    assert walker.at(Reprinting).late
    walker.send(Stayed()).at(Reprinting)
    walker.wake().at(Farewell)


def test_a_relative_shows_who_they_are_before_they_see_anything() -> None:
    rules = replace(RULES, relatives=(Door.RECEIPTS,), agent_sees=frozenset({Sight.LINES}))
    walker = to_finding(rules, WhoseChosen(Whose.RELATIVE))
    assert walker.state.fixtures.health.get("id_reader") is None
    walker.at(Failed)  # no plate, no agent

    plate = Fixtures(health={"id_reader": Health(DeviceState.ONLINE)})
    walker = Walker(Kiosk(rules, fixtures=plate)).send(Entered(Door.RECEIPTS), WhoseChosen(Whose.RELATIVE))
    walker.send(CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG))).at(AgentCard)
    assert walker.asked_not(FindPaid)
    walker.send(IdCardPlaced())
    son = replace(ID_CARD, name=PersonName("李四"), number=LI.certno)
    walker.send(IdCardWasRead(walker.ticket("reading"), IdCardRead(son), 40)).at(AgentRelation)
    walker.send(Stayed(), OptionPicked("child"))
    agent = walker.asked(FindPaid).person.agent
    assert agent is not None
    assert (agent.number, agent.relation) == (LI.certno, Relation.CHILD)
    ill = replace(FIRST, batch=replace(FIRST.batch, disease="高血压"))
    shown = found(walker, PaidBills((ill,))).at(ChoosingPaid).paid[0].batch
    assert (shown.disease, shown.lines) == ("", FIRST.batch.lines), "what the pack lets an agent see, and no more"


def test_the_door_is_open_while_nothing_can_be_paid_and_shut_without_hospital_or_printer() -> None:
    walker = Walker(Kiosk(RULES)).send(FaultsChanged(frozenset({FaultCode.PAYMENT_UNREACHABLE})))
    assert shut(walker.state, Door.OUTPATIENT) is not None
    assert shut(walker.state, Door.RECEIPTS) is None
    walker.send(FaultsChanged(frozenset({FaultCode.HOSPITAL_UNREACHABLE})))
    assert shut(walker.state, Door.RECEIPTS) is FaultCode.HOSPITAL_UNREACHABLE
    walker.send(FaultsChanged(frozenset()), DeviceChanged("receipt_printer", Health(DeviceState.NO_DEVICE)))
    assert shut(walker.state, Door.RECEIPTS) is FaultCode.PRINTER_GONE


def to_refunds(*paid: PaidBefore) -> Walker:
    walker = Walker(Kiosk(Rules(doors=(Door.OUTPATIENT, Door.REFUND)))).send(Entered(Door.REFUND), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    return found(walker, PaidBills(paid))


def test_only_what_the_hospital_takes_back_is_offered_and_its_slip_printed() -> None:
    walker = to_refunds(FIRST, replace(REFUNDED, batch=replace(REFUNDED.batch, batch_no="R1")), SECOND)
    assert [one.batch.batch_no for one in walker.at(ChoosingPaid).paid] == ["R1"]
    walker.send(BillChosen(SECOND.batch.batch_no)).at(ChoosingPaid)
    walker.send(BillChosen("R1"))
    asked = walker.asked(PrintAgain)
    assert (asked.refund, asked.paid.refund) == (True, REFUNDED.refund)
    assert walker.at(Reprinting).door is Door.REFUND
    assert not any(isinstance(effect, OpenSettlement) for effect in walker.done), "nothing moves here"


def test_where_nothing_is_approved_it_is_said_whom_to_ask() -> None:
    assert to_refunds(FIRST, SECOND).at(Failed).fault is FaultCode.NO_REFUND
