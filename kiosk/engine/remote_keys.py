"""Asks the key server of cards on behalf of a device's thread, which must be able to let go of the question."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from kiosk.domain.personal import CardProof
from kiosk.faults import FaultCode
from kiosk.ports.answers import Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock, Monotonic
from kiosk.ports.key_server import Failure, KeyServer, StepTwo

_log = logging.getLogger(__name__)


@dataclass
class _Question:
    """One exchange; `done` also rings when nobody waits any more."""

    answer: StepTwo | Failure | None = None
    done: threading.Event = field(default_factory=threading.Event)


class KeysAside:
    """A `KeyDesk`. A call over HTTPS cannot be cancelled, a card reader's must be within 300 ms: so each question has a
    thread of its own, which an impatient reader leaves behind. It ends with the server's reply or its own limits.
    """

    def __init__(self, server: KeyServer, clock: Clock) -> None:
        self._server, self._clock = server, clock

    def step_two(self, step_one: CardProof, deadline: Monotonic, cancel: Cancel) -> StepTwo | Failure | None:
        question = _Question()
        threading.Thread(target=self._ask, args=(question, step_one), name="card-keys", daemon=True).start()
        with cancel.wake(question.done.set):
            question.done.wait(max(0.0, deadline - self._clock.monotonic()))
        return None if cancel.cancelled else question.answer

    def _ask(self, question: _Question, step_one: CardProof) -> None:
        try:
            question.answer = self._server.step_two(step_one)
        except Exception:  # noqa: BLE001 - a defect of the adapter is one more way of not answering
            _log.exception("the key server's adapter failed")
            question.answer = Unknown(FaultCode.REPLY_BROKEN, "defect")
        question.done.set()
