"""The document camera's thread: shows what lies under it while somebody looks, and photographs it when asked."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.engine.workers import CameraWorker
from kiosk.flow.effects import TakePicture
from kiosk.flow.events import Event
from kiosk.flow.picture_events import PictureWasTaken
from kiosk.ports.camera import Camera, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.photograph import PaperJudge, Photograph, PictureTrouble


class PaperWorker(CameraWorker):
    """Pictures are judged until one would do or the time is over; then the last one's trouble is the answer."""

    def __init__(
        self, device: Camera, judge: PaperJudge, slot: FrameSlot, post: Callable[[Event], None], clock: Clock
    ) -> None:
        super().__init__(device, slot, post, clock, name="document_camera")
        self._judge = judge

    def take(self, effect: TakePicture) -> None:
        def run(camera: Camera, cancel: Cancel) -> None:
            found = self._found(camera, self.deadline(effect.seconds), cancel)
            if not cancel.cancelled:
                self.post(PictureWasTaken(effect.ticket, found))

        self.ask(run, lambda: self.post(PictureWasTaken(effect.ticket, None)))

    def _found(self, camera: Camera, until: Monotonic, cancel: Cancel) -> Photograph | PictureTrouble | None:
        found: Photograph | PictureTrouble | None = None
        while not isinstance(found, Photograph) and not cancel.cancelled and self._clock.monotonic() < until:
            frame = camera.frame(until, cancel)
            if frame is None:
                break
            self.slot.put(frame)
            found = self._judge.judge(frame)
        return found
