"""Registering a stay that was ordered: by card or by face, once, and then the deposit that it asks for."""

from dataclasses import replace

import pytest

from kiosk.domain.admission import Admission, Seen
from kiosk.domain.insured import Person
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindAdmission, OpenSettlement, PrintAdmissionSlip, RegisterStay
from kiosk.flow.events import (
    CardWasRead,
    Continued,
    Entered,
    Left,
    PersonWasSought,
    SlipWasPrinted,
    Stayed,
    Woke,
)
from kiosk.flow.rules import Door, Rules
from kiosk.flow.states import Failed, Farewell, Kiosk, Quoting, StillThere
from kiosk.flow.stay_events import AdmissionWasSought, StayWasRegistered
from kiosk.flow.stay_states import AdmissionOffered, Admitted, Admitting, FindingAdmission
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.hospital import Orders
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.walker import Walker
from tests.support.people import ADMISSION, DEPOSIT, IDENTITY, ORDERED, ZHANG

RULES = Rules(doors=(Door.OUTPATIENT, Door.ADMISSION))
FREE = replace(ADMISSION, deposit=None)


def to_finding(rules: Rules = RULES, person: Person = ZHANG) -> Walker:
    """Somebody with a card at a kiosk where nothing looks at faces."""
    walker = Walker(Kiosk(rules)).send(Entered(Door.ADMISSION), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    return walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(person)))


def found(walker: Walker, answer: Orders | NotSent | Refused | Unknown) -> Walker:
    return walker.send(AdmissionWasSought(walker.ticket("ticket"), answer))


def registered(walker: Walker, answer: Admission | NotSent | Refused | Unknown = ADMISSION) -> Walker:
    return walker.send(StayWasRegistered(walker.ticket("ticket"), answer))


def to_offer() -> Walker:
    return found(to_finding(), Orders((ORDERED,)))


def to_admitted(answer: Admission = ADMISSION) -> Walker:
    return registered(to_offer().send(Continued()), answer)


def test_where_nothing_looks_at_faces_the_card_is_enough() -> None:
    walker = to_finding()
    assert walker.at(FindingAdmission).seen is Seen.CARD
    assert walker.asked(FindAdmission).person == ZHANG


def test_the_stay_is_shown_before_it_is_registered_under_its_own_number() -> None:
    walker = to_offer()
    assert walker.at(AdmissionOffered).order == ORDERED
    walker.send(Continued()).at(Admitting)
    wish = walker.asked(RegisterStay)
    assert (wish.order, wish.seen, wish.person) == (ORDERED.number, Seen.CARD, ZHANG)


def test_a_registered_stay_has_a_slip_and_leads_to_its_deposit() -> None:
    walker = to_admitted()
    page = walker.at(Admitted)
    assert walker.asked(PrintAdmissionSlip).admission == ADMISSION
    walker.send(SlipWasPrinted(page.slip, SlipPrinted()))
    assert walker.at(Admitted).printed == SlipPrinted()
    walker.send(Continued()).at(Quoting)
    assert [bill.batch for bill in walker.asked(OpenSettlement).bills] == [DEPOSIT]


def test_a_stay_without_a_deposit_is_over_when_it_is_registered() -> None:
    to_admitted(FREE).send(Continued()).at(Farewell)
    to_admitted().send(Left()).at(Farewell)


def test_who_is_treated_first_and_pays_later_never_sees_the_deposit() -> None:
    spared = replace(ZHANG, identities=("6101",))
    walker = found(to_finding(replace(RULES, deposit_free=frozenset({"6101"})), spared), Orders((ORDERED,)))
    page = registered(walker.send(Continued())).at(Admitted)
    assert page.admission == FREE


def test_what_is_in_the_way_is_told_and_looked_up_again() -> None:
    walker = found(to_finding(), Orders((replace(ORDERED, obstacles=("病区还没有安排床位",)),)))
    walker.at(AdmissionOffered)
    walker.send(Continued()).at(FindingAdmission)
    assert not [effect for effect in walker.done if isinstance(effect, RegisterStay)]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Orders(()), FaultCode.NO_ADMISSION),
        (Refused(FaultCode.BILL_REFUSED), FaultCode.BILL_REFUSED),
        (NotSent(FaultCode.HOSPITAL_UNREACHABLE), FaultCode.HOSPITAL_UNREACHABLE),
        (Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN),
    ],
)
def test_without_a_stay_to_register_the_page_says_why(
    answer: Orders | NotSent | Refused | Unknown, fault: FaultCode
) -> None:
    assert found(to_finding(), answer).at(Failed).fault is fault


@pytest.mark.parametrize(
    "answer",
    [
        Refused(FaultCode.ADMISSION_REFUSED, "请先办理转科"),
        NotSent(FaultCode.HOSPITAL_UNREACHABLE),
        Unknown(FaultCode.REPLY_BROKEN),
    ],
)
def test_a_stay_that_is_not_registered_says_so(answer: NotSent | Refused | Unknown) -> None:
    assert registered(to_offer().send(Continued()), answer).at(Failed).fault is answer.fault


def test_whoever_leaves_registers_nothing() -> None:
    for event, page in ((Left(), Farewell), (None, StillThere)):
        walker = to_offer()
        walker.send(event or Woke(walker.at(AdmissionOffered).ticket)).at(page)
        assert not [effect for effect in walker.done if isinstance(effect, RegisterStay)]


def test_whoever_comes_back_finds_the_page_again() -> None:
    walker = to_offer()
    walker.send(Woke(walker.at(AdmissionOffered).ticket), Stayed())
    assert walker.at(AdmissionOffered).order == ORDERED


@pytest.mark.parametrize("silent", [FindingAdmission, Admitting])
def test_no_wait_lasts_for_ever(silent: type[FindingAdmission | Admitting]) -> None:
    walker = to_finding() if silent is FindingAdmission else to_offer().send(Continued())
    walker.send(Woke(walker.at(silent).patience))
    assert walker.at(Failed).fault is FaultCode.HOSPITAL_UNREACHABLE
