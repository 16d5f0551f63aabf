"""Keys pressed on a keypad."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.keypad import KeypadBench, KeypadContract
from devices.conformance.kinds import Kind, its_own
from devices.conformance.stand import Stand
from devices.conformance.waiting import FAR_SECONDS, Call, after
from devices.sim.client import Hand
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock
from kiosk.ports.keypad import Key, Keypad, KeyPressed

_STILL: Final = 0.15
"""Longer than any finger trembles, so that the next visit's first key is a new one."""


class KeypadStand(Stand):
    """A `KeypadBench`; the bench file tells which keys a keypad has that has not all of them: `keys`."""

    part = "keypad"
    able = frozenset({Ability.UNPLUG, Ability.NOISE, Ability.STALE_CODE})

    def __init__(self, hand: Hand, clock: Clock, *, keys: tuple[str, ...] = tuple(Key)) -> None:
        super().__init__(hand, clock)
        self.keys = tuple(Key(key) for key in keys)

    def press(self, key: Key, times: int = 1) -> None:
        self.hand.ask("press", key=key.value, times=times)

    def noise(self, raw: bytes) -> None:
        self.hand.ask(self.part, noise=raw.hex())


def _session(bench: KeypadBench, keypad: Keypad, random: Random, mishap: bool) -> None:
    """A key is pressed, by a finger that trembles now and then; as a mishap there is noise on the line before."""
    call = Call(lambda cancel: keypad.wait(after(bench.clock, FAR_SECONDS), cancel))
    if mishap:
        bench.noise(bytes(range(14)))
    key = random.choice(bench.keys)
    bench.press(key, times=random.choice((1, 1, 3)))
    assert call.result() == KeyPressed(key)
    assert keypad.wait(after(bench.clock, _STILL), Cancel()) is None


KIND: Final = Kind(
    contract=KeypadContract,
    device="keypad",
    stand=KeypadStand,
    calls={"wait": its_own("wait")},
    session=_session,
)
