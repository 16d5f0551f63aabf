"""Our camera driver under its contract, on the simulator's files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.conformance.camera import CameraBench, CameraContract
from devices.drivers import camera as cameras
from devices.drivers.camera import FilesSettings
from devices.sim.client import Simulator
from kiosk.ports.camera import Camera
from kiosk.ports.driver import Host
from tests.devices.support.simulator import Running, SimulatedView


class TestFiles(CameraContract):
    @pytest.fixture
    def bench(self, simulator: Simulator, host: Host) -> CameraBench:
        return SimulatedView(simulator, host.clock)

    @pytest.fixture
    def camera(self, sim: Running, host: Host) -> Iterator[Camera]:
        camera = cameras.files.make(FilesSettings(source=Path(sim.ready["camera"]), lasting_seconds=0.3), host)
        yield camera
        camera.close()
