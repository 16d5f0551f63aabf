"""Ways of paying: the first at once, the others one touch away, and never two orders at a time."""

from __future__ import annotations

import pytest

from kiosk.faults import FaultCode
from kiosk.flow.effects import DeclineQuote, PayByMethod, PayWithCode, ScanCode, StopPayment, StopScanning
from kiosk.flow.events import (
    CodeWasScanned,
    Continued,
    DeviceChanged,
    Left,
    MethodChosen,
    OtherMethodWanted,
    Stayed,
    WindowChosen,
)
from kiosk.flow.rules import PayMethod, Rules
from kiosk.flow.states import (
    AtTerminal,
    AwaitingCode,
    Cancelling,
    ChoosingMethod,
    Collecting,
    Failed,
    Home,
    Kiosk,
    OutOfService,
    Settling,
    ShowingCode,
    StillAsking,
    StillThere,
)
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.payment import Way
from kiosk.ports.scanner import CodeScanned
from kiosk.saga.report import AwaitingPayment, Paying, Seeking, SettlingNow, Undone
from tests.kiosk.flow.walker import CODE, NUMBER, OWN_PART, SID, Walker, alarms

SCAN, SHOW = PayMethod("scan"), PayMethod("show", Way.SHOWN, 120.0)
CARD = PayMethod("card", Way.TERMINAL, 180.0)
GONE, BACK = Health(DeviceState.NO_DEVICE), Health(DeviceState.ONLINE)
URL = "https://pay.example/q/1"


def walker(*methods: PayMethod) -> Walker:
    return Walker(Kiosk(Rules(methods=methods or (SCAN, SHOW))))


def showing() -> Walker:
    return walker().to_code().send(OtherMethodWanted(), MethodChosen("show"))


def test_the_sites_first_way_comes_at_once_and_leads_to_the_others() -> None:
    walk = walker().to_quote().send(Continued(), Continued())
    assert (walk.at(AwaitingCode).method, walk.at(AwaitingCode).others) == ("scan", True)
    walk.send(OtherMethodWanted())
    assert walk.at(ChoosingMethod).methods == (SCAN, SHOW)
    walk.asked(StopScanning)


def test_a_code_is_shown_first_where_the_site_says_so() -> None:
    walk = walker(SHOW, SCAN).to_quote().send(Continued(), Continued())
    assert walk.at(ShowingCode).method == SHOW
    assert walk.asked(PayByMethod).method == "show"
    assert walk.asked(PayByMethod).ticket == walk.at(ShowingCode).money


def test_a_site_of_one_way_offers_no_other() -> None:
    walk = walker(SCAN).to_code()
    assert not walk.at(AwaitingCode).others
    walk.send(OtherMethodWanted()).at(AwaitingCode)


def test_the_order_brings_the_code_and_the_phone_settles() -> None:
    walk = showing()
    assert walk.at(ShowingCode).code == ""
    walk.report(Paying(SID, show=URL))
    assert walk.at(ShowingCode).code == URL
    assert walk.report(Paying(SID)).at(ShowingCode).code == URL, "one that was seen stays"
    walk.report(SettlingNow(SID)).at(Settling)


def test_another_way_waits_until_the_order_is_closed() -> None:
    walk = showing().report(Paying(SID, show=URL)).send(OtherMethodWanted())
    assert walk.at(Collecting).stopped
    assert walk.asked(StopPayment).sids == (SID,)
    assert walk.asked_not(PayByMethod)
    walk.report(AwaitingPayment(SID, FaultCode.PAYMENT_NOT_MADE))
    assert walk.at(ChoosingMethod).again is None, "nothing went wrong"
    walk.send(MethodChosen("scan")).at(AwaitingCode)
    walk.send(CodeWasScanned(walk.ticket("scan"), CodeScanned(CODE)))
    assert walk.asked(PayWithCode).method == "scan"


def test_who_paid_just_before_the_close_has_paid() -> None:
    walk = showing().report(Paying(SID, show=URL)).send(OtherMethodWanted())
    walk.report(SettlingNow(SID)).at(Settling)


def test_an_order_whose_time_is_over_is_followed_by_the_choice() -> None:
    walk = showing().report(Paying(SID, show=URL)).report(AwaitingPayment(SID, FaultCode.PAYMENT_NOT_MADE))
    assert walk.at(ChoosingMethod).again is FaultCode.PAYMENT_NOT_MADE


