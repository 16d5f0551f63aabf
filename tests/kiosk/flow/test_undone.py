"""A settlement that was in doubt and is undone is in doubt no more, and the page says so."""

from __future__ import annotations

import pytest

from kiosk.domain.money import Money
from kiosk.faults import CATALOGUE, FaultCode, MoneyAt
from kiosk.flow.events import MoneyReported
from kiosk.flow.states import Failed, Kiosk, Settling
from kiosk.flow.step import step
from kiosk.saga.report import Undone
from tests.support import states


@pytest.mark.parametrize("fault", [FaultCode.SETTLEMENT_UNKNOWN, FaultCode.SETTLEMENT_WRONG])
def test_undone_with_nothing_collected_leaves_no_doubt(fault: FaultCode) -> None:
    kiosk: Kiosk = states.samples()["settling"]
    screen = kiosk.screen
    assert isinstance(screen, Settling)
    shown = step(kiosk, MoneyReported(screen.money, Undone(states.SID, states.NUMBER, fault))).state.screen
    assert isinstance(shown, Failed)
    assert shown.fault is FaultCode.SETTLEMENT_UNDONE
    assert CATALOGUE[shown.fault].money is MoneyAt.UNTOUCHED


def test_what_was_given_back_is_not_said_to_have_never_been_collected() -> None:
    kiosk: Kiosk = states.samples()["settling"]
    screen = kiosk.screen
    assert isinstance(screen, Settling)
    undone = Undone(states.SID, states.NUMBER, FaultCode.SETTLEMENT_UNKNOWN, returned=Money(1000))
    shown = step(kiosk, MoneyReported(screen.money, undone)).state.screen
    assert isinstance(shown, Failed)
    assert (shown.fault, shown.amount) == (FaultCode.SETTLEMENT_UNKNOWN, Money(1000))
