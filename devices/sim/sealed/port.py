"""The serial port of a closed device: frames in, one answer each, and what can happen to an answer on its way."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from devices.sim.channels import Terminal
from devices.sim.loop import Loop
from devices.sim.pacing import Line, Outlet

_LONGEST = 1024

Answer = tuple[str, ...] | None


class Spoiling(StrEnum):
    """What becomes of the next answer: never sent, a bit turned, broken off, sent behind noise, sent twice."""

    LOST = "lost"
    FLIP = "flip"
    CUT = "cut"
    GARBAGE = "garbage"
    TWICE = "twice"


class SealedPort:
    """Strict: what is no frame, or none that `serve` knows, is noted as a violation of whoever sent it."""

    def __init__(self, loop: Loop, link: Path, serve: Callable[[tuple[str, ...]], Answer]) -> None:
        self._serve = serve
        self._terminal = Terminal(loop, link, self._receive)
        self._outlet = Outlet(loop, self._terminal.send, lambda: self.line)
        self._held = b""
        self.line = Line()
        self.silent = False
        self.spoiling: Spoiling | None = None
        self.violations: list[str] = []
        self.traffic = bytearray()
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._terminal.plugged

    def plug(self) -> None:
        self._terminal.plug()

    def unplug(self) -> None:
        self._held = b""
        self._outlet.clear()
        self._terminal.unplug()

    def reset(self) -> None:
        """As new, and nobody's conversation goes on."""
        self.unplug()
        self.line, self.silent, self.spoiling = Line(), False, None
        self.violations.clear()
        self.traffic.clear()
        self.plug()

    def _receive(self, data: bytes) -> None:
        self.traffic += data
        self._held += data
        while len(self._held) >= 5:
            if self._held[0] != 2 or any(nibble > 9 for byte in self._held[1:3] for nibble in divmod(byte, 16)):
                self._complain("no frame begins here")
                return
            size = int(self._held[1:3].hex())
            if size > _LONGEST:
                self._complain("a frame without end")
                return
            if len(self._held) < size + 5:
                return
            frame, self._held = self._held[: size + 5], self._held[size + 5 :]
            self._take(frame)

    def _take(self, frame: bytes) -> None:
        check = 0
        for byte in frame[1:-1]:
            check ^= byte
        if frame[-2] != 3 or frame[-1] != check:
            self._complain("wrong check")
            return
        number, *fields = frame[3:-2].decode(errors="replace").split("\x1c")
        try:
            answer = self._serve(tuple(fields))
        except ValueError as problem:
            self._complain(str(problem))
            return
        if answer is not None and not self.silent:
            self._send(_framed((number, *answer)))

    def _send(self, frame: bytes) -> None:
        spoiling, self.spoiling = self.spoiling, None
        match spoiling:
            case Spoiling.LOST:
                return
            case Spoiling.FLIP:
                frame = frame[:-3] + bytes((frame[-3] ^ 0x01,)) + frame[-2:]
            case Spoiling.CUT:
                frame = frame[: len(frame) // 2]
            case Spoiling.GARBAGE:
                frame = b"\x02\x99\xff\x00\x02" + frame
            case Spoiling.TWICE:
                frame += frame
            case None:
                pass
        self.traffic += frame
        self._outlet.put(frame)

    def _complain(self, what: str) -> None:
        self.violations.append(what)
        self._held = b""


def _framed(fields: tuple[str, ...]) -> bytes:
    text = "\x1c".join(fields).encode()
    size = f"{len(text):04d}"
    inner = bytes((int(size[0]) << 4 | int(size[1]), int(size[2]) << 4 | int(size[3]))) + text + b"\x03"
    check = 0
    for byte in inner:
        check ^= byte
    return b"\x02" + inner + bytes((check,))
