"""The contract of A4 printers."""

from __future__ import annotations

from typing import Final, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PagePrinter, PageResult

_WANTING: Final = {
    "paper": FaultCode.PAGE_PAPER_OUT,
    "jam": FaultCode.PAGE_PRINTER_JAMMED,
    "cover": FaultCode.PAGE_PRINTER_OPEN,
    "ink": FaultCode.PAGE_INK_OUT,
    "offline": FaultCode.PAGE_PRINTER_GONE,
}


class PageBench(Bench, Protocol):
    """A printer with an empty tray, and somebody who takes out of it."""

    def came(self, *documents: bytes) -> bool:
        """Whether these came out so far, oldest first, each whole, and nothing else."""
        ...


class QueueBench(PageBench, Protocol):
    """A printer behind a queue, in which a page may be stuck."""

    def want(self, what: str) -> None:
        """From now on the printer wants something: paper, jam, cover, ink or offline."""
        ...

    def asking(self) -> bool:
        """Whether a document stands before what the printer wants."""
        ...

    def give(self) -> None:
        """It gets what it wants."""
        ...

    def pause(self) -> None:
        """Somebody stops the queue; the printer takes jobs and prints none."""
        ...

    def resume(self) -> None: ...

    def fall_silent(self) -> None:
        """From now on nothing answers, and nothing is refused."""
        ...

    def speak_again(self) -> None: ...


def document(word: str, length: int = 0) -> bytes:
    """A sheet with one large word on it, `length` bytes longer than it need be."""
    text = f"BT /F1 96 Tf 72 400 Td ({word}) Tj ET".encode("ascii")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    pdf, places = b"%PDF-1.4\n" + b"%" * length + b"\n", list[int]()
    for number, part in enumerate(parts, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj%b endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(pdf))
    return pdf + head + table + tail


def word_of(pdf: bytes) -> str:
    """The word on a sheet of `document`, for whoever reads it off the paper."""
    return pdf.partition(b"Td (")[2].partition(b")")[0].decode("ascii")


class PagePrinterContract(Contract):
    """What the kiosk may rely on: a page is printed once and whole, or it never comes out."""

    def test_opening_and_closing_twice_is_allowed(self, printer: PagePrinter) -> None:
        printer.open()
        printer.open()
        printer.close()
        assert not printer.status().usable
        printer.close()
        printer.open()
        assert printer.status().usable

    def test_opening_leaves_nothing_behind(self, printer: PagePrinter) -> None:
        printer.open()
        printer.status()
        before = open_files()
        for _ in range(20):
            printer.open()
            printer.status()
            printer.close()
        assert open_files() == before

    def test_a_page_comes_out_whole_and_once(self, bench: PageBench, printer: PagePrinter) -> None:
        printer.open()
        assert isinstance(self.print(bench, printer, document("one")), PagePrinted)
        assert bench.came(document("one"))
        assert isinstance(self.print(bench, printer, document("two")), PagePrinted)
        assert bench.came(document("one"), document("two"))

    def test_a_large_page_comes_out_whole(self, bench: PageBench, printer: PagePrinter) -> None:
        printer.open()
        assert isinstance(self.print(bench, printer, document("large", 3_000_000)), PagePrinted)
        assert bench.came(document("large", 3_000_000))

    def test_the_same_name_again_is_another_sheet(self, bench: PageBench, printer: PagePrinter) -> None:
        printer.open()
        results = [self.print(bench, printer, document("again")) for _ in range(2)]
        assert all(isinstance(result, PagePrinted) for result in results)
        assert bench.came(document("again"), document("again"))

    @pytest.mark.parametrize("name", ["", "../etc", "张三", "a b", "-x"])
    def test_a_name_that_is_none_of_our_numbers_is_a_defect(
        self, bench: PageBench, printer: PagePrinter, name: str
    ) -> None:
        printer.open()
        with pytest.raises(ValueError, match="named"):
            printer.print(name, document("x"), after(bench.clock, FAR_SECONDS), Cancel())
        assert bench.came()

    def test_nothing_is_printed_that_was_cancelled_before(self, bench: PageBench, printer: PagePrinter) -> None:
        printer.open()
        cancel = Cancel()
        cancel.cancel()
        result = printer.print("A1", document("x"), after(bench.clock, FAR_SECONDS), cancel)
        assert isinstance(result, PageNotPrinted)
        self.nothing_comes(bench, printer)

    def test_a_printer_that_goes_is_found_again(self, bench: PageBench, printer: PagePrinter) -> None:
        need(bench, Ability.UNPLUG)
        printer.open()
        bench.unplug()
        assert not printer.status().usable
        assert isinstance(self.print(bench, printer, document("late")), PageNotPrinted)
        bench.plug()
        until(lambda: printer.status().usable)
        self.nothing_comes(bench, printer)

    def test_a_printer_may_come_after_the_kiosk(self, bench: PageBench, printer: PagePrinter) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        printer.open()
        assert not printer.status().usable
        bench.plug()
        until(lambda: printer.status().usable)

    def nothing_comes(self, bench: PageBench, printer: PagePrinter) -> None:
        """A page that is still in the way would come out before the next."""
        assert isinstance(self.print(bench, printer, document("next")), PagePrinted)
        assert bench.came(document("next"))

    def printing(self, bench: PageBench, printer: PagePrinter, pdf: bytes) -> Call[PageResult]:
        return Call(lambda cancel: printer.print("A1", pdf, after(bench.clock, FAR_SECONDS), cancel))

    def print(self, bench: PageBench, printer: PagePrinter, pdf: bytes) -> PageResult:
        return self.printing(bench, printer, pdf).result()


