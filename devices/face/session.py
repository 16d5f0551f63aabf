"""Tries with loaded models, on the frames of a slot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2

from devices.face.challenges import draw_plan
from devices.face.embedding import Embedder, Template
from devices.face.glance import Watcher
from devices.face.judging import Limits
from devices.face.models import EMBEDDER
from devices.face.moves import Amplitudes
from devices.face.oblivion import forget_what_is_freed
from devices.face.passive import PassiveModel
from devices.face.pictures import picture_of, portrait_of
from devices.face.quality import Gate
from devices.face.second import SecondOpinion
from devices.face.settings import LIKENESS, LocalFaceSettings
from devices.face.trial import Instruments, Trial
from kiosk.domain.personal import Portrait
from kiosk.faults import FaultCode
from kiosk.ports.camera import FrameSlot, Look
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.face import FaceAnswer, FaceNotTried, FaceProgress, FaceTask

_NO_FRAME = 2.0
"""Seconds without a picture after which the camera is taken to be gone."""


class Session:
    """The models, loaded (ModelsMissingError when one is not the pinned file), and one try after another with them."""

    def __init__(self, folder: Path, settings: LocalFaceSettings, clock: Clock) -> None:
        forget_what_is_freed()
        cv2.setNumThreads(1)  # a second thread buys nothing here and takes it from the page
        self._settings, self._clock = settings, clock
        passive = PassiveModel(settings.passive) if settings.passive else None
        watcher, embedder = Watcher(folder, Gate()), Embedder(folder)
        model = EMBEDDER.sha256[:12]
        second = SecondOpinion() if settings.second_opinion else None
        self._tools = Instruments(watcher, embedder, _limits(settings), Amplitudes(), passive, model, second)

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        plan = draw_plan(task.needs, self._settings.challenges)
        if plan is None:
            return FaceNotTried(FaultCode.FACE_NOT_DONE)
        template, second = _templates_of(self._tools, task.reference)
        trial = Trial(self._tools, plan, template, second=second)
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


def _templates_of(tools: Instruments, reference: Portrait | None) -> tuple[Template | None, Template | None]:
    """The reference as numbers, ours and the second opinion's where there is one.

    None without a reference, in a form nobody here opens, or without a face: liveness alone.
    """
    picture = None if reference is None else portrait_of(reference)
    if picture is None:
        return None, None
    face = next(iter(tools.watcher.faces(picture)), None)
    template = None if face is None else tools.embedder.template(picture, face)
    second = None if face is None or tools.second is None else tools.second.template(picture, face)
    picture.fill(0)
    return template, second
