"""The composition root: settings become drivers, adapters, threads; the only place that knows all rooms of the core."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kiosk import plugins, usage
from kiosk.audit import AuditEvent, AuditLog, Record
from kiosk.building import Builder, CannotStart, FaultBoard, Foundation
from kiosk.domain.policy import Limits
from kiosk.engine.clock import SystemClock, boot_id
from kiosk.engine.effects import Devices, Performer, Reception
from kiosk.engine.face import FaceWorker
from kiosk.engine.loop import Loop
from kiosk.engine.money import Parties
from kiosk.engine.pages import PaperMaker
from kiosk.engine.papers import PaperWorker
from kiosk.engine.queries import Queries, Wants
from kiosk.engine.registry import Registry
from kiosk.engine.staff import Member, StaffList
from kiosk.engine.tally import Tally
from kiosk.engine.till import Listeners, Till
from kiosk.engine.watchdog import Watchdog
from kiosk.engine.workers import CameraWorker, CardWorker, DeviceWorker, IdWorker, KeypadWorker, PresenceWorker
from kiosk.faults import FaultCode
from kiosk.filing.course import Patience
from kiosk.flow.events import FaultsChanged, Intent
from kiosk.flow.frontend import Frontend, Stage
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.rules import PayMethod, Rules
from kiosk.flow.states import Fixtures, Kiosk, OutOfService
from kiosk.installed import config_dir
from kiosk.journal.book import Book
from kiosk.journal.filings import FilingBook
from kiosk.journal.seal import Unsealable
from kiosk.journal.store import JournalUnsafe, JournalUnwritable
from kiosk.messages import Catalogue
from kiosk.packs.opening import Opened, keep
from kiosk.ports.camera import FrameSlot
from kiosk.ports.documents import Site
from kiosk.ports.inquiry import Inquiring
from kiosk.ports.payment_terminal import PaymentTerminal
from kiosk.settings import (
    DriverSection,
    rules_of,
    with_services,
)
from kiosk.usage import UsageFile

_log = logging.getLogger("kiosk")
_THREAD_SILENCE = 30.0
_LONGEST_JOB = 60.0
"""Seconds a device may be busy with one job: printing, reading; waiting for a code has its own patience."""
DISTRIBUTION = "yibao-kiosk"


class Application:
    """One running kiosk. `run` occupies the calling thread with the front end until it ends."""

    def __init__(
        self, foundation: Foundation, frontend: Frontend, watch: Callable[[Kiosk], None] | None = None
    ) -> None:
        self._at, self._frontend, self._watch = foundation, frontend, watch
        clock, settings, folder = foundation.clock, foundation.settings, foundation.workdir.kiosk
        self.board = FaultBoard(lambda faults: self._loop.post(FaultsChanged(faults)))
        self._boot = boot_id()
        self.book = _open_book(folder)
        self._audit = AuditLog(folder / "audit.jsonl", self._boot)
        builder = Builder(foundation, self.book, self.board)
        terminal = builder.terminal()
        self._parties = builder.parties(terminal)
        self._devices = self._make_devices(builder, terminal)
        paper = self._make_paper(builder)
        limits = foundation.pack.settlement.limits
        listeners = Listeners(self._post, self.board.set, self._record)
        self.till = Till(self.book, self._parties, limits, clock, self._boot, listeners)
        look = builder.certificates.look
        profile = foundation.pack.settlement
        wants = Wants(stays=profile.asks_stays, chronic=profile.asks_chronic, ages=settings.refund.days)
        self._queries = Queries(self._parties, clock, self._post, self.board.set, look=look, wants=wants)
        members = [Member(number, code) for number, code in settings.staff.codes.items()]
        self.registry = self._make_registry(builder)
        reception = Reception(frontend.steer, StaffList(members, folder / "staff.json", clock), self.registry)
        self._performer = Performer(self._devices, self._queries, self.till, paper, clock, self._post, reception)
        rules = with_services(
            rules_of(settings, foundation.texts.languages, profile, _methods(self._parties, limits)),
            foundation.pack,
            Phrasebook.of(foundation.texts),
            filing=self.registry is not None,
            asking=isinstance(self._parties.settlement, Inquiring),
        )
        place, section = builder.place(), settings.confirming
        rules = self._rules = replace(
            rules, place=place, confirmed_here=frozenset(section.items) if section and place else frozenset()
        )
        state = Kiosk(rules, fixtures=Fixtures(simulated=builder.simulated), lang=settings.kiosk.language)
        tally = Tally(UsageFile(folder / usage.FILE).write, f"{settings.kiosk.number:03d}", rules.pack)
        self._loop = Loop(state, self._performer.perform, self._show, self._audit, clock, tally)
        self._watchdog = Watchdog(clock, self._beats)
        self._keep_pack(foundation.opened)

    def _make_registry(self, builder: Builder) -> Registry | None:
        """Whoever hands in applications; None where no office is set up, and no door leads there."""
        section = self._at.settings.filing
        if section is None:
            return None
        port = builder.build("filings", "filing", section, builder.party("filing"))
        self._filings = FilingBook(self._at.workdir.kiosk)
        limits = self._at.pack.settlement.limits
        patience = Patience(longest=limits.longest_request, first=limits.retry_first, most=limits.retry_most)
        return Registry(self._filings, port, self._at.clock, self._boot, self._post, patience)

    def _keep_pack(self, opened: Opened) -> None:
        """A refused update is told to hospital IT while the last good pack serves."""
        if opened.refused is not None:
            _log.error("pack refused: %s", opened.refused, extra={"error": opened.refused})
            self.board.set(FaultCode.PACK_REFUSED, True)
            return
        try:
            keep(opened, self._at.workdir.packs)
        except OSError as problem:
            _log.warning("pack not kept", extra={"error": type(problem).__name__})

    def _make_devices(self, builder: Builder, terminal: PaymentTerminal | None) -> Devices:
        sections, clock = self._at.settings.devices, self._at.clock

        def port(group: str, name: str, section: DriverSection) -> Any:
            return builder.build(group, f"devices.{name}", section, builder.host(name))

        reader = port("card_readers", "card_reader", sections.card_reader)
        scanner = port("scanners", "scanner", sections.scanner)
        receipt = port("receipt_printers", "receipt_printer", sections.receipt_printer)
        id_reader = sections.id_reader and port("id_readers", "id_reader", sections.id_reader)
        keypad = sections.keypad and port("keypads", "keypad", sections.keypad)
        speaker = sections.speaker and port("speakers", "speaker", sections.speaker)
        lights = sections.guide_light and port("guide_lights", "guide_light", sections.guide_light)
        sensor = sections.presence_sensor and port("presence_sensors", "presence_sensor", sections.presence_sensor)
        power = sections.power_source and port("power_sources", "power_source", sections.power_source)
        pages = sections.page_printer and port("page_printers", "page_printer", sections.page_printer)
        camera = sections.camera and port("cameras", "camera", sections.camera)
        papers = sections.document_camera and port("cameras", "document_camera", sections.document_camera)
        judge = sections.paper_judge and port("paper_judges", "paper_judge", sections.paper_judge)
        slot = FrameSlot(clock)
        face = builder.faces(port, camera_there=bool(camera))
        return Devices(
            CardWorker("card_reader", reader, self._post, clock),
            DeviceWorker("scanner", scanner, self._post, clock),
            DeviceWorker("receipt_printer", receipt, self._post, clock),
            DeviceWorker("page_printer", pages, self._post, clock) if pages else None,
            IdWorker("id_reader", id_reader, self._post, clock) if id_reader else None,
            CameraWorker(camera, slot, self._post, clock) if camera else None,
            DeviceWorker("payment_terminal", terminal, self._post, clock) if terminal else None,
            FaceWorker(face, slot, self._post, clock) if face else None,
            KeypadWorker("keypad", keypad, self._post, clock) if keypad else None,
            DeviceWorker("speaker", speaker, self._post, clock) if speaker else None,
            DeviceWorker("guide_light", lights, self._post, clock) if lights else None,
            PresenceWorker("presence_sensor", sensor, self._post, clock) if sensor else None,
            DeviceWorker("power_source", power, self._post, clock) if power else None,
            PaperWorker(papers, judge, FrameSlot(clock), self._post, clock) if papers and judge else None,
        )

    def _make_paper(self, builder: Builder) -> PaperMaker:
        documents = builder.build("documents", "documents", self._at.settings.documents, builder.host("documents"))
        self.site = builder.site()
        return PaperMaker(documents, self.site, self._at.texts.of(self._at.settings.kiosk.language))

    def _post(self, event: Any) -> None:
        self._loop.post(event)

    def _record(self, record: Record) -> None:
        self._loop.record(record)

    def send(self, intent: Intent) -> None:
        """An intent of the person, from any thread."""
        self._loop.post(intent)

    def _show(self, state: Kiosk) -> None:
        self._performer.regard(state)
        self._frontend.show(state)
        if self._watch is not None:
            self._watch(state)

    def _workers(self) -> list[DeviceWorker[Any]]:
        devices = self._devices
        workers: list[DeviceWorker[Any]] = [devices.card_reader, devices.scanner, devices.receipt_printer]
        seen = (devices.page_printer, devices.id_reader, devices.camera, devices.face, devices.payment_terminal)
        around = (devices.guide_light, devices.presence_sensor, devices.power_source, devices.papers)
        optional = (*seen, devices.keypad, devices.speaker, *around)
        return workers + [worker for worker in optional if worker]

    def _beats(self) -> list[tuple[float, float]]:
        limits = self._at.pack.settlement.limits
        slow = limits.longest_reply + limits.connect + _THREAD_SILENCE
        job = max(self._rules.show_code * self._rules.unhurried, _LONGEST_JOB) + _THREAD_SILENCE
        devices = [(worker.beat, job) for worker in self._workers()]
        threads = [(self._loop.beat, _THREAD_SILENCE), (self.till.beat, slow * 4), (self._queries.beat, slow * 2)]
        if self.registry is not None:
            threads.append((self.registry.beat, slow * 4))
        return [*threads, *devices]

    def run(self, screenshots: Path | None = None) -> int:
        """Start every thread, show the screen, end in order."""
        settings = self._at.settings
        detail = f"{version(DISTRIBUTION)} {self._at.profile}"
        self._audit.write(Record(AuditEvent.STARTED, detail=detail), self._at.clock.monotonic(), self._at.clock.now())
        self._loop.start()
        self.till.start()
        self._queries.start()
        if self.registry is not None:
            self.registry.start()
        for worker in self._workers():
            worker.start()
        stage = Stage(
            site=self.site,
            texts=self._at.texts,
            send=self.send,
            width_mm=settings.screen.width_mm,
            scaled=settings.screen.scaled,
            alive=self._watchdog.alive,
            now=self._at.clock.now,
            screenshots=screenshots,
            bottom_mm=settings.screen.bottom_mm,
            frames=self._devices.camera.slot if self._devices.camera else None,
            papers=self._devices.papers.slot if self._devices.papers else None,
        )
        try:
            return self._frontend.run(stage)
        finally:
            self._stop()

    def _stop(self) -> None:
        for worker in self._workers():
            worker.stop()
        self._queries.stop()
        if self.registry is not None:
            self.registry.stop()
            self._filings.close()
        if self.till.stop():  # no message that bears the number is under way
            self._sign_out()
        self._loop.stop()
        self._audit.write(Record(AuditEvent.STOPPED), self._at.clock.monotonic(), self._at.clock.now())
        self._audit.close()
        self.book.close()

    def _sign_out(self) -> None:
        """A disk too full for the message's number leaves the sign-in to end with its day."""
        with suppress(JournalUnwritable):
            self._parties.settlement.sign_out()


