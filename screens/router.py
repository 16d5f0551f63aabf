"""Which page shows which state: one table, and the object the root QML reads it from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Property, QElapsedTimer, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain import pages
from kiosk.flow.access_states import Aid, Helping, StaffDoor, StaffInside
from kiosk.flow.asking import AskingWhose
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.events import Stayed
from kiosk.flow.face_states import FaceAgain, FaceAgent, FaceChecking, FaceConsent, FaceDone, FaceElsewhere
from kiosk.flow.frontend import Stage
from kiosk.flow.insurer_states import AskingInsurer, InsurerConsent, InsurerRefused
from kiosk.flow.paid_states import ChoosingPaid, FindingPaid, Reprinting
from kiosk.flow.phone_states import AskingBack, AtPhone, HandingToPhone
from kiosk.flow.rules import Door
from kiosk.flow.states import (
    AtTerminal,
    AtWindow,
    AwaitingCard,
    AwaitingCode,
    Cancelling,
    ChoosingBill,
    ChoosingInsurance,
    ChoosingMethod,
    Collecting,
    Confirming,
    EnteringPin,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    FindingPerson,
    Home,
    Kiosk,
    NextSteps,
    OutOfService,
    Quoting,
    ReadingCard,
    ReadingIdCard,
    ScanningKey,
    Screen,
    Settling,
    ShowingCode,
    StillAsking,
    StillThere,
)
from kiosk.flow.stay_states import AdmissionOffered, Admitted, Admitting, AgentCard, DepositOffered, FindingAdmission
from screens.aid.door import DoorModel
from screens.aid.help import HelpModel
from screens.aid.inside import InsideModel
from screens.bills.insurance import InsuranceModel
from screens.bills.key import KeyModel
from screens.bills.page import BillsModel
from screens.ending.failed import FailedModel
from screens.ending.farewell import FarewellModel
from screens.ending.page import NextStepsModel
from screens.ending.still_there import StillThereModel
from screens.ending.window import WindowModel
from screens.face.check import FaceCheckModel
from screens.face.consent import FaceConsentModel
from screens.face.result import FaceAgainModel, FaceResultModel
from screens.frame import Frame
from screens.home.care import CareModel
from screens.home.closed import ClosedModel
from screens.home.page import HomeModel
from screens.identify.agent import AgentModel
from screens.identify.page import CardModel
from screens.identify.whose import WhoseModel
from screens.insurer.consent import InsurerConsentModel
from screens.insurer.refused import InsurerRefusedModel
from screens.model import PageModel
from screens.paid.back import BackModel
from screens.paid.page import PaidModel, ReprintModel
from screens.paid.refund import RefundModel
from screens.pay.asking import AskingModel
from screens.pay.confirm import ConfirmModel
from screens.pay.deposit import DepositModel
from screens.pay.elsewhere import ElsewhereModel
from screens.pay.explain import ExplainModel
from screens.pay.method import MethodModel
from screens.pay.payment_code import PaymentCodeModel
from screens.phone.back import PhoneBackModel
from screens.phone.waits import PhoneWaitsModel
from screens.service.capture import CaptureModel
from screens.service.choice import ChoiceModel
from screens.service.commitment import CommitmentModel
from screens.service.form import FormModel
from screens.service.guide import GuideModel
from screens.service.result import ResultModel
from screens.service.review import ReviewModel
from screens.service.shown import carried, kind
from screens.service.wait import WaitModel
from screens.stay.admission import AdmissionModel, AdmittedModel
from screens.stay.days import DaysModel
from screens.steps import OF_A_REFUND, steps
from screens.waiting.page import WaitingModel

QML_IMPORT_NAME = "Kiosk.Frame"
QML_IMPORT_MAJOR_VERSION = 1

_FOLDER = Path(__file__).resolve().parent
_TOUCH_PAUSE = 3000  # ms; a person who scrolls need not tell the flow about every finger


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its QML file, its model, and which of the four steps it belongs to (0: none is shown)."""

    file: str
    model: type[PageModel]
    step: int = 0

    @property
    def url(self) -> QUrl:
        return QUrl.fromLocalFile(str(_FOLDER / self.file))

    def same_place(self, other: Page | None) -> bool:
        return other is not None and (self.file, self.model) == (other.file, other.model)


