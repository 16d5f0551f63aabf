"""The key server through the front: what it says of a card, and everything that opens none."""

import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.domain.personal import CardProof
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.key_server import Failure, StepTwo
from settlement.access import Access
from settlement.card_keys import make
from settlement.wire import card_keys as wire
from tests.support.faces import ScriptedFace
from tests.support.far_end import FarEnd, hangs_up, says
from tests.support.parties import Ear, HandClock, party_host

STEP_ONE = CardProof("000000|00|03|…|")
Ask = Callable[[Any], tuple[StepTwo | Failure, list[tuple[str, dict[str, Any]]]]]


@pytest.fixture
def ask(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Ask]:
    far_ends: list[FarEnd] = []

    def asked(reply: Any) -> tuple[StepTwo | Failure, list[tuple[str, dict[str, Any]]]]:
        face = ScriptedFace({wire.STEP_TWO: reply})
        far_ends.append(FarEnd(server_context, face).__enter__())
        port = make(access_to(far_ends[-1].url), party_host(HandClock(), Ear()))
        return port.step_two(STEP_ONE), face.heard

    yield asked
    for far in far_ends:
        far.stop()


def test_step_one_goes_through_as_it_is_and_step_two_comes_back(ask: Ask) -> None:
    answer, heard = ask({"step2": "00|AA"})
    assert answer == StepTwo(CardProof("00|AA"))
    assert heard == [(wire.STEP_TWO, {"step1": "000000|00|03|…|", "terminal": "007"})]


def test_a_refusal_is_the_servers_word_about_the_card(ask: Ask) -> None:
    assert ask({"refused": "只认识模拟卡"})[0] == Refused(FaultCode.CARD_INCOMPLETE, "只认识模拟卡")


@pytest.mark.parametrize("reply", [{}, {"step2": ""}, {"step2": 7}, {"step2": "x" * 5000}, says(b"<html>")])
def test_what_is_no_reply_opens_nothing(ask: Ask, reply: Any) -> None:
    answer, _ = ask(reply)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.KEY_SERVER_UNREACHABLE


def test_a_server_that_hangs_up_is_one_that_is_not_there(ask: Ask) -> None:
    answer, _ = ask(hangs_up)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.KEY_SERVER_UNREACHABLE


def test_nobody_listening(access_to: Callable[[str], Access]) -> None:
    port = make(access_to("https://localhost:9"), party_host(HandClock(), Ear()))
    assert port.step_two(STEP_ONE) == NotSent(FaultCode.KEY_SERVER_UNREACHABLE)
