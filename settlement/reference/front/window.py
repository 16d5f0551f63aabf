"""The front's HTTP face: reads a request, runs its handler, repeats the key in the reply."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import TypeVar

from settlement.reference.answer import Answer
from settlement.reference.clock import stamp
from settlement.reference.front import quoting, settling
from settlement.reference.front.cases import Told
from settlement.reference.front.errand import Declined, House, Unfinished
from settlement.reference.ledger.store import Unstorable
from settlement.wire import codec, his
from settlement.wire.codec import BrokenMessage

AskedT = TypeVar("AskedT", bound=his.Said)
_Serve = Callable[[House, bytes], tuple[str, Told]]


@dataclass(frozen=True, slots=True)
class Window:
    """One message after the other: a reversal never meets a settle half-way, which a repeat would have to wait for."""

    house: House
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send; `path` is one of `PATHS`."""
        try:
            with self._turn:
                key, told = _DOORS[path](self.house, body)
        except BrokenMessage as broken:
            return Answer(codec.encode({"refused": {"text": str(broken)}}), HTTPStatus.BAD_REQUEST)
        except Unstorable:
            return Answer(codec.encode({"refused": {"text": "wrong shape"}}), HTTPStatus.BAD_REQUEST)
        except Unfinished:
            return Answer(b"{}", HTTPStatus.SERVICE_UNAVAILABLE)
        reply = {"key": key, "answered_at": stamp(self.house.clock.now()), **told}
        return Answer(codec.encode(reply, "string"))


def _door(name: str, model: type[AskedT], handler: Callable[[House, AskedT, str], Told]) -> tuple[str, _Serve]:
    def serve(house: House, body: bytes) -> tuple[str, Told]:
        asked = codec.read(model, codec.decode(body))
        try:
            return asked.key, {"answer": handler(house, asked, hashlib.sha256(body).hexdigest())}
        except Declined as declined:
            return asked.key, {"refused": declined.told}

    return his.PATHS[name], serve


_DOORS: Mapping[str, _Serve] = MappingProxyType(
    dict(
        (
            _door(his.READY, his.AskReady, quoting.ready),
            _door(his.PERSON, his.AskPerson, quoting.person),
            _door(his.QUOTE, his.AskQuote, quoting.quote),
            _door(his.SETTLE, his.AskSettle, settling.settle),
            _door(his.REVERSE, his.AskReverse, settling.reverse),
            _door(his.QUERY, his.AskQuery, settling.query),
            _door(his.CANCEL, his.AskCancel, settling.cancel),
            _door(his.SHEET, his.AskSheet, settling.sheet),
        )
    )
)
PATHS = tuple(_DOORS)
