"""What is there before a kiosk runs: settings, pack and texts that agree, and the ports that the settings name."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk import plugins
from kiosk.contradictions import contradictions
from kiosk.domain.confirming import Place
from kiosk.domain.policy import Pack
from kiosk.engine.certificates import CertificateWatch
from kiosk.engine.face_providers import CertifiedFaces, SecondedFaces, Services
from kiosk.engine.holders import Holders
from kiosk.engine.money import Parties
from kiosk.engine.remote_keys import KeysAside
from kiosk.engine.terminal import TerminalPayment
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.packing import installed_pack, make_trust
from kiosk.packs.loading import PackWrong
from kiosk.packs.opening import Opened, open_pack
from kiosk.placing import PlaceWrong, read_place
from kiosk.ports.clock import Clock
from kiosk.ports.confirming import ConfirmingPort
from kiosk.ports.documents import Site
from kiosk.ports.driver import DoesNotFit, Driver, Host, PartyHost
from kiosk.ports.face import FaceVerifier
from kiosk.ports.face_terminal import VoucherCentre
from kiosk.ports.obstacle import Obstacle
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
)
from kiosk.workdir import Workdir

_SHORTEST_WARNING = 20.0
"""WCAG 2.2, 2.2.1: whoever is warned has at least twenty seconds to answer."""

_log = logging.getLogger(__name__)


class CannotStart(Obstacle):
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
        folder, today = installed_pack(settings.kiosk.pack, workdir.packs), clock.now().date()
        opened = open_pack(folder, workdir.packs, today, trust, dict(settings.limits))
    except PackWrong as problem:
        raise CannotStart(FaultCode.PACK_WRONG, str(problem)) from problem
    if production and (opened.pack.simulated or settings.limits):
        raise CannotStart(FaultCode.PACK_WRONG, "production takes neither a simulated pack nor [limits]")
    texts = Catalogue.read(config_dir() / "texts")
    for key, value, known in (
        ("language", settings.kiosk.language, texts.languages),
        ("frontend", settings.kiosk.frontend, plugins.names("frontends")),
    ):
        if value not in known:
            told = f'[kiosk] {key} = "{value}": 只能是 {"、".join(known)} · one of {", ".join(known)}'
            raise CannotStart(FaultCode.SETTINGS_WRONG, told)
    return Foundation(settings, profile, workdir, clock, opened, texts)


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
        self._vouchers: VoucherCentre | None = None

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

    def _voucher_centre(self) -> VoucherCentre | None:
        """Where the hospital has a contract with it; one for all who ask it."""
        section = self._at.settings.voucher_centre
        if section is not None and self._vouchers is None:
            self._vouchers = self.build("voucher_centres", "voucher_centre", section, self.party("voucher_centre"))
        return self._vouchers

    def _holders(self) -> Holders:
        """Whoever can say whose code was scanned, where the hospital has a contract."""
        social = self._at.settings.social_code
        return Holders(
            self._voucher_centre(),
            self.build("social_codes", "social_code", social, self.party("social_code")) if social else None,
        )

    def terminal(self) -> PaymentTerminal | None:
        """The card terminal beside the screen: a device to look after, and a way to pay."""
        section, name = self._at.settings.devices.payment_terminal, "devices.payment_terminal"
        return self.build("payment_terminals", name, section, self.host("payment_terminal")) if section else None

    def parties(self, terminal: PaymentTerminal | None = None) -> Parties:
        settings, insurer = self._at.settings, self._at.settings.insurer
        return Parties(
            self.build("settlements", "settlement", settings.settlement, self.party("settlement")),
            self.build("hospitals", "hospital", settings.hospital, self.party("hospital")),
            {name: self._payment(f"payments.{name}", section, terminal) for name, section in settings.payments.items()},
            self._holders(),
            self._confirming(),
            self.build("insurers", "insurer", insurer, self.party("insurer")) if insurer else None,
        )

    def _confirming(self) -> ConfirmingPort | None:
        """The hospital's front, where doctors confirm applications at this kiosk."""
        section = self._at.settings.confirming
        if section is None:
            return None
        port: ConfirmingPort = self.build("confirmings", "confirming", section, self.party("confirming"))
        return port

    def place(self) -> Place | None:
        """Where this kiosk stands. An unsigned place is none: staff hear of it, and everything else goes on."""
        settings, section = self._at.settings, self._at.settings.confirming
        if section is None:
            return None
        try:
            key, terminal = bytes.fromhex(section.place_key), f"{settings.kiosk.number:03d}"
            return read_place(config_dir() / section.place, key, settings.site.fixmedins_code, terminal)
        except PlaceWrong as problem:
            _log.error("no doctor confirms here", extra={"error": str(problem)})
            self._board.set(FaultCode.PLACE_UNSIGNED, True)
            return None

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
        centre = self._voucher_centre() if face.driver == CERTIFIED else None
        if terminal is not None and centre is not None:
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