class PageQueueContract(PagePrinterContract):
    """And of a queue: what is stuck in it is told, and taken back."""

    @pytest.mark.parametrize("what", _WANTING)
    def test_a_printer_that_wants_something_says_what_and_prints_nothing_later(
        self, bench: QueueBench, printer: PagePrinter, what: str
    ) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.want(what)
        assert self.print(bench, printer, document("late")) == PageNotPrinted(_WANTING[what])
        bench.give()
        self.nothing_comes(bench, printer)

    def test_what_it_gets_in_time_is_no_fault(self, bench: QueueBench, printer: PagePrinter) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.want("paper")
        call = self.printing(bench, printer, document("patient"))
        until(bench.asking)
        bench.give()
        assert isinstance(call.result(), PagePrinted)
        assert bench.came(document("patient"))

    def test_a_page_nobody_waits_for_any_longer_never_comes(self, bench: QueueBench, printer: PagePrinter) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.want("paper")
        call = self.printing(bench, printer, document("late"))
        until(bench.asking)
        assert isinstance(call.cancelled(), PageNotPrinted)
        bench.give()
        self.nothing_comes(bench, printer)

    def test_a_page_that_is_not_done_by_the_deadline_never_comes(self, bench: QueueBench, printer: PagePrinter) -> None:
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.want("paper")
        result = printer.print("A1", document("late"), after(bench.clock, 0.4), Cancel())
        assert isinstance(result, PageNotPrinted)
        bench.give()
        self.nothing_comes(bench, printer)

    def test_a_stopped_queue_takes_nothing(self, bench: QueueBench, printer: PagePrinter) -> None:
        need(bench, Ability.STOPPED_QUEUE)
        printer.open()
        bench.pause()
        until(lambda: not printer.status().usable)
        assert isinstance(self.print(bench, printer, document("late")), PageNotPrinted)
        bench.resume()
        until(lambda: printer.status().usable)
        self.nothing_comes(bench, printer)

    def test_a_silent_printer_is_waited_for_no_longer_than_said(self, bench: QueueBench, printer: PagePrinter) -> None:
        need(bench, Ability.SILENCE)
        printer.open()
        bench.fall_silent()
        assert isinstance(printer.print("A1", document("x"), after(bench.clock, 0.5), Cancel()), PageNotPrinted)
        call = self.printing(bench, printer, document("late"))
        assert isinstance(call.cancelled(), PageNotPrinted)
        assert not printer.status().usable
        bench.speak_again()
        until(lambda: printer.status().usable)
        self.nothing_comes(bench, printer)

    def test_what_could_not_be_taken_back_is_when_it_answers_again(
        self, bench: QueueBench, printer: PagePrinter
    ) -> None:
        need(bench, Ability.SILENCE)
        need(bench, Ability.MISHAP_WHILE_PRINTING)
        printer.open()
        bench.want("paper")
        call = self.printing(bench, printer, document("late"))
        until(bench.asking)
        bench.fall_silent()
        assert isinstance(call.cancelled(), PageNotPrinted)
        bench.speak_again()
        until(lambda: printer.status().usable)
        bench.give()
        self.nothing_comes(bench, printer)
