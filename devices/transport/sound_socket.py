"""A sound card at the other end of a socket, as the simulators have one; docs/simulators.md has its frames."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from devices.transport.errors import DeviceGoneError, InterruptedTransferError
from devices.transport.stream import unix_stream
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_SIZE_BYTES: Final = 4
_HEARD: Final = b"E"


class SocketPlayer:
    """A `Player`. `late` is how long the card may take beyond the length of what it plays before it counts as hung."""

    def __init__(self, place: str, rate: int, clock: Clock, late: float) -> None:
        self._place, self._rate, self._clock, self._late = place, rate, clock, late

    def found(self) -> bool:
        return Path(self._place).is_socket()

    def play(self, sounds: Iterable[bytes], device: str, cancel: Cancel) -> bool:
        stream = unix_stream(self._place, self._clock)
        until = self._clock.monotonic() + self._late
        try:
            stream.open()
            stream.send(_frame(device.encode()), Monotonic(until), cancel)
            for sound in sounds:
                until += len(sound) / (2 * self._rate)
                stream.send(_frame(sound), Monotonic(until), cancel)
            stream.send(_frame(b""), Monotonic(until), cancel)
            return stream.receive(Monotonic(until), cancel) == _HEARD or cancel.cancelled
        except (DeviceGoneError, InterruptedTransferError):
            return cancel.cancelled
        finally:
            stream.close()


def _frame(data: bytes) -> bytes:
    return len(data).to_bytes(_SIZE_BYTES, "big") + data
