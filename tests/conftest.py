"""What holds for every test: no screen, no network beyond this machine, no warning of Qt, Python or a log unnoticed.

`pyproject.toml` turns the warnings of Python and Qt into failures; `tests.support.logs` does it for records in a log.
"""

import gc
import os
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pydantic.fields  # noqa: F401 - before pytest-qt loads PySide6, whose import hook trips over pydantic's lazy imports
import pytest

from tests.support.postgres import Databases, binaries, running_postgres

# Read by Qt when the first window is made, and by its children.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
# Neither Beijing nor UTC, so that a time taken from the machine's zone shows. This form needs no zone data.
os.environ["TZ"] = "XXX-3:30"
time.tzset()

pytest_plugins = ["pytester", "tests.support.logs", "tests.support.proofs"]

# Examples may take as long as the machine needs: a deadline would fail on a busy one. `make test` draws the same
# examples each time, so that it fails on a change and never on a throw of the dice. The long run throws them, and
# twenty times as often.
hypothesis.settings.register_profile("default", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.register_profile("long", deadline=None, print_blob=True, max_examples=2_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="all proofs at their stated size (make test-long)")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("long" if config.getoption("--long") else "default")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Ten thousand tests are made here and stay to the end: neither now nor later are they looked through for garbage.
    A test that asks for a collection would wait a second for each.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _deselect_long(config, items)
    for item in items:
        if item.get_closest_marker("pcsc"):
            item.add_marker(pytest.mark.xdist_group("pcsc"))


def _deselect_long(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    dropped = [item for item in items if item.get_closest_marker("long")]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session")
def long_run(pytestconfig: pytest.Config) -> bool:
    """True under `make test-long`: a proof whose size is a number picks the stated one, else a small sample."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """PostgreSQL for whoever asks: one server for all tests of this process."""
    if binaries() is None:
        pytest.skip("no PostgreSQL server on this machine: packaging/debian-packages.txt names it")
    with running_postgres() as server:
        yield Databases(server)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Both databases that the reference backend knows: whoever asks runs on each."""
    return str(request.param)


@pytest.fixture(scope="module")
def module_database(kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A new and empty ledger for all tests of a module."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}"
    databases: Databases = request.getfixturevalue("databases")
    return databases.fresh()


@pytest.fixture(scope="session", autouse=True)
def _runtime_dir() -> Iterator[None]:
    """Qt warns where a login session has made no runtime directory, as in a container."""
    with tempfile.TemporaryDirectory() as path, pytest.MonkeyPatch.context() as patch:
        Path(path).chmod(0o700)
        patch.setenv("XDG_RUNTIME_DIR", path)
        yield
