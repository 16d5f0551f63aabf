from collections.abc import Iterator

import pytest

from tests.support.backend import Backend, running_backend
from tests.support.tls import Authority


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One for all tests of a module: each has a bill of its own. At the end the books must agree."""
    with running_backend(tmp_path_factory.mktemp("backend")) as backend:
        yield backend
        assert backend.audit()["violations"] == []


@pytest.fixture
def backend(running: Backend) -> Iterator[Backend]:
    yield running
    running.misbehave("")


@pytest.fixture(scope="module")
def remembered() -> list[str]:
    """The numbers of every message ever made for the module's backend."""
    return []


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that nobody here trusts."""
    return Authority(tmp_path_factory.mktemp("strange"), "strange")
