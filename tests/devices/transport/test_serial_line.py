"""A serial line on a pseudo-terminal: quiet is not gone."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from devices.transport.errors import DeviceGoneError
from devices.transport.serial_line import serial_line
from devices.transport.stream import DescriptorStream
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic

CLOCK = SystemClock()


class Device:
    """The far end of a line, and the path of ours."""

    def __init__(self) -> None:
        far, near = os.openpty()
        self.path = os.ttyname(near)
        self._near = os.fdopen(near, "wb", buffering=0)
        self._far = os.fdopen(far, "wb", buffering=0)

    def say(self, data: bytes) -> None:
        self._far.write(data)

    def pull(self) -> None:
        self._far.close()
        self._near.close()


@pytest.fixture
def device() -> Iterator[Device]:
    device = Device()
    yield device
    device.pull()


@pytest.fixture
def line(device: Device) -> Iterator[DescriptorStream]:
    line = serial_line(device.path, 115200, CLOCK)
    line.open()
    yield line
    line.close()


def test_a_quiet_line_is_not_taken_for_one_that_was_pulled(line: DescriptorStream) -> None:
    line.discard()
    assert line.opened


def test_what_came_for_nobody_is_thrown_away(device: Device, line: DescriptorStream) -> None:
    device.say(b"old\r")
    line.discard()
    device.say(b"new\r")
    assert line.receive(Monotonic(CLOCK.monotonic() + 5), Cancel()) == b"new\r"


def test_a_pulled_line_says_so(device: Device, line: DescriptorStream) -> None:
    device.pull()
    with pytest.raises(DeviceGoneError):
        line.discard()


def test_a_line_has_one_user(device: Device, line: DescriptorStream) -> None:
    other = serial_line(device.path, 115200, CLOCK)
    with pytest.raises(DeviceGoneError):
        other.open()
    line.close()
    other.open()
    other.close()