PAGES: dict[type[Screen], Page] = {
    Home: Page("home/Page.qml", HomeModel),
    OutOfService: Page("home/Closed.qml", ClosedModel),
    AskingWhose: Page("identify/Whose.qml", WhoseModel, step=1),
    AwaitingCard: Page("identify/Page.qml", CardModel, step=1),
    ReadingCard: Page("waiting/Page.qml", WaitingModel, step=1),
    EnteringPin: Page("waiting/Page.qml", WaitingModel, step=1),
    ReadingIdCard: Page("waiting/Page.qml", WaitingModel, step=1),
    FindingPerson: Page("waiting/Page.qml", WaitingModel, step=1),
    FindingBills: Page("waiting/Page.qml", WaitingModel, step=1),
    ChoosingBill: Page("bills/Page.qml", BillsModel, step=2),
    ScanningKey: Page("bills/Key.qml", KeyModel, step=2),
    ChoosingInsurance: Page("bills/Insurance.qml", InsuranceModel, step=2),
    Quoting: Page("waiting/Page.qml", WaitingModel, step=2),
    Explaining: Page("pay/Explain.qml", ExplainModel, step=2),
    Confirming: Page("pay/Confirm.qml", ConfirmModel, step=3),
    DepositOffered: Page("pay/Deposit.qml", DepositModel, step=2),
    ChoosingMethod: Page("pay/Method.qml", MethodModel, step=3),
    AwaitingCode: Page("pay/PaymentCode.qml", PaymentCodeModel, step=3),
    ShowingCode: Page("pay/ShownCode.qml", ElsewhereModel, step=3),
    Collecting: Page("waiting/Page.qml", WaitingModel, step=3),
    Settling: Page("waiting/Page.qml", WaitingModel, step=3),
    StillAsking: Page("pay/Asking.qml", AskingModel, step=3),
    Cancelling: Page("waiting/Page.qml", WaitingModel),
    AtTerminal: Page("pay/Terminal.qml", ElsewhereModel, step=3),
    AtWindow: Page("ending/Window.qml", WindowModel),
    FaceAgent: Page("identify/Agent.qml", AgentModel),
    FaceConsent: Page("face/Consent.qml", FaceConsentModel),
    FaceChecking: Page("face/Check.qml", FaceCheckModel),
    FaceAgain: Page("face/Again.qml", FaceAgainModel),
    FaceDone: Page("face/Result.qml", FaceResultModel),
    FaceElsewhere: Page("face/Result.qml", FaceResultModel),
    AgentCard: Page("identify/Agent.qml", AgentModel, step=1),
    FindingAdmission: Page("waiting/Page.qml", WaitingModel),
    AdmissionOffered: Page("stay/Admission.qml", AdmissionModel),
    Admitting: Page("waiting/Page.qml", WaitingModel),
    Admitted: Page("stay/Admitted.qml", AdmittedModel),
    FindingPaid: Page("waiting/Page.qml", WaitingModel),
    ChoosingPaid: Page("paid/Page.qml", PaidModel),
    Reprinting: Page("paid/Reprint.qml", ReprintModel),
    ListedDays: Page("stay/Days.qml", DaysModel, step=2),
    QuotedDays: Page("stay/Days.qml", DaysModel, step=2),
    HandingToPhone: Page("waiting/Page.qml", WaitingModel, step=3),
    AtPhone: Page("phone/Waits.qml", PhoneWaitsModel),
    AskingBack: Page("phone/Back.qml", PhoneBackModel, step=2),
    InsurerConsent: Page("insurer/Consent.qml", InsurerConsentModel, step=2),
    AskingInsurer: Page("waiting/Page.qml", WaitingModel, step=2),
    InsurerRefused: Page("insurer/Refused.qml", InsurerRefusedModel, step=4),
    NextSteps: Page("ending/Page.qml", NextStepsModel, step=4),
    Failed: Page("ending/Failed.qml", FailedModel),
    StillThere: Page("ending/StillThere.qml", StillThereModel),
    Farewell: Page("ending/Farewell.qml", FarewellModel),
}

