import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.sim.client import Simulator
from kiosk.engine.clock import SystemClock
from kiosk.ports.driver import Host
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
        assert simulator.state()["printer"]["violations"] == []


@pytest.fixture
def host() -> Host:
    return Host(SystemClock(), logging.getLogger("kiosk.device"))


@pytest.fixture(scope="session")
def people() -> Path:
    return Path(__file__).parents[2] / "config" / "people"
