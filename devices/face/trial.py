"""One try, frame by frame: follows the course, shows lights, compares, and answers. It holds pictures of nobody."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from devices.face.challenges import Below, Plan, next_light
from devices.face.detection import Face
from devices.face.embedding import Embedder, Template
from devices.face.flash import Shown
from devices.face.glance import Glance, Watcher
from devices.face.integrity import NOTHING_SEEN, Frames, digest_of, see
from devices.face.judging import Gathered, Limits, refusal_of, refusal_of_end, signals
from devices.face.liveness import Course, Ended, Finished, Settling, follow
from devices.face.moves import Amplitudes
from devices.face.passive import PassiveModel
from devices.face.pictures import Picture
from devices.face.second import SecondOpinion
from devices.face.spectrum import grid_strength
from kiosk.faults import FaultCode
from kiosk.ports.face import (
    Evidence,
    FaceAccepted,
    FaceAnswer,
    FaceNotTried,
    FaceProgress,
    FaceRefused,
    Light,
    Provider,
    Refusal,
)

_SPECTRUM_EVERY = 5
_SEEN_IN_A_LIGHT = 5
"""Pictures at least, however long that takes: fewer say nothing of the colour."""


@dataclass(frozen=True, slots=True)
class Instruments:
    """What a try measures with; loaded once, used by one thread."""

    watcher: Watcher
    embedder: Embedder
    limits: Limits
    amplitudes: Amplitudes
    passive: PassiveModel | None = None
    model: str = ""
    second: SecondOpinion | None = None


class Trial:
    """`wipe` when it is over, whatever came of it: the templates are overwritten, the meshes let go."""

    def __init__(
        self,
        tools: Instruments,
        plan: Plan,
        reference: Template | None,
        below: Below = secrets.randbelow,
        second: Template | None = None,
    ) -> None:
        self._tools, self._reference, self._second, self._below = tools, reference, second, below
        self._course = Course(plan, tools.amplitudes)
        self._frames: Frames = NOTHING_SEEN
        self._gathered = Gathered()
        self._first: Template | None = None
        self._light: Light | None = None
        self._light_until = 0.0
        self._in_light = 0
        self._looks = 0
        self._at = 0.0

    @property
    def progress(self) -> FaceProgress:
        course = self._course
        return FaceProgress(course.done, len(course.plan.challenges), course.asked, course.hint, self._light)

    @property
    def why(self) -> str:
        """The course's own word for its end, for a log of types."""
        return self._course.phase.why if isinstance(self._course.phase, Ended) else type(self._course.phase).__name__

    def see(self, picture: Picture, at: float) -> FaceAnswer | None:
        """One more frame, `at` seconds of any steady clock; the answer once there is one."""
        self._at = at
        self._frames = see(self._frames, digest_of(picture), at)
        if self._frames.frozen:
            return FaceNotTried(FaultCode.CAMERA_FROZEN)
        if self._frames.looped:
            return FaceRefused(Refusal.ATTACK_PRESENTATION, FaultCode.FACE_NOT_LIVE, self._evidence())
        if self._frames.equal:  # a camera slower than whoever asks it; nothing new to measure
            return None
        glance = self._tools.watcher.look(picture, at)
        self._course = follow(self._course, glance)
        self._measure(picture, glance)
        return self._answer()

    def _measure(self, picture: Picture, glance: Glance) -> None:
        if glance.face is None or isinstance(self._course.phase, Settling):
            return
        self._gathered.tints.append((glance.at, glance.tint))
        self._shine(glance.at)
        self._looks += 1
        if self._looks % _SPECTRUM_EVERY == 1:
            self._gathered.grids.append(grid_strength(picture, glance.face))
        if self._course.compare:
            self._compare(picture, glance)

    def _shine(self, at: float) -> None:
        self._in_light += 1
        if at < self._light_until or (self._light is not None and self._in_light < _SEEN_IN_A_LIGHT):
            return
        self._in_light = 0
        self._light, seconds = next_light(self._light, self._below)
        self._light_until = at + seconds
        self._gathered.lights.append(Shown(at, self._light))

    def _compare(self, picture: Picture, glance: Glance) -> None:
        """Whose face it is at each moment of rest: the reference's, and the one's that began."""
        if glance.face is None:
            return
        template = self._tools.embedder.template(picture, glance.face)
        if self._reference is not None:
            self._gathered.likenesses.append(template.likeness(self._reference))
        self._ask_the_other(picture, glance.face)
        if self._tools.passive is not None:
            self._gathered.passive.append(self._tools.passive.live(picture, glance.face))
        if self._first is None:
            self._first = template
            return
        self._gathered.continuity.append(template.likeness(self._first))
        template.wipe()

    def _ask_the_other(self, picture: Picture, face: Face) -> None:
        if self._tools.second is None or self._second is None:
            return
        template = self._tools.second.template(picture, face)
        self._gathered.second.append(1 - template.distance(self._second))
        template.wipe()

    def _answer(self) -> FaceAnswer | None:
        phase = self._course.phase
        if isinstance(phase, Ended):
            return FaceRefused(*refusal_of_end(phase), self._evidence())
        if not isinstance(phase, Finished):
            return None
        evidence = self._evidence()
        refused = refusal_of(evidence.signals, flash=self._tools.limits.flash is not None)
        return FaceRefused(*refused, evidence) if refused else FaceAccepted(evidence)

    def _evidence(self) -> Evidence:
        course = self._course
        began = self._at if course.began is None else course.began
        return Evidence(
            Provider.LOCAL,
            self._tools.model,
            course.plan.challenges[: course.done],
            signals(course, self._gathered, self._tools.limits),
            self._reference is not None,
            round(self._at - began, 2),
        )

    def wipe(self) -> None:
        for template in (self._first, self._reference, self._second):
            if template is not None:
                template.wipe()
        self._first = self._reference = self._second = None
        self._tools.embedder.forget()
        self._course = Course(self._course.plan, self._tools.amplitudes)
