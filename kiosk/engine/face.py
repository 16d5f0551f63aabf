"""The vision thread: one, with the verifier to itself; and what of a face check is written down."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.audit import AuditEvent, Disposition, Record
from kiosk.engine.workers import DeviceWorker
from kiosk.faults import FaultCode
from kiosk.flow.effects import CheckFace
from kiosk.flow.events import AnotherWayChosen, Event, FaceAgreed, FaceFollowed, FaceWasChecked
from kiosk.ports.camera import FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock
from kiosk.ports.face import Evidence, FaceAccepted, FaceAnswer, FaceNotTried, FaceProgress, FaceRefused, FaceVerifier


class FaceWorker(DeviceWorker[FaceVerifier]):
    """Looks into `slot` while a check runs, and at no other time; nothing is loaded before somebody is asked."""

    def __init__(self, device: FaceVerifier, slot: FrameSlot, post: Callable[[Event], None], clock: Clock) -> None:
        super().__init__("face", device, post, clock)
        self._slot = slot

    def warm(self) -> None:
        self.ask(lambda verifier, _cancel: verifier.warm())

    def check(self, effect: CheckFace) -> None:
        def run(verifier: FaceVerifier, cancel: Cancel) -> None:
            def tell(progress: FaceProgress) -> None:
                if not cancel.cancelled:
                    self.post(FaceFollowed(effect.ticket, progress))

            answer = verifier.verify(effect.task, self._slot, tell, self.deadline(effect.seconds), cancel)
            if not cancel.cancelled:
                self.post(FaceWasChecked(effect.ticket, answer))

        lost = FaceWasChecked(effect.ticket, FaceNotTried(FaultCode.CAMERA_GONE))
        self.ask(run, lambda: self.post(lost))


def face_record(event: FaceAgreed | AnotherWayChosen | FaceWasChecked, visit: int) -> Record:
    """What the audit keeps: words agreed to, names and numbers of a judgement; never a picture nor a template."""
    match event:
        case FaceAgreed(words):
            return Record(AuditEvent.FACE_CONSENTED, visit, detail=words)
        case AnotherWayChosen():
            return Record(AuditEvent.FACE_DECLINED, visit)
        case FaceWasChecked(_, answer):
            passed = isinstance(answer, FaceAccepted)
            ending = Disposition.SUCCESS if passed else Disposition.FAILURE
            return Record(AuditEvent.FACE_CHECKED, visit, detail=described(answer), disposition=ending)


def described(answer: FaceAnswer | None) -> str:
    """Names and numbers of a judgement, never a picture nor a template."""
    match answer:
        case None:
            return "stopped"
        case FaceNotTried(fault):
            return f"not tried {fault}"
        case FaceRefused(refusal, fault, evidence):
            return f"{refusal} {fault} {_evidence(evidence)}"
        case FaceAccepted(evidence):
            return f"accepted {_evidence(evidence)}"


def _evidence(evidence: Evidence) -> str:
    asked = "+".join(evidence.asked)
    measured = [signal for signal in evidence.signals if signal.found is not None]
    found = " ".join(f"{signal.name}={signal.found:.3f}/{signal.demanded:g}" for signal in measured)
    against = "compared" if evidence.compared else "presence"
    model = f"model={evidence.model}" if evidence.model else ""
    parts = (evidence.provider, against, model, asked, found, f"{evidence.seconds}s")
    return " ".join(part for part in parts if part)
