"""Hands each effect to the thread that performs it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, assert_never

from kiosk.domain.insured import IdCardIdentity
from kiosk.domain.paper import PaperShape, Slip
from kiosk.engine import pages
from kiosk.engine.cashier import Paper
from kiosk.engine.face import FaceWorker
from kiosk.engine.pages import PaperMaker
from kiosk.engine.papers import PaperWorker
from kiosk.engine.queries import Queries
from kiosk.engine.receipts import printed_again, receipt_of
from kiosk.engine.registry import Order, Registry
from kiosk.engine.staff import StaffList
from kiosk.engine.till import Till
from kiosk.engine.unfiled import unfiled
from kiosk.engine.workers import CameraWorker, CardWorker, DeviceWorker, IdWorker, KeypadWorker, PresenceWorker
from kiosk.faults import FaultCode
from kiosk.flow.effects import (
    Abandon,
    AcceptQuote,
    AskAway,
    AskCases,
    AskInsurer,
    AskRights,
    AskStanding,
    AttestCase,
    CheckFace,
    CheckStaff,
    ConfirmFiling,
    DeclineQuote,
    Effect,
    FindAdmission,
    FindBills,
    FindDoctor,
    FindHolder,
    FindPaid,
    FindPerson,
    Forget,
    Guide,
    KeepDraft,
    LeaveDraft,
    OpenFiling,
    OpenSettlement,
    PayByMethod,
    PayWithCode,
    PrintAdmissionSlip,
    PrintAgain,
    PrintCaseSlip,
    PrintClaimSlip,
    PrintGuide,
    PrintPendingSlip,
    PrintReceipt,
    PrintStatement,
    PrintWindowSlip,
    RateAgain,
    RateCase,
    ReadCard,
    ReadIdCard,
    RegisterStay,
    Say,
    ScanCode,
    SendPicture,
    Steer,
    StopFace,
    StopPayment,
    StopScanning,
    TakePicture,
    VerifyPin,
    Wake,
    WarmFace,
)
from kiosk.flow.events import (
    CardWasRead,
    CodeWasScanned,
    Event,
    FaceWasChecked,
    IdCardWasRead,
    PinWasVerified,
    SlipWasPrinted,
    StaffWasChecked,
)
from kiosk.flow.notice_effects import NoticesRead
from kiosk.flow.phone_effects import PrintPhoneSlip, TakeToPhone
from kiosk.flow.picture_events import PictureWasTaken
from kiosk.flow.sheets import DaysWerePrinted, PrintDays, PrintOfficial
from kiosk.flow.states import Kiosk
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardNotRead, CardReader, PinVerifier
from kiosk.ports.clock import Clock
from kiosk.ports.documents import (
    AdmissionSlip,
    CaseSlip,
    DayList,
    GuideSlip,
    Pending,
    PhoneSlip,
    UnpaidBills,
)
from kiosk.ports.face import FaceNotTried
from kiosk.ports.guide_light import GuideLight, Spot
from kiosk.ports.id_reader import IdCardNotRead, IdCardRead, IdReader
from kiosk.ports.keypad import Key
from kiosk.ports.page_printer import PagePrinter
from kiosk.ports.payment_terminal import PaymentTerminal
from kiosk.ports.power_source import PowerSource
from kiosk.ports.receipt_printer import ReceiptPrinter, SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown
from kiosk.ports.scanner import Scanner
from kiosk.ports.speaker import Speaker
from kiosk.saga.facts import PaperDone, PrintIntended

_log = logging.getLogger(__name__)
_READ_SECONDS = 15.0
_Service = PrintCaseSlip | PrintGuide | PrintAdmissionSlip | PrintAgain | PrintClaimSlip
PaperT = TypeVar("PaperT")
_PRINT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Devices:
    """The threads of this kiosk's devices; None where the kiosk has no such device."""

    card_reader: CardWorker
    scanner: DeviceWorker[Scanner]
    receipt_printer: DeviceWorker[ReceiptPrinter]
    page_printer: DeviceWorker[PagePrinter] | None
    id_reader: IdWorker | None = None
    camera: CameraWorker | None = None
    payment_terminal: DeviceWorker[PaymentTerminal] | None = None
    face: FaceWorker | None = None
    keypad: KeypadWorker | None = None
    speaker: DeviceWorker[Speaker] | None = None
    guide_light: DeviceWorker[GuideLight] | None = None
    presence_sensor: PresenceWorker | None = None
    power_source: DeviceWorker[PowerSource] | None = None
    papers: PaperWorker | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """What of an effect goes to the glass and to whoever is behind it: `steer` moves the focus, `staff` knows codes,
    `registry` hands in applications where an office is set up.
    """

    steer: Callable[[Key], None]
    staff: StaffList
    registry: Registry | None = None