SERVICE_PAGES: dict[type[pages.Page], Page] = {
    pages.Guide: Page("service/Guide.qml", GuideModel),
    pages.Form: Page("service/Form.qml", FormModel),
    pages.Choice: Page("service/Choice.qml", ChoiceModel),
    pages.Capture: Page("service/Capture.qml", CaptureModel),
    pages.Review: Page("service/Review.qml", ReviewModel),
    pages.Commitment: Page("service/Commitment.qml", CommitmentModel),
    pages.Wait: Page("waiting/Page.qml", WaitModel),
    pages.Result: Page("service/Result.qml", ResultModel),
}
"""What a state that carries one of these values shows, whichever service it belongs to."""

AIDS: dict[type[Aid], Page] = {
    Helping: Page("aid/Help.qml", HelpModel),
    StaffDoor: Page("aid/Door.qml", DoorModel),
    StaffInside: Page("aid/Inside.qml", InsideModel),
}
BACK = Page("paid/Back.qml", BackModel, step=2)
"""What comes back of a paid bill is asked on a page of its own."""
REFUND = Page("paid/Refund.qml", RefundModel)
"""What is printed behind the door of refunds is another paper, and another page."""
CARE_HOME = Page("home/Care.qml", CareModel)
"""The home page of 关怀: four things to press."""

_READING = (
    *(AskingWhose, AwaitingCard, ChoosingBill, ChoosingInsurance, Explaining, DepositOffered),
    *(ChoosingMethod, AdmissionOffered, Admitted, ChoosingPaid, Reprinting),
    *(InsurerConsent, InsurerRefused, NextSteps, ListedDays, QuotedDays, AtPhone, AskingBack),
)
"""Pages where any touch means "I am here". Not AwaitingCode: starting its patience anew would interrupt the scanner."""


def page_of(screen: Screen) -> Page:
    if isinstance(screen, Confirming) and screen.offer.redress is not None:
        return BACK
    if isinstance(screen, Reprinting) and screen.door is Door.REFUND:
        return REFUND
    shown = carried(screen)
    return PAGES[type(screen)] if shown is None else SERVICE_PAGES[kind(shown)]


