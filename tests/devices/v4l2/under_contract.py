"""Our V4L2 driver under its contract; run by test_v4l2.py in a process that has device.c before libc."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.conformance.camera import CameraBench, CameraContract
from devices.drivers import camera as cameras
from devices.drivers.camera import V4l2Settings
from kiosk.engine.clock import SystemClock
from kiosk.ports.camera import Camera
from kiosk.ports.driver import Host
from tests.devices.v4l2.device import FakeV4l2

DEVICE = Path(os.environ["KIOSK_TEST_VIDEO"])


class TestV4l2(CameraContract):
    @pytest.fixture
    def host(self) -> Host:
        return Host(SystemClock(), logging.getLogger("kiosk.device"))

    @pytest.fixture
    def bench(self, host: Host) -> Iterator[CameraBench]:
        bench = FakeV4l2(DEVICE, host.clock)
        yield bench
        bench.unplug()

    @pytest.fixture
    def camera(self, bench: CameraBench, host: Host) -> Iterator[Camera]:
        camera = cameras.v4l2.make(V4l2Settings(device=DEVICE, silent_seconds=0.6, lasting_seconds=0.3), host)
        yield camera
        camera.close()

    def test_pictures_have_the_size_that_the_camera_gives(self, bench: CameraBench, camera: Camera) -> None:
        """It was asked for 1280 by 720."""
        camera.open()
        frame = self.seen(bench, camera)
        assert (frame.width, frame.height) == (640, 480)