class Performer:
    """Called on the loop thread; returns at once. Whatever becomes of an effect, its result is posted."""

    def __init__(
        self,
        devices: Devices,
        queries: Queries,
        till: Till,
        paper: PaperMaker,
        clock: Clock,
        post: Callable[[Event], None],
        reception: Reception,
    ) -> None:
        self._devices, self._queries, self._till, self._reception = devices, queries, till, reception
        self._paper, self._clock, self._post = paper, clock, post
        self._large = False

    def regard(self, state: Kiosk) -> None:
        """What is shown before effects are performed: who reads large letters gets them on slips too."""
        self._large = state.care

    def perform(self, effect: Effect) -> None:
        match effect:
            case ReadCard() | VerifyPin() | ReadIdCard():
                self._read(effect)
            case (
                FindPerson()
                | FindHolder()
                | FindBills()
                | FindAdmission()
                | RegisterStay()
                | FindPaid()
                | AskRights()
                | FindDoctor()
                | AttestCase()
            ):
                self._queries.ask(effect)
            case (
                OpenFiling()
                | KeepDraft()
                | LeaveDraft()
                | SendPicture()
                | ConfirmFiling()
                | RateCase()
                | RateAgain()
                | AskCases()
                | AskStanding()
                | NoticesRead()
                | AskAway()
            ):
                self._file(effect)
            case (
                OpenSettlement()
                | AskInsurer()
                | AcceptQuote()
                | DeclineQuote()
                | Abandon()
                | PayWithCode()
                | PayByMethod()
                | StopPayment()
            ):
                self._till.order(effect)
            case ScanCode() | StopScanning():
                self._use_scanner(effect)
            case PrintReceipt() | PrintPendingSlip() | PrintWindowSlip() | PrintStatement() | PrintOfficial():
                self._put_on_paper(effect)
            case PrintCaseSlip() | PrintGuide() | PrintAdmissionSlip() | PrintAgain() | PrintClaimSlip() | PrintDays():
                self._print_service(effect)
            case WarmFace() | CheckFace() | StopFace() | TakePicture():
                self._look(effect)
            case TakeToPhone() | PrintPhoneSlip():
                self._go_to_phone(effect)
            case Say() | Steer() | Guide() | CheckStaff() | Forget():
                self._receive(effect)
            case Wake():
                raise TypeError("alarms are the loop's")
            case _ as never:
                assert_never(never)

    def _read(self, effect: ReadCard | VerifyPin | ReadIdCard) -> None:
        match effect:
            case ReadCard():
                self._read_card(effect)
            case VerifyPin():
                self._verify_pin(effect)
            case ReadIdCard():
                self._read_id_card(effect)

    def _use_scanner(self, effect: ScanCode | StopScanning) -> None:
        if isinstance(effect, ScanCode):
            self._scan(effect)
        else:
            self._devices.scanner.cancel_jobs()

    def _file(self, effect: Order) -> None:
        if self._reception.registry is not None:
            self._reception.registry.order(effect)
        elif (answer := unfiled(effect)) is not None:
            self._post(answer)

    def _forget(self, effect: Forget) -> None:
        self._look(StopFace())
        self._devices.scanner.cancel_jobs()
        self._devices.card_reader.cancel_jobs()  # keys that wait for digits wait for nobody now
        self._forget_frame()
        self._till.order(effect)
        if self._reception.registry is not None:
            self._reception.registry.order(effect)

    def _print_service(self, effect: _Service | PrintDays) -> None:
        if isinstance(effect, PrintDays):
            self._print_days(effect)
            return
        now, documents, site = self._clock.now(), self._paper.documents, self._paper.site

        def make(shape: PaperShape) -> Slip:
            if isinstance(effect, PrintAdmissionSlip):
                return documents.admission_slip(AdmissionSlip(effect.person.name, effect.admission, now), site, shape)
            if isinstance(effect, PrintAgain | PrintClaimSlip):
                return printed_again(effect, documents, site, shape, now)
            if isinstance(effect, PrintGuide):
                return documents.guide_slip(GuideSlip(effect.page, now), site, shape)
            return documents.case_slip(
                CaseSlip(effect.page, effect.number, effect.handover, now, effect.certificate), site, shape
            )

        self._print(make, lambda result: self._post(SlipWasPrinted(effect.ticket, result)))

    def _print_days(self, effect: PrintDays) -> None:
        documents, site = self._paper.documents, self._paper.site
        told = DayList(effect.person.name, effect.batch, self._clock.now())
        if not effect.short:
            pages.print_days(effect, told, self._devices.page_printer, self._paper, self._post)
            return
        self._print(
            lambda shape: documents.day_slip(told, site, shape),
            lambda result: self._post(DaysWerePrinted(effect.ticket, result)),
        )

    def _put_on_paper(
        self, effect: PrintReceipt | PrintPendingSlip | PrintWindowSlip | PrintStatement | PrintOfficial
    ) -> None:
        match effect:
            case PrintReceipt():
                self._print_receipt(effect)
            case PrintPendingSlip():
                self._print_pending(effect)
            case PrintWindowSlip():
                self._print_for_window(effect)
            case PrintStatement():
                pages.print_statement(effect, self._devices.page_printer, self._paper, self._clock, self._post)
            case PrintOfficial():
                pages.print_official(effect, self._devices.page_printer, self._queries, self._post)

    def _go_to_phone(self, effect: TakeToPhone | PrintPhoneSlip) -> None:
        if isinstance(effect, TakeToPhone):
            self._till.order(effect)
        else:
            self._print_receipt(effect)

    def _receive(self, effect: Say | Steer | Guide | CheckStaff | Forget) -> None:
        match effect:
            case Forget():
                self._forget(effect)
            case Say():
                self._say(effect)
            case Steer(key):
                self._reception.steer(key)
            case Guide(lit):
                self._light(lit)
            case CheckStaff():
                self._check_staff(effect)

    def _say(self, effect: Say) -> None:
        """What is new cuts off what is being said, unless it waits for it. Nobody waits for a voice."""
        worker, speech = self._devices.speaker, effect.speech
        if worker is None:
            return

        def run(speaker: Speaker, cancel: Cancel) -> None:
            speaker.say(speech, cancel)

        if not speech.queued:
            worker.cancel_jobs()
        if speech.parts:
            worker.ask(run)

    def _light(self, lit: frozenset[Spot]) -> None:
        """Only the newest page's lights matter."""
        worker = self._devices.guide_light
        if worker is not None:
            worker.cancel_jobs()
            worker.ask(lambda lights, _cancel: lights.show(lit))

    def _check_staff(self, effect: CheckStaff) -> None:
        """In a thread of its own: a hash takes its time on purpose, and no patient's question waits behind it."""

        def check() -> None:
            checked = self._reception.staff.check(effect.code.reveal())
            self._post(StaffWasChecked(effect.ticket, checked.who, checked.wait))

        threading.Thread(target=check, name="staff", daemon=True).start()

    def _read_card(self, effect: ReadCard) -> None:
        """A chip takes a second: the platform, which will be asked next, is greeted meanwhile."""
        self._queries.greet()
        worker = self._devices.card_reader

        def run(reader: CardReader, cancel: Cancel) -> None:
            self._post(CardWasRead(effect.ticket, reader.read(worker.deadline(_READ_SECONDS), cancel)))

        gone = CardWasRead(effect.ticket, CardNotRead(FaultCode.CARD_READER_GONE))
        worker.ask(run, lambda: self._post(gone))

    def _verify_pin(self, effect: VerifyPin) -> None:
        """Once for each entry of the holder's; the digits stay between the reader's keys and the card."""
        worker = self._devices.card_reader

        def run(reader: CardReader, cancel: Cancel) -> None:
            verdict = (
                reader.verify_pin(worker.deadline(effect.seconds), cancel)
                if isinstance(reader, PinVerifier)
                else CardNotRead(FaultCode.PIN_PAD_GONE)
            )
            self._post(PinWasVerified(effect.ticket, verdict))

        gone = PinWasVerified(effect.ticket, CardNotRead(FaultCode.CARD_READER_GONE))
        worker.ask(run, lambda: self._post(gone))

    def _read_id_card(self, effect: ReadIdCard) -> None:
        worker = self._devices.id_reader
        gone = IdCardWasRead(effect.ticket, IdCardNotRead(FaultCode.ID_READER_GONE))
        if worker is None:
            self._post(gone)
            return

        def run(reader: IdReader, cancel: Cancel) -> None:
            reading = reader.read(worker.deadline(_READ_SECONDS), cancel)
            today, found = self._clock.now().date(), reading.identity if isinstance(reading, IdCardRead) else None
            age, expired = (_age(found, today), found.validity.over(today)) if found else (None, False)
            self._post(IdCardWasRead(effect.ticket, reading, age, expired))

        worker.ask(run, lambda: self._post(gone))

    def _look(self, effect: WarmFace | CheckFace | StopFace | TakePicture) -> None:
        worker = self._devices.face
        match effect:
            case TakePicture(ticket):
                papers = self._devices.papers
                papers.take(effect) if papers else self._post(PictureWasTaken(ticket, None))
            case WarmFace() if worker:
                worker.warm()
            case CheckFace() if worker:
                worker.check(effect)
            case CheckFace(ticket):
                self._post(FaceWasChecked(ticket, FaceNotTried(FaultCode.FACE_MODELS_MISSING)))
            case StopFace() if worker:
                worker.cancel_jobs()
            case _:
                pass

    def _forget_frame(self) -> None:
        if self._devices.camera is not None:
            self._devices.camera.slot.clear()
        if self._devices.papers is not None:
            self._devices.papers.cancel_jobs()
            self._devices.papers.slot.clear()

    def _scan(self, effect: ScanCode) -> None:
        worker = self._devices.scanner

        def run(scanner: Scanner, cancel: Cancel) -> None:
            scanned = scanner.scan(worker.deadline(effect.seconds), cancel)
            if not cancel.cancelled:
                self._post(CodeWasScanned(effect.ticket, scanned))

        worker.ask(run, lambda: self._post(CodeWasScanned(effect.ticket, None)))

    def _print_receipt(self, effect: PrintReceipt | PrintPhoneSlip) -> None:
        """The paper that a settlement waits for: of what was paid, or of what is paid on the phone."""
        sid = effect.paid.sid if isinstance(effect, PrintReceipt) else effect.sid

        def make(shape: PaperShape) -> Slip:
            documents, site, now = self._paper.documents, self._paper.site, self._clock.now()
            if isinstance(effect, PrintReceipt):
                return receipt_of(effect.paid, documents, site, shape, now)
            return documents.phone_slip(PhoneSlip(effect.number, effect.bill.batch, effect.handed, now), site, shape)

        def end(result: SlipResult) -> None:
            fault = None if isinstance(result, SlipPrinted) else result.fault
            self._till.order(Paper(sid, PaperDone(isinstance(result, SlipPrinted), fault)))
            self._post(SlipWasPrinted(effect.ticket, result))

        self._till.order(Paper(sid, PrintIntended()))
        self._print(make, end)

    def _print_pending(self, effect: PrintPendingSlip) -> None:
        def make(shape: PaperShape) -> Slip:
            sentence = self._paper.texts.say(f"fault.{effect.fault}.what")
            now = self._clock.now()
            pending = Pending(effect.number, effect.sid, effect.bill.batch, effect.own_part, sentence, now)
            return self._paper.documents.pending_slip(pending, self._paper.site, shape)

        self._print(make, lambda result: self._post(SlipWasPrinted(effect.ticket, result)))

    def _print_for_window(self, effect: PrintWindowSlip) -> None:
        def make(shape: PaperShape) -> Slip:
            batches = tuple(bill.batch for bill in effect.bills)
            unpaid = UnpaidBills(batches, self._clock.now(), effect.doctor, effect.newborn)
            return self._paper.documents.window_slip(unpaid, self._paper.site, shape)

        self._print(make, lambda result: self._post(SlipWasPrinted(effect.ticket, result)))

    def _print(self, make: Callable[[PaperShape], Slip], end: Callable[[SlipResult], None]) -> None:
        worker, large = self._devices.receipt_printer, self._large

        def run(printer: ReceiptPrinter, cancel: Cancel) -> None:
            slip = pages.made(lambda: make(replace(printer.shape, large=large)))
            if slip is None:
                end(SlipNotPrinted(FaultCode.PRINTER_GONE, started=False))
            else:
                end(printer.print(slip, worker.deadline(_PRINT_SECONDS), cancel))

        worker.ask(run, lambda: end(SlipUnknown()))


def _age(identity: IdCardIdentity, today: date) -> int | None:
    """Whole years; None where the day of birth is none."""
    try:
        born = date.fromisoformat(identity.born.reveal())
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
