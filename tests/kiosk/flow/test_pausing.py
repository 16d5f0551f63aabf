"""A form that is left half-way: a slip with the office's code, and the way on with it, here or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.pages import Ending
from kiosk.domain.personal import Typed, Voucher
from kiosk.faults import FaultCode
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.effects import LeaveDraft, OpenFiling, PrintCaseSlip, ScanCode
from kiosk.flow.events import (
    CardWasRead,
    CodeWasScanned,
    DeviceChanged,
    Entered,
    FilingOpened,
    Left,
    OptionPicked,
    PersonWasSought,
    Stayed,
    WentBack,
)
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Choosing, Concluding, Filling, Waiting
from kiosk.flow.services.desk import Browsing, Filing, Pausing, Resuming
from kiosk.flow.services.parting import GO, SLIP, STAY
from kiosk.flow.services.pausing import LIST
from kiosk.flow.services.wording import RESUME
from kiosk.flow.states import AwaitingCard, Failed, Farewell, StillThere
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.filing import Kept
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.clerk import PREPARED, TODAY, Clerk, clerk
from tests.kiosk.flow.walker import SID
from tests.support.people import IDENTITY, ZHANG

CODE = "YBD1.family-bind.0123456789ABCDEF.20261203.0123456789abcdef0123"
DRAFT = (("bind-act", Typed("bind")), ("relation", Typed("child")))
KEPT = Kept(CODE, date(2026, 12, 3))


def half() -> Clerk:
    return clerk().to_filing("family-bind").touch(OptionPicked("bind"), OptionPicked("spouse"))


def leaving() -> Clerk:
    return half().touch(Left(), OptionPicked(SLIP))


def test_whoever_goes_half_way_may_take_a_slip_go_or_stay() -> None:
    one = half().touch(Left())
    page = one.at(Choosing)
    assert isinstance(page.desk, Pausing)
    assert [row.key for row in page.page.options] == [SLIP, GO, STAY]
    assert one.touch(OptionPicked(STAY)).at(Filling).page.field.key == "member-id"
    assert isinstance(half().touch(Left(), OptionPicked(GO)).screen, Farewell)
    assert isinstance(half().touch(Left(), Left()).screen, Farewell)
    one.touch(Left(), WentBack())
    assert one.at(Filling).page.field.key == "member-id"


def test_whoever_says_that_they_go_is_offered_it_and_whoever_has_gone_is_not() -> None:
    one = half()
    one.wake()
    one.at(StillThere)
    one.touch(Left())
    assert isinstance(one.at(Choosing).desk, Pausing)
    gone = half()
    gone.wake()
    gone.wake()
    assert isinstance(gone.screen, Farewell)


def test_nothing_filled_in_is_nothing_to_go_on_with() -> None:
    assert isinstance(clerk().to_filing("family-bind").touch(Left()).screen, Farewell)


def test_the_slip_bears_the_offices_code_its_last_day_and_no_number() -> None:
    one = leaving()
    assert isinstance(one.at(Waiting).desk, Pausing)
    assert one.asked(LeaveDraft).sid == SID
    one.send(DraftWasLeft(one.ticket("ticket"), KEPT))
    page = one.at(Concluding).page
    slip = one.asked(PrintCaseSlip)
    assert (slip.handover, slip.number, slip.page) == (CODE, "", page)
    assert page.ending is Ending.ACCEPTED
    assert page.points[0].text.zh == "2026年12月3日"
    told = repr(page)
    assert "张三" not in told
    assert "111111" not in told


@pytest.mark.parametrize(
    "answer",
    [
        NotSent(FaultCode.OFFICE_UNREACHABLE),
        Unknown(FaultCode.REPLY_BROKEN),
        Refused(FaultCode.FILING_REFUSED, "不行"),
        Kept(),
    ],
)
def test_without_a_code_nothing_is_promised_of_other_kiosks(answer: Kept | NotSent | Unknown | Refused) -> None:
    one = leaving()
    one.send(DraftWasLeft(one.ticket("ticket"), answer))
    shown = one.at(Concluding)
    assert shown.page.ending is Ending.REFUSED
    assert shown.slip is None
    told = "不行" if isinstance(answer, Refused) else "填好的只在这台机器上，一天之内回到这里能接着填。"
    assert shown.page.text.zh == told


def test_an_office_that_never_answers_keeps_nobody() -> None:
    one = leaving()
    one.wake("patience")
    assert one.at(Concluding).page.code == FaultCode.OFFICE_UNREACHABLE


def scanning() -> Clerk:
    return clerk().touch(Entered(Door.SERVICES), OptionPicked(RESUME))


def scanned(code: str = CODE) -> Clerk:
    one = scanning()
    one.send(CodeWasScanned(one.asked(ScanCode).ticket, CodeScanned(Voucher(code))))
    return one


def identified(one: Clerk) -> Clerk:
    one.send(CardInserted())
    one.send(CardWasRead(one.ticket("ticket"), CardRead(IDENTITY)))
    one.send(PersonWasSought(one.ticket("ticket"), PersonFound(ZHANG)))
    return one


def test_a_scanned_slip_wants_to_know_who_it_is_and_then_opens_at_once() -> None:
    one = scanned()
    one.at(AwaitingCard)
    one = identified(one)
    asked = one.asked(OpenFiling)
    assert (asked.item, asked.code, asked.person) == ("family-bind", CODE, ZHANG)
    one.send(FilingOpened(one.ticket("ticket"), SID, replace(PREPARED, draft=DRAFT), TODAY))
    filing = one.at(Filling).desk
    assert isinstance(filing, Filing)
    assert filing.asked == "member-id"


def test_somebody_elses_slip_is_refused_in_the_offices_words() -> None:
    one = identified(scanned())
    refused = Refused(FaultCode.FILING_REFUSED, "这张续办单不是您的")
    one.send(FilingOpened(one.ticket("ticket"), "", refused, TODAY))
    assert one.at(Failed).reason == "这张续办单不是您的"


@pytest.mark.parametrize("code", ["134500000000000001", CODE.replace("family-bind", "no-such"), CODE[:-1], CODE + "0"])
def test_another_code_is_told_and_scanned_again(code: str) -> None:
    one = scanned(code)
    page = one.at(Choosing)
    assert isinstance(page.desk, Resuming)
    assert page.page.hint.zh == "这不是续办单上的码，请扫续办单"
    assert one.state.draft == ""


def test_a_code_that_cannot_be_read_is_scanned_again() -> None:
    one = scanning()
    one.send(CodeWasScanned(one.asked(ScanCode).ticket, CodeRejected()))
    assert "再扫一次" in one.at(Choosing).page.hint.zh


def ways_out() -> Iterator[Clerk]:
    yield scanning().touch(OptionPicked(LIST))
    yield scanning().touch(WentBack())
    gone = scanning()
    gone.send(DeviceChanged("scanner", Health(DeviceState.OFFLINE)))
    yield gone


def test_there_is_a_way_back_to_the_list() -> None:
    assert [type(one.at(Choosing).desk) for one in ways_out()] == [Browsing] * 3


def test_whoever_walks_away_from_the_scanner_is_asked_and_it_looks_again() -> None:
    one = scanning()
    one.wake()
    one.at(StillThere)
    one.send(Stayed())
    assert isinstance(one.at(Choosing).desk, Resuming)
    assert isinstance(scanning().touch(Left()).screen, Farewell)


def test_without_a_scanner_nothing_is_offered_that_needs_one() -> None:
    one = clerk()
    one.send(DeviceChanged("scanner", Health(DeviceState.OFFLINE)))
    one.touch(Entered(Door.SERVICES))
    assert RESUME not in {row.key for row in one.at(Choosing).page.options}


def test_leaving_forgets_the_slip() -> None:
    assert scanned().touch(Left()).state.draft == ""
