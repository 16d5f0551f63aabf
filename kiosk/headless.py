"""A front end without a screen, for scripted visits and for machines without a display."""

from __future__ import annotations

import threading

from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.ports.keypad import Key


class Headless:
    """Shows nothing and waits for `stop`."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._code = 0

    def run(self, stage: Stage) -> int:
        del stage
        self._stopped.wait()
        return self._code

    def show(self, state: Kiosk) -> None:
        del state

    def steer(self, key: Key) -> None:
        del key

    def stop(self, code: int) -> None:
        self._code = code
        self._stopped.set()


def make() -> Headless:
    return Headless()
