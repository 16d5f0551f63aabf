"""A serial port: RS-232, USB-CDC or a pseudo-terminal; 8 data bits, no parity, 1 stop bit.

pyserial opens and configures it. Reading and writing are `DescriptorStream`'s, because a cancelled pyserial write loses
count of what it has sent, and its abort pipes keep an old cancel for the next job. Modem lines are never touched: a
pseudo-terminal has none (ENOTTY) and USB-CDC devices ignore them.
"""

from __future__ import annotations

import os
import termios

import serial

from devices.transport.stream import DescriptorStream
from kiosk.ports.clock import Clock


def serial_line(path: str, baud: int, clock: Clock) -> DescriptorStream:
    """The port at `baud`, held exclusively so that no modem or Braille service types into it."""

    def connect() -> int:
        port = serial.Serial(path, baud, exclusive=True)
        try:
            _read_no_end_where_nothing_is(port.fileno())
            return os.dup(port.fileno())  # the exclusive lock belongs to the open file and stays with the duplicate
        finally:
            port.close()

    return DescriptorStream(connect, clock)


def _read_no_end_where_nothing_is(fd: int) -> None:
    """With VMIN 0, which pyserial sets, a read of a quiet line gives b"", as a pulled cable does."""
    try:
        attributes = termios.tcgetattr(fd)
        attributes[6][termios.VMIN] = 1
        termios.tcsetattr(fd, termios.TCSANOW, attributes)
    except termios.error as error:  # no OSError, though it carries an errno
        raise OSError(*error.args) from error
