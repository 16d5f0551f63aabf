"""The two providers whose word may authorise a settlement, behind the same port as our own camera (`kiosk.ports.face`).

`CertifiedFaces` asks the certified terminal, which has a camera of its own, and the e-voucher centre whose face it was.
`SecondedFaces` is our own camera first and, for whoever gave the second consent, the province's service after it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.insured import Person
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused
from kiosk.ports.camera import Frame, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.face import (
    Evidence,
    FaceAccepted,
    FaceAnswer,
    FaceNotTried,
    FaceProgress,
    FaceRefused,
    FaceTask,
    FaceVerifier,
    Provider,
    Purpose,
    Refusal,
)
from kiosk.ports.face_platform import FacePlatform, PortraitFound, Vouched
from kiosk.ports.face_terminal import Business, Errand, FaceAuthorised, FaceTerminal, HolderFound, VoucherCentre
from kiosk.ports.health import Health

_BUSINESS = {
    Purpose.PRESENCE: Business.INPATIENT_FILE,
    Purpose.ADMISSION: Business.ADMISSION,
    Purpose.PROXY: Business.ADMISSION,
    Purpose.DOCTOR: Business.ADMISSION,
    Purpose.SETTLING: Business.SETTLING,
}
_PICTURES = 3
_APART = 0.3
"""Seconds between the pictures that leave the kiosk: as few as show that somebody moves."""


class CertifiedFaces:
    """A `FaceVerifier` without our camera. What the terminal saw stays there; a number and a name come out."""

    def __init__(self, terminal: FaceTerminal, centre: VoucherCentre, clock: Clock) -> None:
        self._terminal, self._centre, self._clock = terminal, centre, clock

    def open(self) -> None:
        self._terminal.open()

    def close(self) -> None:
        self._terminal.close()

    def status(self) -> Health:
        return self._terminal.status()

    def warm(self) -> None:
        """The terminal is always ready."""

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,  # noqa: ARG002 - the port's; the terminal looks for itself
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        tell(FaceProgress(0, 0))
        began = self._clock.monotonic()
        errand = Errand(_BUSINESS[task.purpose], secrets.token_hex(16))
        told = self._terminal.authorise(errand, deadline, cancel)
        if told is None:
            return None if cancel.cancelled else FaceNotTried(FaultCode.FACE_NOT_DONE)
        evidence = _by(Provider.CERTIFIED, self._clock.monotonic() - began)
        if isinstance(told, FaceAuthorised):
            return self._whose(errand, told, task.whose, evidence)
        if told.fault is FaultCode.FACE_TERMINAL_GONE:
            return FaceNotTried(told.fault)
        return FaceRefused(Refusal.COMPARISON_NON_MATCH, told.fault, evidence)

    def _whose(self, errand: Errand, told: FaceAuthorised, whose: Person | None, evidence: Evidence) -> FaceAnswer:
        """A number vouches for some insured person: only the centre knows which."""
        holder = self._centre.holder_of_face(errand, told.auth_no)
        if isinstance(holder, Refused):
            return FaceRefused(Refusal.COMPARISON_NON_MATCH, holder.fault, evidence)
        if not isinstance(holder, HolderFound):
            return FaceNotTried(holder.fault)
        if whose is None or holder.identity.resident_id != whose.certno:
            return FaceRefused(Refusal.COMPARISON_NON_MATCH, FaultCode.FACE_NOT_SAME, evidence)
        settling = errand.business is Business.SETTLING  # one reading serves no other business
        return FaceAccepted(evidence, told.auth_no, holder.identity if settling else None)


@dataclass(frozen=True, slots=True)
class Services:
    """What the site has the province's service do: give the photograph to compare with, judge pictures itself."""

    photographs: bool = True
    judges: bool = False


class SecondedFaces:
    """A `FaceVerifier`: whoever did not give the second consent is looked at by our own camera and by nobody else."""

    def __init__(self, own: FaceVerifier, platform: FacePlatform, services: Services, clock: Clock) -> None:
        self._own, self._platform, self._services, self._clock = own, platform, services, clock

    def open(self) -> None:
        self._own.open()

    def close(self) -> None:
        self._own.close()

    def status(self) -> Health:
        return self._own.status()

    def warm(self) -> None:
        self._own.warm()

    def verify(
        self,
        task: FaceTask,
        frames: FrameSlot,
        tell: Callable[[FaceProgress], None],
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        if not task.seconded or task.whose is None:
            return self._own.verify(task, frames, tell, deadline, cancel)
        answer = self._own.verify(self._with_photograph(task, task.whose), frames, tell, deadline, cancel)
        if not self._services.judges or not isinstance(answer, FaceAccepted):
            return answer
        return self._judged(task.whose, task.purpose, answer.evidence, frames, deadline, cancel)

    def _with_photograph(self, task: FaceTask, person: Person) -> FaceTask:
        """The card's own picture is nearer than any other. Without either, liveness alone is judged."""
        if task.reference is not None or not self._services.photographs:
            return task
        found = self._platform.portrait(person)
        return replace(task, reference=found.portrait) if isinstance(found, PortraitFound) else task

    def _judged(
        self,
        person: Person,
        purpose: Purpose,
        found: Evidence,
        frames: FrameSlot,
        deadline: Monotonic,
        cancel: Cancel,
    ) -> FaceAnswer | None:
        """What our own look found stays in the evidence: it is why anybody was asked."""
        began = self._clock.monotonic()
        taken = self._taken(frames, deadline, cancel)
        if taken is None:
            return None if cancel.cancelled else FaceNotTried(FaultCode.CAMERA_GONE)
        told = self._platform.judge(person, purpose, taken)
        seconds = round(found.seconds + self._clock.monotonic() - began, 2)
        evidence = replace(found, provider=Provider.PLATFORM, compared=True, seconds=seconds)
        match told:
            case Vouched(auth_no):
                return FaceAccepted(evidence, auth_no)
            case Refused(fault):
                return FaceRefused(Refusal.COMPARISON_NON_MATCH, fault, evidence)
            case NotSent(fault):
                return FaceNotTried(fault)
            case _:
                return FaceNotTried(told.fault)

    def _taken(self, frames: FrameSlot, deadline: Monotonic, cancel: Cancel) -> tuple[Frame, ...] | None:
        """A few pictures apart in time; None where the camera gives no more."""
        taken: list[Frame] = []
        with frames.look() as look:
            while len(taken) < _PICTURES:
                frame = look.next(deadline, cancel)
                if frame is None:
                    return None
                if not taken or frame.taken - taken[-1].taken >= _APART:
                    taken.append(frame)
        return tuple(taken)


def _by(provider: Provider, seconds: float) -> Evidence:
    """Its models and signals are its own."""
    return Evidence(provider, "", (), (), compared=True, seconds=round(seconds, 2))
