"""A card in a reader of pcscd, through vsmartcard's `vpcd` driver: we connect to it, and being connected means
"inserted".

vpcd writes the length and the body of each message separately. With delayed acknowledgements its Nagle algorithm then
holds the body back for 40 ms, twice an APDU; TCP_QUICKACK ends that, and the kernel forgets it, so it is set again
before each `recv`.
"""

from __future__ import annotations

import socket
from typing import Final

from devices.sim.card.slot import Slot
from devices.sim.loop import Loop

_OFF, _ON, _RESET, _GET_ATR = 0, 1, 2, 4
# vpcd takes an empty answer for an empty slot; a byte that begins no ATR is a card that makes no sense, which is mute.
_NO_ATR: Final = b"\x00"
_RETRY_SECONDS: Final = 0.2
_AT_ONCE: Final = 4096


class VpcdReader:
    """Presents one slot to vpcd at `address`; a service that restarts meets the card again."""

    def __init__(self, loop: Loop, address: tuple[str, int], slot: Slot) -> None:
        self._loop = loop
        self._address = address
        self._slot = slot
        self._stream: socket.socket | None = None
        self._held = b""
        self._retrying = False
        slot.wire = self

    def card_inserted(self, atr: bytes) -> None:
        del atr  # asked for by the service when it wants it
        self._connect()

    def card_removed(self) -> None:
        self._hang_up()

    def _connect(self) -> None:
        if self._stream is not None or not self._slot.occupied:
            return
        try:
            stream = socket.create_connection(self._address, timeout=1)
        except OSError:
            self._retry()
            return
        stream.setblocking(False)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream, self._held = stream, b""
        self._loop.read(stream.fileno(), self._read)

    def _retry(self) -> None:
        if not self._retrying:
            self._retrying = True
            self._loop.after(_RETRY_SECONDS, self._again)

    def _again(self) -> None:
        self._retrying = False
        self._connect()

    def _hang_up(self) -> None:
        if self._stream is not None:
            self._loop.forget(self._stream.fileno())
            self._stream.close()
            self._stream = None

    def _read(self) -> None:
        if self._stream is None:
            return
        try:
            data = receive(self._stream)
        except BlockingIOError:
            return
        if not data:
            self._hang_up()
            self._retry()
            return
        self._held += data
        self._take_frames()

    def _take_frames(self) -> None:
        while self._stream is not None and len(self._held) >= 2:
            end = 2 + int.from_bytes(self._held[:2], "big")
            if len(self._held) < end:
                return
            message, self._held = self._held[2:end], self._held[end:]
            self._obey(message)

    def _obey(self, message: bytes) -> None:
        if len(message) != 1:
            self._slot.transmit(message, self._send)
        elif message[0] in {_ON, _OFF, _RESET}:
            self._slot.reset()
        elif message[0] == _GET_ATR and self._slot.occupied:
            self._send(self._slot.atr or _NO_ATR)

    def _send(self, payload: bytes) -> None:
        if self._stream is not None:
            self._loop.write(self._stream.fileno(), len(payload).to_bytes(2, "big") + payload)


def receive(stream: socket.socket) -> bytes:
    """What lies there, acknowledged at once; empty at the end or when the connection broke."""
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    try:
        return stream.recv(_AT_ONCE)
    except BlockingIOError:
        raise
    except OSError:
        return b""
