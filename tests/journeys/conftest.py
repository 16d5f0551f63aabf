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


@pytest.hookimpl(tryfirst=True)  # before the long ones are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each adapter and each database once; crossing them is for the long run."""
    for item in items:
        values = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if (values.get("adapter"), values.get("kind")) in {("direct", "postgresql"), ("his", "sqlite")}:
            item.add_marker(pytest.mark.long)
