"""A card read by our driver, and the same APDUs by hand on the same socket."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.drivers.social_card import SocialCardReader
from devices.transport.apdu_socket import ApduSocketSlot
from devices.transport.card_slot import CardSlot, PoweredCard, SlotState
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardRead
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host

_CLOCK = SystemClock()
_HOST = Host(_CLOCK, logging.getLogger("bench"))
_SECONDS = 5.0


def soon() -> Monotonic:
    return Monotonic(_CLOCK.monotonic() + _SECONDS)


class _Recording:
    """A slot that keeps the commands that go through it."""

    def __init__(self, slot: CardSlot) -> None:
        self._slot = slot
        self.apdus: list[bytes] = []

    def open(self) -> None:
        self._slot.open()

    def close(self) -> None:
        self._slot.close()

    def look(self) -> SlotState:
        return self._slot.look()

    def wait(self, seen: SlotState, deadline: Monotonic, cancel: Cancel) -> SlotState:
        return self._slot.wait(seen, deadline, cancel)

    @contextmanager
    def connect(self, deadline: Monotonic, cancel: Cancel) -> Iterator[PoweredCard]:
        with self._slot.connect(deadline, cancel) as card:

            def kept(apdu: bytes) -> bytes:
                self.apdus.append(apdu)
                return card(apdu)

            yield PoweredCard(card.atr, kept)


def recorded(slot: CardSlot) -> list[bytes]:
    """The APDUs of one reading of the card that lies in the slot."""
    recording = _Recording(slot)
    read_once(SocialCardReader(recording, _HOST))
    recording.close()
    return recording.apdus


def socket_slot(path: Path) -> CardSlot:
    return ApduSocketSlot(str(path), _CLOCK, _SECONDS)


def reader(slot: CardSlot) -> SocialCardReader:
    return SocialCardReader(slot, _HOST)


def read_once(reader: SocialCardReader) -> float:
    """Milliseconds of one reading."""
    began = time.perf_counter()
    read = reader.read(soon(), Cancel())
    ended = time.perf_counter()
    assert isinstance(read, CardRead), read
    return (ended - began) * 1000


class RawCard:
    """The slot's socket and nothing else; the frames are those of docs/simulators.md."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_SECONDS)
        self._socket.connect(str(path))
        self._held = b""
        self.frame()

    def close(self) -> None:
        self._socket.close()

    def frame(self) -> bytes:
        """The next thing the reader says."""
        while len(self._held) < 2 or len(self._held) < 2 + int.from_bytes(self._held[:2], "big"):
            self._held += self._socket.recv(4096)
        end = 2 + int.from_bytes(self._held[:2], "big")
        frame, self._held = self._held[2:end], self._held[end:]
        return frame

    def read(self, apdus: list[bytes]) -> float:
        """Milliseconds of a reset and these commands."""
        began = time.perf_counter()
        for number, body in enumerate([b"R\x00", *(b"C\x00" + apdu for apdu in apdus)]):
            numbered = body[:1] + bytes((number,)) + body[2:]
            self._socket.sendall(len(numbered).to_bytes(2, "big") + numbered)
            answer = self.frame()
            assert answer[:2] == b"A" + bytes((number,)), answer[:2]
        return (time.perf_counter() - began) * 1000
