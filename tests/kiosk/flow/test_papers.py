"""A receipt that the printer owes is printed again while its patient is still there; after half of one it says so."""

from __future__ import annotations

import pytest

from kiosk.faults import FaultCode
from kiosk.flow.effects import PrintReceipt
from kiosk.flow.events import DeviceChanged, Left, SlipWasPrinted
from kiosk.flow.states import Farewell, NextSteps
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown
from tests.kiosk.flow.walker import Walker

OUT = DeviceChanged("receipt_printer", Health(DeviceState.USER_ERROR, (FaultCode.PAPER_OUT,)))
WELL = DeviceChanged("receipt_printer", Health(DeviceState.ONLINE))
HALF = SlipNotPrinted(FaultCode.PAPER_RAN_OUT, started=True)
NOTHING = SlipNotPrinted(FaultCode.PAPER_OUT, started=False)


def owing(result: SlipResult) -> Walker:
    """On the last page, with a receipt that ended so, and the printer found wanting."""
    walker = Walker().to_next_steps()
    return walker.send(SlipWasPrinted(walker.ticket("receipt"), result), OUT)


@pytest.mark.parametrize(("ended", "half"), [(HALF, True), (NOTHING, False)])
def test_a_mended_printer_prints_what_it_owes(ended: SlipNotPrinted, half: bool) -> None:
    walker = owing(ended)
    before = walker.ticket("receipt")
    walker.send(WELL)
    again = walker.asked(PrintReceipt)
    assert again.ticket != before
    assert again.paid.paper.half is half
    assert walker.at(NextSteps).printing, "the page stays while it prints"
    walker.send(SlipWasPrinted(again.ticket, SlipPrinted()))
    assert walker.at(NextSteps).paid[0].paper.receipt == SlipPrinted()


def test_it_is_tried_once_and_no_more() -> None:
    walker = owing(HALF).send(WELL)
    walker.send(SlipWasPrinted(walker.ticket("receipt"), HALF), OUT, WELL)
    assert walker.asked_not(PrintReceipt)
    assert walker.at(NextSteps).paid[0].paper.receipt == HALF


@pytest.mark.parametrize("ended", [SlipPrinted(), SlipUnknown()])
def test_what_came_out_or_may_have_is_not_printed_twice(ended: SlipResult) -> None:
    assert owing(ended).send(WELL).asked_not(PrintReceipt)


def test_another_device_that_comes_back_prints_nothing() -> None:
    walker = owing(HALF).send(DeviceChanged("page_printer", Health(DeviceState.ONLINE)))
    assert walker.asked_not(PrintReceipt)


def test_nothing_is_printed_for_whoever_has_gone() -> None:
    walker = owing(HALF).send(Left())
    walker.at(Farewell)
    walker.send(WELL)
    assert walker.asked_not(PrintReceipt)
