"""Our own camera's answer (`local`): a living person, and whether it is the one of the reference. Never more than that.

It is no settlement's authorisation (`Provider.authorises`). OpenCV and the models come late: when somebody is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from devices.face.models import ModelsMissingError, missing, models_folder
from devices.face.settings import LocalFaceSettings
from kiosk.faults import FaultCode
from kiosk.ports.camera import FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import DoesNotFit, Driver, Host
from kiosk.ports.face import FaceAnswer, FaceNotTried, FaceProgress, FaceTask, FaceVerifier
from kiosk.ports.health import DeviceState, Health

if TYPE_CHECKING:
    from devices.face.session import Session


class LocalFaces:
    """A `FaceVerifier`."""

    def __init__(self, settings: LocalFaceSettings, host: Host) -> None:
        self._settings, self._clock, self._log = settings, host.clock, host.log
        self._folder = models_folder(settings.models)
        self._session: Session | None = None
        self._open = self._wrong = False

    def open(self) -> None:
        self._open, self._wrong = True, False

    def close(self) -> None:
        self._open, self._session = False, None

    def status(self) -> Health:
        if self._wrong or missing(self._folder) or (self._settings.second_opinion and not _second_there()):
            return Health(DeviceState.NO_DEVICE, (FaultCode.FACE_MODELS_MISSING,))
        return Health(DeviceState.ONLINE if self._open else DeviceState.OFFLINE)

    def warm(self) -> None:
        self._loaded()

    def _loaded(self) -> Session | None:
        from devices.face.session import Session

        try:
            self._session = self._session or Session(self._folder, self._settings, self._clock)
        except ModelsMissingError:
            self._log.info("face models do not load")
            self._wrong = True
        return self._session

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        session = self._loaded()
        if session is None:
            return FaceNotTried(FaultCode.FACE_MODELS_MISSING)
        return session.verify(task, frames, tell, deadline, cancel)


def _second_there() -> bool:
    """Asked without loading anything, OpenCV least of all."""
    return all(find_spec(name) is not None for name in ("dlib", "face_recognition_models"))


def _make(settings: LocalFaceSettings, host: Host) -> FaceVerifier:
    if find_spec("cv2") is None or find_spec("numpy") is None:
        raise DoesNotFit("faces need OpenCV: install the package with its extra `face`")
    return LocalFaces(settings, host)


DRIVER: Driver[FaceVerifier] = Driver(settings=LocalFaceSettings, simulated=False, make=_make)