def test_a_way_that_did_not_do_is_not_begun_again_by_itself() -> None:
    walk = walker(SHOW).to_quote().send(Continued(), Continued())
    walk.report(AwaitingPayment(SID, FaultCode.PAYMENT_UNREACHABLE)).at(ChoosingMethod)
    assert walk.asked_not(PayByMethod)


def test_a_scanned_code_that_did_not_do_asks_for_another_one() -> None:
    walk = walker().to_collecting().report(AwaitingPayment(SID, FaultCode.PAYMENT_REFUSED))
    assert (walk.at(AwaitingCode).again, walk.at(AwaitingCode).method) == (FaultCode.PAYMENT_REFUSED, "scan")


@pytest.mark.parametrize("intent", [Left(), WindowChosen()])
def test_who_leaves_a_code_has_its_order_closed_and_the_bill_given_back(intent: Left | WindowChosen) -> None:
    walk = showing().report(Paying(SID, show=URL)).send(intent)
    assert walk.at(Cancelling).window is isinstance(intent, WindowChosen)
    assert walk.asked(DeclineQuote).sids == (SID,)
    walk.report(Undone(SID, NUMBER, None, returned=OWN_PART))
    assert walk.at(Failed).amount == OWN_PART, "paid at the last moment: it goes back, and the page says so"


def test_a_code_waits_as_long_as_its_order_and_then_for_the_money() -> None:
    walk = showing()
    seconds = alarms(walk.done)[walk.at(ShowingCode).patience]
    assert seconds == SHOW.seconds + walk.state.rules.machine_answers
    walk.wake("patience").at(StillAsking)


def test_an_order_in_doubt_is_said() -> None:
    showing().report(Seeking(SID, NUMBER, FaultCode.PAYMENT_UNKNOWN)).at(StillAsking)


def test_at_a_terminal_the_screen_only_waits() -> None:
    walk = walker(SCAN, CARD).to_code().send(OtherMethodWanted(), MethodChosen("card"))
    assert walk.asked(PayByMethod).method == "card"
    walk.report(Paying(SID)).at(AtTerminal)
    walk.report(SettlingNow(SID)).at(Settling)


def test_who_leaves_a_terminal_has_its_order_ended_first() -> None:
    walk = walker(SCAN, CARD).to_code().send(OtherMethodWanted(), MethodChosen("card"), OtherMethodWanted())
    assert walk.at(Collecting).stopped
    walk.asked(StopPayment)


def test_a_terminal_that_is_gone_is_not_offered() -> None:
    walk = walker(SCAN, CARD).send(DeviceChanged("payment_terminal", GONE)).to_code()
    assert not walk.at(AwaitingCode).others
    walker(CARD).send(DeviceChanged("payment_terminal", GONE)).at(OutOfService)


def test_the_choice_asks_whether_somebody_is_there_and_comes_back() -> None:
    walk = walker().to_code().send(OtherMethodWanted()).wake()
    walk.at(StillThere)
    walk.send(Stayed()).at(ChoosingMethod)
    walk.send(MethodChosen("none of them")).at(ChoosingMethod)


def test_a_scanner_that_breaks_leaves_the_other_ways() -> None:
    walk = walker().to_code().send(DeviceChanged("scanner", GONE))
    assert (walk.at(ChoosingMethod).methods, walk.at(ChoosingMethod).again) == ((SHOW,), FaultCode.SCANNER_GONE)
    walk.send(DeviceChanged("scanner", BACK))
    assert walk.at(ChoosingMethod).methods == (SCAN, SHOW)


def test_without_a_scanner_a_kiosk_that_shows_codes_stays_open() -> None:
    walker().send(DeviceChanged("scanner", GONE)).at(Home)
    shut = walker(SCAN).send(DeviceChanged("scanner", GONE))
    assert shut.at(OutOfService).fault is FaultCode.SCANNER_GONE


def test_a_way_that_lacks_its_device_is_skipped() -> None:
    walk = walker().send(DeviceChanged("scanner", GONE)).to_quote().send(Continued(), Continued())
    walk.at(ShowingCode)
    assert walk.asked_not(ScanCode)
