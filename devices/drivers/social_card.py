"""Reads social security cards of all generations, in whatever reader they lie."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.apdu_socket import ApduSocketSlot
from devices.transport.card_slot import NO_READER, CardSlot, Occupancy, SlotState
from devices.transport.errors import (
    CardGoneError,
    CardMuteError,
    DeviceGoneError,
    InterruptedTransferError,
    TransportError,
)
from devices.wire import social_card as wire
from devices.wire.apdu import Exchange, Response, ResponseError, complete
from devices.wire.social_card import CardFlaw, Item, Refusal
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardEvent, CardInserted, CardNotRead, CardRead, CardReader, CardReading, CardRemoved
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


class SocketSettings(_CardSettings):
    """`[devices.card_reader]` with `driver = "sim_social_card"`."""

    socket: str = Field(description="模拟读卡器的套接字文件")
    answer_seconds: float = Field(default=2.0, gt=0, description="等卡片应答的秒数")


class SocialCardReader:
    """A `CardReader`. Insertions and removals always alternate: a card met after the reader was lost is a new one."""

    def __init__(self, slot: CardSlot, host: Host, *, check_card_number: bool = True) -> None:
        self._slot = slot
        self._clock = host.clock
        self._log = host.log
        self._check_card_number = check_card_number
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
        return Health(DeviceState.ONLINE)

    def wait(self, deadline: Monotonic, cancel: Cancel) -> CardEvent | None:
        state = self._slot.look()
        while (event := self._news(state)) is None:
            if self._just_lost(state) or cancel.cancelled or self._clock.monotonic() >= deadline:
                return None
            state = self._slot.wait(state, deadline, cancel)
        return event

    def read(self, deadline: Monotonic, cancel: Cancel) -> CardReading | None:
        try:
            with self._slot.connect(deadline, cancel) as transmit:
                return self._read(complete(transmit))
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

    def _read(self, exchange: Exchange) -> CardReading:
        if not exchange(wire.select_application()).ok:
            return self._not_read(FaultCode.CARD_FOREIGN, "no social security application")
        values: dict[Item, bytes | Refusal] = {}
        for file, items in wire.FILES.items():
            if not _select_file(exchange, file).ok:
                return self._not_read(FaultCode.CARD_UNREADABLE, f"no file {file:04X}")
            values |= {item: wire.item_value(item, exchange(wire.read_item(item))) for item in items}
        identity = wire.identity(values, check_card_number=self._check_card_number)
        if isinstance(identity, CardFlaw):
            return self._not_read(FaultCode.CARD_UNREADABLE, identity.name)
        return CardRead(identity)

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

    return SocialCardReader(PcscSlot(settings.reader, host.clock), host, check_card_number=settings.check_card_number)


def _over_socket(settings: SocketSettings, host: Host) -> CardReader:
    slot = ApduSocketSlot(settings.socket, host.clock, settings.answer_seconds)
    return SocialCardReader(slot, host, check_card_number=settings.check_card_number)


pcsc: Driver[CardReader] = Driver(PcscSettings, simulated=False, make=_over_pcsc)
simulated: Driver[CardReader] = Driver(SocketSettings, simulated=True, make=_over_socket)
