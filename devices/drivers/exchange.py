"""One question and its answer over a serial line, told apart from late answers by a number."""

from __future__ import annotations

import threading
from typing import Final

from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError
from devices.transport.stream import ByteStream
from devices.wire.sealed_frame import FrameReader, Noise, encode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_NUMBERS: Final = 10_000


class SilentError(DeviceGoneError):
    """The line is there and the device does not answer in its time: what it has heard is not known."""


class Exchange:
    """Used by several threads, one at a time. `answer_seconds` is what the device has for each answer."""

    def __init__(self, line: ByteStream, clock: Clock, answer_seconds: float) -> None:
        self._line, self._clock, self._answer_seconds = line, clock, answer_seconds
        self._lock = threading.Lock()
        self._reader = FrameReader()
        self._number = 0

    def open(self) -> None:
        with self._lock:
            self._line.open()

    def close(self) -> None:
        with self._lock:
            self._line.close()
            self._reader.clear()

    def ask(self, fields: tuple[str, ...], deadline: Monotonic, cancel: Cancel) -> tuple[str, ...]:
        """The fields of the answer, its number taken off.

        Raises DeviceGoneError before a byte has left, and afterwards SilentError, GarbledError or
        InterruptedTransferError whose `sent` is not 0.
        """
        with self._lock:
            sent = 0
            try:
                self._line.open()
                self._line.discard()
                self._reader.clear()
                self._number = (self._number + 1) % _NUMBERS
                request = encode((str(self._number), *fields))
                patience = Monotonic(min(deadline, self._clock.monotonic() + self._answer_seconds))
                self._send(request, patience, cancel)
                sent = len(request)
                return self._answer(patience, deadline, cancel, sent)
            except SilentError:
                raise
            except DeviceGoneError as error:
                self._line.close()
                if sent:
                    raise SilentError(str(error)) from error
                raise

    def _send(self, request: bytes, patience: Monotonic, cancel: Cancel) -> None:
        try:
            self._line.send(request, patience, cancel)
        except InterruptedTransferError as cut:
            if cut.sent:
                self._line.close()
            raise

    def _answer(self, patience: Monotonic, deadline: Monotonic, cancel: Cancel, sent: int) -> tuple[str, ...]:
        """Noise and the late answers of others are passed over; a spoilt answer is told apart from silence."""
        noisy = False
        while data := self._line.receive(patience, cancel):
            for found in self._reader.feed(data):
                if isinstance(found, Noise):
                    noisy = True
                elif found[0] == str(self._number):
                    return found[1:]
        if cancel.cancelled or self._clock.monotonic() >= deadline:
            raise InterruptedTransferError(sent)
        raise GarbledError("no frame") if noisy or self._reader.pending else SilentError("no answer")
