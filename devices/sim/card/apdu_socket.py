"""A reader on a local socket, for hosts without a PC/SC service. The frames are described in docs/simulators.md."""

from __future__ import annotations

from pathlib import Path

from devices.sim.card.slot import Slot
from devices.sim.channels import Connection, Listener, listen_unix
from devices.sim.loop import Loop


class SocketReader:
    """Serves one slot to any number of connections; the newest is the host, older ones are cut off as a USB reader's
    would be.
    """

    def __init__(self, loop: Loop, path: Path, slot: Slot) -> None:
        self._loop = loop
        self._path = path
        self._slot = slot
        self._listener: Listener | None = None
        self._host: Connection | None = None
        self._held = b""
        slot.wire = self

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def plug(self) -> None:
        if self._listener is None:
            self._listener = Listener(self._loop, listen_unix(self._path), self._accept)

    def unplug(self) -> None:
        """Pull the reader's own cable."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            self._path.unlink(missing_ok=True)
        self._cut_off()

    def card_inserted(self, atr: bytes) -> None:
        self._send(b"I", atr)

    def card_removed(self) -> None:
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
            self._host = None

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
        """R resets the card, C is a command; both are numbered by the host and answered by A with their number."""
        kind, number, payload = frame[:1], frame[1:2], frame[2:]
        if kind not in {b"R", b"C"} or not number:
            self._cut_off()
        elif not self._slot.occupied:
            self._send(b"O")
        elif kind == b"R":
            self._send(b"A" + number, self._slot.reset() or b"")
        else:
            self._slot.transmit(payload, lambda response: self._send(b"A" + number, response))

    def _send(self, kind: bytes, payload: bytes = b"") -> None:
        if self._host is not None:
            self._host.send((len(kind) + len(payload)).to_bytes(2, "big") + kind + payload)
