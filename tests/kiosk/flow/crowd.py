"""A crowd before the kiosk: any event may come at any time, answers come late, twice, or for somebody who has left."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.domain.money import Money
from kiosk.domain.personal import Typed, Voucher
from kiosk.domain.speech import Text
from kiosk.faults import FaultCode
from kiosk.flow.aid_intents import HelperJoined
from kiosk.flow.asking import AskingWhose
from kiosk.flow.effects import (
    Abandon,
    AcceptQuote,
    CheckFace,
    CheckStaff,
    DeclineQuote,
    Effect,
    FindBills,
    FindHolder,
    FindPerson,
    Forget,
    OpenSettlement,
    PayByMethod,
    PayWithCode,
    PrintStatement,
    ReadCard,
    ReadIdCard,
    ScanCode,
    StopPayment,
    VerifyPin,
    Wake,
)
from kiosk.flow.events import (
    AidClosed,
    AllBillsChosen,
    AloudChosen,
    AnotherWayChosen,
    BillChosen,
    BillsWereSought,
    CardWasRead,
    CodeWasScanned,
    Continued,
    CoverChosen,
    DeviceChanged,
    Entered,
    Event,
    FaceAgreed,
    FaceFollowed,
    FaceWasChecked,
    FaultsChanged,
    FieldFilled,
    FilingWanted,
    Focused,
    HeadsetChanged,
    HelpCalled,
    IdCardWasRead,
    InsuranceChosen,
    KeyOffered,
    LanguageChosen,
    Left,
    LineReopened,
    LookChosen,
    LowReachChosen,
    MethodChosen,
    MoneyReported,
    OptionPicked,
    OtherMethodWanted,
    OtherWayWanted,
    PersonWasSought,
    PictureWanted,
    PinWasVerified,
    Result,
    Retried,
    Signed,
    SlipWasPrinted,
    SpeechChosen,
    StaffCalled,
    StaffCodeEntered,
    StaffWasChecked,
    StatementWasPrinted,
    Stayed,
    WentBack,
    WhoseChosen,
    WindowChosen,
    Woke,
)
from kiosk.flow.face_states import FaceAgent, FaceConsent
from kiosk.flow.rules import Door, Look, Official, PayMethod, Rules, Whose
from kiosk.flow.sheets import OfficialWasPrinted, PrintOfficial
from kiosk.flow.states import (
    AtTerminal,
    AwaitingCode,
    ChoosingMethod,
    Confirming,
    Farewell,
    Home,
    Kiosk,
    OutOfService,
    ShowingCode,
)
from kiosk.flow.stay_states import AgentCard, AgentRelation
from kiosk.flow.step import held, step, waited_for
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import Refused
from kiosk.ports.card_reader import (
    CardInserted,
    CardNotRead,
    CardRead,
    CardRemoved,
    PinAccepted,
    PinBlocked,
    PinNotEntered,
    PinWrong,
)
from kiosk.ports.face import Evidence, FaceAccepted, FaceNotTried, FaceProgress, FaceRefused, Provider, Refusal
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.hospital import Bills
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead
from kiosk.ports.keypad import Key, KeyPressed
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.payment import Way
from kiosk.ports.presence_sensor import PersonCame, PersonLeft
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipUnknown
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound, PersonMissing
from kiosk.saga.report import (
    AwaitingPayment,
    Completed,
    Paying,
    QuotedBill,
    QuoteReady,
    Seeking,
    SettlingNow,
    Stuck,
    Undone,
)
from tests.kiosk.flow import crowd_days as daily
from tests.kiosk.flow import crowd_insurer as insured
from tests.kiosk.flow import crowd_phone as phone
from tests.kiosk.flow.hospital_answers import FAILURES, OF_THE_HOSPITAL, Make, each
from tests.kiosk.flow.walker import CODE, NUMBER, QUOTED, SETTLED, SID
from tests.support.fakes import second_batch
from tests.support.people import (
    DEPOSIT,
    EMPLOYEE,
    FOREIGNER,
    ID_CARD,
    IDENTITY,
    LI,
    RESIDENT,
    ZHANG,
    quote,
)

_EVIDENCE = Evidence(Provider.LOCAL, "model", (), (), compared=False, seconds=4.0)
_HEALTH = (Health(DeviceState.ONLINE), Health(DeviceState.NO_DEVICE))
REPORTS = (
    QUOTED,
    QuoteReady((QuotedBill(SID, NUMBER, "B1", quote(Money(0))),)),
    AwaitingPayment(SID),
    AwaitingPayment(SID, FaultCode.PAYMENT_REFUSED),
    Paying(SID, show="https://pay.example/1"),
    SettlingNow(SID),
    Seeking(SID, NUMBER, FaultCode.SETTLEMENT_UNKNOWN),
    Completed((replace(SETTLED, payment=None),)),
    *(insured.REFUSED, phone.PAID),
    Undone(SID, NUMBER, None),
    Undone(SID, NUMBER, FaultCode.BILL_TAKEN, "不行", Money(1000)),
    Stuck(SID, NUMBER, FaultCode.STAFF_MUST_RESOLVE),
)
INTENTS: tuple[Event, ...] = (
    Entered(Door.OUTPATIENT),
    Entered(Door.ADMISSION),
    Entered(Door.RECEIPTS),
    Entered(Door.REFUND),
    FaceAgreed("1 zh words"),
    AnotherWayChosen(),
    OptionPicked("child"),
    WhoseChosen(Whose.SELF),
    WhoseChosen(Whose.RELATIVE),
    BillChosen("B1"),
    BillChosen("B9"),
    BillChosen("P2"),
    AllBillsChosen(),
    WindowChosen(),
    KeyOffered(),
    OtherMethodWanted(),
    MethodChosen("show"),
    MethodChosen("card"),
    MethodChosen("scan"),
    MethodChosen("none of them"),
    *(*insured.INTENTS, phone.WANTED, *daily.INTENTS),
    InsuranceChosen("310"),
    InsuranceChosen("390"),
    Continued(),
    WentBack(),
    Left(),
    Retried(),
    Stayed(),
    LanguageChosen("en"),
)
IDLE: tuple[Event, ...] = (
    LookChosen(Look.ELDER),
    CoverChosen(covered=True),
    FilingWanted(),
    FieldFilled("phone", Typed("13800000000")),
    OptionPicked("310"),
    PictureWanted(),
    OtherWayWanted(),
    LineReopened("phone"),
    Signed(),
)
"""What changes no page of a visit to the cashier."""
ACCESS: tuple[Event, ...] = (
    SpeechChosen(on=True),
    SpeechChosen(on=False),
    AloudChosen(on=True),
    LowReachChosen(on=True),
    Focused((Text("确认支付 10.00 元"),), moved=True),
    HelpCalled(),
    StaffCalled(),
    StaffCodeEntered(Voucher("000000")),
    HelperJoined(),
    AidClosed(),
    HeadsetChanged(plugged=True),
    HeadsetChanged(plugged=False),
    *(KeyPressed(key) for key in Key),
)
"""What is understood on every page."""
FACTS: tuple[Event, ...] = (
    CardInserted(),
    CardRemoved(),
    IdCardPlaced(),
    PersonCame(),
    PersonLeft(),
    *(
        DeviceChanged(name, health)
        for name in ("card_reader", "scanner", "receipt_printer", "camera", "face", "id_reader")
        for health in _HEALTH
    ),
    FaultsChanged(frozenset()),
    FaultsChanged(frozenset({FaultCode.SETTLING_PAUSED})),
)
HELPFUL: tuple[Event, ...] = (
    Entered(Door.OUTPATIENT),
    CardInserted(),
    BillChosen("B1"),
    InsuranceChosen("310"),
    Continued(),
    Continued(),
    CardRemoved(),
    FaultsChanged(frozenset()),
    *(DeviceChanged(name, _HEALTH[0]) for name in ("card_reader", "scanner", "camera", "face", "id_reader")),
)
"""What brings a visit on, or ends what holds it up."""
_SLIPS = (SlipPrinted(), SlipNotPrinted(FaultCode.PAPER_OUT, started=False), SlipUnknown())
_PRINTED = {kind: each(SlipWasPrinted, *_SLIPS) for kind in insured.SLIPS}
ANSWERS: dict[type[Any], tuple[Make, ...]] = (
    OF_THE_HOSPITAL
    | _PRINTED
    | {
        Wake: (Woke,),
        ReadCard: each(
            CardWasRead,
            CardRead(IDENTITY),
            CardNotRead(FaultCode.CARD_FOREIGN),
            CardNotRead(FaultCode.CARD_READER_GONE),
            None,
        ),
        VerifyPin: each(
            PinWasVerified,
            PinAccepted(),
            PinWrong(2),
            PinBlocked(),
            PinNotEntered(),
            CardNotRead(FaultCode.CARD_PULLED),
            CardNotRead(FaultCode.PIN_PAD_GONE),
            CardNotRead(FaultCode.CARD_READER_GONE),
            None,
        ),
        ReadIdCard: (
            *each(
                IdCardWasRead,
                IdCardRead(ID_CARD),
                IdCardRead(FOREIGNER),
                IdCardNotRead(FaultCode.ID_CARD_LIFTED),
                IdCardNotRead(FaultCode.ID_READER_GONE),
                None,
            ),
            lambda ticket: IdCardWasRead(ticket, IdCardRead(FOREIGNER), 40),
            lambda ticket: IdCardWasRead(ticket, IdCardRead(FOREIGNER), 25),
        ),
        FindPerson: each(
            PersonWasSought,
            PersonFound(ZHANG),
            PersonFound(replace(ZHANG, insurances=(EMPLOYEE, RESIDENT))),
            PersonFound(LI),
            PersonMissing(FaultCode.PERSON_UNKNOWN),
            *FAILURES,
        ),
        FindHolder: each(PersonWasSought, PersonFound(ZHANG), Refused(FaultCode.VOUCHER_REFUSED), *FAILURES),
        FindBills: each(
            BillsWereSought,
            Bills((insured.BILL,)),
            Bills((phone.WAITS,)),
            Refused(FaultCode.KEY_UNKNOWN),
            Bills((phone.BILL, second_batch())),
            Bills((replace(DEPOSIT, batch_no="B1"),)),
            *(Bills((daily.BILL,)),) * 3,
            Bills(()),
            *FAILURES,
        ),
        OpenSettlement: each(MoneyReported, *REPORTS),
        phone.TAKEN: each(MoneyReported, *phone.TOLD, *REPORTS[5:]),
        insured.ASKED: each(MoneyReported, insured.PLEDGED, *REPORTS),
        AcceptQuote: each(MoneyReported, *REPORTS[2:]),
        DeclineQuote: each(MoneyReported, Undone(SID, NUMBER, None), *REPORTS),
        PayWithCode: each(MoneyReported, *REPORTS[5:], *REPORTS[:5]),
        PayByMethod: each(MoneyReported, *REPORTS[4:], *REPORTS[:4]),
        StopPayment: each(MoneyReported, *REPORTS[2:]),
        ScanCode: each(CodeWasScanned, CodeScanned(CODE), CodeRejected(), None),
        CheckFace: (
            *each(
                FaceWasChecked,
                FaceAccepted(_EVIDENCE),
                FaceRefused(Refusal.NON_RESPONSE, FaultCode.FACE_NOT_DONE, _EVIDENCE),
                FaceNotTried(FaultCode.CAMERA_GONE),
                None,
            ),
            lambda ticket: FaceFollowed(ticket, FaceProgress(1, 2)),
        ),
        CheckStaff: (
            lambda ticket: StaffWasChecked(ticket, None, 30.0),
            lambda ticket: StaffWasChecked(ticket, "0417"),
        ),
        PrintStatement: each(StatementWasPrinted, PagePrinted("1"), PageNotPrinted()),
        PrintOfficial: each(OfficialWasPrinted, PagePrinted("1"), PageNotPrinted(FaultCode.OFFICIAL_NOT_MADE)),
    }
)
"""What may come back for each effect."""
_SHOWN: dict[type[Any], Event] = insured.SHOWN | {
    FaceAgent: IdCardPlaced(),
    AgentCard: IdCardPlaced(),
    FaceConsent: FaceAgreed("1 zh words"),
    AgentRelation: OptionPicked("child"),
}
"""What these pages wait for."""
_DOORS = (Door.OUTPATIENT, Door.ADMISSION, Door.RECEIPTS, Door.REFUND)
_SUBSCRIBERS = (AcceptQuote, DeclineQuote, PayWithCode, PayByMethod, StopPayment)
METHODS = (PayMethod("scan"), PayMethod("show", Way.SHOWN), PayMethod("card", Way.TERMINAL))
"""They hear of a settlement by a ticket that may be used again; every other effect has one of its own."""


EVERYTHING = Rules(
    _DOORS,
    together=True,
    account_choice=True,
    family_choice=True,
    methods=METHODS,
    staff=True,
    insurers=True,
    official=Official.INSTEAD,
)


@dataclass
class Crowd:
    """Walks at random; `objections` are the rules that were broken."""

    dice: random.Random
    state: Kiosk = field(default_factory=lambda: Kiosk(EVERYTHING))
    asked: list[tuple[type[Any], Ticket]] = field(default_factory=list[tuple[type[Any], Ticket]])
    results: list[Result] = field(default_factory=list[Result])
    tickets: set[Ticket] = field(default_factory=set[Ticket])
    awake: set[Ticket] = field(default_factory=set[Ticket])
    given_up: bool = False
    pages: set[str] = field(default_factory=set[str])
    objections: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        """Each site has an order of its own in which it offers the ways to pay, and some let relatives in."""
        methods = tuple(self.dice.sample(METHODS, len(METHODS)))
        relatives = _DOORS if self.dice.random() < 0.3 else ()
        password = self.dice.random() < 0.15
        rules = replace(self.state.rules, methods=methods, relatives=relatives, card_password=password)
        self.state = replace(self.state, rules=rules)

    def walk(self, steps: int) -> list[str]:
        for _ in range(steps):
            self.meet(self._event())
        return self.objections

    def _event(self) -> Event:
        """Mostly what a visit needs, so that it gets anywhere; else anything at all."""
        luck = self.dice.random()
        here = waited_for(self.state)
        waited = [(kind, ticket) for kind, ticket in self.asked[-12:] if ticket in here and kind is not Wake]
        if luck < 0.9 and isinstance(self.state.screen, AskingWhose):
            return WhoseChosen(self.dice.choice(tuple(Whose)))
        if luck < 0.45 and waited:
            kind, ticket = self.dice.choice(waited)
            return self._answer(kind, ticket, likely=0.6)
        if luck < 0.5 and isinstance(self.state.screen, Confirming | ChoosingMethod):
            return WindowChosen() if luck < 0.49 else Continued()
        likely = _SHOWN.get(type(self.state.screen)) if luck < 0.5 else None
        if shown := daily.wanted(self.state.screen, self.dice, luck) or likely:
            return shown
        if 0.36 < luck < 0.5 and isinstance(self.state.screen, Home):
            return Entered(self.dice.choice((Door.ADMISSION, Door.RECEIPTS)))
        if luck < 0.65 and isinstance(self.state.screen, AwaitingCode | ShowingCode | AtTerminal):
            return OtherMethodWanted()
        if luck < 0.7 and isinstance(self.state.screen, ChoosingMethod):
            return MethodChosen(self.dice.choice(METHODS).name) if luck < 0.56 else phone.WANTED
        if luck < 0.75:
            return self.dice.choice(HELPFUL)
        if luck < 0.82 and self.results:
            return self.dice.choice(self.results)
        if luck < 0.90 and self.asked:
            return self._answer(*self.dice.choice(self.asked))
        if luck < 0.93:
            kind = self.dice.choice(tuple(ANSWERS))
            visit = self.state.ticket.visit + self.dice.choice((-1, 0, 1))
            return self._answer(kind, Ticket(visit, self.dice.randrange(30)))
        return self.dice.choice(ACCESS if luck > 0.99 else INTENTS + FACTS)

    def _answer(self, kind: type[Any], ticket: Ticket, likely: float = 0.0) -> Result:
        """The first of the answers is the good one."""
        makers = ANSWERS[kind]
        make = makers[0] if self.dice.random() < likely else self.dice.choice(makers)
        result = make(ticket)
        self.results.append(result)
        return result

    def meet(self, event: Event) -> None:
        before = self.state
        taken = step(before, event)
        self.state = taken.state
        self.pages.add(type(self.state.screen).__name__)
        stale = isinstance(event, Woke | MoneyReported) and event.ticket not in waited_for(before)
        if stale and (taken.state != before or taken.effects):
            self.objections.append(
                f"a result nobody waits for changed {type(before.screen).__name__}: {type(event).__name__}"
            )
        if isinstance(event, Woke):
            self.awake.discard(event.ticket)
        for effect in taken.effects:
            self._note(effect)
        self._judge()

    def _note(self, effect: Effect) -> None:
        match effect:
            case OpenSettlement():
                self.given_up = False
            case DeclineQuote() | Abandon():
                self.given_up = True
            case AcceptQuote() | PayWithCode() | PayByMethod() if self.given_up:
                self.objections.append(f"{type(effect).__name__} after it was given up")
            case Forget(visit) if visit != self.state.ticket.visit:
                self.objections.append("another visit is forgotten")
            case _:
                pass
        ticket = getattr(effect, "ticket", None)
        if ticket is None:
            return
        if ticket.visit != self.state.ticket.visit:
            self.objections.append(f"{type(effect).__name__} with a ticket of another visit")
        if ticket in self.tickets and not isinstance(effect, _SUBSCRIBERS):
            self.objections.append(f"{type(effect).__name__} shares its ticket")
        self.tickets.add(ticket)
        self.asked.append((type(effect), ticket))
        if isinstance(effect, Wake):
            self.awake.add(ticket)

    def _judge(self) -> None:
        screen = self.state.screen
        if isinstance(screen, Home | OutOfService):
            return
        if not held(screen) & self.awake:
            self.objections.append(f"{type(screen).__name__} may wait for ever")
        if any(ticket.visit != self.state.ticket.visit for ticket in held(screen)):
            self.objections.append(f"{type(screen).__name__} waits for a former visit")

    def let_time_pass(self, wakes: int = 12) -> bool:
        """Nobody touches anything, nothing answers, the card is taken: does the kiosk come back to its home page?"""
        self.meet(CardRemoved())
        for _ in range(wakes):
            screen = self.state.screen
            if isinstance(screen, Home | OutOfService):
                return True
            for ticket in sorted(waited_for(self.state) & self.awake):
                self.meet(Woke(ticket))
                if isinstance(self.state.screen, Farewell):
                    break
        return isinstance(self.state.screen, Home | OutOfService)
