"""The simulated printer as its wire sees it: status at any moment, printing in order, one byte at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from devices.sim.printer.grammar import parse
from devices.sim.printer.mechanism import Mechanism, Model, Sheet
from devices.sim.printer.realtime import Order, Question, Receiver
from devices.sim.spoiling import Spoiling, flipped

_ALWAYS: Final = 0x12
_TOO_MANY: Final = 100

Reply = Callable[[bytes], None]
After = Callable[[float, Callable[[], None]], None]


class Printer:
    """Joins receiver, buffer and mechanism.

    `after(seconds, callback)` is the simulator's clock: printing pauses after each row, for no time or, with
    `rows_per_second`, for as long as paper takes, so that questions are answered in between.
    `delivered` gets every sheet. Violations are kept for the life of the process: a test that ends with any has failed.
    """

    def __init__(self, model: Model, delivered: Callable[[Sheet], None], after: After) -> None:
        self._after = after
        self.mechanism = Mechanism(model, delivered, self._note)
        self.silent = False
        self.spoilt: Spoiling | None = None
        self.rows_per_second = 0.0
        self.violations: list[str] = []
        self._buffer = bytearray()
        self._receivers: dict[Reply, Receiver] = {}
        self._reply: Reply = _nobody
        self._working = False

    def receive(self, data: bytes, reply: Reply) -> None:
        """Bytes from one channel, whose answers go back through `reply`."""
        self._reply = reply
        for item in self._receivers.setdefault(reply, Receiver()).feed(data):
            match item:
                case Question():
                    self._answer(self._status(item.number))
                case Order.FORGET:
                    self._forget()
                case Order.UNKNOWN:
                    self._note("an unknown real-time command")
                case bytes():
                    self._buffer += item
        self.work()

    def hang_up(self, reply: Reply) -> None:
        """A channel is gone."""
        self._receivers.pop(reply, None)
        if self._reply == reply:
            self._reply = _nobody

    def work(self) -> None:
        """Print what can be printed; called again whenever a hindrance is gone."""
        while not self._working and self._buffer and not self.mechanism.stopped:
            before = self.mechanism.moved
            if not self._step():
                return
            rows = self.mechanism.moved - before
            if rows:
                self._working = True
                self._after(rows / self.rows_per_second if self.rows_per_second else 0.0, self._resume)

    def _resume(self) -> None:
        self._working = False
        self.work()

    def _step(self) -> bool:
        """One operation out of the buffer; False when its end has not come yet."""
        parsed = parse(bytes(self._buffer), chinese=self.mechanism.chinese)
        if parsed is None:
            return False
        raw = bytes(self._buffer[: parsed.used])
        del self._buffer[: parsed.used]
        answer = self.mechanism.execute(parsed.operation, raw)
        if answer is not None:
            self._answer(bytes((answer,)))
        return True

    def _forget(self) -> None:
        """DLE DC4 fn 8: the buffers are emptied, and the printer says so in three bytes."""
        self._buffer.clear()
        self.mechanism.forget()
        self._answer(b"\x37\x25\x00")

    def _status(self, question: int) -> bytes:
        mechanism = self.mechanism
        match question:
            case 1:
                bits = 0x08 * mechanism.stopped
            case 2:
                bits = 0x04 * mechanism.cover_open | 0x20 * mechanism.paper_out | 0x40 * mechanism.jammed
            case 3:
                bits = 0x08 * mechanism.jammed
            case _:
                bits = 0x0C * mechanism.paper_low | 0x60 * mechanism.paper_out
        return bytes((_ALWAYS | bits,))

    def _answer(self, data: bytes) -> None:
        if self.silent:
            return
        spoilt, self.spoilt = self.spoilt, None
        match spoilt:
            case Spoiling.FLIP:
                self._reply(flipped(data, 0))
            case Spoiling.CUT:
                pass
            case Spoiling.TWICE:
                self._reply(data + data)
            case _:
                self._reply(data)

    def _note(self, violation: str) -> None:
        if len(self.violations) < _TOO_MANY:
            self.violations.append(violation)


def _nobody(_: bytes) -> None:
    """Where answers go while no channel is open."""
