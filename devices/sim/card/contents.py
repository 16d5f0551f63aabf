"""What is written on a simulated card, generation by generation, and how it can be written wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from devices.sim.card.people import Holder


class Generation(StrEnum):
    """1 knows no name extension; 3 keeps its holder back until a terminal with keys asks."""

    GEN1 = "gen1"
    GEN2 = "gen2"
    GEN3 = "gen3"


class Flaw(StrEnum):
    """One thing wrong with a card."""

    MUTE = "mute"
    FOREIGN = "foreign"
    GARBAGE = "garbage"
    SHORT_ANSWER = "short_answer"
    WRONG_LENGTH = "wrong_length"
    BAD_NAME = "bad_name"
    BLANK_NAME = "blank_name"
    BAD_DATE = "bad_date"
    BAD_CARD_NUMBER = "bad_card_number"
    BAD_RESIDENT_ID = "bad_resident_id"
    EXPIRED = "expired"
    COUNTERFEIT = "counterfeit"


VERSIONS: Final = {Generation.GEN1: "1.00", Generation.GEN2: "2.00", Generation.GEN3: "3.00"}
WITHHELD: Final = frozenset({0x07, 0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0C, 0x0D})

ISSUER: Final = 0xEF05
HOLDER: Final = 0xEF06


@dataclass(frozen=True, slots=True)
class Contents:
    """Files, each with its records in the order in which the card stores them."""

    files: dict[int, tuple[tuple[int, bytes], ...]]
    atr: bytes
    withheld: frozenset[int]
    pin: bytes


def generation_of(holder: Holder) -> Generation:
    """What the person's own card is."""
    return Generation(f"gen{holder.card.spec_version[0]}")


def personalise(
    holder: Holder, generation: Generation, *, flaw: Flaw | None, padding: int, contactless: bool
) -> Contents:
    """Write a card for `holder`; `padding` is the byte that fills up names."""
    issuer = _issuer_file(holder, generation)
    person = _holder_file(holder, generation, padding)
    if flaw is not None:
        _spoil(issuer, person, flaw)
    history = bytes.fromhex(holder.card.atr_history)
    return Contents(
        files={ISSUER: tuple(issuer.items()), HOLDER: tuple(person.items())},
        atr=_contactless_atr(history) if contactless else b"\x3b\x6d\x00\x00" + history,
        withheld=WITHHELD if generation is Generation.GEN3 else frozenset(),
        pin=bytes.fromhex(holder.card.pin),
    )


def _issuer_file(holder: Holder, generation: Generation) -> dict[int, bytes]:
    card = holder.card
    return {
        0x01: bytes.fromhex(card.serial),
        0x02: card.kind.encode(),
        0x03: VERSIONS[generation].encode(),
        0x04: bytes.fromhex(card.issuer),
        0x05: bytes.fromhex(f"{card.issued:%Y%m%d}"),
        0x06: bytes.fromhex(f"{card.expiry:%Y%m%d}"),
        0x07: card.number.encode(),
    }


def _holder_file(holder: Holder, generation: Generation, padding: int) -> dict[int, bytes]:
    """A name longer than 30 bytes goes on in 4E, which stands third; generation 1 has no 4E and cuts the name."""
    name = holder.name.encode("gb18030").ljust(50, bytes((padding,)))
    records = {0x08: holder.certno.encode(), 0x09: name[:30]}
    if generation is not Generation.GEN1:
        records[0x4E] = name[30:50]
    return records | {
        0x0A: holder.gender.encode(),
        0x0B: bytes.fromhex(holder.nation),
        0x0C: bytes.fromhex(holder.card.birthplace),
        0x0D: bytes.fromhex(holder.certno[6:14]),
    }


def _spoil(issuer: dict[int, bytes], person: dict[int, bytes], flaw: Flaw) -> None:
    match flaw:
        case Flaw.BAD_NAME:
            person[0x09] = b"\xd5\xc5\x81".ljust(30, b"\0")
        case Flaw.BLANK_NAME:
            person[0x09] = bytes(30)
        case Flaw.BAD_DATE:
            issuer[0x06] = bytes.fromhex("20351345")
        case Flaw.EXPIRED:
            issuer[0x06] = bytes.fromhex("20091231")
        case Flaw.BAD_CARD_NUMBER:
            issuer[0x07] = issuer[0x07][:8] + (b"1" if issuer[0x07][8:] == b"0" else b"0")
        case Flaw.BAD_RESIDENT_ID:
            person[0x08] = person[0x08][:17] + (b"1" if person[0x08][17:] == b"0" else b"0")
        case Flaw.MUTE | Flaw.FOREIGN | Flaw.GARBAGE | Flaw.SHORT_ANSWER | Flaw.WRONG_LENGTH | Flaw.COUNTERFEIT:
            pass  # not in what is written: the card itself misbehaves


def _contactless_atr(history: bytes) -> bytes:
    """What PC/SC makes up for a contactless card: 3B 8n 80 01, the historical bytes, and their check byte."""
    body = bytes((0x80 | len(history), 0x80, 0x01)) + history
    check = 0
    for byte in body:
        check ^= byte
    return b"\x3b" + body + bytes((check,))
