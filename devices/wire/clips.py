"""Which recordings make a speech: a sentence is one, an amount is its words, a text its syllables.

A name is a path without its ending inside the folder of recordings: `zh/message/pay.confirm`, `zh/word/元`,
`zh/syllable/zhang1`, `en/letter/k`. Chinese text is said in Chinese whatever the language: a department has no other
name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, assert_never

from kiosk.domain.money import Money
from kiosk.domain.speech import Amount, Count, Part, Sentence, Text, Tone, amount_words, number_words

PAUSE: Final = 0.18
SHORT: Final = 0.03
Readings = Mapping[str, str]
"""A character's syllable with its tone: 张 → zhang1."""
_AMOUNT: Final = re.compile(r"[¥￥]?\s?(?<![\d,])(\d{1,3}(?:,\d{3}){0,3}\.\d{2}|\d{1,12}\.\d{2})(?!\d)\s?元?")
_LETTER: Final = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, and how long it is quiet after it."""

    name: str
    pause: float = PAUSE


@dataclass(frozen=True, slots=True)
class Beep:
    """A sound that no recording is needed for."""

    tone: Tone


Piece = Clip | Beep


def pieces(parts: tuple[Part, ...], lang: str, readings: Readings) -> Iterator[Piece]:
    """The recordings of a speech, in order."""
    for part in parts:
        match part:
            case Sentence(message):
                yield Clip(f"{lang}/message/{message}")
            case Amount(money):
                yield from _words(amount_words(money, lang), lang)
            case Count(number):
                yield from _words(number_words(number, lang), lang)
            case Text(text):
                yield from _text(text, lang, readings)
            case Tone():
                yield Beep(part)
            case _ as never:
                assert_never(never)


def _words(words: list[str], lang: str) -> Iterator[Piece]:
    for word in words[:-1]:
        yield Clip(f"{lang}/word/{word}", SHORT)
    yield Clip(f"{lang}/word/{words[-1]}")


def _text(text: str, lang: str, readings: Readings) -> Iterator[Piece]:
    """Amounts as amounts, the rest a character at a time."""
    at = 0
    for found in _AMOUNT.finditer(text):
        yield from _characters(text[at : found.start()], lang, readings)
        yield from _words(amount_words(Money.from_yuan(Decimal(found[1].replace(",", ""))), lang), lang)
        at = found.end()
    yield from _characters(text[at:], lang, readings)


def _characters(text: str, lang: str, readings: Readings) -> Iterator[Piece]:
    """Hanzi as syllables, digits and letters singly; what is neither is a pause after what came before."""
    held: Clip | None = None
    for character in unicodedata.normalize("NFKC", text).lower():
        clip = _character(character, lang, readings)
        if held is not None:
            yield Clip(held.name, SHORT if clip else PAUSE)
        held = clip
    if held is not None:
        yield Clip(held.name, PAUSE)


def _character(character: str, lang: str, readings: Readings) -> Clip | None:
    if character in readings:
        return Clip(f"zh/syllable/{readings[character]}")
    if character.isascii() and character.isdigit():
        return Clip(f"{lang}/word/{number_words(int(character), lang)[0]}")
    return Clip(f"en/letter/{character}") if _LETTER.fullmatch(character) else None
