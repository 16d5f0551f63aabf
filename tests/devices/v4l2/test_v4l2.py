"""The V4L2 driver speaks to a camera that is a library before libc: the kernel's calls, and no camera."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devices.wire.v4l2 import Ioctl
from tests.devices.v4l2 import device

ROOT = Path(__file__).resolve().parents[3]
UNDER_CONTRACT = Path(__file__).with_name("under_contract.py")
NAMES = {name: f"VIDIOC_{name}" for name in Ioctl.__members__}

pytestmark = pytest.mark.skipif(
    shutil.which("cc") is None or not Path("/usr/include/linux/videodev2.h").exists(),
    reason="no C compiler with the kernel's headers on this machine",
)


def test_requests_are_those_of_the_header(tmp_path: Path) -> None:
    source, program = tmp_path / "ask.c", tmp_path / "ask"
    lines = "".join(f'printf("{name} %lu\\n", (unsigned long){symbol});' for name, symbol in NAMES.items())
    source.write_text(f"#include <linux/videodev2.h>\n#include <stdio.h>\nint main(void) {{ {lines} return 0; }}\n")
    subprocess.run(["cc", "-o", str(program), str(source)], check=True)
    said = subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout
    assert {name: int(value) for name, value in map(str.split, said.splitlines())} == dict(Ioctl.__members__)


def test_the_driver_keeps_its_contract(tmp_path: Path) -> None:
    """In a process that loads no more than it needs: no plugins, no settings, no fixtures of other tests."""
    environment = os.environ | {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": str(ROOT),
        "LD_PRELOAD": str(device.built(tmp_path)),
        "KIOSK_TEST_VIDEO": str(tmp_path / "video0"),
    }
    alone = ["-q", "-c", "/dev/null", "--noconftest", "--import-mode=importlib", "-p", "no:cacheprovider"]
    command = [sys.executable, "-W", "error", "-m", "pytest", *alone, f"--rootdir={ROOT}", str(UNDER_CONTRACT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
    assert "skipped" not in done.stdout
