"""The composition root: settings become drivers, adapters, threads; the only place that knows all rooms of the core."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from kiosk import plugins
from kiosk.audit import AuditEvent, AuditLog, Record
from kiosk.contradictions import contradictions
from kiosk.domain.policy import Limits, Pack
from kiosk.engine.certificates import CertificateWatch
from kiosk.engine.clock import SystemClock, boot_id
from kiosk.engine.effects import Devices, PaperMaker, Performer, Reception
from kiosk.engine.face import FaceWorker
from kiosk.engine.face_providers import CertifiedFaces, SecondedFaces, Services
from kiosk.engine.holders import Holders
from kiosk.engine.loop import Loop
from kiosk.engine.money import Parties
from kiosk.engine.queries import Queries, Wants
from kiosk.engine.registry import Registry
from kiosk.engine.remote_keys import KeysAside
from kiosk.engine.staff import Member, StaffList
from kiosk.engine.terminal import TerminalPayment
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
from kiosk.packing import make_trust
from kiosk.packs.loading import PackWrong
from kiosk.packs.opening import Opened, keep, open_pack
from kiosk.ports.camera import FrameSlot
from kiosk.ports.clock import Clock
from kiosk.ports.documents import Site
from kiosk.ports.driver import DoesNotFit, Driver, Host, PartyHost
from kiosk.ports.face import FaceVerifier
from kiosk.ports.inquiry import Inquiring
from kiosk.ports.payment import PaymentPort
from kiosk.ports.payment_terminal import PaymentTerminal
from kiosk.settings import (
    CERTIFIED,
    TERMINAL,
    DriverSection,
    Profile,
    Settings,
    SettingsWrong,
    TerminalMethod,
    read_options,
    rules_of,
    with_services,
)
from kiosk.workdir import Workdir

_log = logging.getLogger("kiosk")
_THREAD_SILENCE = 30.0
_SHORTEST_WARNING = 20.0
"""WCAG 2.2, 2.2.1: whoever is warned has at least twenty seconds to answer."""
_LONGEST_JOB = 60.0
"""Seconds a device may be busy with one job: printing, reading; waiting for a code has its own patience."""
DISTRIBUTION = "yibao-kiosk"


class CannotStart(Exception):
    """The kiosk cannot serve anybody; `fault` goes to the screen, the text to the log and to staff."""

    def __init__(self, fault: FaultCode, why: str) -> None:
        super().__init__(why)
        self.fault = fault


class FaultBoard:
    """Which faults stop settling, from any thread; told onward on each change."""

    def __init__(self, changed: Callable[[frozenset[FaultCode]], None]) -> None:
        self._changed = changed
        self._lock = threading.Lock()
        self._faults: frozenset[FaultCode] = frozenset()

    def set(self, fault: FaultCode, on: bool) -> None:
        with self._lock:
            faults = self._faults | {fault} if on else self._faults - {fault}
            if faults == self._faults:
                return
            self._faults = faults
        self._changed(faults)


@dataclass(frozen=True, slots=True)
class Foundation:
    """What was read before anything starts: settings, pack, texts, place."""

    settings: Settings
    profile: Profile
    workdir: Workdir
    clock: Clock
    opened: Opened
    texts: Catalogue

    @property
    def pack(self) -> Pack:
        return self.opened.pack


def lay_foundation(settings: Settings, profile: Profile, workdir: Workdir, clock: Clock) -> Foundation:
    """Read pack and texts; CannotStart when no pack is whole, trusted and in force, or it is simulated in production.

    Settings that contradict one another keep it from starting too.

    A pack that is refused leaves the last good one in use.
    """
    for contradiction in contradictions(settings):
        raise CannotStart(FaultCode.SETTINGS_WRONG, contradiction)
    production = profile is Profile.PRODUCTION
    if production and settings.rules.still_there < _SHORTEST_WARNING:
        raise CannotStart(FaultCode.SETTINGS_WRONG, f"[rules] still_there is at least {_SHORTEST_WARNING:g} seconds")
    try:
        trust = make_trust(settings.kiosk.trusted, strict=production)
        folder, today = config_dir() / "packs" / settings.kiosk.pack, clock.now().date()
        opened = open_pack(folder, workdir.packs, today, trust, dict(settings.limits))
    except PackWrong as problem:
        raise CannotStart(FaultCode.PACK_WRONG, str(problem)) from problem
    if production and (opened.pack.simulated or settings.limits):
        raise CannotStart(FaultCode.PACK_WRONG, "production takes neither a simulated pack nor [limits]")
    return Foundation(settings, profile, workdir, clock, opened, Catalogue.read(config_dir() / "texts"))


class MessageNumbers(Protocol):
    """Keeps the newest msgid where it survives: numbers never run back. A kiosk's is its journal."""

    def last_msgid(self) -> str | None: ...

    def remember_msgid(self, msgid: str) -> None:
        """On disk when this returns."""
        ...


