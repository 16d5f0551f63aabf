"""Resident ID card readers with a SAM-V module (GA/T 467) on a serial port, whoever built the case around it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.serial_line import serial_line
from devices.transport.stream import ByteStream
from devices.wire import id_card_text, sam_v
from devices.wire.id_card_text import TextFlaw, UnknownLayout
from devices.wire.sam_v import SET_BAUD, Answer, Ask, Flaw, Framer, Status
from kiosk.domain.insured import IdCardIdentity
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading, IdReader

_FIND_AGAIN_SECONDS: Final = 0.3
_LOOK_AGAIN_SECONDS: Final = 0.5
# At the agreed speed, and at each other: all five within the second that a worker waits at a time.
_GREETING_SECONDS: Final = 0.3
_SEEKING_SECONDS: Final = 0.15
_STATUS_SECONDS: Final = 2.0
# A frame that stops for so long will not go on: many times the gap that a USB converter makes between two packets.
_BREATH_SECONDS: Final = 0.25

_GONE: Final = Health(DeviceState.NO_DEVICE, (FaultCode.ID_READER_GONE,))
_MUTE: Final = Health(DeviceState.OFFLINE, (FaultCode.ID_READER_GONE,))
_BROKEN: Final = Health(DeviceState.HARDWARE_ERROR, (FaultCode.ID_READER_GONE,))
_WELL: Final = Health(DeviceState.ONLINE)


class SamVSettings(BaseModel):
    """`[devices.id_reader]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    port: str = Field(description="串口设备，例如 /dev/kiosk-id-reader")
    baud: Literal[115200, 57600, 38400, 19200, 9600] = Field(
        default=115200, description="波特率；阅读器在用别的波特率时，会找到它并改成这个"
    )
    answer_seconds: float = Field(default=3.0, gt=0, le=10, description="等阅读器应答的秒数；读一张卡约一秒半")


class SamVReader:
    """An `IdReader`. A card that was tried is not taken again before the reader has once found nothing (`_spent`)."""

    def __init__(self, line: Callable[[int], ByteStream], settings: SamVSettings, host: Host) -> None:
        self._make_line = line
        self._rate: int = settings.baud
        self._line = line(self._rate)
        self._settings = settings
        self._clock = host.clock
        self._log = host.log
        self._framer = Framer()
        self._health: Health | None = None
        self._owed: Monotonic | None = None
        self._spent = False

    def open(self) -> None:
        with suppress(DeviceGoneError):
            self._open()

    def close(self) -> None:
        """A card that was tried stays tried: who reopens the reader has not lifted it."""
        self._line.close()
        self._health = self._owed = None

    def status(self) -> Health:
        """How it was at the last exchange; a line that was only just opened is spoken to, for a second at most."""
        try:
            self._open()
            if self._health is None:
                self._greet(Monotonic(self._clock.monotonic() + _STATUS_SECONDS), Cancel())
            else:
                self._line.discard()  # a cable that was pulled shows here
        except DeviceGoneError as error:
            self._lose(error)
        return self._health or _MUTE

    def wait(self, deadline: Monotonic, cancel: Cancel) -> IdCardPlaced | None:
        was_away = self._health in {_GONE, _MUTE, _BROKEN}
        if not self._reach(deadline, cancel) or was_away:
            return None  # bad news or good: `status` has it
        while not cancel.cancelled and self._clock.monotonic() < deadline:
            answer = self._ask(Ask.FIND, deadline, cancel)
            if self._health != _WELL:
                return None
            if answer is not None and answer.status is Status.FOUND and not self._spent:
                return IdCardPlaced()
            if answer is not None and answer.status is Status.NONE_FOUND:
                self._spent = False
            cancel.sleep(min(_FIND_AGAIN_SECONDS, deadline - self._clock.monotonic()))
        return None

    def read(self, deadline: Monotonic, cancel: Cancel) -> IdCardReading | None:
        if not self._reach(deadline, cancel):
            interrupted = cancel.cancelled or self._clock.monotonic() >= deadline
            return None if interrupted else self._not_read(FaultCode.ID_READER_GONE, "not there")
        for ask in (Ask.FIND, Ask.SELECT):
            answer = self._ask(ask, deadline, cancel)
            if answer is None or answer.status not in {Status.FOUND, Status.DONE}:
                return self._failed(ask, answer)
            self._spent = True
        answer = self._ask(Ask.READ, deadline, cancel)
        if answer is None or answer.status is not Status.DONE:
            return self._failed(Ask.READ, answer)
        return self._understood(answer.data)

    def _failed(self, ask: Ask, answer: Answer | None) -> IdCardNotRead | None:
        """Why a command brought no success; None when it was only not waited for."""
        if answer is not None:
            return self._not_read(_fault(answer.status), f"{ask.name}: {answer.status.name}")
        return None if self._health == _WELL else self._not_read(FaultCode.ID_READER_GONE, ask.name)

    def _understood(self, data: bytes) -> IdCardReading:
        parts = sam_v.text_and_portrait(data)
        if isinstance(parts, Flaw):
            return self._not_read(FaultCode.ID_CARD_UNREADABLE, parts.name)
        text, portrait = parts
        match id_card_text.identity(text):
            case IdCardIdentity() as identity:
                return IdCardRead(identity, Portrait(portrait) if any(portrait) else None)
            case UnknownLayout(flag):
                return self._not_read(FaultCode.ID_CARD_UNKNOWN, f"layout {flag}")
            case TextFlaw() as flaw:
                return self._not_read(FaultCode.ID_CARD_UNREADABLE, flaw.name)

    def _not_read(self, fault: FaultCode, why: str) -> IdCardNotRead:
        self._log.info("id card not read", extra={"fault": fault, "error": why})
        return IdCardNotRead(fault)

    # --- the line -----------------------------------------------------------------------------------------------------
    def _open(self) -> None:
        if not self._line.opened:
            self._speak_at(self._settings.baud)
            self._health = None

    def _lose(self, error: Exception) -> None:
        if self._health != _GONE:
            self._log.info("id reader lost", extra={"error": type(error).__name__})
        self._line.close()
        self._health = _GONE

    def _reach(self, deadline: Monotonic, cancel: Cancel) -> bool:
        """Whether the reader is there and well, looked for anew when it was not."""
        if self._health == _WELL:
            return True
        try:
            self._open()
            self._greet(deadline, cancel)
        except DeviceGoneError as error:
            self._lose(error)
        return self._health == _WELL

    def _greet(self, deadline: Monotonic, cancel: Cancel) -> None:
        """Ask how it is, at the agreed speed and then at the others."""
        agreed = self._settings.baud
        for rate in (agreed, *(rate for rate in SET_BAUD if rate != agreed)):
            self._speak_at(rate)
            answer = self._hail(deadline, cancel, _GREETING_SECONDS if rate == agreed else _SEEKING_SECONDS)
            if cancel.cancelled or (answer is None and self._clock.monotonic() >= deadline):
                return
            if answer is not None and rate != agreed:
                answer = self._bring_to(agreed, answer, deadline, cancel)
            if answer is not None:
                self._health = _WELL if answer.status is Status.DONE else _BROKEN
                return
        self._health = _MUTE

    def _hail(self, deadline: Monotonic, cancel: Cancel, seconds: float) -> Answer | None:
        self._owed = None  # whatever it is, it does not keep a status from being told from it
        soon = Monotonic(min(deadline, self._clock.monotonic() + seconds))
        return self._try(Ask.STATUS, soon, cancel)

    def _bring_to(self, agreed: int, answer: Answer, deadline: Monotonic, cancel: Cancel) -> Answer | None:
        """Have a reader that was found at another speed speak at ours; one that refuses is spoken to at its own."""
        self._log.info("id reader found at another speed", extra={"state": str(self._rate)})
        moved = self._try(SET_BAUD[agreed], deadline, cancel)
        if moved is None or moved.status is not Status.DONE:
            return answer
        self._speak_at(agreed)
        return self._hail(deadline, cancel, _GREETING_SECONDS)

    def _speak_at(self, rate: int) -> None:
        """Have the line open at this speed; what is owed at another would not be understood."""
        if self._line.opened and rate == self._rate:
            return
        self._line.close()
        self._rate, self._line = rate, self._make_line(rate)
        self._line.open()
        self._owed, self._framer = None, Framer()

    def _ask(self, ask: Ask, deadline: Monotonic, cancel: Cancel) -> Answer | None:
        """The answer; None at the deadline, when cancelled, and when the reader fell silent or went (`_health`)."""
        patience = Monotonic(self._clock.monotonic() + self._settings.answer_seconds)
        answer = self._try(ask, Monotonic(min(deadline, patience)), cancel)
        if answer is None and not cancel.cancelled and patience < deadline and self._health != _GONE:
            self._health = _MUTE
        elif answer is not None and answer.status in {Status.SELF_TEST, Status.NOT_AUTHORISED}:
            self._health = _BROKEN
        return answer

    def _try(self, ask: Ask, until: Monotonic, cancel: Cancel) -> Answer | None:
        try:
            if not self._settle(until, cancel):
                return None
            self._line.discard()
            self._framer = Framer()
            self._owed = Monotonic(self._clock.monotonic() + self._settings.answer_seconds)
            self._line.send(sam_v.command(ask), until, cancel)
            return self._answer(ask, until, cancel)
        except InterruptedTransferError:
            return None
        except DeviceGoneError as error:
            self._lose(error)
            return None

    def _settle(self, until: Monotonic, cancel: Cancel) -> bool:
        """Let the answer to a command that was given up come first: answers bear no number. A reader that never gives
        it is mute, however short the calls were that waited for it.
        """
        while self._owed is not None:
            if cancel.cancelled or self._clock.monotonic() >= min(until, self._owed):
                break
            data = self._line.receive(Monotonic(min(until, self._owed)), cancel)
            if any(isinstance(found, Answer) for found in self._framer.feed(data)):
                self._owed = None
        if self._owed is not None and self._clock.monotonic() >= self._owed:
            self._owed, self._health = None, _MUTE
            return False
        return self._owed is None

    def _answer(self, ask: Ask, until: Monotonic, cancel: Cancel) -> Answer | None:
        """Its answer, behind whatever comes before it; one that was spoilt on the line is one that failed its check."""
        heard = spoilt = False
        while not cancel.cancelled and (now := self._clock.monotonic()) < until:
            busy = spoilt or self._framer.pending
            data = self._line.receive(Monotonic(min(until, now + _BREATH_SECONDS) if busy else until), cancel)
            if not data and self._clock.monotonic() >= until:
                break
            found = self._framer.feed(data) if data else self._framer.silence()
            for each in found:
                if isinstance(each, Answer) and sam_v.fits(ask, each):
                    self._owed = None
                    return each
            heard, spoilt = heard or bool(data), spoilt or any(isinstance(each, Flaw) for each in found)
            if busy and not data:
                break
        if cancel.cancelled or self._framer.pending or not heard:
            return None
        self._owed = None
        return Answer(Status.BAD_CHECKSUM)


def _fault(status: Status) -> FaultCode:
    """What a reader's complaint about a card means to the person who laid it there."""
    match status:
        case Status.NONE_FOUND | Status.NOT_SELECTED | Status.NOT_READ:
            return FaultCode.ID_CARD_LIFTED
        case Status.UNKNOWN_CARD:
            return FaultCode.ID_CARD_UNKNOWN
        case Status.SELF_TEST | Status.NOT_AUTHORISED:
            return FaultCode.ID_READER_GONE
        case _:
            return FaultCode.ID_CARD_UNREADABLE


def _make(settings: SamVSettings, host: Host) -> IdReader:
    return SamVReader(lambda baud: serial_line(settings.port, baud, host.clock), settings, host)


real: Driver[IdReader] = Driver(SamVSettings, simulated=False, make=_make)
simulated: Driver[IdReader] = Driver(SamVSettings, simulated=True, make=_make)