@QmlElement
class Router(QObject):
    """What the root QML shows.

    `page` changes only when a state of another page arrives; else the same model takes the state. `StillThere` covers
    the page it will return to, which stays loaded beneath it and keeps its place in the list.
    """

    pageChanged = Signal()
    overlayChanged = Signal()
    stepChanged = Signal()
    languageChanged = Signal(str)

    def __init__(self, stage: Stage, *, animated: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._animated = animated
        self.frame = Frame(stage, self)
        self._kiosk: Kiosk | None = None
        self._page: Page | None = None
        self._model: PageModel | None = None
        self._overlay: Page | None = None
        self._overlay_model: PageModel | None = None
        self._touched = QElapsedTimer()

    def show(self, kiosk: Kiosk) -> None:
        """Bring a state on the screen."""
        before, self._kiosk = self._kiosk, kiosk
        if before is None or before.lang != kiosk.lang:
            self.languageChanged.emit(kiosk.lang)
        self.frame.show(kiosk)
        screen = kiosk.screen
        asked = isinstance(screen, StillThere)
        self._lay(replace(kiosk, screen=screen.resume) if isinstance(screen, StillThere) else kiosk)
        if kiosk.aid is not None:
            self._cover(AIDS[type(kiosk.aid)], kiosk)
        elif asked:
            self._cover(PAGES[StillThere], kiosk)
        else:
            self._uncover()
        self.stepChanged.emit()

    def _lay(self, kiosk: Kiosk) -> None:
        page = _page(kiosk)
        if page.same_place(self._page) and self._model is not None:
            self._page = page
            self._model.show(kiosk)
            return
        left, self._page, self._model = self._model, page, self._make(page, kiosk)
        self.pageChanged.emit()
        _forget(left)

    def _cover(self, page: Page, kiosk: Kiosk) -> None:
        if page.same_place(self._overlay) and self._overlay_model is not None:
            self._overlay_model.show(kiosk)
            return
        left, self._overlay, self._overlay_model = self._overlay_model, page, self._make(page, kiosk)
        self.overlayChanged.emit()
        _forget(left)

    def _uncover(self) -> None:
        if self._overlay_model is None:
            return
        left, self._overlay, self._overlay_model = self._overlay_model, None, None
        self.overlayChanged.emit()
        _forget(left)

    def _make(self, page: Page, kiosk: Kiosk) -> PageModel:
        model = page.model(self._stage, self)
        model.show(kiosk)
        return model

    @Slot()
    def touched(self) -> None:
        """A finger came down anywhere: whoever reads slowly is still here."""
        if self._kiosk is None or not isinstance(self._kiosk.screen, _READING):
            return
        if not self._touched.isValid() or self._touched.elapsed() > _TOUCH_PAUSE:
            self._touched.start()
            self._stage.send(Stayed())

    @Property(QUrl, notify=pageChanged)
    def page(self) -> QUrl:
        return self._page.url if self._page else QUrl()

    @Property(QObject, notify=pageChanged)
    def model(self) -> PageModel | None:
        return self._model

    @Property(QUrl, notify=overlayChanged)
    def overlay(self) -> QUrl:
        """The page that covers the other; empty when none does."""
        return self._overlay.url if self._overlay else QUrl()

    @Property(QObject, notify=overlayChanged)
    def overlayModel(self) -> PageModel | None:
        return self._overlay_model

    @Property(int, notify=stepChanged)
    def step(self) -> int:
        """1 to 4 of the step bar; 0 where it is not shown, as over a page that something covers."""
        return self._step()

    @Property(str, notify=stepChanged)
    def stepLabel(self) -> str:
        """The step bar in a sentence, for screen readers; empty where it is not shown."""
        at = self._step()
        if not at or self._kiosk is None:
            return ""
        texts = self._stage.texts.of(self._kiosk.lang)
        names = steps(self._kiosk.screen)
        return texts.say("step.label", at=str(at), of=str(len(names)), name=texts.say(f"step.{names[at - 1]}"))

    @Property(bool, notify=stepChanged)
    def givesBack(self) -> bool:
        """Whether the third step pays back: the page after a refund's question is no payment."""
        return self._kiosk is not None and steps(self._kiosk.screen) == OF_A_REFUND

    def _step(self) -> int:
        aided = self._kiosk is not None and self._kiosk.aid is not None
        return self._page.step if self._page and not aided else 0

    @Property(bool, constant=True)
    def animated(self) -> bool:
        return self._animated

    @Property(float, constant=True)
    def widthMm(self) -> float:
        """Visible width of the panel, which makes millimetres into pixels."""
        return self._stage.width_mm


def _page(kiosk: Kiosk) -> Page:
    """That of its state, and a home page of its own for 关怀."""
    return CARE_HOME if isinstance(kiosk.screen, Home) and kiosk.care else page_of(kiosk.screen)


def _forget(model: PageModel | None) -> None:
    """Let a left page's model go after its page, whose own deletion is already in Qt's queue."""
    if model is not None:
        model.setParent(None)
        model.deleteLater()