class Builder:
    """Makes ports from driver sections, remembering whether any of them is simulated."""

    def __init__(self, foundation: Foundation, book: MessageNumbers, board: FaultBoard) -> None:
        self._at, self._book, self._board = foundation, book, board
        self.certificates = CertificateWatch(foundation.clock, board.set)
        self.simulated = foundation.pack.simulated
        self._keys: KeysAside | None = None

    def build(self, group: str, name: str, section: DriverSection, host: Host) -> Any:
        """The port of one section; CannotStart(SETTINGS_WRONG) names what is wrong with it."""
        try:
            driver = plugins.driver(group, section.driver)
            self._refuse_simulated(driver, name, section.driver)
            options = read_options(driver.settings, section.options, name)
        except (plugins.PluginMissing, SettingsWrong) as problem:
            raise CannotStart(FaultCode.SETTINGS_WRONG, str(problem)) from problem
        self.simulated = self.simulated or driver.simulated
        try:
            return driver.make(options, host)
        except DoesNotFit as problem:
            raise CannotStart(FaultCode.SETTINGS_WRONG, f"[{name}] {problem}") from problem
        except (OSError, ValueError) as problem:
            raise CannotStart(FaultCode.SETTINGS_WRONG, f"[{name}] {type(problem).__name__}") from problem

    def _refuse_simulated(self, driver: Driver[Any], name: str, announced: str) -> None:
        """Before its settings are read: in production nothing simulated is worth a second look."""
        if driver.simulated and self._at.profile is Profile.PRODUCTION:
            raise CannotStart(FaultCode.SETTINGS_WRONG, f"[{name}] {announced} is simulated: refused in production")

    def _key_desk(self) -> KeysAside | None:
        """The key server of cards, where the site has one; made when the first device is."""
        section = self._at.settings.key_server
        if section is not None and self._keys is None:
            server = self.build("key_servers", "key_server", section, self.party("key_server"))
            self._keys = KeysAside(server, self._at.clock)
        return self._keys

    def host(self, name: str) -> Host:
        return Host(self._at.clock, logging.getLogger(f"kiosk.{name}"), keys=self._key_desk())

    def _holders(self) -> Holders:
        """Whoever can say whose code was scanned, where the hospital has a contract."""
        settings = self._at.settings
        voucher, social = settings.voucher_centre, settings.social_code
        return Holders(
            self.build("voucher_centres", "voucher_centre", voucher, self.party("voucher_centre")) if voucher else None,
            self.build("social_codes", "social_code", social, self.party("social_code")) if social else None,
        )

    def terminal(self) -> PaymentTerminal | None:
        """The card terminal beside the screen: a device to look after, and a way to pay."""
        section, name = self._at.settings.devices.payment_terminal, "devices.payment_terminal"
        return self.build("payment_terminals", name, section, self.host("payment_terminal")) if section else None

    def parties(self, terminal: PaymentTerminal | None = None) -> Parties:
        settings = self._at.settings
        return Parties(
            self.build("settlements", "settlement", settings.settlement, self.party("settlement")),
            self.build("hospitals", "hospital", settings.hospital, self.party("hospital")),
            {name: self._payment(f"payments.{name}", section, terminal) for name, section in settings.payments.items()},
            self._holders(),
        )

    def _payment(self, name: str, section: DriverSection, terminal: PaymentTerminal | None) -> PaymentPort:
        if section.driver != TERMINAL or terminal is None:
            port: PaymentPort = self.build("payments", name, section, self.party(name))
            return port
        try:
            options = read_options(TerminalMethod, section.options, name)
        except SettingsWrong as problem:
            raise CannotStart(FaultCode.SETTINGS_WRONG, str(problem)) from problem
        return TerminalPayment(terminal, self._at.clock, options.patience)

    def faces(self, port: Callable[[str, str, DriverSection], Any], *, camera_there: bool) -> FaceVerifier | None:
        """Who judges faces here: the certified terminal, or our camera, seconded by the province's service or not."""
        settings, clock = self._at.settings, self._at.clock
        face, terminal = settings.devices.face, settings.devices.face_terminal
        if face is None:
            return None
        if face.driver == CERTIFIED and terminal is not None and settings.voucher_centre is not None:
            centre = self.build(
                "voucher_centres", "voucher_centre", settings.voucher_centre, self.party("voucher_centre")
            )
            return CertifiedFaces(port("face_terminals", "face_terminal", terminal), centre, clock)
        if not camera_there:
            return None
        own: FaceVerifier = port("faces", "face", face)
        section = settings.face_platform
        if section is None:
            return own
        platform = self.build("face_platforms", "face_platform", section, self.party("face_platform"))
        return SecondedFaces(own, platform, Services(section.photographs, section.judges), clock)

    def party(self, name: str) -> PartyHost:
        settings = self._at.settings
        tolerance = self._at.pack.settlement.clock_tolerance
        return PartyHost(
            clock=self._at.clock,
            log=logging.getLogger(f"kiosk.{name}"),
            profile=self._at.pack.settlement,
            fixmedins_code=settings.site.fixmedins_code,
            fixmedins_name=settings.site.fixmedins_name,
            terminal=f"{settings.kiosk.number:03d}",
            terminal_name=settings.kiosk.name,
            last_msgid=self._book.last_msgid(),
            remember_msgid=self._book.remember_msgid,
            clock_offset=lambda seconds: self._board.set(FaultCode.CLOCK_WRONG, abs(seconds) > tolerance),
            watch_certificate=self.certificates.add,
        )

    def site(self) -> Site:
        settings = self._at.settings
        site = settings.site
        terminal = f"{settings.kiosk.number:03d}"
        return Site(
            site.hospital,
            site.fixmedins_code,
            site.place,
            terminal,
            site.help_phone,
            self.simulated,
            window=site.window,
            service_window=site.service_window,
        )


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
        wants = Wants(stays=profile.asks_stays, chronic=profile.asks_chronic)
        self._queries = Queries(self._parties, clock, self._post, self.board.set, look=look, wants=wants)
        members = [Member(number, code) for number, code in settings.staff.codes.items()]
        self.registry = self._make_registry(builder)
        reception = Reception(frontend.steer, StaffList(members, folder / "staff.json", clock), self.registry)
        performer = Performer(self._devices, self._queries, self.till, paper, clock, self._post, reception)
        rules = self._rules = with_services(
            rules_of(settings, foundation.texts.languages, profile, _methods(self._parties, limits)),
            foundation.pack,
            Phrasebook.of(foundation.texts),
            filing=self.registry is not None,
            asking=isinstance(self._parties.settlement, Inquiring),
        )
        state = Kiosk(rules, fixtures=Fixtures(simulated=builder.simulated), lang=settings.kiosk.language)
        self._loop = Loop(state, performer.perform, self._show, self._audit, clock)
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
            _log.error("pack refused: %s", opened.refused)
            self.board.set(FaultCode.PACK_REFUSED, True)
            return
        try:
            keep(opened, self._at.workdir.packs)
        except OSError as problem:
            _log.warning("pack not kept: %s", type(problem).__name__)

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
        self._frontend.show(state)
        if self._watch is not None:
            self._watch(state)

    def _workers(self) -> list[DeviceWorker[Any]]:
        devices = self._devices
        workers: list[DeviceWorker[Any]] = [devices.card_reader, devices.scanner, devices.receipt_printer]
        seen = (devices.page_printer, devices.id_reader, devices.camera, devices.face, devices.payment_terminal)
        around = (devices.guide_light, devices.presence_sensor, devices.power_source)
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
        self.till.stop()
        self._loop.stop()
        self._audit.write(Record(AuditEvent.STOPPED), self._at.clock.monotonic(), self._at.clock.now())
        self._audit.close()
        self.book.close()


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
