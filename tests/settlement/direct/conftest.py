import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from kiosk.domain.policy import SettlementProfile
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access
from settlement.direct.driver import DirectSettings, make
from tests.settlement.direct.scripted import ScriptedPlatform
from tests.support.far_end import Action, FarEnd
from tests.support.parties import PROFILE, Ear, HandClock, party_host


@dataclass
class Till:
    """Our end and the far end of one conversation."""

    port: SettlementPort
    platform: Any
    far: FarEnd
    clock: HandClock
    ear: Ear


OpenTill = Callable[..., Till]


@pytest.fixture
def open_till(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[OpenTill]:
    """`open_till(replies, profile=…)`; further arguments replace parts of the host.

    Instead of replies a whole platform may be given; `settings` are added to those of the adapter.
    """
    far_ends: list[FarEnd] = []

    def till(
        replies: dict[str, Any] | Action,
        profile: SettlementProfile = PROFILE,
        clock: HandClock | None = None,
        settings: dict[str, Any] | None = None,
        **host: Any,
    ) -> Till:
        platform = ScriptedPlatform(replies) if isinstance(replies, dict) else replies
        far = FarEnd(server_context, platform).__enter__()
        far_ends.append(far)
        clock, ear = clock or HandClock(), Ear()
        given: dict[str, Any] = {"ip": "10.0.0.7", "mac": "02:00:00:00:00:07"} | (settings or {})
        adapter = DirectSettings(**access_to(far.url).model_dump(), **given)
        return Till(make(adapter, party_host(clock, ear, profile, **host)), platform, far, clock, ear)

    yield till
    for far in far_ends:
        far.stop()


@pytest.fixture
def impatient() -> SettlementProfile:
    """Gives up on a reply after 0.2 s."""
    return replace(PROFILE, limits=replace(PROFILE.limits, reply={"2207A": 0.2}))
