"""The query thread: HTTPS that moves no money (sign-in, 1101, unpaid bills)."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from kiosk.engine.money import Parties
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, FindPerson
from kiosk.flow.events import BillsWereSought, Event, PersonWasSought
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import Clock
from kiosk.ports.settlement import Accepted

_log = logging.getLogger(__name__)
Question = FindPerson | FindBills
_SIGN_IN_RETRY = 15.0


class Queries:
    """`ask` from any thread; answers go to `post`. Signs in at the start and when the platform comes back."""

    def __init__(
        self,
        parties: Parties,
        clock: Clock,
        post: Callable[[Event], None],
        faulted: Callable[[FaultCode, bool], None],
        sign_in_retry: float = _SIGN_IN_RETRY,
    ) -> None:
        self._parties, self._clock, self._post, self._faulted = parties, clock, post, faulted
        self._retry = sign_in_retry
        self._reach: FaultCode | None = None
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="query", daemon=True)
        self.beat = clock.monotonic()

    def start(self) -> None:
        self._thread.start()

    def ask(self, question: Question) -> None:
        self._questions.put(question)

    def stop(self) -> None:
        self._questions.put(None)
        self._thread.join(3.0)

    def _run(self) -> None:
        self._probe()
        while True:
            self.beat = self._clock.monotonic()
            try:
                question = self._questions.get(timeout=self._retry)
            except queue.Empty:
                self._probe()
                continue
            if question is None:
                return
            self._post(self._answer(question))
            del question  # or its person would stay here until somebody else's question

    def _probe(self) -> None:
        """Signed in, or said why not: the home page tells, so that nobody tries in vain while nobody answers."""
        try:
            answer = self._parties.settlement.sign_in()
        except Exception:  # noqa: BLE001 - a defect of the adapter is one more way of not answering
            _log.exception("sign-in failed")
            answer = Unknown(FaultCode.REPLY_BROKEN, "defect")
        fault = None if isinstance(answer, Accepted) else _standing_fault(answer)
        if self._reach is not None and fault != self._reach:
            self._faulted(self._reach, False)
        if fault is not None:
            self._faulted(fault, True)
        self._reach = fault

    def _answer(self, question: Question) -> Event:
        try:
            return self._ask(question)
        except Exception:  # noqa: BLE001 - the patient must get an answer whatever the adapter does
            _log.exception("query failed")
            broken = Unknown(FaultCode.REPLY_BROKEN, "defect")
            if isinstance(question, FindPerson):
                return PersonWasSought(question.ticket, broken)
            return BillsWereSought(question.ticket, broken)

    def _ask(self, question: Question) -> Event:
        if isinstance(question, FindPerson):
            return PersonWasSought(question.ticket, self._parties.settlement.find_person(question.credential))
        return BillsWereSought(question.ticket, self._parties.hospital.unpaid(question.person))


def _standing_fault(answer: NotSent | Refused | Unknown) -> FaultCode:
    if isinstance(answer, Refused):
        return FaultCode.SIGN_IN_REFUSED
    return answer.fault if isinstance(answer, NotSent) else FaultCode.PLATFORM_UNREACHABLE
