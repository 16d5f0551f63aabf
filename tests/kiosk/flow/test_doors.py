"""A door that cannot work is shut by itself, and says so; the kiosk closes when none is left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.speech import Sentence
from kiosk.faults import FaultCode
from kiosk.flow.doors import all_shut, shut
from kiosk.flow.events import DeviceChanged, Entered, FaultsChanged
from kiosk.flow.rules import Door, Rules
from kiosk.flow.speech import prompt
from kiosk.flow.states import AwaitingCard, Home, Kiosk, OutOfService
from kiosk.flow.step import step
from kiosk.ports.card_reader import CardInserted
from kiosk.ports.health import DeviceState, Health

GONE = Health(DeviceState.OFFLINE)
TWO = Rules(doors=(Door.OUTPATIENT, Door.ADMISSION))


def after(*events: FaultsChanged | DeviceChanged | CardInserted | Entered, rules: Rules = TWO) -> Kiosk:
    state = Kiosk(rules, Home())
    for event in events:
        state = step(state, event).state
    return state


def faults(*codes: FaultCode) -> FaultsChanged:
    return FaultsChanged(frozenset(codes))


@pytest.mark.parametrize(
    "fault", [FaultCode.PAYMENT_UNREACHABLE, FaultCode.HOSPITAL_UNREACHABLE, FaultCode.SETTLING_PAUSED]
)
def test_who_does_not_pay_is_served_while_nothing_can_be_paid(fault: FaultCode) -> None:
    state = after(faults(fault))
    assert isinstance(state.screen, Home)
    assert (shut(state, Door.OUTPATIENT), shut(state, Door.ADMISSION)) == (fault, None)
    assert isinstance(after(faults(fault), Entered(Door.ADMISSION)).screen, AwaitingCard)


def test_a_shut_door_leads_nowhere_and_neither_does_a_card_alone() -> None:
    for event in (Entered(Door.OUTPATIENT), CardInserted()):
        assert isinstance(after(faults(FaultCode.PAYMENT_UNREACHABLE), event).screen, Home)


def test_without_a_scanner_only_paying_is_shut() -> None:
    state = after(DeviceChanged("scanner", GONE))
    assert shut(state, Door.OUTPATIENT) is FaultCode.SCANNER_GONE
    assert shut(state, Door.ADMISSION) is None


@pytest.mark.parametrize("fault", [FaultCode.PLATFORM_UNREACHABLE, FaultCode.CLOCK_WRONG, FaultCode.JOURNAL_BROKEN])
def test_what_every_visit_needs_shuts_every_door(fault: FaultCode) -> None:
    state = after(faults(fault))
    assert state.screen == OutOfService(fault)
    assert after(faults(fault), faults()).screen == Home()


def test_the_only_door_shut_is_the_kiosk_closed() -> None:
    assert all_shut(after(faults(FaultCode.PAYMENT_UNREACHABLE), rules=Rules())) is FaultCode.PAYMENT_UNREACHABLE
    assert isinstance(after(DeviceChanged("card_reader", GONE)).screen, OutOfService)


def test_a_shut_door_is_heard_with_its_reason_and_where_to_go() -> None:
    state = after(faults(FaultCode.PAYMENT_UNREACHABLE))
    said = [part.message for part in prompt(state) if isinstance(part, Sentence)]
    assert said == ["home.door.outpatient.title", "fault.N03.what", "home.door.outpatient.instead", "home.title_choose"]
    assert prompt(replace(state, rules=Rules(doors=(Door.ADMISSION,)))) == (Sentence("say.home"),)
