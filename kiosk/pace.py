"""How long handing something in takes a person of 75: the kiosk's own share as it was measured, and a stated pace.

The pace is an assumption and was measured on nobody: three seconds to find a button, reach for it and press it; eight
to take a card out and put it in; 180 Chinese characters a minute for whoever reads every word of every page. It ends
with the page that says what became of it: rating it, and going, are no part of handing in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast

from kiosk.domain.pages import Words


@dataclass(slots=True)
class Effort:
    """What a person did until the outcome was shown: `letters` stood on the pages of the service, each counted once."""

    taps: int = 0
    cards: int = 0
    letters: int = 0
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    tap: float = 3.0
    card: float = 8.0
    letters_per_minute: float = 180.0

    def seconds(self, effort: Effort) -> float:
        """Whoever looks for what they want and touches it."""
        return effort.milliseconds / 1000 + effort.taps * self.tap + effort.cards * self.card

    def seconds_reading(self, effort: Effort) -> float:
        """Whoever first reads every word of every page."""
        return self.seconds(effort) + effort.letters * 60 / self.letters_per_minute


OF_75 = Pace()


def told(effort: Effort) -> dict[str, float]:
    """As `kiosk visit --json` says it."""
    return {
        "taps": effort.taps,
        "cards": effort.cards,
        "letters": effort.letters,
        "our_ms": effort.milliseconds,
        "seconds": round(OF_75.seconds(effort), 1),
        "seconds_reading_all": round(OF_75.seconds_reading(effort), 1),
    }


def letters(page: object, lang: str = "zh") -> int:
    """How many characters of words from data stand on a page; what somebody typed is not read but known."""
    return sum(len(words.of(lang)) for words in _words(page))


def _words(page: Any) -> Iterator[Words]:
    if isinstance(page, Words):
        yield page
    elif isinstance(page, tuple):
        for part in cast("tuple[object, ...]", page):
            yield from _words(part)
    elif is_dataclass(page):
        for one in fields(page):
            yield from _words(getattr(page, one.name))
