"""Reads social security cards of all generations, in whatever reader they lie."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.drivers.card_opening import CardOpener, ClosedCard, Opened
from devices.transport.apdu_socket import ApduSocketSlot
from devices.transport.card_slot import NO_READER, CardSlot, Occupancy, PoweredCard, SlotState
from devices.transport.either_slot import EitherSlot
from devices.transport.errors import (
    CardGoneError,
    CardMuteError,
    DeviceGoneError,
    InterruptedTransferError,
    TransportError,
)
from devices.wire import card_pin
from devices.wire import social_card as wire
from devices.wire.apdu import Exchange, Response, ResponseError, complete
from devices.wire.atr import historical_bytes
from devices.wire.social_card import CardFlaw, Item, Refusal
from kiosk.domain.insured import CardIdentity
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import (
    CardEvent,
    CardInserted,
    CardNotRead,
    CardRead,
    CardReader,
    CardReading,
    CardRemoved,
    PinBlocked,
    PinVerdict,
)
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health

# Most cards want 02; one that refuses it is asked with 00.
_P1: Final = (0x02, 0x00)


class _CardSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    check_card_number: bool = Field(default=True, description="核对卡号校验位；发卡地区不遵守校验规则时设为 false")


class PcscSettings(_CardSettings):
    """`[devices.card_reader]` with `driver = "social_card"`."""

    reader: str = Field(default="", description="PC/SC 读卡器名称中的一段文字；空则用第一个读卡器")
    contactless: str = Field(default="", description="另有非接触读卡器时，它名称中的一段文字；两个都能用，接触优先")


class SocketSettings(_CardSettings):
    """`[devices.card_reader]` with `driver = "sim_social_card"`."""

    socket: str = Field(description="模拟读卡器的套接字文件")
    contactless: str = Field(default="", description="模拟的非接触读卡器的套接字文件，没有就不写")
    answer_seconds: float = Field(default=2.0, gt=0, description="等卡片应答的秒数")


class SocialCardReader:
    """A `CardReader`. Insertions and removals always alternate: a card met after the reader was lost is a new one."""

    def __init__(self, slot: CardSlot, host: Host, *, check_card_number: bool = True) -> None:
        self._slot = slot
        self._clock = host.clock
        self._log = host.log
        self._check_card_number = check_card_number
        self._opener = CardOpener(host.keys, host.clock) if host.keys else None
        self._keys_gone = False
        self._seen: SlotState = NO_READER
        self._told: SlotState | None = None

    def open(self) -> None:
        self._slot.open()

    def close(self) -> None:
        """The next `open` reports a card that lies there anew."""
        self._slot.close()
        self._seen, self._told = NO_READER, None

    def status(self) -> Health:
        if self._slot.look().occupancy is Occupancy.NO_READER:
            return Health(DeviceState.NO_DEVICE, (FaultCode.CARD_READER_GONE,))
        return Health(DeviceState.ONLINE, (FaultCode.KEY_SERVER_UNREACHABLE,) if self._keys_gone else ())

    def wait(self, deadline: Monotonic, cancel: Cancel) -> CardEvent | None:
        state = self._slot.look()
        while (event := self._news(state)) is None:
            if self._just_lost(state) or cancel.cancelled or self._clock.monotonic() >= deadline:
                return None
            state = self._slot.wait(state, deadline, cancel)
        return event

    def read(self, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        try:
            with self._slot.connect(deadline, cancel) as card:
                return self._read(card, deadline, cancel)
        except InterruptedTransferError:
            return None
        except (TransportError, ResponseError) as error:
            return self._not_read(_fault(error), type(error).__name__)

    def _news(self, state: SlotState) -> CardEvent | None:
        """What the host does not know yet; a card that changed without an empty slot in between is reported as gone
        first.
        """
        if state.occupancy is Occupancy.NO_READER:
            return None
        if self._told is not None and state != self._told:
            self._told = None
            return CardRemoved()
        if self._told is None and state.occupancy is Occupancy.OCCUPIED:
            self._told = state
            return CardInserted()
        return None

    def _just_lost(self, state: SlotState) -> bool:
        """Whether the reader was there when it was last looked at."""
        before, self._seen = self._seen, state
        return state.occupancy is Occupancy.NO_READER and before.occupancy is not Occupancy.NO_READER

    def verify_pin(self, deadline: Monotonic, cancel: Cancel) -> PinVerdict | CardNotRead | None:
        """On the reader's own keys. Over PC/SC they are not asked for yet (part 10): such a reader counts as one
        without.
        """
        try:
            with self._slot.connect(deadline, cancel) as card:
                exchange = complete(card)
                if not exchange(wire.select_application()).ok:
                    return self._not_read(FaultCode.CARD_FOREIGN, "no social security application")
                if card.ask_pin is None:
                    return self._not_read(FaultCode.PIN_PAD_GONE, "no keys on the reader")
                verdict = card_pin.verdict(Response.decode(card.ask_pin(card_pin.TEMPLATE.encode())))
        except InterruptedTransferError:
            return None
        except (TransportError, ResponseError) as error:
            return self._not_read(_fault(error), type(error).__name__)
        if isinstance(verdict, PinBlocked):
            self._log.info("card takes no password", extra={"fault": FaultCode.CARD_PIN_BLOCKED})
        return verdict

    def _read(self, card: PoweredCard, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        """What the card gives, and once more what it kept when a key server opens it."""
        exchange = complete(card)
        if not exchange(wire.select_application()).ok:
            return self._not_read(FaultCode.CARD_FOREIGN, "no social security application")
        values: dict[Item, bytes | Refusal] = {}
        reading = self._gather(exchange, values, wire.FILES)
        kept = wire.withheld(values)
        if not kept or self._opener is None or not isinstance(reading, CardIdentity) or reading.generation < 3:
            return self._outcome(reading)
        outcome = self._opener.open(
            exchange, ClosedCard(reading.card_serial, historical_bytes(card.atr)), deadline, cancel
        )
        if outcome is None:
            return None
        if isinstance(outcome, Opened):
            self._keys_gone = False
            return self._outcome(self._gather(exchange, values, kept))
        self._keys_gone = outcome.fault is FaultCode.KEY_SERVER_UNREACHABLE
        self._log.info("card stays closed", extra={"fault": outcome.fault, "error": outcome.why})
        return self._outcome(reading)

    def _gather(
        self, exchange: Exchange, values: dict[Item, bytes | Refusal], files: dict[int, tuple[Item, ...]]
    ) -> CardIdentity | CardFlaw | int:
        """Read these items into `values`; the card's holder from all that is known by then, or the file it lacks."""
        for file, items in files.items():
            if not _select_file(exchange, file).ok:
                return file
            values |= {item: wire.item_value(item, exchange(wire.read_item(item))) for item in items}
        return wire.identity(values, check_card_number=self._check_card_number)

    def _outcome(self, reading: CardIdentity | CardFlaw | int) -> CardReading:
        match reading:
            case CardIdentity():
                return CardRead(reading)
            case CardFlaw():
                return self._not_read(FaultCode.CARD_UNREADABLE, reading.name)
            case _:
                return self._not_read(FaultCode.CARD_UNREADABLE, f"no file {reading:04X}")

    def _not_read(self, fault: FaultCode, why: str) -> CardNotRead:
        self._log.info("card not read", extra={"fault": fault, "error": why})
        return CardNotRead(fault)


