"""A question to the key server that a device's thread can let go of."""

import logging
import threading
import time

import pytest

from kiosk.domain.personal import CardProof
from kiosk.engine.clock import SystemClock
from kiosk.engine.remote_keys import KeysAside
from kiosk.faults import FaultCode
from kiosk.ports.answers import Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.key_server import StepTwo

STEP_ONE, STEP_TWO = CardProof("000000|"), StepTwo(CardProof("00|" + "0" * 32))


class SlowServer:
    """Answers once it is let."""

    def __init__(self) -> None:
        self.let, self.asked = threading.Event(), threading.Event()

    def step_two(self, step_one: CardProof) -> StepTwo:
        self.asked.set()
        assert self.let.wait(20)
        return STEP_TWO


class BrokenServer:
    def step_two(self, step_one: CardProof) -> StepTwo:
        raise RuntimeError("a defect")


def soon(clock: SystemClock, seconds: float = 20) -> Monotonic:
    return Monotonic(clock.monotonic() + seconds)


def test_an_answer_comes_back() -> None:
    server, clock = SlowServer(), SystemClock()
    server.let.set()
    assert KeysAside(server, clock).step_two(STEP_ONE, soon(clock), Cancel()) == STEP_TWO


def test_the_deadline_holds_though_the_server_does_not_answer() -> None:
    server, clock = SlowServer(), SystemClock()
    desk = KeysAside(server, clock)
    assert desk.step_two(STEP_ONE, soon(clock, 0.05), Cancel()) is None
    server.let.set()
    assert desk.step_two(STEP_ONE, soon(clock), Cancel()) == STEP_TWO


def test_a_cancelled_question_is_let_go_and_its_late_answer_is_nobodys() -> None:
    server, clock, cancel = SlowServer(), SystemClock(), Cancel()
    threading.Timer(0.05, cancel.cancel).start()
    begun = time.monotonic()
    assert KeysAside(server, clock).step_two(STEP_ONE, soon(clock), cancel) is None
    assert time.monotonic() - begun < 10
    server.let.set()


@pytest.mark.expected_log("kiosk.engine.remote_keys", logging.ERROR, "adapter failed")
def test_a_defect_of_the_adapter_is_one_more_way_of_not_answering() -> None:
    clock = SystemClock()
    answer = KeysAside(BrokenServer(), clock).step_two(STEP_ONE, soon(clock), Cancel())
    assert answer == Unknown(FaultCode.REPLY_BROKEN, "defect")
