"""What the camera's driver does before anybody looks: nothing, and without OpenCV it says what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from devices.drivers import camera
from devices.drivers.camera import FilesSettings, V4l2Settings
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.driver import DoesNotFit, Host
from kiosk.ports.health import DeviceState, Health

OPENED = """
import sys
from pathlib import Path
from devices.drivers.camera import FilesSettings, files
from kiosk.engine.clock import SystemClock
from kiosk.ports.driver import Host
import logging
opened = files.make(FilesSettings(source=Path(sys.argv[1])), Host(SystemClock(), logging.getLogger("kiosk.device")))
opened.open()
opened.rest()
print(opened.status().state, "cv2" in sys.modules, "numpy" in sys.modules)
"""


def test_opencv_is_loaded_for_the_first_picture_only(tmp_path: Path) -> None:
    """It takes its time and memory, and the home page waits for neither."""
    done = subprocess.run([sys.executable, "-c", OPENED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["unknown", "False", "False"]


def test_a_machine_without_opencv_is_told_what_to_install(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "find_spec", lambda _name: None)
    for driver, settings in (
        (camera.v4l2, V4l2Settings(device=Path("/dev/kiosk-camera"))),
        (camera.files, FilesSettings(source=Path("/nonexistent"))),
    ):
        with pytest.raises(DoesNotFit, match="extra `face`"):
            driver.make(settings, host)


def test_a_device_that_is_no_camera_is_one_that_does_not_open(host: Host, tmp_path: Path) -> None:
    device = tmp_path / "video0"
    device.write_bytes(b"no device")
    made = camera.v4l2.make(V4l2Settings(device=device), host)
    made.open()
    assert made.status() == Health(DeviceState.UNKNOWN)
    assert made.frame(host.clock.monotonic(), Cancel()) is None
    assert made.status() == Health(DeviceState.OFFLINE, (FaultCode.CAMERA_GONE,))
    made.close()
