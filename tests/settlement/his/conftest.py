import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from settlement.access import Access
from settlement.his.driver import HisSettings, make
from settlement.his.front import InsuranceFront
from settlement.wire import his
from tests.support.faces import ScriptedFace, echo
from tests.support.far_end import FarEnd
from tests.support.parties import Ear, HandClock, party_host


@dataclass
class Till:
    """Our end and the far end of one conversation."""

    port: InsuranceFront
    face: ScriptedFace
    clock: HandClock
    ear: Ear

    @property
    def heard(self) -> dict[str, Any]:
        """The last message."""
        return self.face.heard[-1][1]


OpenTill = Callable[..., Till]


def answers(**answer: Any) -> dict[str, Any]:
    return {"key": echo("key"), "answered_at": "2026-11-22 09:30:00", "answer": answer}


def refuses(code: str = "", text: str = "不行") -> dict[str, Any]:
    return {"key": echo("key"), "refused": {"code": code, "text": text}}


@pytest.fixture
def open_till(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[OpenTill]:
    """`open_till({his.SETTLE: reply})`; further arguments are settings."""
    far_ends: list[FarEnd] = []

    def till(replies: dict[str, Any], **settings: Any) -> Till:
        face = ScriptedFace({his.PATHS[name]: reply for name, reply in replies.items()})
        far_ends.append(FarEnd(server_context, face).__enter__())
        clock, ear = HandClock(), Ear()
        access = access_to(far_ends[-1].url).model_dump()
        port = make(HisSettings(**access | settings), party_host(clock, ear))
        assert isinstance(port, InsuranceFront)
        return Till(port, face, clock, ear)

    yield till
    for far in far_ends:
        far.stop()
