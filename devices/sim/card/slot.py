"""The slot of a simulated reader: which card lies in it, how fast it answers, and when it is pulled out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices.sim.card.card import VirtualCard
from devices.sim.loop import Loop


@dataclass(frozen=True, slots=True)
class Presented:
    """A card and how it is held: `yank_at` n pulls it out instead of answering the n-th APDU, `silent_at` n lets it
    fall silent there.
    """

    card: VirtualCard
    delay_ms: int = 0
    yank_at: int | None = None
    silent_at: int | None = None


class ReaderWire(Protocol):
    """A reader's connection to its host, which wants to know of every change."""

    def card_inserted(self, atr: bytes) -> None: ...

    def card_removed(self) -> None: ...


class Slot:
    """One slot; `changed` is told what happens to the card without anybody having asked for it."""

    def __init__(self, loop: Loop, changed: Callable[[str], None]) -> None:
        self._loop = loop
        self._changed = changed
        self._presented: Presented | None = None
        self.wire: ReaderWire | None = None
        self.apdus = 0

    @property
    def occupied(self) -> bool:
        return self._presented is not None

    @property
    def pins_shown(self) -> int:
        """How often the card was shown a password."""
        return 0 if self._presented is None else self._presented.card.pins_shown

    @property
    def atr(self) -> bytes | None:
        """None without a card, empty for a mute one."""
        return None if self._presented is None else self._presented.card.atr

    def insert(self, presented: Presented) -> None:
        self._presented, self.apdus = presented, 0
        presented.card.reset()
        if self.wire is not None:
            self.wire.card_inserted(presented.card.atr)

    def yank_at(self, apdu: int) -> None:
        """Pull the card that lies there at its `apdu`-th APDU, counted from its insertion."""
        if self._presented is not None:
            held = self._presented
            self._presented = Presented(held.card, held.delay_ms, apdu, held.silent_at)

    def remove(self) -> None:
        if self._presented is None:
            return
        self._presented = None
        if self.wire is not None:
            self.wire.card_removed()

    def clear(self) -> None:
        """Nothing lies there, and nothing was ever asked of it."""
        self.remove()
        self.apdus = 0

    def reset(self) -> bytes | None:
        """Power the card up again; its ATR, None without a card."""
        if self._presented is not None:
            self._presented.card.reset()
        return self.atr

    def transmit(self, apdu: bytes, answer: Callable[[bytes], None]) -> None:
        """Give `answer` the R-APDU when the card has it, unless the card is gone by then."""
        held = self._presented
        if held is None:
            return
        self.apdus += 1
        if self.apdus == held.yank_at:
            self.remove()
            self._changed("card_yanked")
        elif held.silent_at is None or self.apdus < held.silent_at:
            response = held.card.answer(apdu)
            if held.delay_ms:
                self._loop.after(held.delay_ms / 1000, lambda: self._late(held.card, response, answer))
            else:
                answer(response)

    def _late(self, card: VirtualCard, response: bytes, answer: Callable[[bytes], None]) -> None:
        if self._presented is not None and self._presented.card is card:
            answer(response)
