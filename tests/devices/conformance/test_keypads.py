"""Our keypad driver under its contract: on a serial line, and over the kernel's input events."""

from __future__ import annotations

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import suppress

import pytest

from devices.conformance.bench import Ability
from devices.conformance.keypad import KeypadBench, KeypadContract
from devices.drivers import keypad as driver
from devices.drivers.keypad import SerialKeypadSettings, StreamKeypad
from devices.sim.client import Simulator
from devices.transport.stream import device_stream
from devices.wire.keypad import EVENT, EVENT_KEYS, EventKeys
from kiosk.ports.clock import Clock
from kiosk.ports.driver import Host
from kiosk.ports.keypad import Key, Keypad
from tests.devices.support.simulator import Running


class SimulatedKeys:
    """A `KeypadBench` made of a simulator."""

    keys = tuple(Key)
    secrets = ()
    abilities = frozenset({Ability.UNPLUG, Ability.NOISE, Ability.STALE_CODE})

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def press(self, key: Key, times: int = 1) -> None:
        self.simulator.ask("press", key=key.value, times=times)

    def noise(self, raw: bytes) -> None:
        self.simulator.ask("keypad", noise=raw.hex())

    def unplug(self) -> None:
        self.simulator.ask("keypad", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("keypad", plugged=True)


class TestSerial(KeypadContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> KeypadBench:
        return SimulatedKeys(simulator, host.clock)

    @pytest.fixture
    def keypad(self, sim: Running, host: Host) -> Iterator[Keypad]:
        made = driver.simulated.make(SerialKeypadSettings(port=sim.ready["keypad"]), host)
        yield made
        made.close()


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
