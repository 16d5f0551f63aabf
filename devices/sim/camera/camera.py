"""The simulated camera: a name that leads to the folder of pictures it sees, as the `sim_frames` driver plays them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from devices.sim.camera.drawing import Scene, frames

_QUALITY = 85


class SimulatedCamera:
    """Unplugged, the name is gone; another scene takes its place from one moment to the next.

    A scene is drawn when it is first wanted. `changed` is told of every change.
    """

    def __init__(self, link: Path, changed: Callable[[str], None], scene: Scene = Scene.EMPTY) -> None:
        self._link, self._changed = link, changed
        self._drawn = link.with_name(f"{link.name}-scenes")
        self.scene = scene
        self._instead: Path | None = None
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._link.is_symlink()

    def plug(self) -> None:
        new = self._link.with_name(f".{self._link.name}")
        new.unlink(missing_ok=True)
        new.symlink_to(self._instead or self._folder_of(self.scene))
        new.replace(self._link)
        self._changed(self._link.name)

    def unplug(self) -> None:
        self._link.unlink(missing_ok=True)
        self._changed(self._link.name)

    def see(self, scene: Scene, instead: Path | None = None) -> None:
        """A drawn scene, or the pictures of a folder instead of it."""
        self.scene, self._instead = scene, instead
        if self.plugged:
            self.plug()

    def _folder_of(self, scene: Scene) -> Path:
        folder = self._drawn / scene
        if not folder.exists():
            half = self._drawn / f".{scene}"
            half.mkdir(parents=True, exist_ok=True)
            for number, picture in enumerate(frames(scene)):
                picture.save(half / f"{number:02}.jpg", quality=_QUALITY)
            half.replace(folder)
        return folder
