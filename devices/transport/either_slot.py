"""Two slots as one: a reader with contacts and one without, as most dual readers show themselves to PC/SC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from devices.transport.card_slot import NO_READER, CardSlot, Occupancy, PoweredCard, SlotState
from devices.transport.errors import DeviceGoneError
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic

_SLICE_SECONDS: Final = 0.1


class EitherSlot:
    """A `CardSlot`. The card that came first holds until it is gone; one that comes to the other slot meanwhile is met
    afterwards, as another card. Of two that lie there at the start the first slot's is taken (接触优先).
    """

    def __init__(self, first: CardSlot, second: CardSlot, clock: Clock) -> None:
        self._slots = (first, second)
        self._clock = clock
        self._holding: int | None = None

    def open(self) -> None:
        for slot in self._slots:
            slot.open()

    def close(self) -> None:
        self._holding = None
        for slot in self._slots:
            slot.close()

    def look(self) -> SlotState:
        states = [slot.look() for slot in self._slots]
        occupied = [place for place, state in enumerate(states) if state.occupancy is Occupancy.OCCUPIED]
        if self._holding not in occupied:
            self._holding = occupied[0] if occupied else None
        if self._holding is not None:
            held = states[self._holding]
            return SlotState(held.occupancy, held.turn * len(self._slots) + self._holding)
        gone = all(state.occupancy is Occupancy.NO_READER for state in states)
        return NO_READER if gone else SlotState(Occupancy.EMPTY)

    def wait(self, seen: SlotState, deadline: Monotonic, cancel: Cancel) -> SlotState:
        """Looks from one to the other: neither service wakes for both."""
        place = 0
        while (state := self.look()) == seen and not cancel.cancelled and self._clock.monotonic() < deadline:
            slot, place = self._slots[place], (place + 1) % len(self._slots)
            soon = Monotonic(min(deadline, self._clock.monotonic() + _SLICE_SECONDS))
            slot.wait(slot.look(), soon, cancel)
        return state

    @contextmanager
    def connect(self, deadline: Monotonic, cancel: Cancel) -> Iterator[PoweredCard]:
        """The card that holds; where none does, whatever the first reader that is there says to that."""
        self.look()
        there = [slot for slot in self._slots if slot.look().occupancy is not Occupancy.NO_READER]
        if not there:
            raise DeviceGoneError("no reader")
        slot = there[0] if self._holding is None else self._slots[self._holding]
        with slot.connect(deadline, cancel) as card:
            yield card
