"""Our keypad driver under its contract over the kernel's input events; the serial one stands in bench.toml."""

from __future__ import annotations

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import suppress

import pytest

from devices.conformance.bench import Ability
from devices.conformance.keypad import KeypadContract
from devices.drivers.keypad import StreamKeypad
from devices.transport.stream import device_stream
from devices.wire.keypad import EVENT, EVENT_KEYS, EventKeys
from kiosk.ports.clock import Clock
from kiosk.ports.driver import Host
from kiosk.ports.keypad import Key, Keypad


class EventWire:
    """The events a kernel gives, with the releases and repeats between the presses, on a pseudo-terminal."""

    keys = tuple(dict.fromkeys(EVENT_KEYS.values()))
    secrets = ()
    abilities = frozenset({Ability.NOISE})

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._near, self._far = pty.openpty()
        tty.setraw(self._far)
        self.path = os.ttyname(self._far)

    def press(self, key: Key, times: int = 1) -> None:
        code = next(code for code, known in EVENT_KEYS.items() if known is key)
        for _ in range(times):
            for value in (1, 2, 2, 0):
                os.write(self._near, EVENT.pack(0, 0, 4, 4, 458792) + EVENT.pack(0, 0, 1, code, value))
                os.write(self._near, EVENT.pack(0, 0, 0, 0, 0))

    def noise(self, raw: bytes) -> None:
        """Whole events of other kinds: a mouse's moves, codes without a key."""
        for kind, code in ((2, 0), (3, 53), (1, 240), (17, 1)):
            os.write(self._near, EVENT.pack(1, 2, kind, code, 1))

    def unplug(self) -> None:
        raise NotImplementedError

    plug = unplug

    def close(self) -> None:
        for end in (self._near, self._far):
            with suppress(OSError):
                os.close(end)


class TestInputEvents(KeypadContract):
    @pytest.fixture
    def bench(self, host: Host) -> Iterator[EventWire]:
        wire = EventWire(host.clock)
        yield wire
        wire.close()

    @pytest.fixture
    def keypad(self, bench: EventWire, host: Host) -> Iterator[Keypad]:
        made = StreamKeypad(device_stream(bench.path, host.clock), EventKeys(), 0.12, host)
        yield made
        made.close()