def _methods(parties: Parties, limits: Limits) -> tuple[PayMethod, ...]:
    """What the patient can choose among; the ports say how each of them works."""
    return tuple(PayMethod(name, port.way, port.patience or limits.payment) for name, port in parties.payments.items())


def _open_book(folder: Path) -> Book:
    """The journal, its newest rows verified; a broken chain keeps the kiosk from moving money.

    The till walks the whole chain again beside its work, and says so when it is broken further back.
    """
    try:
        book = Book(folder)
    except (OSError, JournalUnsafe, Unsealable) as problem:
        raise CannotStart(FaultCode.JOURNAL_BROKEN, type(problem).__name__) from problem
    except JournalUnwritable as problem:
        raise CannotStart(FaultCode.JOURNAL_FULL, str(problem)) from problem
    broken = book.verify_newest()
    if broken is not None:
        raise CannotStart(FaultCode.JOURNAL_BROKEN, f"row {broken.seq}: {broken.why}")
    return book


def make_frontend(name: str) -> Frontend:
    """The front end announced as `name`; CannotStart when there is none."""
    try:
        maker: Callable[[], Frontend] = plugins.load("frontends", name)
    except plugins.PluginMissing as problem:
        raise CannotStart(FaultCode.SETTINGS_WRONG, str(problem)) from problem
    return maker()


def show_out_of_service(fault: FaultCode, frontend: Frontend, site: Site, width_mm: float) -> int:
    """The one page of a kiosk that cannot start, until somebody ends it."""
    texts = Catalogue.read(config_dir() / "texts")
    stage = Stage(site, texts, lambda _intent: None, width_mm, scaled=True, alive=lambda: None, now=SystemClock().now)
    frontend.show(Kiosk(Rules(), OutOfService(fault)))
    return frontend.run(stage)
