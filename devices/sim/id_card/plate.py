"""The plate of an ID card reader: which cards lie on it, and how far the reader has got with them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from devices.sim.id_card.contents import IdFlaw


class Moment(StrEnum):
    """When a hasty hand takes the card away."""

    FIND = "find"
    SELECT = "select"
    READ = "read"


@dataclass(slots=True, eq=False)
class LaidCard:
    """A card as it lies there. `lift_at` takes it away in the middle of that step."""

    text: bytes
    portrait: bytes
    flaw: IdFlaw | None = None
    lift_at: Moment | None = None
    found: bool = False
    selected: bool = False
    read: bool = False


class Plate:
    """Cards obey the field of the reader: two at once answer over each other and none is found, and one that was read
    stays mute until it is lifted, unless the reader powers it up anew each time (`finds_again`).
    """

    def __init__(self) -> None:
        self.cards: list[LaidCard] = []
        self.finds_again = False

    def lay(self, card: LaidCard) -> None:
        self.cards.append(card)
        for each in self.cards:
            each.found = each.selected = False

    def lift(self) -> None:
        """Take away all that lies there."""
        self.cards.clear()

    @property
    def only(self) -> LaidCard | None:
        return self.cards[0] if len(self.cards) == 1 else None

    def find(self) -> bool:
        card = self._touched(Moment.FIND)
        if card is None or (card.read and not self.finds_again):
            return False
        card.found, card.selected = True, False
        return True

    def select(self) -> bool:
        card = self._touched(Moment.SELECT)
        if card is None or not card.found:
            return False
        card.selected = True
        return True

    def begin_reading(self) -> LaidCard | None:
        """The card that is being read from now on; a hasty hand takes it after this."""
        card = self.only
        return card if card is not None and card.selected else None

    def end_reading(self, card: LaidCard) -> bool:
        """Whether it lay there all the while."""
        if self._touched(Moment.READ) is not card:
            return False
        card.found = card.selected = False
        card.read = True
        return True

    def _touched(self, moment: Moment) -> LaidCard | None:
        card = self.only
        if card is not None and card.lift_at is moment:
            self.lift()
            return None
        return card
