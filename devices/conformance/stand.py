"""What all benches of the kit have in common: a hand, a clock, and a cable."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import ClassVar

from devices.conformance.bench import Ability
from devices.sim.client import Hand
from kiosk.ports.clock import Clock


class Stand:
    """A `Bench` of the kit. `part` is the device's name in the requests that pull and plug its cable.

    `able` is what a bench of this kind may be able to do; a hand that can do less takes that away (`forgo`).
    """

    part: ClassVar[str]
    able: ClassVar[frozenset[Ability]] = frozenset()
    secrets: tuple[str, ...] = ()

    def __init__(self, hand: Hand, clock: Clock) -> None:
        self.hand, self.clock = hand, clock
        self.abilities = self.able

    def forgo(self, unable: AbstractSet[Ability]) -> None:
        self.abilities = self.abilities - unable

    def unplug(self) -> None:
        self.hand.ask(self.part, plugged=False)

    def plug(self) -> None:
        self.hand.ask(self.part, plugged=True)

    def violations(self) -> list[str]:
        """What the device was sent that no driver may send, in the simulator's words; a real device keeps no list."""
        said: list[str] = self.hand.state().get(self.part, {}).get("violations", [])
        return said
