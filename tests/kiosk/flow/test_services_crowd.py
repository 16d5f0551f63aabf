"""Any event in any page of a service: nothing breaks, every page ends, nothing of one person reaches the next."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from kiosk.domain.benefits import Paid, PastVisit, Rights
from kiosk.domain.filing import CaseState, Due, FiledAway, Shared
from kiosk.domain.money import Money
from kiosk.domain.notices import Notice, NoticeKind
from kiosk.domain.personal import Typed, Voucher
from kiosk.faults import FaultCode
from kiosk.filing.course import Report, Stage
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.effects import (
    AskCases,
    AskRights,
    AskStanding,
    ConfirmFiling,
    Effect,
    FindPerson,
    LeaveDraft,
    OpenFiling,
    PrintCaseSlip,
    PrintGuide,
    ReadCard,
    ScanCode,
    SendPicture,
    TakePicture,
    Wake,
)
from kiosk.flow.events import (
    CardWasRead,
    CasesWereSought,
    CodeWasScanned,
    Continued,
    Entered,
    Event,
    FieldFilled,
    FilingOpened,
    FilingReported,
    LanguageChosen,
    Left,
    LineReopened,
    OptionPicked,
    PaperWanted,
    PersonWasSought,
    PictureWanted,
    RightsWereSought,
    Signed,
    SlipWasPrinted,
    StandingWasSought,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.picture_events import PictureWasSent, PictureWasTaken
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Capturing, Choosing, Filling, Reviewing
from kiosk.flow.services.desk import Filing
from kiosk.flow.states import AwaitingCard, Farewell, Home, Kiosk
from kiosk.flow.step import held, step
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardRead, CardRemoved
from kiosk.ports.clock import BEIJING
from kiosk.ports.filing import Attached, Cases, Kept, Standing
from kiosk.ports.photograph import Photograph, PictureTrouble
from kiosk.ports.receipt_printer import SlipPrinted, SlipUnknown
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound, PersonMissing
from tests.kiosk.flow.clerk import CASE, CERTIFICATE, PREPARED, TODAY, answer, rules
from tests.kiosk.flow.walker import SID
from tests.support.people import IDENTITY, LI, ZHANG

SLIP = "YBD1.family-bind.0123456789ABCDEF.20261203.0123456789abcdef0123"
PHOTOGRAPH = Photograph(b"", 1, 1)
WALKS, STEPS = 120, 120
RULES = replace(rules(), photographs=True)
NO = (NotSent(FaultCode.OFFICE_UNREACHABLE), Refused(FaultCode.FILING_REFUSED, "不行"), Unknown(FaultCode.REPLY_BROKEN))
REPORTS = (
    *(Report(SID, Stage.LODGED, replace(CASE, state=state)) for state in CaseState),
    Report(SID, Stage.SOUGHT, fault=FaultCode.OFFICE_UNREACHABLE),
    Report(SID, Stage.DECLINED, fault=FaultCode.FILING_REFUSED),
    Report(SID, Stage.LOST),
    Report(SID, Stage.GOING, fault=FaultCode.OFFICE_UNREACHABLE),
)


AT = datetime(2026, 11, 26, 9, tzinfo=BEIJING)
RECORDS = Cases(
    (replace(CASE, again=True, certificate=CERTIFICATE), CASE),
    (FiledAway("模拟甲市", "referral", TODAY), FiledAway("模拟乙市", "who-knows", TODAY, TODAY)),
    (Shared("钱*", True, TODAY), Shared("钱*", False, TODAY, Money(100)), Shared("钱*", False, TODAY)),
    (Due("缴费", Money(40000), "https://tax.moni.invalid/pay", TODAY),),
    (
        Notice("N1", 1, CASE.case_no, NoticeKind.ACCEPTED, AT),
        Notice("N2", 2, CASE.case_no, NoticeKind.MISSING, AT, due=TODAY),
    ),
    TODAY,
)
VISITS = (PastVisit(TODAY, "11", "", Paid(Money(3), Money(1), Money(1), Money(1)), ("药",)), PastVisit(None, "99", ""))


class Throng:
    """Whoever comes, does whatever comes to mind; answers may be late, and for somebody who has left."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.state = Kiosk(RULES)
        self.asked: list[Effect] = []
        self.pages: set[str] = set()

    def take(self, event: Event) -> None:
        before = self.state
        taken = step(before, event)
        ticket = getattr(event, "ticket", None)
        if isinstance(ticket, Ticket) and ticket not in held(before.screen):
            assert taken.state == before, f"{type(event).__name__} came for nobody and changed {before.screen}"
        self.state = taken.state
        self.asked += taken.effects
        self.pages.add(type(self.state.screen).__name__)

    def walk(self, steps: int) -> None:
        for _ in range(steps):
            self.take(self.any_event())

    def any_event(self) -> Event:
        waited_for = [one for one in self.asked if getattr(one, "ticket", None) in held(self.state.screen)]
        questions = [one for one in waited_for if not isinstance(one, Wake)]
        asked = questions if questions and self.dice.random() < 0.9 else self.asked
        if asked and self.dice.random() < (0.9 if questions else 0.1):
            made = self._answer(self.dice.choice(asked))
            if made is not None:
                return made
        return CardInserted() if isinstance(self.state.screen, AwaitingCard) else self._intent()

    def _answer(self, effect: Effect) -> Event | None:
        dice = self.dice
        match effect:
            case ReadCard(ticket):
                return CardWasRead(ticket, CardRead(IDENTITY))
            case FindPerson(ticket):
                found = (PersonFound(ZHANG), PersonFound(LI), PersonMissing(FaultCode.INSURANCE_STOPPED), *NO)
                return PersonWasSought(ticket, dice.choice((PersonFound(ZHANG),) * 6 + found))
            case OpenFiling(ticket):
                return FilingOpened(ticket, SID, dice.choice((PREPARED,) * 6 + NO), TODAY)
            case ConfirmFiling(ticket):
                return FilingReported(ticket, dice.choice(REPORTS))
            case TakePicture(ticket):
                return PictureWasTaken(ticket, dice.choice((PHOTOGRAPH, PictureTrouble.DARK, None)))
            case SendPicture(ticket):
                return PictureWasSent(ticket, dice.choice((Attached("P1"), *NO)))
            case AskCases(ticket):
                return CasesWereSought(ticket, dice.choice((RECORDS, *NO)))
            case AskRights(ticket):
                return RightsWereSought(ticket, Rights(failed=dice.random() < 0.5, visits=VISITS))
            case AskStanding(ticket):
                return StandingWasSought(ticket, dice.choice((Standing(()), *NO)))
            case PrintCaseSlip(ticket) | PrintGuide(ticket):
                return SlipWasPrinted(ticket, dice.choice((SlipPrinted(), SlipUnknown())))
            case Wake(ticket) if dice.random() < 0.1:
                return Woke(ticket)
            case _:
                return self._slip(effect)

    def _slip(self, effect: Effect) -> Event | None:
        match effect:
            case LeaveDraft(ticket):
                return DraftWasLeft(ticket, self.dice.choice((Kept(SLIP, TODAY), Kept(), *NO)))
            case ScanCode(ticket):
                codes = (CodeScanned(Voucher(SLIP)), CodeScanned(Voucher("1345")), CodeRejected(), None)
                return CodeWasScanned(ticket, self.dice.choice(codes))
            case _:
                return None

    def _intent(self) -> Event:
        dice, screen = self.dice, self.state.screen
        likely: list[Event] = [Continued(), Signed(), Entered(dice.choice((Door.SERVICES,) * 3 + (Door.RIGHTS,)))]
        if isinstance(screen, Choosing):
            likely += [OptionPicked(dice.choice(screen.page.options).key)] * 8
            likely += [OptionPicked(one.key) for one in screen.page.options if one.key == "photographed"] * 8
        if isinstance(screen, Capturing):
            likely += [PictureWanted()] * 4
        if isinstance(screen, Filling) and isinstance(screen.desk, Filing):
            question = next(one for one in screen.desk.questions if one.key == screen.desk.asked)
            likely += [FieldFilled(question.key, answer(question))] * 8
            likely += [FieldFilled(question.key, Typed(dice.choice("0Xx张"))), FieldFilled("nothing", Typed("1"))]
        if isinstance(screen, Reviewing):
            likely += [LineReopened(dice.choice(screen.page.lines).key)] * 2
        rare: list[Event] = [
            WentBack(),
            Stayed(),
            CardInserted(),
            CardRemoved(),
            Left(),
            OptionPicked("nothing"),
            LineReopened("x"),
            LanguageChosen("en"),
            PaperWanted(),
        ]
        return dice.choice(likely if dice.random() < 0.93 else rare)

    def let_time_pass(self) -> bool:
        """Nobody does anything any more; alarms ring, the card is taken."""
        for _ in range(40):
            if isinstance(self.state.screen, Home):
                return True
            if isinstance(self.state.screen, Farewell):
                self.take(CardRemoved())
            for ticket in sorted(held(self.state.screen)):
                self.take(Woke(ticket))
        return isinstance(self.state.screen, Home)


@pytest.mark.parametrize("part", range(4))
def test_a_throng_breaks_nothing_and_every_page_ends(part: int) -> None:
    pages: set[str] = set()
    for seed in range(part, WALKS, 4):
        throng = Throng(seed)
        throng.walk(STEPS)
        pages |= throng.pages
        assert throng.let_time_pass(), f"seed {seed}: {type(throng.state.screen).__name__}"
        assert throng.state.wish == ""
        assert ZHANG.certno.reveal() not in repr(throng.state)
    served = {"Guiding", "Filling", "Choosing", "Capturing", "Committing", "Reviewing", "Waiting", "Concluding"}
    assert served <= pages, served - pages
