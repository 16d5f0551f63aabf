import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.sim.client import Simulator
from kiosk.engine.clock import SystemClock
from kiosk.ports.driver import Host
from tests.devices.support.card_library import build_library
from tests.devices.support.cups import Cups, missing, running_cups
from tests.devices.support.pcsc import PORT, PcscService, pcsc_service
from tests.devices.support.simulator import Running, running


@pytest.fixture(scope="session")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One simulator for all tests of a process; `simulator` gives it as new."""
    with running(tmp_path_factory.mktemp("sim")) as started:
        yield started


@pytest.fixture
def simulator(sim: Running) -> Iterator[Simulator]:
    with sim.connect() as simulator:
        simulator.reset()
        yield simulator
        state = simulator.state()
        assert state["printer"]["violations"] == state["id_reader"]["violations"] == []


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PcscService]:
    """pcscd in a network namespace of its own, for tests marked `pcsc`."""
    with pcsc_service(tmp_path_factory.mktemp("pcscd")) as service:
        yield service


@pytest.fixture(scope="session")
def pcsc_sim(service: PcscService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A simulator beside the service, inside its namespace."""
    vpcd = f"127.0.0.1:{PORT}"
    with running(tmp_path_factory.mktemp("pcsc-sim"), "--vpcd", vpcd, prefix=service.inside) as started:
        yield started


@pytest.fixture
def pcsc_simulator(pcsc_sim: Running) -> Iterator[Simulator]:
    with pcsc_sim.connect() as simulator:
        simulator.reset()
        yield simulator
        simulator.reset()


@pytest.fixture(scope="session")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cups]:
    """A cupsd for all tests of this process that print pages."""
    why_not = missing()
    if why_not:
        pytest.skip(why_not)
    with running_cups(tmp_path_factory.mktemp("cups")) as service:
        yield service


@pytest.fixture
def host() -> Host:
    return Host(SystemClock(), logging.getLogger("kiosk.device"))


@pytest.fixture(scope="session")
def people() -> Path:
    return Path(__file__).parents[2] / "config" / "people"


@pytest.fixture
def kit_soak(kit_soak: int, long_run: bool) -> int:
    """Visits of the kit's soak for each device of bench.toml."""
    return 1_000 if long_run else kit_soak


@pytest.fixture(scope="session")
def built_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vendor's library as the machine's C compiler makes it."""
    return build_library(tmp_path_factory.mktemp("library"))


@pytest.fixture
def fake_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where that library looks for what it shall do."""
    monkeypatch.setenv("FAKE_CARD", str(tmp_path))
    (tmp_path / "calls").touch()
    return tmp_path
