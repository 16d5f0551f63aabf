"""A whole kiosk in memory: real loop, threads, till and journal; devices and far parties that live in the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from kiosk.audit import AuditLog
from kiosk.domain.paper import Cut, Line, PaperShape, Slip
from kiosk.engine.clock import SystemClock, boot_id
from kiosk.engine.effects import Devices, Performer, Reception
from kiosk.engine.loop import Loop
from kiosk.engine.pages import PaperMaker
from kiosk.engine.queries import Queries
from kiosk.engine.staff import StaffList
from kiosk.engine.till import Listeners, Till
from kiosk.engine.workers import CameraWorker, CardWorker, DeviceWorker, IdWorker, KeypadWorker
from kiosk.faults import FaultCode
from kiosk.flow.events import Event, FaultsChanged
from kiosk.flow.rules import Rules
from kiosk.flow.states import Home, Kiosk
from kiosk.journal.book import Book
from kiosk.messages import Texts
from kiosk.ports.camera import FrameSlot
from kiosk.ports.documents import PaidBill, Pending, Site, UnpaidBills
from kiosk.ports.keypad import Key
from kiosk.ports.speaker import Speaker
from tests.kiosk.engine.counter import QUICK
from tests.kiosk.engine.inbox import Inbox
from tests.support.fake_devices import (
    FakeCamera,
    FakeIdReader,
    FakeKeypad,
    FakePagePrinter,
    FakeReader,
    FakeReceiptPrinter,
    FakeScanner,
    FakeSpeaker,
)
from tests.support.fakes import World

SITE = Site("模拟医院", "H00000000001", "门诊楼一层", "007", "0000-12345678", simulated=True)
ScreenT = TypeVar("ScreenT")


class PlainDocuments:
    """Paper with the few words tests look for."""

    def receipt(self, bill: PaidBill, site: Site, shape: PaperShape) -> Slip:
        del site
        return Slip(shape, (Line(f"receipt {bill.number}"), Cut()))

    def pending_slip(self, pending: Pending, site: Site, shape: PaperShape) -> Slip:
        del site
        return Slip(shape, (Line(f"pending {pending.number}"), Line(pending.sentence), Cut()))

    def window_slip(self, unpaid: UnpaidBills, site: Site, shape: PaperShape) -> Slip:
        return Slip(shape, (Line(f"window {site.window}"), *(Line(batch.batch_no) for batch in unpaid.batches), Cut()))

    def statement(self, bill: PaidBill, site: Site) -> bytes:
        del site
        return f"statement {bill.number}".encode()


@dataclass
class House:
    """`see` waits for a page; the rest is what a person and a hospital do."""

    folder: Path
    world: World = field(default_factory=World)
    rules: Rules = field(default_factory=Rules)
    documents: Any = field(default_factory=PlainDocuments)
    with_pages: bool = True
    with_id_reader: bool = True
    watch: Callable[[Kiosk], None] = lambda _state: None
    steer: Callable[[Key], None] = lambda _key: None

    def __post_init__(self) -> None:
        clock = SystemClock()
        self.shown = Inbox()
        self.reader, self.id_reader, self.scanner = FakeReader(), FakeIdReader(), FakeScanner()
        self.printer, self.pages = FakeReceiptPrinter(), FakePagePrinter()
        self.keypad, self.speaker = FakeKeypad(), FakeSpeaker()
        self.book, self.audit = Book(self.folder), AuditLog(self.folder / "audit.jsonl", boot_id())
        self._faults: set[FaultCode] = set()
        self.till = Till(self.book, self.world.parties, QUICK, clock, boot_id(), Listeners(self._post, self._faulted))
        self.queries = Queries(self.world.parties, clock, self._post, self._faulted)
        self.workers: list[DeviceWorker[Any]] = [
            CardWorker("card_reader", self.reader, self._post, clock),
            DeviceWorker("scanner", self.scanner, self._post, clock),
            DeviceWorker("receipt_printer", self.printer, self._post, clock),
            DeviceWorker("page_printer", self.pages, self._post, clock),
            IdWorker("id_reader", self.id_reader, self._post, clock),
            KeypadWorker("keypad", self.keypad, self._post, clock),
        ]
        voice: DeviceWorker[Speaker] = DeviceWorker("speaker", self.speaker, self._post, clock)
        card, scanner, receipt, pages, plate, _keypad = self.workers
        self.workers.append(voice)
        assert isinstance(card, CardWorker)
        assert isinstance(plate, IdWorker)
        self.frames = FrameSlot(clock)  # its camera's thread is not started: tests put what they want seen
        devices = Devices(
            card,
            scanner,
            receipt,
            pages if self.with_pages else None,
            plate if self.with_id_reader else None,
            CameraWorker(FakeCamera(), self.frames, self._post, clock),
        )
        devices = replace(devices, speaker=voice)
        sentences = {f"fault.{code}.what": f"what {code}" for code in FaultCode}
        paper = PaperMaker(self.documents, SITE, Texts("zh", sentences))
        reception = Reception(self.steer, StaffList([], self.folder / "staff.json", clock))
        self.performer = Performer(devices, self.queries, self.till, paper, clock, self._post, reception)
        self.loop = Loop(Kiosk(self.rules), self.performer.perform, self._show, self.audit, clock)

    def _show(self, state: Kiosk) -> None:
        self.performer.regard(state)
        self.shown.post(state)
        self.watch(state)

    def _post(self, event: Event) -> None:
        self.loop.post(event)

    def _faulted(self, code: FaultCode, on: bool) -> None:
        before = frozenset(self._faults)
        (self._faults.add if on else self._faults.discard)(code)
        if before != self._faults:
            self.loop.post(FaultsChanged(frozenset(self._faults)))

    def start(self) -> House:
        self.loop.start()
        self.till.start()
        self.queries.start()
        for worker in self.workers:
            worker.start()
        return self

    def stop(self) -> None:
        for worker in self.workers:
            worker.stop()
        self.queries.stop()
        self.till.stop()
        self.loop.stop()
        self.audit.close()
        self.book.close()

    def send(self, *events: Event) -> House:
        for event in events:
            self.loop.post(event)
        return self

    def see(
        self, page: type[ScreenT], number: int = 1, where: Callable[[ScreenT], bool] = lambda _screen: True
    ) -> ScreenT:
        """The `number`th time that page is shown."""

        def fits(state: Kiosk) -> bool:
            return isinstance(state.screen, page) and where(state.screen)

        screen = self.shown.wait_for(Kiosk, number, fits).screen
        assert isinstance(screen, page)
        return screen

    def see_home(self, visit: int) -> None:
        """The home page after so many visits."""
        self.shown.wait_for(Kiosk, 1, lambda state: isinstance(state.screen, Home) and state.ticket.visit == visit)
