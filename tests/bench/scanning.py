"""A code read by our driver beside pyserial's `read_until`, on the same pseudo-terminal; and a scan that is cancelled.

The code arrives byte by byte as a scanner at 115200 sends it once its light is on; measured is from its last byte to
the event. The time that its bytes need on a line is nobody's and not in it.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
import tty
from collections.abc import Callable

import serial

from devices.drivers import serial_scanner
from devices.drivers.serial_scanner import SerialScannerSettings
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.scanner import CodeScanned, Scanner
from tests.bench.figures import Figure, percentile, tell

_CLOCK = SystemClock()
_CODE = b"4240123456789012345678901234\r"
_SCANS, _CANCELS = 100, 60
_LIGHT_ON, _PATIENCE = b"#SCNTRG1;\x03", 10.0


class _Line:
    """A scanner's end of a pseudo-terminal: it sends when it is told, and remembers when it had sent."""

    def __init__(self) -> None:
        self._near, self._far = os.openpty()
        tty.setraw(self._far)
        self.path = os.ttyname(self._far)
        self.sent = 0.0

    def lit(self) -> None:
        """Wait until the light is switched on."""
        heard = b""
        while not heard.endswith(_LIGHT_ON):
            assert select.select([self._near], [], [], _PATIENCE)[0]
            heard += os.read(self._near, 1)

    def send_soon(self, *, lit: bool) -> threading.Thread:
        def send() -> None:
            if lit:
                self.lit()
            time.sleep(0.02)
            for byte in _CODE[:-1]:
                os.write(self._near, bytes((byte,)))
                time.sleep(10 / 115200)
            self.sent = time.perf_counter()
            os.write(self._near, _CODE[-1:])

        thread = threading.Thread(target=send)
        thread.start()
        return thread


def _timed(line: _Line, read: Callable[[], object], *, lit: bool) -> float:
    """Milliseconds from the last byte to the answer."""
    sending = line.send_soon(lit=lit)
    read()
    ended = time.perf_counter()
    sending.join()
    return (ended - line.sent) * 1000


def _scan(scanner: Scanner) -> None:
    event = scanner.scan(Monotonic(_CLOCK.monotonic() + 10), Cancel())
    assert isinstance(event, CodeScanned), event


def _cancelled(line: _Line, scanner: Scanner) -> float:
    cancel, done = Cancel(), threading.Event()

    def scan() -> None:
        scanner.scan(Monotonic(_CLOCK.monotonic() + 60), cancel)
        done.set()

    thread = threading.Thread(target=scan)
    thread.start()
    line.lit()
    time.sleep(0.02)
    began = time.perf_counter()
    cancel.cancel()
    done.wait(10)
    ended = time.perf_counter()
    thread.join()
    return (ended - began) * 1000


def measure() -> list[Figure]:
    line = _Line()
    settings = SerialScannerSettings(port=line.path)
    scanner = serial_scanner.real.make(settings, Host(_CLOCK, logging.getLogger("bench")))
    scanner.open()
    ours = [_timed(line, lambda: _scan(scanner), lit=True) for _ in range(_SCANS)]
    cancels = [_cancelled(line, scanner) for _ in range(_CANCELS)]
    scanner.close()
    with serial.Serial(line.path, 115200, timeout=10) as port:
        theirs = [_timed(line, lambda: port.read_until(b"\r"), lit=False) for _ in range(_SCANS)]
    return [
        Figure(
            "code scanned: last byte to event, p95",
            percentile(ours, 0.95),
            "ms",
            _SCANS,
            goal=20.0,
            peer="pyserial read_until",
            peer_value=percentile(theirs, 0.95),
        ),
        Figure(
            "scan cancelled: cancel to return, p95",
            percentile(cancels, 0.95),
            "ms",
            _CANCELS,
            goal=300.0,
            note="no peer: pyserial's own cancel_read does not turn the light off",
        ),
    ]


if __name__ == "__main__":
    tell(measure())
