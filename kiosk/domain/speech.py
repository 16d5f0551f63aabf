"""What is said aloud, as values: sentences by message id, amounts, numbers and texts; and how a number is spoken.

A voice says a sentence from one recording and a number from the recordings of its words, so a hospital can replace
either. Amounts, numbers and texts of a visit are private: they go to a headset, or into the room when the person
asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.domain.money import Money

LEVELS: Final = (1, 2, 3, 4, 5)
USUAL_LEVEL: Final = 3


class Tone(StrEnum):
    """Sounds that are no words: the scanner's window looks for a code, has read one, could not."""

    LOOKING = "looking"
    READ = "read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the catalogue that has nothing to fill in."""

    message: str


@dataclass(frozen=True, slots=True)
class Amount:
    money: Money


@dataclass(frozen=True, slots=True)
class Count:
    """How many; 0 to 9999."""

    number: int


@dataclass(frozen=True, slots=True)
class Text:
    """Words that no recording has as a whole: said syllable by syllable, digits and letters singly.

    They are of the visit, unless they are `public`: what a province's pack says to everybody.
    """

    text: str
    public: bool = False


Part = Sentence | Amount | Count | Text | Tone


class Output(StrEnum):
    """Where to: a headset in its socket, or the loudspeaker."""

    HEADSET = "headset"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Speech:
    """One thing to say. `queued` waits for what is being said; else that is cut off."""

    lang: str
    parts: tuple[Part, ...]
    output: Output = Output.ROOM
    volume: int = USUAL_LEVEL
    rate: int = USUAL_LEVEL
    queued: bool = False


def private(part: Part) -> bool:
    """Whether bystanders should not hear it unasked."""
    return isinstance(part, Amount) or (isinstance(part, Text) and not part.public)


def amount_words(money: Money, lang: str) -> list[str]:
    """The words of an amount, each the name of a recording: `十 二 元 五 角`, or `twelve yuan fifty fen`."""
    yuan, fen = divmod(money.fen, 100)
    if lang == "zh":
        return _yuan_in_chinese(yuan, fen)
    words = [*number_words(yuan, lang), "yuan"]
    return [*words, *number_words(fen, lang), "fen"] if fen else words


def _yuan_in_chinese(yuan: int, fen: int) -> list[str]:
    jiao, rest = divmod(fen, 10)
    words = [*number_words(yuan, "zh"), "元"] if yuan or not fen else []
    if jiao:
        words += [*number_words(jiao, "zh"), "角"]
    elif rest and yuan:
        words.append("零")
    return [*words, *number_words(rest, "zh"), "分"] if rest else words


def number_words(number: int, lang: str) -> list[str]:
    """The words of a whole number up to 10^12 - 1."""
    if not 0 <= number < 10**12:
        raise ValueError("not a number that is spoken")
    return _chinese(number) if lang == "zh" else list(_english(number))


_DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_GROUPS: Final = ("", "万", "亿")


def _chinese(number: int) -> list[str]:
    """By groups of four figures; a gap of noughts, within or between groups, is one 零."""
    if number == 0:
        return ["零"]
    words: list[str] = []
    gap = False
    for at in (2, 1, 0):
        group = number // 10000**at % 10000
        if not group:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words.append("零")
        words += _four(group)
        words += [_GROUPS[at]] if at else []
        gap = False
    return words[1:] if words[:2] == ["一", "十"] else words


def _four(group: int) -> list[str]:
    words: list[str] = []
    gap = False
    for at in (3, 2, 1, 0):
        digit = group // 10**at % 10
        if not digit:
            gap = bool(words)
            continue
        if gap:
            words.append("零")
        words += [_DIGITS[digit], _PLACES[at]] if at else [_DIGITS[digit]]
        gap = False
    return words


_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_THOUSANDS: Final = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def _english(number: int) -> Iterator[str]:
    for size, name in _THOUSANDS:
        if number >= size:
            yield from _english(number // size)
            yield name
            number %= size
            if not number:
                return
    yield from _hundreds(number)


def _hundreds(number: int) -> Iterator[str]:
    if number >= 100:
        yield from (_ONES[number // 100], "hundred")
        number %= 100
        if not number:
            return
    if number < 20:
        yield _ONES[number]
        return
    yield _TENS[number // 10 - 2]
    if number % 10:
        yield _ONES[number % 10]


WORDS: Final = {
    "zh": (*_DIGITS, *_PLACES[1:], *_GROUPS[1:], "元", "角", "分"),
    "en": (*_ONES, *_TENS, "hundred", *(name for _, name in _THOUSANDS), "yuan", "fen"),
}
"""Every word of a number or amount: one recording each."""
