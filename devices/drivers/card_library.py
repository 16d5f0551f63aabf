"""Reads social security cards through a vendor's C library, which runs in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from devices.bridge.process import Bridge, FunctionMissingError, Library, Out, Returned
from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError
from devices.wire import card_library as wire
from devices.wire.card_library import DIALECTS, DialectName, Reply
from devices.wire.social_card import CardFlaw
from kiosk.domain.insured import CardIdentity
from kiosk.domain.personal import CardProof
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardEvent, CardInserted, CardNotRead, CardRead, CardReader, CardReading, CardRemoved
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.key_server import StepTwo

_OUT: Final = Out(wire.OUT_SIZE)
_STATUS_SECONDS: Final = 2.0

Arguments = tuple[int | bytes | Out, ...]


class LibrarySettings(BaseModel):
    """`[devices.card_reader]` with `driver = "card_library"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    library: Path = Field(description="厂商动态库（.so）的完整路径")
    dialect: DialectName = Field(
        default=DialectName.PLAIN, description="这个库的回答属于哪一种写法，见 docs/devices.md"
    )
    interpreter: Path | None = Field(
        default=None, description="装载库用的 Python；32 位的库要 32 位的 Python，不写则用本程序的"
    )
    card: Literal[1, 2, 3, 4] = Field(default=3, description="iType：1 接触，2 非接，3 接触优先，4 非接优先")
    init: str = Field(default="", description="with_blob 的 Init 参数（JSON），由医保局给")
    check_card_number: bool = Field(default=True, description="核对卡号校验位；发卡地区不遵守校验规则时设为 false")
    poll_seconds: float = Field(default=0.5, gt=0, description="每隔几秒问一次有没有卡")
    answer_seconds: float = Field(default=10.0, gt=0, description="库多久不回答就结束它的进程")


class CardLibraryReader:
    """A `CardReader`. Such a library cannot say whether a card lies there, so it is read every `poll_seconds` while
    somebody waits; two cards that change places in between are told apart by 卡识别码.
    """

    def __init__(self, settings: LibrarySettings, bridge: Bridge, host: Host) -> None:
        self._settings, self._bridge, self._host = settings, bridge, host
        self._dialect = DIALECTS[settings.dialect]
        self._health = Health(DeviceState.STARTING)
        self._initialised: int | None = None
        self._told: bytes | None = None

    def open(self) -> None:
        """The process starts when it is first asked."""

    def close(self) -> None:
        self._bridge.close()
        self._told, self._initialised = None, None
        self._health = Health(DeviceState.STARTING)

    def status(self) -> Health:
        """As the last call found it; nothing is known before the first one, so one is made."""
        if self._bridge.overdue or not self._health.usable:
            self._ask(Monotonic(self._host.clock.monotonic() + _STATUS_SECONDS), Cancel())
        return self._health

    def wait(self, deadline: Monotonic, cancel: Cancel) -> CardEvent | None:
        while not cancel.cancelled:
            lost_before = self._lost
            said = self._ask(deadline, cancel)
            if said is None or (self._lost and not lost_before):
                return None
            event = self._news(said)
            left = deadline - self._host.clock.monotonic()
            if event is not None or left <= 0 or cancel.sleep(min(self._settings.poll_seconds, left)):
                return event
        return None

    def read(self, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        said = self._ask(deadline, cancel)
        if said is None:
            return None
        if isinstance(said, FaultCode):
            return self._not_read(said, "bridge")
        match wire.meaning(said.code):
            case Reply.DONE:
                return self._complete(self._judge(said), deadline, cancel)
            case Reply.NO_CARD:
                return self._not_read(FaultCode.CARD_PULLED, "no card")
            case Reply.NO_READER:
                return self._not_read(FaultCode.CARD_READER_GONE, "no reader")
            case Reply.NEEDS_SERVER:
                return self._open_card(deadline, cancel)
            case Reply.UNREADABLE:
                return self._not_read(FaultCode.CARD_UNREADABLE, f"code {said.code}")

    def _complete(self, reading: CardReading, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        """Some libraries call a card of generation 3 read and leave its fields empty."""
        kept = isinstance(reading, CardRead) and reading.identity.missing and reading.identity.generation >= 3
        if not kept or self._host.keys is None:
            return reading
        opened = self._open_card(deadline, cancel)
        return reading if isinstance(opened, CardNotRead) else opened

    def _open_card(self, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        """Generation 3 through the library's own two steps; what is not opened cannot even be named by it."""
        keys = self._host.keys
        if keys is None:
            return self._not_read(FaultCode.CARD_INCOMPLETE, "no key server")
        first = self._call("iReadCardBas_HSM_Step1", (self._settings.card, _OUT), deadline, cancel)
        if not isinstance(first, Returned) or first.code or not first.outs[0]:
            return self._stays_closed(first, "step 1")
        told = keys.step_two(CardProof(first.outs[0].decode("gb18030", errors="replace")), deadline, cancel)
        if told is None:
            return None
        if not isinstance(told, StepTwo):
            return self._not_read(FaultCode.CARD_INCOMPLETE, type(told).__name__)
        proof = told.proof.reveal().encode("gb18030")
        second = self._call("iReadCardBas_HSM_Step2", (proof, _OUT), deadline, cancel)
        if not isinstance(second, Returned) or second.code:
            return self._stays_closed(second, "step 2")
        return self._judge(second)

    def _stays_closed(self, said: Returned | FaultCode | None, where: str) -> CardNotRead | None:
        match said:
            case None:
                return None
            case Returned(code):
                return self._not_read(FaultCode.CARD_INCOMPLETE, f"{where}: code {code}")
            case fault:
                return self._not_read(fault, where)

    def _judge(self, said: Returned) -> CardReading:
        """The blob goes on untouched: what is in it is between the library and the platform."""
        identity = self._identity(said)
        match identity:
            case CardIdentity():
                blob = said.outs[1] if self._dialect.blob else b""
                return CardRead(replace(identity, opaque=blob))
            case CardFlaw():
                return self._not_read(FaultCode.CARD_UNREADABLE, identity.name)
            case None:
                return self._not_read(FaultCode.CARD_UNREADABLE, f"not in the dialect {self._settings.dialect}")

    def _identity(self, said: Returned) -> CardIdentity | CardFlaw | None:
        return wire.identity(self._dialect, said.outs[0], check_card_number=self._settings.check_card_number)

    def _news(self, said: Returned | FaultCode) -> CardEvent | None:
        """A card that cannot be read occupies the slot too: it has no name of its own, so any two are one."""
        if isinstance(said, FaultCode) or wire.meaning(said.code) is Reply.NO_READER:
            return None
        if wire.meaning(said.code) is Reply.NO_CARD:
            seen = None
        else:
            identity = self._identity(said) if said.code == 0 else None
            seen = identity.card_serial.reveal().encode() if isinstance(identity, CardIdentity) else b""
        if self._told is not None and seen != self._told:
            self._told = None
            return CardRemoved()
        if self._told is None and seen is not None:
            self._told = seen
            return CardInserted()
        return None

    def _ask(self, deadline: Monotonic, cancel: Cancel) -> Returned | FaultCode | None:
        """Read the card once; the health is what this call found. None when cancelled or out of time."""
        if self._dialect.blob and self._initialised != (self._bridge.pid or -1):
            begun = self._call("Init", (self._settings.init.encode("gb18030"), _OUT), deadline, cancel)
            if not isinstance(begun, Returned) or begun.code:
                return self._uninitialised(begun)
            self._initialised = self._bridge.pid
        said = self._call(self._dialect.function, self._arguments(), deadline, cancel)
        if isinstance(said, Returned):
            gone = wire.meaning(said.code) is Reply.NO_READER
            self._is(DeviceState.NO_DEVICE if gone else DeviceState.ONLINE)
        return said

    def _arguments(self) -> Arguments:
        if self._dialect.by_file:
            return (self._settings.card, 1, b"", wire.WANTED_FILES.encode(), _OUT)
        return (_OUT, _OUT) if self._dialect.blob else (self._settings.card, _OUT)

    def _uninitialised(self, said: Returned | FaultCode | None) -> FaultCode | None:
        if isinstance(said, Returned):
            self._lose(f"Init: code {said.code}")
            return FaultCode.CARD_READER_GONE
        return said

    def _call(
        self, function: str, arguments: Arguments, deadline: Monotonic, cancel: Cancel
    ) -> Returned | FaultCode | None:
        """The one place where a library's misfortune becomes a value."""
        try:
            return self._bridge.call(function, arguments, deadline, cancel)
        except InterruptedTransferError:
            return None
        except FunctionMissingError:
            if function in {self._dialect.function, "Init"}:
                self._lose(f"no function {function}")
            return FaultCode.CARD_READER_GONE
        except (DeviceGoneError, GarbledError) as error:
            self._lose(str(error))
            return FaultCode.CARD_READER_GONE

    def _lose(self, why: str) -> None:
        """Said once: a library that is asked again and again fails again and again."""
        if self._health.state is not DeviceState.HARDWARE_ERROR:
            self._host.log.info("library lost", extra={"error": why})
        self._is(DeviceState.HARDWARE_ERROR)

    @property
    def _lost(self) -> bool:
        """Whether library or reader is known to be gone; before the first call nothing is known."""
        return self._health.state in {DeviceState.NO_DEVICE, DeviceState.HARDWARE_ERROR}

    def _is(self, state: DeviceState) -> None:
        well = state is DeviceState.ONLINE
        self._health = Health(state, () if well else (FaultCode.CARD_READER_GONE,))

    def _not_read(self, fault: FaultCode, why: str) -> CardNotRead:
        self._host.log.info("card not read", extra={"fault": fault, "error": why})
        return CardNotRead(fault)


def _make(settings: LibrarySettings, host: Host) -> CardReader:
    library = Library(settings.library, answer_seconds=settings.answer_seconds)
    if settings.interpreter is not None:
        library = replace(library, interpreter=settings.interpreter)
    return CardLibraryReader(settings, Bridge(library, host.clock), host)


driver: Driver[CardReader] = Driver(LibrarySettings, simulated=False, make=_make)
