"""A simulated keypad on a pseudo-terminal: a character for each key that goes down, whoever listens."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from devices.sim import requests
from devices.sim.channels import Terminal
from devices.sim.loop import Loop
from devices.sim.pacing import Line, Outlet

LEGEND: Final = {
    "next": b"D",
    "previous": b"U",
    "select": b"#",
    "back": b"*",
    "help": b"?",
    "repeat": b"R",
    "louder": b"+",
    "quieter": b"-",
    "faster": b">",
    "slower": b"<",
    "jack_in": b"J",
    "jack_out": b"j",
    **{str(digit): str(digit).encode() for digit in range(10)},
}
"""What stands on the keys, and what each sends."""


class SimulatedKeypad:
    """It keeps nothing: a key pressed while it is unplugged is pressed in vain."""

    def __init__(self, loop: Loop, link: Path) -> None:
        self._terminal = Terminal(loop, link, lambda _: None)
        self._outlet = Outlet(loop, self._terminal.send, Line)
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._terminal.plugged

    def plug(self) -> None:
        self._terminal.plug()

    def unplug(self) -> None:
        self._outlet.clear()
        self._terminal.unplug()

    def press(self, key: str, times: int = 1) -> None:
        """`times` above one is a finger that trembles: the same key at once again."""
        if self.plugged:
            self._outlet.put(LEGEND[key] * times)

    def noise(self, raw: bytes) -> None:
        """Bytes that are no key."""
        self._outlet.put(raw)

    def obey(self, request: requests.Press | requests.Keypad) -> dict[str, Any]:
        """What the control socket asks of it; KeyError for a key that it has not."""
        match request:
            case requests.Press():
                self.press(request.key, request.times)
            case requests.Keypad():
                if request.plugged is not None:
                    (self.plug if request.plugged else self.unplug)()
                self.noise(bytes.fromhex(request.noise))
        return {}
