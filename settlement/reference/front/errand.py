"""What every handler of the front is given, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from settlement.reference.clock import WallClock
from settlement.reference.front.operator import Operator
from settlement.reference.ledger.store import Ledger


class Declined(Exception):
    """`refused` of a reply: a sentence that a patient may read, and the contract's code where there is one."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code

    @property
    def told(self) -> dict[str, Any]:
        return {"code": self.code, "text": self.sentence}

    @classmethod
    def again(cls, told: dict[str, Any]) -> Declined:
        return cls(told["text"], told["code"])


class Unfinished(Exception):
    """Nobody knows yet, so neither yes nor no may be said: HTTP 503."""


@dataclass(frozen=True, slots=True)
class House:
    """The HIS behind the front. Its own book and its talks with the platform are transactions apart, as everywhere."""

    ledger: Ledger
    operator: Operator
    clock: WallClock
