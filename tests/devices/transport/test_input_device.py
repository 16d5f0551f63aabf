"""Input devices by their maker. What the kernel grants is tried where it lets us make one (uinput)."""

import fcntl
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.transport.errors import DeviceGoneError
from devices.transport.input_device import input_device
from devices.wire.keypad import EVENT, Code
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic

UI_SET_EVBIT, UI_SET_KEYBIT, UI_DEV_CREATE, UI_DEV_DESTROY = 0x40045564, 0x40045565, 0x5501, 0x5502
CLOCK = SystemClock()


@pytest.fixture
def keyboard() -> Iterator[tuple[int, str]]:
    """A keyboard of vendor 2047, product 0801, made of the kernel's own uinput: its writing end and its device file."""
    before = set(Path("/dev/input").glob("event*"))
    try:
        fd = os.open("/dev/uinput", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        pytest.skip("no /dev/uinput here: input devices cannot be made")
    fcntl.ioctl(fd, UI_SET_EVBIT, 1)
    fcntl.ioctl(fd, UI_SET_KEYBIT, Code.DOWN)
    name = b"keypad".ljust(80, b"\0")
    os.write(fd, name + struct.pack("<HHHHI", 3, 0x2047, 0x0801, 1, 0) + bytes(4 * 64 * 4))
    fcntl.ioctl(fd, UI_DEV_CREATE)
    found: set[Path] = set()
    for _ in range(50):
        found = set(Path("/dev/input").glob("event*")) - before
        if found:
            break
        time.sleep(0.05)
    if not found:
        os.close(fd)
        pytest.skip("the kernel shows the new input device nowhere in this container")
    yield fd, str(found.pop())
    fcntl.ioctl(fd, UI_DEV_DESTROY)
    os.close(fd)


def test_a_listed_keypad_is_held_alone(keyboard: tuple[int, str]) -> None:
    fd, path = keyboard
    stream = input_device(path, ("2047:0801",), CLOCK)
    stream.open()
    with pytest.raises(DeviceGoneError):
        input_device(path, ("2047:0801",), CLOCK).open()
    os.write(fd, EVENT.pack(0, 0, 1, Code.DOWN, 1) + EVENT.pack(0, 0, 0, 0, 0))
    assert stream.receive(Monotonic(CLOCK.monotonic() + 5), Cancel())
    stream.close()


def test_a_keyboard_that_is_not_listed_is_never_opened(keyboard: tuple[int, str]) -> None:
    with pytest.raises(DeviceGoneError):
        input_device(keyboard[1], ("1234:5678",), CLOCK).open()


def test_what_is_no_input_device_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "nothing", Path("/dev/null")):
        with pytest.raises(DeviceGoneError):
            input_device(str(path), ("2047:0801",), CLOCK).open()
