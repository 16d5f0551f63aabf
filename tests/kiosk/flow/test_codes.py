"""A code that tells who is there: shown on the page that asks for a card, where the hospital has a contract for it."""

from __future__ import annotations

import pytest

from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindHolder, ScanCode, StopScanning
from kiosk.flow.events import CodeWasScanned, DeviceChanged, Entered, PersonWasSought, Stayed
from kiosk.flow.rules import Door, Rules
from kiosk.flow.states import AwaitingCard, Failed, FindingBills, FindingPerson, Kiosk, ReadingCard, StillThere
from kiosk.ports.answers import Refused
from kiosk.ports.card_reader import CardInserted
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.walker import Walker
from tests.support.people import ZHANG

CODE = Voucher("4240123456789012345678900000")


def asked() -> Walker:
    return Walker(Kiosk(Rules(codes=True))).send(Entered(Door.OUTPATIENT))


def shown() -> Walker:
    walker = asked()
    return walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE)))


def test_the_scanner_looks_while_a_card_is_waited_for() -> None:
    walker = asked()
    assert walker.asked(ScanCode).ticket == walker.at(AwaitingCard).scan


def test_where_no_code_is_taken_the_scanner_stays_dark() -> None:
    walker = Walker().send(Entered(Door.OUTPATIENT))
    assert walker.asked_not(ScanCode)
    assert walker.at(AwaitingCard).scan is None


def test_a_kiosk_whose_scanner_goes_takes_cards_and_no_codes() -> None:
    walker = asked().send(DeviceChanged("scanner", Health(DeviceState.NO_DEVICE)), Stayed())
    assert walker.at(AwaitingCard).scan is None
    walker.send(CardInserted()).at(ReadingCard)


def test_whoever_shows_their_code_is_found_by_it() -> None:
    walker = shown()
    assert walker.asked(FindHolder).code == CODE
    assert walker.at(FindingPerson).identity is None
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG))).at(FindingBills)


@pytest.mark.parametrize("fault", [FaultCode.CODE_NOT_READ_HERE, FaultCode.VOUCHER_REFUSED])
def test_a_code_that_does_not_do_is_told_and_another_is_waited_for(fault: FaultCode) -> None:
    walker = shown()
    walker.send(PersonWasSought(walker.ticket("ticket"), Refused(fault)))
    assert walker.at(AwaitingCard).again is fault
    walker.asked(ScanCode)


def test_a_code_of_somebody_else_than_the_platform_means_ends_the_visit() -> None:
    walker = shown()
    walker.send(PersonWasSought(walker.ticket("ticket"), Refused(FaultCode.PERSON_MISMATCH)))
    assert walker.at(Failed).fault is FaultCode.PERSON_MISMATCH


def test_what_the_scanner_could_not_read_is_asked_for_again() -> None:
    walker = asked()
    before = walker.ticket("scan")
    walker.send(CodeWasScanned(before, CodeRejected()))
    assert walker.at(AwaitingCard).again is FaultCode.CODE_UNREADABLE
    assert walker.ticket("scan") != before


def test_a_card_puts_the_light_out() -> None:
    walker = asked().send(CardInserted())
    walker.at(ReadingCard)
    walker.asked(StopScanning)


def test_a_code_shown_before_the_page_came_back_is_nobodys() -> None:
    walker = asked()
    old = walker.ticket("scan")
    walker.wake().at(StillThere)
    walker.asked(StopScanning)
    walker.send(Stayed(), CodeWasScanned(old, CodeScanned(CODE))).at(AwaitingCard)
    assert walker.ticket("scan") != old


def test_a_reader_that_goes_ends_it_as_ever() -> None:
    walker = asked().send(DeviceChanged("card_reader", Health(DeviceState.NO_DEVICE)))
    assert walker.at(Failed).fault is FaultCode.CARD_READER_GONE
