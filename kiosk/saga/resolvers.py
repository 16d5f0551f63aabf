"""What to do about a call whose answer was lost: every call that changes something, and the one way out of each.

`acts` and `answers` follow this table step by step; the tests hold the saga against it. Undoing is asked for until it
is acknowledged; looking up tells what became of the call, which is then repeated or left; repeating is safe because
the far party knows the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Means(StrEnum):
    """How the way out works."""

    UNDO = "undo"
    LOOK_UP = "look up"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Resolver:
    """`by` is the transaction or call that resolves; `why` is what would go wrong with the obvious one."""

    means: Means
    by: str
    why: str


RESOLVERS: Mapping[str, Resolver] = MappingProxyType(
    {
        "hospital.hold": Resolver(Means.UNDO, "hospital.release", "a hold that arrives after its release fails"),
        "2201": Resolver(Means.UNDO, "2202", "2601 does not take it; without mdtrt_id the visit number tells which"),
        "2204": Resolver(Means.UNDO, "2205", "2601 does not take it; chrg_bchno 0000 means all lines not settled"),
        "2207": Resolver(Means.UNDO, "2601", "5203 wants the setl_id that was lost, and a second 2207 settles twice"),
        "2208": Resolver(Means.LOOK_UP, "5203", "2601 of a cancel puts the settlement back while the money goes home"),
        "2304": Resolver(Means.UNDO, "2601", "as 2207; the deposits stay where they are"),
        "2305": Resolver(Means.LOOK_UP, "5203", "as 2208"),
        "2401": Resolver(Means.UNDO, "2601", "a second admission is a second stay"),
        "2402": Resolver(Means.UNDO, "2405", "2601 does not take it"),
        "6201": Resolver(Means.REPEAT, "6201", "6401 wants the payOrdId that was lost; medOrgOrd says which order"),
        "6202": Resolver(Means.LOOK_UP, "6301", "a second order would settle twice, and 2601 does not take it"),
        "6203": Resolver(Means.REPEAT, "6203", "appRefdSn makes a repeat the same refund"),
        "6401": Resolver(Means.REPEAT, "6401", "what is withdrawn already stays withdrawn"),
        "pay.collect": Resolver(Means.LOOK_UP, "pay.query", "only an acknowledged close proves that nothing was paid"),
        "pay.close": Resolver(Means.REPEAT, "pay.close", "the answer may be that it was paid after all"),
        "pay.refund": Resolver(Means.REPEAT, "pay.refund", "its own key makes a repeat the same refund"),
        "hospital.book": Resolver(Means.REPEAT, "hospital.book", "the key makes a repeat the same booking"),
        "hospital.deposit": Resolver(
            Means.REPEAT, "hospital.deposit", "a refund instead would take back a booked deposit"
        ),
        "insurer.settle": Resolver(
            Means.REPEAT, "insurer.settle", "silence is no refusal: the patient would owe what the insurer pays"
        ),
        "hospital.hand_over": Resolver(
            Means.REPEAT, "hospital.hand_over", "released instead, it might be paid here and on the phone"
        ),
        "hospital.claimed": Resolver(Means.REPEAT, "hospital.claimed", "what it asks for depends on it"),
        "hospital.refunded": Resolver(
            Means.REPEAT, "hospital.refunded", "the old bill would look paid and its rest owed twice"
        ),
        "hospital.returns": Resolver(Means.REPEAT, "hospital.returns", "the window pays out only what it was told to"),
    }
)
"""By transaction number without its A, or by the call's name."""


def resolver_of(call: str) -> Resolver | None:
    """None for a call that changes nothing: it is simply asked again."""
    return RESOLVERS.get(call.removesuffix("A"))
