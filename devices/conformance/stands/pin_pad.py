"""Keys pressed on an encrypting PIN pad, and the far end that can open its blocks."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.kinds import Kind
from devices.conformance.pin_pad import PinPadBench, PinPadContract, wanted
from devices.conformance.sealed_stand import SealedStand
from devices.conformance.waiting import after
from devices.sim.client import Hand
from devices.sim.sealed.far_end import digits_in
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.pin_pad import NoPin, PadFailed, PinGiven, PinPad

_PATIENCE: Final = 10.0


class PinPadStand(SealedStand):
    """A `PinPadBench`; a pad with other test keys than the simulator's has a stand of its own with another `opens`."""

    part = "pin_pad"

    def __init__(self, hand: Hand, clock: Clock, *, pin: str = "246813") -> None:
        super().__init__(hand, clock)
        self.pin = pin
        self.secrets = (pin,)

    def press(self, keys: str) -> None:
        self.hand.ask("press_keys", keys=keys)

    def opens(self, given: PinGiven, digits: str) -> bool:
        return digits_in(bytes.fromhex(given.block.reveal()), given.key_serial) == digits

    def take_keys_out(self) -> None:
        self.hand.ask(self.part, keys_in=False)

    def open_lid(self) -> None:
        self.hand.ask(self.part, open_lid=True)

    def talk(self) -> None:
        self.hand.ask(self.part, talks=True)


def _session(bench: PinPadBench, pad: PinPad, random: Random, mishap: bool) -> None:
    """Somebody enters a PIN, or thinks better of it; as a mishap the answer to the beginning is lost."""
    entry, stays = wanted(), random.random() < 0.8
    if mishap:
        bench.spoil("lost")
    begun = pad.begin(entry, after(bench.clock, _PATIENCE), Cancel())
    assert isinstance(begun, PadFailed) == mishap
    bench.press(bench.pin if stays else f"{bench.pin[:2]}R")
    ended = pad.query(entry.number, after(bench.clock, _PATIENCE), Cancel())
    assert isinstance(ended, PinGiven if stays else NoPin), ended


def _query(pad: PinPad, deadline: Monotonic, cancel: Cancel) -> object:
    return pad.query("nobodys-entry", deadline, cancel)


KIND: Final = Kind(
    contract=PinPadContract,
    device="pad",
    stand=PinPadStand,
    calls={"query": _query},
    mute=lambda bench: bench.fall_silent(),
    session=_session,
)
