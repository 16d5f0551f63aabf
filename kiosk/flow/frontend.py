"""The front end as the loop sees it: something that shows states and sends intents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.flow.events import Intent
from kiosk.flow.states import Kiosk
from kiosk.messages import Catalogue
from kiosk.ports.camera import FrameSlot
from kiosk.ports.documents import Site
from kiosk.ports.keypad import Key


@dataclass(frozen=True, slots=True)
class Stage:
    """What a front end is given: where it stands, its sentences, the door for intents, and how to look.

    `send` may be called from any thread. `width_mm` is the panel's visible width (1080 px wide on the usual 27-inch
    portrait panel = 336 mm); `scaled` fits the window to a smaller monitor in demo. `alive` is called on the GUI
    thread after a frame was shown (the watchdog's proof that the screen lives). `now` is wall time, for the clock on
    the screen. `frames` is where the camera's pictures lie, None without a camera; `papers` the document camera's.
    `bottom_mm` is how high above the floor the panel's visible part begins.
    """

    site: Site
    texts: Catalogue
    send: Callable[[Intent], None]
    width_mm: float
    scaled: bool
    alive: Callable[[], None]
    now: Callable[[], datetime]
    screenshots: Path | None = None
    bottom_mm: float = 0.0

    @property
    def height_mm(self) -> float:
        """The panel stands upright, nine by sixteen."""
        return self.width_mm * 16 / 9

    frames: FrameSlot | None = None
    papers: FrameSlot | None = None


class Frontend(Protocol):
    """`run` occupies the calling thread (the GUI thread) until `stop`, which any thread may call; so may `show`."""

    def run(self, stage: Stage) -> int: ...

    def show(self, state: Kiosk) -> None: ...

    def steer(self, key: Key) -> None:
        """A key of the keypad, from any thread: move the focus, press what has it, or (REPEAT) tell it again."""
        ...

    def stop(self, code: int) -> None: ...
