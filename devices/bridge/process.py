"""Starts the process of a vendor's library, asks it, lets go of it, kills it."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError
from devices.transport.stream import DescriptorStream
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_CHILD: Final = Path(__file__).with_name("child.py")
_LONGEST_ANSWER: Final = 1024 * 1024


class FunctionMissingError(DeviceGoneError):
    """The library is there and has no function of this name."""


@dataclass(frozen=True, slots=True)
class Library:
    """A C library and how long it may think. `interpreter` is a Python that can load it: a 32-bit one for most.

    `program` takes the place of interpreter and child, for whatever else speaks as the child does.
    """

    path: Path
    interpreter: Path = Path(sys.executable)
    answer_seconds: float = 10.0
    program: tuple[str, ...] = ()

    @property
    def command(self) -> tuple[str, ...]:
        return self.program or (str(self.interpreter), "-I", "-S", str(_CHILD))


@dataclass(frozen=True, slots=True)
class Out:
    """A buffer of `size` bytes for the library to write a text into."""

    size: int


@dataclass(frozen=True, slots=True)
class Returned:
    """What the function gave back, and its buffers up to their first NUL; they stay out of the repr. `text` for those
    that return one, whose `code` is 0.
    """

    code: int
    outs: tuple[bytes, ...] = field(repr=False)
    text: bytes = b""


class Bridge:
    """One library in one process, started when it is first asked and again after it was lost. For one thread.

    A C call cannot be cancelled. A caller who is cancelled or out of time lets go of it: the answer that comes later is
    thrown away by its number, and the next caller waits behind it. Only a call that takes longer than `answer_seconds`
    is a hung library, whose process is killed.
    """

    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._stream = DescriptorStream(self._start, clock)
        self._process: subprocess.Popen[bytes] | None = None
        self._held = b""
        self._number = 0
        self._owed: list[Monotonic] = []

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._process.pid if self._process else None

    @property
    def overdue(self) -> bool:
        """Whether the oldest call that is still owed has had its time."""
        return bool(self._owed) and self._clock.monotonic() >= self._due()

    def close(self) -> None:
        """Kill the process; nothing is lost with it but what it was reading."""
        self._stream.close()
        self._held, self._owed = b"", []
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def call(
        self, function: str, arguments: tuple[int | bytes | Out, ...], deadline: Monotonic, cancel: Cancel
    ) -> Returned:
        """Call it once. Raises DeviceGoneError when the library cannot be loaded, crashed or hung, GarbledError for
        an answer that is none, InterruptedTransferError when cancelled or out of time.
        """
        return self._call(function, arguments, "long", deadline, cancel)

    def call_for_text(
        self, function: str, arguments: tuple[int | bytes | Out, ...], deadline: Monotonic, cancel: Cancel
    ) -> Returned:
        """The same of a function that returns `char*`."""
        return self._call(function, arguments, "text", deadline, cancel)

    def _call(
        self,
        function: str,
        arguments: tuple[int | bytes | Out, ...],
        returns: str,
        deadline: Monotonic,
        cancel: Cancel,
    ) -> Returned:
        if self.overdue:
            self.close()
        try:
            self._stream.open()
            self._number += 1
            written = [_written(each) for each in arguments]
            self._ask({"call": function, "returns": returns, "arguments": written}, deadline, cancel)
            answer = self._answer(deadline, cancel)
        except DeviceGoneError:
            raise DeviceGoneError(self._last_words()) from None
        except GarbledError:
            self.close()
            raise
        return _returned(answer)

    def _ask(self, request: dict[str, Any], deadline: Monotonic, cancel: Cancel) -> None:
        body = json.dumps({"n": self._number} | request).encode()
        try:
            self._stream.send(len(body).to_bytes(4, "big") + body, deadline, cancel)
        except InterruptedTransferError as cut:
            if cut.sent:  # half a request: whatever follows would be read as its rest
                self.close()
            raise
        self._owed.append(self._clock.monotonic())

    def _answer(self, deadline: Monotonic, cancel: Cancel) -> dict[str, Any]:
        while True:
            message = self._message(Monotonic(min(deadline, self._due())), cancel)
            if message is None and (cancel.cancelled or self._clock.monotonic() >= deadline):
                raise InterruptedTransferError
            if message is None:
                self.close()
                raise DeviceGoneError("hung")
            self._owed = [self._clock.monotonic() for _ in self._owed[1:]]
            if message.get("n") == self._number:
                return message

    def _message(self, deadline: Monotonic, cancel: Cancel) -> dict[str, Any] | None:
        while (message := self._whole_message()) is None:
            data = self._stream.receive(deadline, cancel)
            if not data:
                return None
            self._held += data
        return message

    def _whole_message(self) -> dict[str, Any] | None:
        if len(self._held) < 4:
            return None
        end = 4 + int.from_bytes(self._held[:4], "big")
        if end > _LONGEST_ANSWER:
            raise GarbledError("an answer without end")
        if len(self._held) < end:
            return None
        body, self._held = self._held[4:end], self._held[end:]
        try:
            message = json.loads(body)
        except ValueError:
            raise GarbledError("no JSON") from None
        if not isinstance(message, dict):
            raise GarbledError("no object")
        return message

    def _due(self) -> Monotonic:
        return Monotonic(self._owed[0] + self._library.answer_seconds)

    def _start(self) -> int:
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [*self._library.command, str(theirs.fileno()), str(self._library.path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={name: value for name, value in os.environ.items() if not name.startswith("KIOSK__")},
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours.detach()

    def _last_words(self) -> str:
        """How the process ended; a signal by its name."""
        process = self._process
        if process is None:
            return "hung, killed"
        try:
            code = process.wait(1.0)
        except subprocess.TimeoutExpired:
            code = None
        self.close()
        if code is None:
            return "closed its end, killed"
        return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _written(argument: int | bytes | Out) -> int | str | dict[str, int]:
    match argument:
        case int():
            return argument
        case Out(size):
            return {"out": size}
        case bytes():
            return base64.b64encode(argument).decode()


def _returned(message: dict[str, Any]) -> Returned:
    match message:
        case {"error": "the library has no such function"}:
            raise FunctionMissingError
        case {"error": str(why)}:
            raise DeviceGoneError(why)
        case {"returned": int(code), "outs": list(outs)}:
            return Returned(code, _decoded(outs))
        case {"returned": str(text), "outs": list(outs)}:
            return Returned(0, _decoded(outs), *_decoded([text]))
        case _:
            raise GarbledError("an answer of no known shape")


def _decoded(outs: list[Any]) -> tuple[bytes, ...]:
    try:
        return tuple(base64.b64decode(out, validate=True) for out in outs)
    except (TypeError, ValueError):
        raise GarbledError("no Base64") from None
