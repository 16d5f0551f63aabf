"""What stands around the simulated kiosk: its guide lights, somebody before it, and the mains behind it.

Lights and sensor are small files as Linux shows them under /sys; the power supply is the service of RFC 9271.
"""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, assert_never

from devices.sim import requests
from devices.sim.channels import Connection, NamedSocket
from devices.sim.loop import Loop

PLACES: Final = ("card", "id_card", "code", "bank_card", "receipt", "page")
_BRIGHTEST: Final = 255
_UPS: Final = "ups"


class Mains(StrEnum):
    """Where the power comes from, and how long it will."""

    ON = "on"
    FAILED = "failed"
    ENDING = "ending"


_WORDS: Final = {Mains.ON: "OL CHRG", Mains.FAILED: "OB DISCHRG", Mains.ENDING: "OB DISCHRG LB"}

SurroundingsRequest = requests.GuideLight | requests.PresenceSensor | requests.PowerSource


class _Lights:
    """One folder an LED; unplugged, the board is gone with all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._folder.exists()

    def plug(self) -> None:
        if self.plugged:
            return
        half = self._folder.with_name(f".{self._folder.name}")
        for place in PLACES:
            (half / place).mkdir(parents=True)
            (half / place / "max_brightness").write_text(f"{_BRIGHTEST}\n")
            (half / place / "brightness").write_text("0\n")
        half.rename(self._folder)

    def unplug(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def reset(self) -> None:
        self.unplug()
        self.plug()

    def lit(self) -> list[str]:
        """A file that is being written reads as nothing for a moment: that light is going on or off."""
        files = [(place, self._folder / place / "brightness") for place in PLACES]
        return [place for place, file in files if file.exists() and file.read_text().strip() not in {"", "0"}]


class _Sensor:
    """A file with 1 while somebody stands there."""

    def __init__(self, file: Path) -> None:
        self._file, self.somebody = file, False
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._file.exists()

    def plug(self) -> None:
        self.say("1" if self.somebody else "0")

    def unplug(self) -> None:
        self._file.unlink(missing_ok=True)

    def say(self, text: str) -> None:
        new = self._file.with_name(f".{self._file.name}")
        new.write_text(f"{text}\n")
        new.replace(self._file)


class _Supply:
    """The service that the supply's cable is plugged into."""

    def __init__(self, loop: Loop, path: Path) -> None:
        self._socket = NamedSocket(loop, path, self._accept)
        self._connections: list[Connection] = []
        self.begin()

    def begin(self) -> None:
        self.mains, self.old_battery, self.stale, self.silent = Mains.ON, False, False, False
        self.instead = b""
        self.violations: list[str] = []
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._socket.plugged

    def plug(self) -> None:
        self._socket.plug()

    def unplug(self) -> None:
        self._socket.unplug()
        for connection in tuple(self._connections):
            connection.close()

    def _accept(self, connection: Connection) -> None:
        self._connections.append(connection)
        held = bytearray()

        def received(data: bytes) -> None:
            held.extend(data)
            while b"\n" in held:
                line, _, rest = bytes(held).partition(b"\n")
                held[:] = rest
                self._answer(line.decode(errors="replace"), connection)

        connection.serve(received, lambda: self._connections.remove(connection))

    def _answer(self, line: str, connection: Connection) -> None:
        if line != f"GET VAR {_UPS} ups.status":
            self.violations.append(f"not asked of a kiosk: {line[:40]}")
            connection.send(b"ERR UNKNOWN-COMMAND\n")
        elif self.instead:
            connection.send(self.instead)
        elif self.stale:
            connection.send(b"ERR DATA-STALE\n")
        elif not self.silent:
            words = _WORDS[self.mains] + (" RB" if self.old_battery else "")
            connection.send(f'VAR {_UPS} ups.status "{words}"\n'.encode())


class Surroundings:
    """Their files and socket lie in `folder`: `leds`, `presence`, `power_source`."""

    def __init__(self, loop: Loop, folder: Path) -> None:
        self._lights = _Lights(folder / "leds")
        self._sensor = _Sensor(folder / "presence")
        self._supply = _Supply(loop, folder / "power_source")

    def close(self) -> None:
        self._lights.unplug()
        self._sensor.unplug()
        self._supply.unplug()

    def reset(self) -> None:
        self._lights.reset()
        self._sensor.somebody = False
        self._sensor.plug()
        self._supply.unplug()
        self._supply.begin()

    def state(self) -> dict[str, Any]:
        supply = self._supply
        return {
            "guide_light": {"plugged": self._lights.plugged, "lit": self._lights.lit()},
            "presence_sensor": {"plugged": self._sensor.plugged, "somebody": self._sensor.somebody},
            "power_source": {
                "plugged": supply.plugged,
                "mains": supply.mains,
                "violations": list(supply.violations),
            },
        }

    def obey(self, request: SurroundingsRequest) -> dict[str, Any]:
        match request:
            case requests.GuideLight():
                (self._lights.plug if request.plugged else self._lights.unplug)()
            case requests.PresenceSensor():
                self._sense(request)
            case requests.PowerSource():
                self._power(request)
            case _ as never:
                assert_never(never)
        return {}

    def _sense(self, request: requests.PresenceSensor) -> None:
        sensor = self._sensor
        sensor.somebody = sensor.somebody if request.somebody is None else request.somebody
        plugged = sensor.plugged if request.plugged is None else request.plugged
        (sensor.plug if plugged else sensor.unplug)()
        if request.says is not None:
            sensor.say(request.says)

    def _power(self, request: requests.PowerSource) -> None:
        supply = self._supply
        supply.mains = Mains(request.mains) if request.mains else supply.mains
        supply.old_battery = supply.old_battery if request.old_battery is None else request.old_battery
        supply.stale = supply.stale if request.stale is None else request.stale
        supply.silent = supply.silent if request.silent is None else request.silent
        supply.instead = supply.instead if request.says_hex is None else bytes.fromhex(request.says_hex)
        if request.plugged is not None:
            (supply.plug if request.plugged else supply.unplug)()