def _select_file(exchange: Exchange, file: int) -> Response:
    response = exchange(wire.select_file(file, _P1[0]))
    return exchange(wire.select_file(file, _P1[1])) if wire.wants_other_p1(response) else response


def _fault(error: Exception) -> FaultCode:
    """The one place where a cable's exception becomes a value."""
    match error:
        case CardGoneError():
            return FaultCode.CARD_PULLED
        case CardMuteError() | ResponseError():
            return FaultCode.CARD_UNREADABLE
        case DeviceGoneError():
            return FaultCode.CARD_READER_GONE
        case _:
            raise TypeError(f"no fault for {type(error).__name__}")


def _over_pcsc(settings: PcscSettings, host: Host) -> CardReader:
    from devices.transport.pcsc import PcscSlot  # pyscard is an extra, which a demonstration does without

    slot: CardSlot = PcscSlot(settings.reader, host.clock)
    if settings.contactless:
        slot = EitherSlot(slot, PcscSlot(settings.contactless, host.clock), host.clock)
    return SocialCardReader(slot, host, check_card_number=settings.check_card_number)


def _over_socket(settings: SocketSettings, host: Host) -> CardReader:
    slot: CardSlot = ApduSocketSlot(settings.socket, host.clock, settings.answer_seconds)
    if settings.contactless:
        other = ApduSocketSlot(settings.contactless, host.clock, settings.answer_seconds)
        slot = EitherSlot(slot, other, host.clock)
    return SocialCardReader(slot, host, check_card_number=settings.check_card_number)


pcsc: Driver[CardReader] = Driver(PcscSettings, simulated=False, make=_over_pcsc)
simulated: Driver[CardReader] = Driver(SocketSettings, simulated=True, make=_over_socket)
