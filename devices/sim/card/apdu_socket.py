"""A reader on a local socket, for hosts without a PC/SC service. The frames are described in docs/simulators.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.sim.card.slot import Slot
from devices.sim.channels import Connection, NamedSocket
from devices.sim.loop import Loop

_DIGITS, _BYTES = 6, 3
_CANCELLED, _NOBODY, _NO_TEMPLATE = b"\x64\x01", b"\x64\x00", b"\x6b\x80"
"""PC/SC part 10: the red key, nobody pressed anything, and a command that has no place for digits."""
_PATIENCE_SECONDS: Final = 120.0
_REMEMBERED: Final = 4096


@dataclass
class _Entry:
    """A password on its way into the card: the host's number for it, and the command that lacks it."""

    number: bytes
    template: bytes
    digits: str = ""


class SocketReader:
    """Serves one slot to any number of connections; the newest is the host, older ones are cut off as a USB reader's
    would be.
    """

    def __init__(self, loop: Loop, path: Path, slot: Slot, changed: Callable[[str], None]) -> None:
        self._loop, self._changed = loop, changed
        self._socket = NamedSocket(loop, path, self._accept)
        self._slot = slot
        self._host: Connection | None = None
        self._held = b""
        self._entry: _Entry | None = None
        self.traffic = bytearray()
        slot.wire = self

    @property
    def taking(self) -> bool:
        """Whether it takes a password on its own keys."""
        return self._entry is not None

    def press(self, keys: str) -> str | None:
        """Digits, or R for the red key; why they are pressed in vain, when they are."""
        for key in keys:
            if self._entry is None:
                return "the reader asks for no password"
            self._press(self._entry, key)
        return None

    def _press(self, entry: _Entry, key: str) -> None:
        """The sixth digit goes to the card with the five before it, and nowhere else."""
        if key == "R":
            self._entry = None
            self._send(b"A" + entry.number, _CANCELLED)
            return
        entry.digits += key
        if len(entry.digits) < _DIGITS:
            return
        self._entry = None
        command = entry.template[:-_BYTES] + bytes.fromhex(entry.digits)
        self._slot.transmit(command, lambda response: self._send(b"A" + entry.number, response))

    def _take_password(self, number: bytes, template: bytes) -> None:
        if len(template) <= _BYTES or template[-_BYTES:] != b"\xff" * _BYTES:
            self._send(b"A" + number, _NO_TEMPLATE)
            return
        self.traffic.clear()
        entry = self._entry = _Entry(number, template)
        self._loop.after(_PATIENCE_SECONDS, lambda: self._give_up(entry))
        self._changed("reader_wants_password")

    def _give_up(self, entry: _Entry) -> None:
        if self._entry is entry:
            self._entry = None
            self._send(b"A" + entry.number, _NOBODY)

    @property
    def plugged(self) -> bool:
        return self._socket.plugged

    def plug(self) -> None:
        self._socket.plug()

    def reset(self) -> None:
        """Plugged in, and nothing was said yet; who is connected stays so."""
        self.traffic.clear()
        self.plug()

    def unplug(self) -> None:
        """Pull the reader's own cable."""
        self._socket.unplug()
        self._cut_off()

    def card_inserted(self, atr: bytes) -> None:
        self._send(b"I", atr)

    def card_removed(self) -> None:
        self._entry = None
        self._send(b"O")

    def _accept(self, host: Connection) -> None:
        self._cut_off()
        self._host, self._held = host, b""
        host.serve(self._receive, lambda: self._lost(host))
        self._tell(self._slot.atr)

    def _cut_off(self) -> None:
        if self._host is not None:
            self._host.close()

    def _lost(self, host: Connection) -> None:
        if self._host is host:
            self._host = self._entry = None

    def _tell(self, atr: bytes | None) -> None:
        if atr is None:
            self.card_removed()
        else:
            self.card_inserted(atr)

    def _receive(self, data: bytes) -> None:
        self._held += data
        while len(self._held) >= 2:
            end = 2 + int.from_bytes(self._held[:2], "big")
            if len(self._held) < end:
                return
            frame, self._held = self._held[2:end], self._held[end:]
            self._obey(frame)

    def _obey(self, frame: bytes) -> None:
        """R resets the card, C is a command, P one that lacks a password; all are numbered by the host and answered by
        A with their number. X ends P without an answer.
        """
        kind, number, payload = frame[:1], frame[1:2], frame[2:]
        if kind not in {b"R", b"C", b"P", b"X"} or not number:
            self._cut_off()
        elif kind == b"X":
            self._entry = None
        elif not self._slot.occupied:
            self._send(b"O")
        elif kind == b"P":
            self._take_password(number, payload)
        elif kind == b"R":
            self._send(b"A" + number, self._slot.reset() or b"")
        else:
            self._slot.transmit(payload, lambda response: self._send(b"A" + number, response))

    def _send(self, kind: bytes, payload: bytes = b"") -> None:
        if self._host is not None:
            self.traffic += kind + payload
            del self.traffic[:-_REMEMBERED]
            self._host.send((len(kind) + len(payload)).to_bytes(2, "big") + kind + payload)
