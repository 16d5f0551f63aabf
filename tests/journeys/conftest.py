"""Journeys run the whole kiosk: real processes, simulators on their real wires, the reference backend over TLS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.forking import Forge
from tests.support.house import impatient_environment


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    made = Forge(impatient_environment())
    yield made
    made.close()
