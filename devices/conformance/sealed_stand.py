"""What benches of closed devices have in common: a cable whose every byte is seen, and answers that go wrong on it."""

from __future__ import annotations

from devices.conformance.bench import Ability
from devices.conformance.stand import Stand


class SealedStand(Stand):
    """A `Stand` of a device that keeps something to itself, and may be told to say it, which no real one does."""

    able = frozenset({Ability.UNPLUG, Ability.SPOILT_ANSWERS, Ability.SILENCE, Ability.LEAK, Ability.WIRE_SEEN})

    def spoil(self, how: str) -> None:
        self.hand.ask(self.part, spoil=how)

    def fall_silent(self) -> None:
        self.hand.ask(self.part, silent=True)

    def speak_again(self) -> None:
        self.hand.ask(self.part, silent=False)

    def traffic(self) -> bytes:
        return bytes.fromhex(self.hand.state()[self.part]["traffic_hex"])
