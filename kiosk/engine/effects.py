"""Hands each effect to the thread that performs it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.paper import Slip
from kiosk.engine.queries import Queries
from kiosk.engine.till import Paper, Till
from kiosk.engine.workers import CardWorker, DeviceWorker
from kiosk.faults import FaultCode
from kiosk.flow.effects import (
    AcceptQuote,
    DeclineQuote,
    Effect,
    FindBills,
    FindPerson,
    Forget,
    OpenSettlement,
    PayWithCode,
    PrintPendingSlip,
    PrintReceipt,
    PrintStatement,
    ReadCard,
    ScanCode,
    StopScanning,
    Wake,
)
from kiosk.flow.events import CardWasRead, CodeWasScanned, Event, SlipWasPrinted, StatementWasPrinted
from kiosk.messages import Texts
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardReader
from kiosk.ports.clock import Clock
from kiosk.ports.documents import Documents, PaidBill, Pending, Site
from kiosk.ports.page_printer import PageNotPrinted, PagePrinter
from kiosk.ports.receipt_printer import ReceiptPrinter, SlipNotPrinted, SlipPrinted, SlipResult
from kiosk.ports.scanner import Scanner
from kiosk.saga.facts import PaperDone, PrintIntended

_log = logging.getLogger(__name__)
_READ_SECONDS = 15.0
_PRINT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Devices:
    """The threads of this kiosk's devices; None where the kiosk has no such device."""

    card_reader: CardWorker
    scanner: DeviceWorker[Scanner]
    receipt_printer: DeviceWorker[ReceiptPrinter]
    page_printer: DeviceWorker[PagePrinter] | None


@dataclass(frozen=True, slots=True)
class PaperMaker:
    """What is needed to put a visit on paper."""

    documents: Documents
    site: Site
    texts: Texts


class Performer:
    """Called on the loop thread; returns at once."""

    def __init__(
        self,
        devices: Devices,
        queries: Queries,
        till: Till,
        paper: PaperMaker,
        clock: Clock,
        post: Callable[[Event], None],
    ) -> None:
        self._devices, self._queries, self._till = devices, queries, till
        self._paper, self._clock, self._post = paper, clock, post

    def perform(self, effect: Effect) -> None:
        match effect:
            case ReadCard(ticket):
                self._devices.card_reader.ask(lambda reader, cancel: self._read_card(effect, reader, cancel))
            case FindPerson() | FindBills():
                self._queries.ask(effect)
            case OpenSettlement() | AcceptQuote() | DeclineQuote() | PayWithCode():
                self._till.order(effect)
            case ScanCode():
                self._devices.scanner.ask(lambda scanner, cancel: self._scan(effect, scanner, cancel))
            case StopScanning():
                self._devices.scanner.cancel_job()
            case PrintReceipt():
                self._devices.receipt_printer.ask(lambda printer, cancel: self._print_receipt(effect, printer, cancel))
            case PrintPendingSlip():
                self._devices.receipt_printer.ask(lambda printer, cancel: self._print_pending(effect, printer, cancel))
            case PrintStatement():
                self._print_statement(effect)
            case Forget():
                self._devices.scanner.cancel_job()
            case Wake():
                raise TypeError("alarms are the loop's")
            case _ as never:
                assert_never(never)

    def _read_card(self, effect: ReadCard, reader: CardReader, cancel: Cancel) -> None:
        deadline = self._devices.card_reader.deadline(_READ_SECONDS)
        self._post(CardWasRead(effect.ticket, reader.read(deadline, cancel)))

    def _scan(self, effect: ScanCode, scanner: Scanner, cancel: Cancel) -> None:
        scanned = scanner.scan(self._devices.scanner.deadline(effect.seconds), cancel)
        if not cancel.cancelled:
            self._post(CodeWasScanned(effect.ticket, scanned))

    def _print_receipt(self, effect: PrintReceipt, printer: ReceiptPrinter, cancel: Cancel) -> None:
        visit = effect.visit
        self._till.order(Paper(visit.sid, PrintIntended()))
        make = lambda: self._paper.documents.receipt(self._bill(effect), self._paper.site, printer.shape)  # noqa: E731
        result = self._print(printer, cancel, make)
        self._till.order(Paper(visit.sid, PaperDone(isinstance(result, SlipPrinted), getattr(result, "fault", None))))
        self._post(SlipWasPrinted(effect.ticket, result))

    def _print(self, printer: ReceiptPrinter, cancel: Cancel, make: Callable[[], Slip]) -> SlipResult:
        """A defect in the making of paper must not look like one in the money."""
        try:
            slip = make()
        except Exception:
            _log.exception("slip cannot be made")
            return SlipNotPrinted(FaultCode.PRINTER_GONE, started=False)
        return printer.print(slip, self._devices.receipt_printer.deadline(_PRINT_SECONDS), cancel)

    def _bill(self, effect: PrintReceipt | PrintStatement) -> PaidBill:
        visit = effect.visit
        return PaidBill(
            number=visit.number,
            sid=visit.sid,
            name=visit.bill.person.name,
            insurance=visit.bill.insurance,
            batch=visit.bill.batch,
            settlement=visit.settlement,
            payment=visit.payment,
            booking=visit.booking,
            printed_at=self._clock.now(),
        )

    def _print_pending(self, effect: PrintPendingSlip, printer: ReceiptPrinter, cancel: Cancel) -> None:
        sentence = self._paper.texts.say(f"fault.{effect.fault}.slip")
        pending = Pending(effect.number, effect.sid, effect.bill.batch, None, sentence, self._clock.now())
        make = lambda: self._paper.documents.pending_slip(pending, self._paper.site, printer.shape)  # noqa: E731
        self._post(SlipWasPrinted(effect.ticket, self._print(printer, cancel, make)))

    def _print_statement(self, effect: PrintStatement) -> None:
        worker = self._devices.page_printer
        if worker is None:
            self._post(StatementWasPrinted(effect.ticket, PageNotPrinted(FaultCode.PAGE_PRINTER_GONE)))
            return

        def job(printer: PagePrinter, cancel: Cancel) -> None:
            pdf = self._paper.documents.statement(self._bill(effect), self._paper.site)
            result = printer.print(effect.visit.number, pdf, worker.deadline(_PRINT_SECONDS), cancel)
            self._post(StatementWasPrinted(effect.ticket, result))

        worker.ask(job)
