"""The reference office over TLS, for all files that stand before it: one ledger a file, one far end a line."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

import pytest

from kiosk.installed import config_dir
from kiosk.ports.filing import FilingPort
from settlement.access import Access
from settlement.office import make
from settlement.reference.counter import Counter
from settlement.reference.ledger.store import Ledger, sqlite_url
from settlement.reference.office import counter
from settlement.reference.people import read_world
from settlement.reference.seed import seed
from tests.settlement.office.lines import NOW, Line, Open, Standing26
from tests.support.far_end import FarEnd
from tests.support.parties import Ear, HandClock, party_host


@pytest.fixture(scope="module")
def world_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    ledger = Ledger(sqlite_url(tmp_path_factory.mktemp("office") / "ledger.db"))
    seed(ledger, read_world(config_dir() / "people"), NOW)
    yield ledger
    ledger.close()


@pytest.fixture
def desk(world_ledger: Ledger) -> Counter:
    return Counter(world_ledger, read_world(config_dir() / "people"), Standing26(), counter.DOORS)


@pytest.fixture
def line(desk: Counter, server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Open]:
    far_ends: list[FarEnd] = []

    def opened() -> tuple[FilingPort, Line]:
        made = Line(desk)
        far_ends.append(FarEnd(server_context, made).__enter__())
        return make(access_to(far_ends[-1].url), party_host(HandClock(), Ear())), made

    yield opened
    for far in far_ends:
        far.stop()
