"""Journeys run the whole kiosk: real processes, simulators on their real wires, the reference backend over TLS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.forking import Forge
from tests.support.house import ADAPTERS, House, house, impatient_environment


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    made = Forge(impatient_environment())
    yield made
    made.close()


@pytest.fixture(scope="module", params=ADAPTERS)
def adapter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def home(adapter: str, forge: Forge, module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp(adapter), forge, config=ADAPTERS[adapter], database=module_database) as made:
        yield made


@pytest.hookimpl(tryfirst=True)  # before the long ones are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each adapter and each database once; crossing them is for the long run."""
    for item in items:
        values = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if (values.get("adapter"), values.get("kind")) in {("direct", "postgresql"), ("his", "sqlite")}:
            item.add_marker(pytest.mark.long)
