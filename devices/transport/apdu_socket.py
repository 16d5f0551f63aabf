"""A card reader on a local socket, so that a demonstration needs no PC/SC service. Frames: docs/simulators.md."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from devices.transport.card_slot import NO_READER, Occupancy, PoweredCard, SlotState
from devices.transport.errors import CardGoneError, CardMuteError, DeviceGoneError, InterruptedTransferError
from devices.transport.stream import unix_stream
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_ANSWER, _RESET, _COMMAND, _PASSWORD, _NO_PASSWORD = b"A", b"R", b"C", b"P", b"X"
_LOOK_AGAIN_SECONDS: Final = 0.2
_GREETING_SECONDS: Final = 0.25


class ApduSocketSlot:
    """A `CardSlot`. `answer_seconds` is what a real reader grants a card before it calls it mute."""

    def __init__(self, path: str, clock: Clock, answer_seconds: float) -> None:
        self._stream = unix_stream(path, clock)
        self._clock = clock
        self._answer_seconds = answer_seconds
        self._state = NO_READER
        self._turns = 0
        self._held = b""
        self._number = 0

    def open(self) -> None:
        """The reader may come later."""

    def close(self) -> None:
        self._lose()

    def look(self) -> SlotState:
        try:
            self._plug()
            self._take(Monotonic(self._clock.monotonic()), Cancel())
        except DeviceGoneError:
            self._lose()
        return self._state

    def wait(self, seen: SlotState, deadline: Monotonic, cancel: Cancel) -> SlotState:
        while (state := self.look()) == seen and not cancel.cancelled and self._clock.monotonic() < deadline:
            if state is NO_READER:
                cancel.sleep(min(_LOOK_AGAIN_SECONDS, deadline - self._clock.monotonic()))
                continue
            try:
                self._take(deadline, cancel)
            except DeviceGoneError:
                self._lose()
        return self._state

    @contextmanager
    def connect(self, deadline: Monotonic, cancel: Cancel) -> Iterator[PoweredCard]:
        if self.look().occupancy is Occupancy.NO_READER:
            raise DeviceGoneError("no reader")
        atr = self._exchange(_RESET, b"", deadline, cancel)
        if not atr:
            raise CardMuteError
        yield PoweredCard(
            atr,
            lambda apdu: self._exchange(_COMMAND, apdu, deadline, cancel),
            lambda template: self._ask_pin(template, deadline, cancel),
        )

    def _ask_pin(self, template: bytes, deadline: Monotonic, cancel: Cancel) -> bytes:
        """The reader is told when nobody waits any more, so that late digits are nobody's."""
        try:
            return self._exchange(_PASSWORD, template, deadline, cancel, longest=deadline)
        except InterruptedTransferError:
            if self._stream.opened:
                soon = Monotonic(self._clock.monotonic() + self._answer_seconds)
                self._stream.send((2).to_bytes(2, "big") + _NO_PASSWORD + bytes((self._number,)), soon, Cancel())
            raise

    def _plug(self) -> None:
        """Connect and hear what lies in the slot, which the reader says first."""
        if self._stream.opened:
            return
        self._stream.open()
        self._held = b""
        soon = Monotonic(self._clock.monotonic() + _GREETING_SECONDS)
        if self._frame(soon, Cancel()) is None:
            raise DeviceGoneError("the reader says nothing")

    def _lose(self) -> None:
        self._stream.close()
        self._state = NO_READER

    def _take(self, deadline: Monotonic, cancel: Cancel) -> None:
        """Note what the reader reports until the deadline, but no longer than to the first report."""
        while self._frame(deadline, cancel) is not None:
            deadline = Monotonic(self._clock.monotonic())

    def _exchange(
        self, kind: bytes, payload: bytes, deadline: Monotonic, cancel: Cancel, longest: Monotonic | None = None
    ) -> bytes:
        """Ask by number, so that the late answer to a cancelled command is not taken for that of the next. `longest`
        is for what a person answers, and not the card.
        """
        patience = Monotonic(min(deadline, longest or self._clock.monotonic() + self._answer_seconds))
        self._number = (self._number + 1) % 256
        body = kind + bytes((self._number,)) + payload
        try:
            self._stream.send(len(body).to_bytes(2, "big") + body, patience, cancel)
            answer = self._answer(patience, cancel)
        except (DeviceGoneError, InterruptedTransferError):
            self._lose()
            raise
        if answer is not None:
            return answer
        if cancel.cancelled or self._clock.monotonic() >= deadline:
            raise InterruptedTransferError
        raise CardMuteError

    def _answer(self, patience: Monotonic, cancel: Cancel) -> bytes | None:
        while (frame := self._frame(patience, cancel)) is not None:
            if frame[:1] != _ANSWER:
                raise CardGoneError
            if frame[1:2] == bytes((self._number,)):
                return frame[2:]
        return None

    def _frame(self, deadline: Monotonic, cancel: Cancel) -> bytes | None:
        """The next frame, noted if it is news of the slot; None at the deadline or when cancelled."""
        while (frame := self._whole_frame()) is None:
            data = self._stream.receive(deadline, cancel)
            if not data:
                return None
            self._held += data
        self._note(frame)
        return frame

    def _whole_frame(self) -> bytes | None:
        end = 2 + int.from_bytes(self._held[:2], "big")
        if len(self._held) < max(3, end):
            return None
        frame, self._held = self._held[2:end], self._held[end:]
        return frame

    def _note(self, frame: bytes) -> None:
        match frame[:1]:
            case b"I":
                self._turns += 1
                self._state = SlotState(Occupancy.OCCUPIED, self._turns)
            case b"O":
                self._state = SlotState(Occupancy.EMPTY)
            case b"A":
                pass
            case _:
                raise DeviceGoneError("the far end is no reader")
