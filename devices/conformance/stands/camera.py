"""What stands before a camera."""

from __future__ import annotations

from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.camera import CameraBench, CameraContract
from devices.conformance.kinds import Kind, its_own
from devices.conformance.stand import Stand
from devices.conformance.waiting import after
from kiosk.ports.camera import Camera
from kiosk.ports.cancellation import Cancel

_PATIENCE: Final = 10.0


class CameraStand(Stand):
    """A `CameraBench`."""

    part = "camera"
    able = frozenset({Ability.UNPLUG})

    def uncover(self) -> None:
        self._see("person")

    def cover(self) -> None:
        self._see("covered")

    def defocus(self) -> None:
        self._see("blurred")

    def freeze(self) -> None:
        self._see("frozen")

    def fall_silent(self) -> None:
        raise NotImplementedError("files are never mute")

    def speak_again(self) -> None:
        raise NotImplementedError("files are never mute")

    def _see(self, scene: str) -> None:
        self.hand.ask("camera", scene=scene)

    def violations(self) -> list[str]:
        """Nothing is sent to it."""
        return []


def _session(bench: CameraBench, camera: Camera, random: Random, mishap: bool) -> None:
    """Somebody looks for a few pictures, then nobody does; as a mishap the lens is covered meanwhile."""
    if mishap:
        bench.cover()
    for _ in range(random.randint(1, 5)):
        assert camera.frame(after(bench.clock, _PATIENCE), Cancel()) is not None
    if mishap:
        bench.uncover()
    camera.rest()


KIND: Final = Kind(
    contract=CameraContract,
    device="camera",
    stand=CameraStand,
    calls={"frame": its_own("frame")},
    mute=lambda bench: bench.fall_silent(),
    session=_session,
    streams=True,
)
