"""An HTTP face: reads a request, runs its handler in one transaction, writes the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.store import Ledger, Unstorable
from settlement.reference.people import World
from settlement.wire import codec
from settlement.wire.codec import BrokenMessage, Message
from settlement.wire.questions import Question, repeated

WishT = TypeVar("WishT", bound=Message)
_KEYS = ("hold_key", "book_key", "returns_key", "deposit_key", "claim_key", "hand_key", "key")
"""What a refusal repeats of its request, so that the asker knows which of its requests it answers."""


@dataclass(frozen=True, slots=True)
class Counter:
    """The hospital's, or the insurance office's: `doors` are the paths it answers."""

    ledger: Ledger
    world: World
    clock: WallClock
    doors: Mapping[str, Door]

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send; `path` is one of `doors`."""
        return self.doors[path](self, body)

    def serve(self, body: bytes, model: type[WishT], handler: Callable[[Errand, WishT], Message]) -> Answer:
        try:
            wish = codec.read(model, codec.decode(body))
        except BrokenMessage as broken:
            return Answer(codec.encode({"refused": str(broken)}), HTTPStatus.BAD_REQUEST)
        keys = {name: getattr(wish, name) for name in _KEYS if hasattr(wish, name)}
        asked = repeated(wish) if isinstance(wish, Question) else {}
        keys |= asked
        try:
            reply = self.ledger.carry_out(lambda session: handler(Errand(session, self.clock.now(), self.world), wish))
            return Answer(codec.encode(reply.model_copy(update=asked), "string"))
        except Unstorable:
            return Answer(codec.encode(keys | {"refused": "wrong shape"}), HTTPStatus.BAD_REQUEST)
        except Declined as declined:
            return Answer(codec.encode(keys | {"refused": str(declined)}))


Door = Callable[[Counter, bytes], Answer]


def door(model: type[WishT], handler: Callable[[Errand, WishT], Message]) -> Door:
    return lambda counter, body: counter.serve(body, model, handler)
