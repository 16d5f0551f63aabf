"""Tells the service manager that the kiosk lives: only when a frame was drawn and no thread is stuck."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from kiosk.ports.clock import Clock


class Watchdog:
    """`alive` is called on the GUI thread after a frame; it feeds the manager at most each `every` seconds.

    `beats` give the monotonic time of each thread's last sign of life with the seconds it may be silent.
    Without a manager (no NOTIFY_SOCKET) it does nothing.
    """

    def __init__(self, clock: Clock, beats: Callable[[], list[tuple[float, float]]], every: float = 5.0) -> None:
        self._clock, self._beats, self._every = clock, beats, every
        self._fed = float("-inf")
        self._ready = False

    def alive(self) -> None:
        now = self._clock.monotonic()
        if now - self._fed < self._every:
            return
        if all(now - beat <= allowed for beat, allowed in self._beats()):
            self._fed = now
            notify("WATCHDOG=1" if self._ready else "READY=1\nWATCHDOG=1")
            self._ready = True


def notify(message: str) -> bool:
    """One datagram of sd_notify(3); False when nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    target = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        try:
            sender.sendto(message.encode(), target)
        except OSError:
            return False
    return True
