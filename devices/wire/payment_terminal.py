"""What the kiosk and a card terminal say to one another: an order and a sum one way, an outcome the other.

    C order fen          collect        → P order step | D … | N …
    Q order              query          → P order step | D order fen channel trade_no tail | N order why text
    A order              abort          → N order closed | P … | D …
    R order refund fen   refund         → F refund | W refund | X refund why
    S                    status         → S ready|busy|broken

No field has room for a card number: `trade_no` has at most twelve characters, `tail` has four, a text has no run of
digits longer than eight. What does not fit these forms is not read at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.domain.money import Money
from kiosk.ports.payment_terminal import InProgress, PaidByCard, TerminalStep

_ORDER: Final = re.compile(r"[0-9a-z]{20,32}")
_FEN: Final = re.compile(r"[1-9][0-9]{0,11}")
_CHANNEL: Final = re.compile(r"[a-z]{1,16}")
_TRADE: Final = re.compile(r"[0-9A-Z]{1,12}")
_TAIL: Final = re.compile(r"([0-9]{4})?")
_TEXT_LONGEST: Final = 60
_LEAK: Final = re.compile(r"\d(?:[ -]?\d){8,}")


class Why(StrEnum):
    """Why an order is not paid, or a refund not made."""

    DECLINED = "declined"
    CANCELLED = "cancelled"
    TIME_OUT = "timeout"
    CLOSED = "closed"
    BUSY = "busy"
    NOT_PAID = "notpaid"
    TOO_MUCH = "toomuch"


@dataclass(frozen=True, slots=True)
class NotPaid:
    """`text` is the bank's or the terminal's sentence."""

    why: Why
    text: str = ""


class RefundStand(StrEnum):
    DONE = "F"
    WAITING = "W"
    IMPOSSIBLE = "X"


class Condition(StrEnum):
    """How the terminal says it is."""

    READY = "ready"
    BUSY = "busy"
    BROKEN = "broken"


class Misfit(StrEnum):
    """Why fields are no answer. `LEAK`: among them is what may be a card number; nothing else of it is looked at."""

    SHAPE = "shape"
    ANOTHER = "another order"
    LEAK = "leak"


OrderAnswer = InProgress | PaidByCard | NotPaid | Misfit


def leaks(fields: tuple[str, ...], known: frozenset[str]) -> bool:
    """Whether a field that we did not say ourselves holds more digits in a row than any of ours may."""
    return any(_LEAK.search(field) for field in fields if field not in known and not _TRADE.fullmatch(field))


def read_order(fields: tuple[str, ...], order: str) -> OrderAnswer:
    """The answer to collect, query and abort; `fields` without the number."""
    if leaks(fields, frozenset({order})):
        return Misfit.LEAK
    match fields:
        case ("P" | "D" | "N", other, *_) if other != order:
            return Misfit.ANOTHER
        case ("P", _, step) if step in set(TerminalStep):
            return InProgress(TerminalStep(step))
        case ("D", _, fen, channel, trade, tail) if _paid_fits(fen, channel, trade, tail):
            return PaidByCard(order, Money(int(fen)), channel, trade, tail)
        case ("N", _, why, text) if why in set(Why) and len(text) <= _TEXT_LONGEST:
            return NotPaid(Why(why), text)
        case _:
            return Misfit.SHAPE


def _paid_fits(fen: str, channel: str, trade: str, tail: str) -> bool:
    forms = ((_FEN, fen), (_CHANNEL, channel), (_TRADE, trade), (_TAIL, tail))
    return all(form.fullmatch(field) for form, field in forms)


def read_refund(fields: tuple[str, ...], refund_order: str) -> RefundStand | Misfit:
    if leaks(fields, frozenset({refund_order})):
        return Misfit.LEAK
    match fields:
        case (stand, other, *_) if stand in set(RefundStand):
            return RefundStand(stand) if other == refund_order else Misfit.ANOTHER
        case _:
            return Misfit.SHAPE


def read_condition(fields: tuple[str, ...]) -> Condition | Misfit:
    match fields:
        case ("S", said) if said in set(Condition):
            return Condition(said)
        case _:
            return Misfit.LEAK if leaks(fields, frozenset()) else Misfit.SHAPE


def is_order(text: str) -> bool:
    """20 to 32 characters of digits and small letters, as the kiosk makes them."""
    return bool(_ORDER.fullmatch(text))
