"""The ID card does what the social security card does, as far as the law and the platform let it."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.domain.codes import CertType
from kiosk.domain.insured import IdCardIdentity, Validity
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, FindPerson, ReadCard, ReadIdCard
from kiosk.flow.events import CardWasRead, DeviceChanged, Entered, IdCardWasRead, PersonWasSought
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.states import (
    AwaitingCard,
    Failed,
    Farewell,
    FindingBills,
    FindingPerson,
    Home,
    Kiosk,
    OutOfService,
    ReadingCard,
    ReadingIdCard,
    StillThere,
)
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.walker import Walker, reachable
from tests.support.people import FOREIGNER, ID_CARD, IDENTITY, LI, ZHANG


def reading() -> Walker:
    walker = Walker().send(Entered(Door.OUTPATIENT), IdCardPlaced())
    walker.at(ReadingIdCard)
    return walker


def read(identity: IdCardIdentity = ID_CARD) -> Walker:
    walker = reading()
    return walker.send(IdCardWasRead(walker.ticket("ticket"), IdCardRead(identity, Portrait(b"WLf"))))


def test_the_platform_is_asked_with_the_residents_number_as_an_id_card() -> None:
    walker = read()
    credential = walker.asked(FindPerson).credential
    assert (credential.cert_type, credential.number) == (CertType.RESIDENT_ID, ID_CARD.number)
    assert (credential.name, credential.card_serial) == (ID_CARD.name, None)
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG))).at(FindingBills)
    walker.asked(FindBills)


def test_the_portrait_is_let_go_of_at_once() -> None:
    walker = read()
    walker.at(FindingPerson)
    assert not [value for value in reachable(walker.state) if isinstance(value, Portrait)]


def test_laying_the_card_down_on_the_home_page_begins_a_visit() -> None:
    walker = Walker().send(IdCardPlaced())
    walker.at(ReadingIdCard)
    walker.asked(ReadIdCard)
    assert walker.state.ticket.visit == 1


def test_another_persons_number_is_not_taken_for_the_one_that_was_asked_for() -> None:
    walker = read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(LI)))
    assert walker.at(Failed).fault is FaultCode.PERSON_MISMATCH


def test_a_certificate_that_is_no_residents_is_sent_to_the_cashier() -> None:
    assert read(FOREIGNER).at(Failed).fault is FaultCode.ID_CARD_UNKNOWN


def test_an_expired_id_card_is_said_so_and_every_other_way_is_open() -> None:
    walker = reading()
    walker.send(IdCardWasRead(walker.ticket("ticket"), IdCardRead(ID_CARD), 45, expired=True))
    assert walker.at(AwaitingCard).again is FaultCode.CARD_EXPIRED
    walker.send(CardInserted()).at(ReadingCard)


@pytest.mark.parametrize(("taken", "at"), [((Whose.SELF,), FindingPerson), ((Whose.RELATIVE,), AwaitingCard)])
def test_a_site_may_take_a_patients_expired_id_card(taken: tuple[Whose, ...], at: type) -> None:
    walker = Walker(Kiosk(Rules(expired_id_cards=taken))).send(Entered(Door.OUTPATIENT), IdCardPlaced())
    walker.send(IdCardWasRead(walker.ticket("ticket"), IdCardRead(ID_CARD), 45, expired=True)).at(at)


@pytest.mark.parametrize(
    ("until", "over"),
    [
        (date(2026, 11, 26), True),
        (date(2026, 11, 27), False),
        (date(2026, 11, 28), False),
        (date(2016, 1, 1), True),
        (None, False),
    ],
)
def test_its_last_day_is_a_day_of_the_card_and_without_end_is_without_end(until: date | None, *, over: bool) -> None:
    assert Validity(date(2006, 11, 27), until).over(date(2026, 11, 27)) is over


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (IdCardNotRead(FaultCode.ID_CARD_LIFTED), FaultCode.ID_CARD_LIFTED),
        (IdCardNotRead(FaultCode.ID_CARD_UNKNOWN), FaultCode.ID_CARD_UNKNOWN),
        (IdCardNotRead(FaultCode.ID_READER_GONE), FaultCode.ID_READER_GONE),
        (None, FaultCode.ID_CARD_UNREADABLE),
    ],
)
def test_what_goes_wrong_on_the_plate_leaves_the_slot(answer: IdCardNotRead | None, again: FaultCode) -> None:
    walker = reading()
    walker.send(IdCardWasRead(walker.ticket("ticket"), answer))
    assert walker.at(AwaitingCard).again is again
    walker.send(CardInserted()).at(ReadingCard)


def test_a_reader_that_never_answers_ends_the_wait() -> None:
    walker = reading().wake("patience")
    assert walker.at(AwaitingCard).again is FaultCode.ID_READER_GONE


def test_the_other_card_may_be_put_in_meanwhile_and_the_first_answer_is_nobodys() -> None:
    walker = reading()
    late = IdCardWasRead(walker.ticket("ticket"), IdCardRead(ID_CARD))
    walker.send(CardInserted()).asked(ReadCard)
    before = walker.state
    assert walker.send(late).state == before
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY))).at(FindingPerson)


def test_the_id_card_is_the_answer_to_are_you_still_there() -> None:
    walker = Walker().send(Entered(Door.OUTPATIENT)).wake()
    walker.at(StillThere)
    walker.send(IdCardPlaced()).at(ReadingIdCard)


def test_the_next_person_may_lay_a_card_down_during_the_farewell_but_not_over_a_forgotten_one() -> None:
    walker = Walker().send(Entered(Door.OUTPATIENT), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(LI))).wake()
    assert walker.at(Farewell).card_in
    walker.send(IdCardPlaced()).at(Farewell)
    walker.take_card().send(IdCardPlaced()).at(ReadingIdCard)
    assert walker.state.ticket.visit == 2


def test_a_plate_that_is_gone_closes_nothing() -> None:
    walker = Walker().send(DeviceChanged("id_reader", Health(DeviceState.NO_DEVICE, (FaultCode.ID_READER_GONE,))))
    walker.at(Home)
    walker.send(Entered(Door.OUTPATIENT)).at(AwaitingCard)


def test_a_card_on_the_plate_of_a_closed_kiosk_is_left_alone() -> None:
    walker = Walker().send(DeviceChanged("scanner", Health(DeviceState.NO_DEVICE)))
    walker.at(OutOfService)
    walker.send(IdCardPlaced()).at(OutOfService)
