"""Our own camera's answer (`local`): a living person, and whether it is the one of the reference. Never more than that.

It is no 实人认证: no settlement rests on it (`Provider.authorises`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import cv2
from pydantic import BaseModel, ConfigDict, Field

from devices.face.challenges import draw_plan
from devices.face.embedding import Embedder, Template
from devices.face.glance import Watcher
from devices.face.judging import Limits
from devices.face.models import EMBEDDER, ModelsMissingError, missing, models_folder
from devices.face.moves import Amplitudes
from devices.face.passive import PassiveModel, PassiveSettings
from devices.face.pictures import picture_of, portrait_of
from devices.face.quality import Gate
from devices.face.trial import Instruments, Trial
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.ports.camera import FrameSlot, Look
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.face import FaceAnswer, FaceNotTried, FaceProgress, FaceTask
from kiosk.ports.health import DeviceState, Health

_NO_FRAME = 2.0
"""Seconds without a picture after which the camera is taken to be gone."""


class OperatingPoint(StrEnum):
    """How alike two faces must be. The rates are LFW's over 29.6 million pairs of strangers; docs/face.md has ours."""

    STRICT = "strict"
    USUAL = "usual"
    LENIENT = "lenient"


LIKENESS = {OperatingPoint.STRICT: 0.467, OperatingPoint.USUAL: 0.415, OperatingPoint.LENIENT: 0.363}
"""False matches of 1e-5, 1e-4 and 1e-3."""


class LocalFaceSettings(BaseModel):
    """`[devices.face]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: Path | None = Field(default=None, description="模型文件夹；不写则用程序旁的 .models 或系统的")
    operating_point: OperatingPoint = Field(
        default=OperatingPoint.USUAL, description="比对门槛：strict 0.467，usual 0.415，lenient 0.363（余弦）"
    )
    challenges: int = Field(default=2, ge=2, le=4, description="要做几个动作")
    flash: bool = Field(default=True, description="屏幕变色反光检查；大厅太亮、屏幕照不到脸时关")
    passive: PassiveSettings | None = Field(default=None, description="另行取得的静默活体模型，没有就不写")


class LocalFaces:
    """A `FaceVerifier`."""

    def __init__(self, settings: LocalFaceSettings, host: Host) -> None:
        self._settings, self._clock, self._log = settings, host.clock, host.log
        self._folder = models_folder(settings.models)
        self._tools: Instruments | None = None
        self._open = False

    def open(self) -> None:
        self._open = True

    def close(self) -> None:
        self._open = False
        self._tools = None

    def status(self) -> Health:
        if missing(self._folder):
            return Health(DeviceState.NO_DEVICE, (FaultCode.FACE_MODELS_MISSING,))
        return Health(DeviceState.ONLINE if self._open else DeviceState.OFFLINE)

    def warm(self) -> None:
        """Load what is missing; whether it can be loaded is told by `verify`."""
        try:
            self._load()
        except ModelsMissingError:
            self._log.warning("face models do not load")

    def _load(self) -> Instruments:
        if self._tools is None:
            cv2.setNumThreads(1)  # a second thread buys nothing here and takes it from the page
            settings = self._settings
            passive = PassiveModel(settings.passive) if settings.passive else None
            limits = _limits(settings)
            watcher, embedder = Watcher(self._folder, Gate()), Embedder(self._folder)
            self._tools = Instruments(watcher, embedder, limits, Amplitudes(), passive, EMBEDDER.sha256[:12])
        return self._tools

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        try:
            tools = self._load()
        except ModelsMissingError:
            return FaceNotTried(FaultCode.FACE_MODELS_MISSING)
        plan = draw_plan(task.needs, self._settings.challenges)
        if plan is None:
            return FaceNotTried(FaultCode.FACE_NOT_DONE)
        trial = Trial(tools, plan, _template_of(tools, task.reference))
        try:
            with frames.look() as look:
                return self._follow(trial, look, tell, deadline, cancel)
        finally:
            trial.wipe()

    def _follow(
        self, trial: Trial, look: Look, tell: Callable[[FaceProgress], None], deadline: Monotonic, cancel: Cancel
    ) -> FaceAnswer | None:
        told = trial.progress
        tell(told)
        while not cancel.cancelled:
            now = self._clock.monotonic()
            frame = look.next(Monotonic(min(deadline, now + _NO_FRAME)), cancel)
            if frame is None:
                return None if cancel.cancelled else self._nothing_more(now, deadline)
            answer = trial.see(picture_of(frame), frame.taken)
            if answer is not None:
                return answer
            if trial.progress != told:
                told = trial.progress
                tell(told)
        return None

    @staticmethod
    def _nothing_more(now: float, deadline: Monotonic) -> FaceNotTried:
        late = now + _NO_FRAME >= deadline
        return FaceNotTried(FaultCode.FACE_NOT_DONE if late else FaultCode.CAMERA_GONE)


def _limits(settings: LocalFaceSettings) -> Limits:
    usual = Limits(LIKENESS[settings.operating_point])
    threshold = settings.passive.threshold if settings.passive else usual.passive
    return replace(usual, flash=usual.flash if settings.flash else None, passive=threshold)


def _template_of(tools: Instruments, reference: Portrait | None) -> Template | None:
    """The reference as numbers. None without one, in a form nobody here opens, or without a face: liveness alone."""
    picture = None if reference is None else portrait_of(reference)
    if picture is None:
        return None
    faces = tools.watcher.faces(picture)
    return tools.embedder.template(picture, faces[0]) if faces else None


DRIVER: Driver[LocalFaces] = Driver(settings=LocalFaceSettings, simulated=False, make=LocalFaces)
