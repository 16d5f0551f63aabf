"""Guide lights that the kernel drives: LEDs on GPIO lines, an I²C expander or a USB board, each a folder under
/sys/class/leds.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.attribute import read_number, write_number
from devices.transport.errors import TransportError
from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host
from kiosk.ports.guide_light import GuideLight, Spot
from kiosk.ports.health import DeviceState, Health


class LedSettings(BaseModel):
    """`[devices.guide_light]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path = Field(default=Path("/sys/class/leds"), description="各灯所在的文件夹")
    leds: dict[Spot, str] = Field(
        default_factory=lambda: {spot: spot.value for spot in Spot},
        min_length=1,
        description="位置（card id_card code bank_card receipt page）→ 文件夹里灯的名字；没有灯的位置不写",
    )


class SysfsLeds:
    """A `GuideLight`. Lit is as bright as the kernel says the LED can be."""

    def __init__(self, settings: LedSettings, host: Host) -> None:
        self._leds = {spot: settings.folder / name for spot, name in settings.leds.items()}
        self._log = host.log
        self._lit: frozenset[Spot] = frozenset()
        self._open = False

    def open(self) -> None:
        if not self._open:
            self._open = True
            self.show(frozenset())

    def close(self) -> None:
        if self._open:
            self.show(frozenset())
            self._open = False

    def status(self) -> Health:
        """A light that came back is lit again if it should be: nobody else writes these files."""
        dark = self._write(self._lit) if self._open else set(self._leds)
        if not dark:
            return Health(DeviceState.ONLINE)
        some = dark != set(self._leds)
        return Health(DeviceState.HARDWARE_ERROR if some else DeviceState.NO_DEVICE, (FaultCode.LIGHTS_GONE,))

    def show(self, lit: frozenset[Spot]) -> None:
        self._lit = lit
        if self._open:
            self._write(lit)

    def _write(self, lit: frozenset[Spot]) -> set[Spot]:
        """The lights that could not be set."""
        return {spot for spot, led in self._leds.items() if not self._set(led, on=spot in lit)}

    def _set(self, led: Path, *, on: bool) -> bool:
        try:
            wanted = int(read_number(led / "max_brightness")) if on else 0
            if read_number(led / "brightness") != wanted:
                write_number(led / "brightness", wanted)
        except (TransportError, ValueError, OverflowError):
            return False
        return True


def _make(settings: LedSettings, host: Host) -> GuideLight:
    return SysfsLeds(settings, host)


real: Driver[GuideLight] = Driver(LedSettings, simulated=False, make=_make)
simulated: Driver[GuideLight] = Driver(LedSettings, simulated=True, make=_make)
