"""Lights that lead the hand, a sensor that notices who has left, and a supply that says when to stop."""

from __future__ import annotations

import pytest

from kiosk.faults import FaultCode
from kiosk.flow.effects import Guide, StopScanning
from kiosk.flow.events import DeviceChanged, Entered, HelpCalled, Left, SlipWasPrinted, Stayed
from kiosk.flow.rules import Door, Rules
from kiosk.flow.states import AwaitingCard, AwaitingCode, Explaining, Home, Kiosk, NextSteps, OutOfService, StillThere
from kiosk.ports.guide_light import Spot
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.presence_sensor import PersonCame, PersonLeft
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.saga.report import AwaitingPayment
from tests.kiosk.flow.walker import COMPLETED, SID, Walker

ON_MAINS = DeviceChanged("power_source", Health(DeviceState.ONLINE))
ON_BATTERY = DeviceChanged("power_source", Health(DeviceState.ONLINE, (FaultCode.POWER_ON_BATTERY,)))
ENDING = DeviceChanged("power_source", Health(DeviceState.ONLINE, (FaultCode.POWER_ON_BATTERY, FaultCode.POWER_ENDING)))


def with_lights() -> Walker:
    return Walker(Kiosk(Rules(guided=True)))


def lit(walker: Walker) -> frozenset[Spot]:
    """What the newest switching left lit."""
    return next((effect.lit for effect in reversed(walker.done) if isinstance(effect, Guide)), frozenset())


def test_the_light_is_where_the_hand_goes_next() -> None:
    walker = with_lights().send(Entered(Door.OUTPATIENT))
    assert lit(walker) == {Spot.CARD, Spot.ID_CARD}
    walker = with_lights().to_code()
    assert lit(walker) == {Spot.CODE}
    walker = with_lights().to_next_steps()
    assert lit(walker) == set(), "nothing lies there yet"
    walker.send(SlipWasPrinted(walker.ticket("receipt"), SlipPrinted()))
    assert lit(walker) == {Spot.RECEIPT}
    walker.send(Left())
    assert lit(walker) == {Spot.CARD}, "a card that is still in is asked for"
    assert lit(walker.take_card()) == set()


def test_a_kiosk_without_lights_switches_none() -> None:
    assert not any(isinstance(effect, Guide) for effect in Walker().to_next_steps().done)


def test_a_page_that_needs_the_same_light_switches_nothing() -> None:
    walker = with_lights().to_code()
    assert walker.report(AwaitingPayment(SID, FaultCode.PAYMENT_REFUSED)).asked_not(Guide)


def test_whoever_leaves_their_bill_is_asked_for_at_once() -> None:
    walker = Walker().to_quote().send(PersonLeft())
    assert isinstance(walker.at(StillThere).resume, Explaining)


def test_whoever_comes_near_sees_nothing_of_the_last_person() -> None:
    walker = Walker().to_quote().send(PersonLeft(), PersonCame())
    walker.at(StillThere)
    walker.send(Stayed()).at(Explaining)


def test_the_code_of_whoever_left_is_waited_for_no_longer() -> None:
    walker = Walker().to_code().send(PersonLeft())
    assert isinstance(walker.at(StillThere).resume, AwaitingCode)
    walker.asked(StopScanning)


@pytest.mark.parametrize("page", ["to_settling", "to_next_steps"])
def test_where_the_kiosk_works_or_gives_nobody_is_asked(page: str) -> None:
    walker: Walker = getattr(Walker(), page)()
    before = walker.screen
    assert walker.send(PersonLeft()).screen == before


def test_nobody_there_means_nothing_at_home_and_while_help_is_called() -> None:
    Walker().send(PersonLeft(), PersonCame()).at(Home)
    waiting = Walker().send(Entered(Door.OUTPATIENT), HelpCalled(), PersonLeft())
    waiting.at(AwaitingCard)


def test_on_its_battery_the_kiosk_goes_on_until_that_ends() -> None:
    walker = Walker().send(ON_BATTERY)
    walker.at(Home)
    assert walker.send(ENDING).at(OutOfService).fault is FaultCode.POWER_ENDING
    walker.send(ON_MAINS).at(Home)


def test_whoever_has_paid_is_settled_while_the_battery_lasts() -> None:
    walker = Walker().to_settling()
    before = walker.screen
    assert walker.send(ENDING).screen == before
    walker.report(COMPLETED).at(NextSteps)
