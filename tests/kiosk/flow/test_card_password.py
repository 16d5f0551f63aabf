"""A site that wants the card's password: it is entered once a page, on the reader's own keys, and never tried again by
the kiosk.
"""

from __future__ import annotations

import pytest

from kiosk.faults import FaultCode
from kiosk.flow.effects import FindPerson, Forget, VerifyPin
from kiosk.flow.events import CardWasRead, DeviceChanged, Entered, PinWasVerified
from kiosk.flow.rules import Door, Rules
from kiosk.flow.states import AwaitingCard, EnteringPin, Failed, Farewell, FindingPerson, Kiosk
from kiosk.ports.card_reader import (
    CardInserted,
    CardNotRead,
    CardRead,
    CardRemoved,
    PinAccepted,
    PinBlocked,
    PinNotEntered,
    PinVerdict,
    PinWrong,
)
from kiosk.ports.health import DeviceState, Health
from tests.kiosk.flow.walker import Walker
from tests.support.people import IDENTITY

PLATE = DeviceChanged("id_reader", Health(DeviceState.ONLINE))


def asked() -> Walker:
    walker = Walker(Kiosk(Rules(card_password=True))).send(PLATE, Entered(Door.OUTPATIENT), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.at(EnteringPin)
    return walker


def said(walker: Walker, verdict: PinVerdict | CardNotRead | None) -> Walker:
    return walker.send(PinWasVerified(walker.ticket("ticket"), verdict))


def test_nothing_is_asked_about_anybody_before_the_password_is_right() -> None:
    walker = asked()
    assert walker.at(EnteringPin).tries is None
    walker.asked(VerifyPin)
    said(walker, PinAccepted()).at(FindingPerson)
    walker.asked(FindPerson)


def test_a_wrong_one_shows_how_often_it_may_be_tried_and_waits_for_the_holder() -> None:
    walker = said(asked(), PinWrong(2))
    assert walker.at(EnteringPin).tries == 2
    walker.asked(VerifyPin)
    assert said(walker, PinWrong(1)).at(EnteringPin).tries == 1
    said(walker, PinAccepted()).at(FindingPerson)


@pytest.mark.parametrize(
    ("verdict", "fault"),
    [
        (PinBlocked(), FaultCode.CARD_PIN_BLOCKED),
        (CardNotRead(FaultCode.PIN_PAD_GONE), FaultCode.PIN_PAD_GONE),
        (CardNotRead(FaultCode.CARD_PULLED), FaultCode.CARD_PULLED),
    ],
)
def test_a_card_that_may_not_be_used_leaves_the_other_one(verdict: PinVerdict | CardNotRead, fault: FaultCode) -> None:
    assert said(asked(), verdict).at(AwaitingCard).again is fault


def test_without_a_plate_a_blocked_card_ends_the_visit_in_words() -> None:
    walker = asked().send(DeviceChanged("id_reader", Health(DeviceState.NO_DEVICE)))
    assert said(walker, PinBlocked()).at(Failed).fault is FaultCode.CARD_PIN_BLOCKED


@pytest.mark.parametrize("verdict", [PinNotEntered(), None])
def test_the_red_key_and_nobodys_hand_end_the_visit(verdict: PinVerdict | None) -> None:
    walker = said(asked(), verdict)
    assert walker.at(Farewell).card_in
    walker.asked(Forget)


def test_a_card_taken_away_meanwhile_is_told() -> None:
    assert asked().send(CardRemoved()).at(AwaitingCard).again is FaultCode.CARD_PULLED


def test_where_no_site_wants_it_nobody_is_asked() -> None:
    walker = Walker().send(Entered(Door.OUTPATIENT), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY))).at(FindingPerson)
