"""Pages of A4: our own statement, made here, and the official sheet, fetched and printed as it came."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kiosk.engine.queries import Queries
from kiosk.engine.receipts import paid_bill
from kiosk.engine.workers import DeviceWorker
from kiosk.faults import FaultCode
from kiosk.flow.effects import PrintStatement
from kiosk.flow.events import Event, StatementWasPrinted
from kiosk.flow.sheets import DaysWerePrinted, OfficialWasPrinted, PrintDays, PrintOfficial
from kiosk.messages import Texts
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock
from kiosk.ports.documents import DayList, Documents, Site
from kiosk.ports.official import NoSheet, Sheet
from kiosk.ports.page_printer import PageNotPrinted, PagePrinter

_log = logging.getLogger(__name__)
_PRINT_SECONDS = 30.0
PaperT = TypeVar("PaperT")
Printer = DeviceWorker[PagePrinter]


@dataclass(frozen=True, slots=True)
class PaperMaker:
    """What is needed to put a visit on paper."""

    documents: Documents
    site: Site
    texts: Texts


def print_statement(
    effect: PrintStatement, worker: Printer | None, paper: PaperMaker, clock: Clock, post: Callable[[Event], None]
) -> None:
    lost = StatementWasPrinted(effect.ticket, PageNotPrinted(FaultCode.PAGE_PRINTER_GONE))
    if worker is None:
        post(lost)
        return

    def run(printer: PagePrinter, cancel: Cancel) -> None:
        pdf = made(lambda: paper.documents.statement(paid_bill(effect.paid, clock.now()), paper.site))
        if pdf is None:
            post(lost)
            return
        result = printer.print(effect.paid.number, pdf, worker.deadline(_PRINT_SECONDS), cancel)
        post(StatementWasPrinted(effect.ticket, result))

    worker.ask(run, lambda: post(lost))


def print_days(
    effect: PrintDays, told: DayList, worker: Printer | None, paper: PaperMaker, post: Callable[[Event], None]
) -> None:
    """Under the stay's number: no settlement has one yet."""
    lost = DaysWerePrinted(effect.ticket, PageNotPrinted(FaultCode.PAGE_PRINTER_GONE))
    if worker is None:
        post(lost)
        return

    def run(printer: PagePrinter, cancel: Cancel) -> None:
        pdf = made(lambda: paper.documents.day_list(told, paper.site))
        if pdf is None:
            post(lost)
            return
        name = f"{told.batch.visit_no}-days"
        post(DaysWerePrinted(effect.ticket, printer.print(name, pdf, worker.deadline(_PRINT_SECONDS), cancel)))

    worker.ask(run, lambda: post(lost))


def print_official(
    effect: PrintOfficial, worker: Printer | None, queries: Queries, post: Callable[[Event], None]
) -> None:
    """Without a printer nobody is asked for the sheet; without a sheet no paper is used."""
    if worker is None:
        post(OfficialWasPrinted(effect.ticket, PageNotPrinted(FaultCode.PAGE_PRINTER_GONE)))
        return
    printers = worker

    def fetched(sheet: Sheet | NoSheet) -> None:
        if isinstance(sheet, Sheet):
            _print_sheet(effect, sheet, printers, post)
        else:
            post(OfficialWasPrinted(effect.ticket, PageNotPrinted(sheet.fault)))

    queries.fetch(effect.asked, fetched)


def _print_sheet(effect: PrintOfficial, sheet: Sheet, worker: Printer, post: Callable[[Event], None]) -> None:
    """Under a name that our own statement of the same visit does not have."""

    def run(printer: PagePrinter, cancel: Cancel) -> None:
        result = printer.print(f"{effect.name}-official", sheet.pdf, worker.deadline(_PRINT_SECONDS), cancel)
        post(OfficialWasPrinted(effect.ticket, result))

    gone = OfficialWasPrinted(effect.ticket, PageNotPrinted(FaultCode.PAGE_PRINTER_GONE))
    worker.ask(run, lambda: post(gone))


def made(make: Callable[[], PaperT]) -> PaperT | None:
    """A defect in the making of paper must not look like one of the printer, let alone of the money."""
    try:
        return make()
    except Exception:  # noqa: BLE001 - whatever it is, the visit goes on without paper
        _log.exception("paper cannot be made")
        return None
