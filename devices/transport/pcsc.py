"""Card readers behind the PC/SC service, through pyscard's plain functions.

pyscard's own monitor thread dies with the service and never comes back, and contexts made before a restart stay dead;
so every call here that finds its context dead drops it, and the next one makes another.

SCardCancel only ends a wait that has begun: a cancel that comes a moment earlier would be lost, therefore waits are cut
into slices. A transmission cannot be cancelled at all; cancel and deadline are looked at before each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from smartcard import scard

from devices.transport.card_slot import NO_READER, Occupancy, PoweredCard, SlotState
from devices.transport.errors import CardGoneError, CardMuteError, DeviceGoneError, InterruptedTransferError
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_SLICE_SECONDS: Final = 0.2
# How long a reader may need to notice that the card which did not answer is not there: pcscd asks vpcd every 0.4 s.
_NOTICE_SECONDS: Final = 0.6

_CARD_GONE: Final = {scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD}
_CARD_MUTE: Final = {
    scard.SCARD_W_UNRESPONSIVE_CARD,
    scard.SCARD_W_UNPOWERED_CARD,
    scard.SCARD_W_UNSUPPORTED_CARD,
    scard.SCARD_W_RESET_CARD,
    scard.SCARD_E_PROTO_MISMATCH,
    scard.SCARD_E_CARD_UNSUPPORTED,
}
_NOT_TRANSACTED: Final = {scard.SCARD_E_NOT_TRANSACTED, scard.SCARD_F_COMM_ERROR}
# Of a context made before the service was started anew.
_DEAD_CONTEXT: Final = {
    scard.SCARD_E_INVALID_HANDLE,
    scard.SCARD_E_NO_SERVICE,
    scard.SCARD_E_SERVICE_STOPPED,
    scard.SCARD_F_COMM_ERROR,
}
_WAITED: Final = {scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED}


class PcscSlot:
    """A `CardSlot`: the first reader whose name contains `wanted`, any reader for an empty one."""

    def __init__(self, wanted: str, clock: Clock) -> None:
        self._wanted = wanted
        self._clock = clock
        self._context: Any = None
        self._reader: str | None = None
        self._events = scard.SCARD_STATE_UNAWARE

    def open(self) -> None:
        """The service and the reader may come later."""

    def close(self) -> None:
        context, self._context = self._context, None
        self._reader = None
        if context is not None:
            scard.SCardReleaseContext(context)

    def look(self) -> SlotState:
        return self._ask(0.0, Cancel(), scard.SCARD_STATE_UNAWARE)

    def wait(self, seen: SlotState, deadline: Monotonic, cancel: Cancel) -> SlotState:
        state = self.look()
        while state == seen and not cancel.cancelled and (left := deadline - self._clock.monotonic()) > 0:
            if state.occupancy is Occupancy.NO_READER:
                cancel.sleep(min(_SLICE_SECONDS, left))
                state = self.look()
            else:
                state = self._ask(min(_SLICE_SECONDS, left), cancel, self._events)
        return state

    @contextmanager
    def connect(self, deadline: Monotonic, cancel: Cancel) -> Iterator[PoweredCard]:
        code, card, protocol = self._power()
        if code in _DEAD_CONTEXT:
            self._drop()
            code, card, protocol = self._power()
        self._check(code)
        try:
            atr = bytes(scard.SCardStatus(card)[4])
            yield PoweredCard(atr, lambda apdu: self._transmit(card, protocol, apdu, deadline, cancel))
        finally:
            # Reset, so that nobody after us finds the application selected and a PIN verified.
            scard.SCardDisconnect(card, scard.SCARD_RESET_CARD)

    def _power(self) -> tuple[int, Any, int]:
        if not self._find_reader():
            raise DeviceGoneError("no reader")
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, card, protocol = scard.SCardConnect(self._context, self._reader, scard.SCARD_SHARE_EXCLUSIVE, protocols)
        return code, card, protocol

    def _transmit(self, card: Any, protocol: int, apdu: bytes, deadline: Monotonic, cancel: Cancel) -> bytes:
        if cancel.cancelled or self._clock.monotonic() >= deadline:
            raise InterruptedTransferError
        code, answer = scard.SCardTransmit(card, protocol, list(apdu))
        if code in _NOT_TRANSACTED or (code == scard.SCARD_S_SUCCESS and not answer):
            self._explain_silence(cancel)
        self._check(code)
        return bytes(answer)

    def _explain_silence(self, cancel: Cancel) -> None:
        """A transmission failed; it is told from a mute card by whether the card is there a moment later."""
        until = Monotonic(self._clock.monotonic() + _NOTICE_SECONDS)
        state = self.look()
        while state.occupancy is Occupancy.OCCUPIED and self._clock.monotonic() < until and not cancel.cancelled:
            state = self._ask(_SLICE_SECONDS, cancel, self._events)
        raise CardMuteError if state.occupancy is Occupancy.OCCUPIED else CardGoneError

    def _check(self, code: int) -> None:
        """Translate a return code; anything unexpected counts as a reader that is not there."""
        if code == scard.SCARD_S_SUCCESS:
            return
        if code in _CARD_GONE:
            raise CardGoneError
        if code in _CARD_MUTE:
            raise CardMuteError
        if code != scard.SCARD_E_SHARING_VIOLATION:
            self._drop()
        raise DeviceGoneError(f"{code & 0xFFFFFFFF:08X}")

    def _ask(self, seconds: float, cancel: Cancel, known: int) -> SlotState:
        """The reader's state once it differs from `known`, or after `seconds`."""
        if not self._find_reader():
            return NO_READER
        context = self._context
        with cancel.wake(lambda: _cancel(context)):
            code, states = scard.SCardGetStatusChange(context, int(seconds * 1000), [(self._reader, known)])
        if code not in {scard.SCARD_S_SUCCESS, *_WAITED}:
            self._drop()
            return NO_READER
        events = states[0][1]
        if code == scard.SCARD_S_SUCCESS:
            self._events = events & ~scard.SCARD_STATE_CHANGED
        state = _slot_state(self._events)
        if state.occupancy is Occupancy.NO_READER:
            self._reader = None
        return state

    def _find_reader(self) -> bool:
        if self._context is None and not self._establish():
            return False
        if self._reader is None:
            code, names = scard.SCardListReaders(self._context, [])
            if code not in {scard.SCARD_S_SUCCESS, scard.SCARD_E_NO_READERS_AVAILABLE}:
                self._drop()
                return False
            self._reader = next((name for name in names if self._wanted in name), None)
        return self._reader is not None

    def _establish(self) -> bool:
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        if code == scard.SCARD_S_SUCCESS:
            self._context = context
        return self._context is not None

    def _drop(self) -> None:
        """The service or the reader went away: forget both and look for them anew."""
        self.close()
        self._events = scard.SCARD_STATE_UNAWARE


def _cancel(context: Any) -> None:
    scard.SCardCancel(context)


def _slot_state(events: int) -> SlotState:
    """The upper 16 bits count insertions and removals, so a quick exchange of cards does not pass unseen."""
    if events & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE):
        return NO_READER
    if events & scard.SCARD_STATE_PRESENT:
        return SlotState(Occupancy.OCCUPIED, events >> 16 & 0xFFFF)
    return SlotState(Occupancy.EMPTY)
