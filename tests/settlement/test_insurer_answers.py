"""What an insurer says is believed only where it is about this claim, this amount, and says plainly how it ended."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.domain.insurer import Pledge
from kiosk.domain.money import Money
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.insurer import ClaimPaid, ClaimRequest, Reviewing
from tests.settlement.hostile import insurer
from tests.settlement.test_hospital import SETTLEMENT
from tests.support.people import POLICY, ZHANG, amounts

KEY, ANOTHER = "01KAMMV5RC6Z2J5N4Q8W7T3XYD-claim", "01KAMMV5RC6Z2J5N4Q8W7T3XYE-claim"
PLEDGE = Pledge(POLICY, "Q1", Money(600))
REQUEST = ClaimRequest(ZHANG, POLICY, "B1", "11", amounts(Money(1000)), "1 zh words")
PAID = {"key": KEY, "status": "paid", "amount_fen": 600, "claim_no": "C1"}


def settled(reply: dict[str, Any]) -> object:
    return insurer(lambda _asked: reply).settle(KEY, PLEDGE, "B1", SETTLEMENT)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (PAID, ClaimPaid("C1")),
        (PAID | {"status": "reviewing"}, Reviewing()),
        (PAID | {"status": "refused", "reason": "等待期"}, Refused(FaultCode.INSURER_REFUSED, "等待期")),
    ],
    ids=["paid", "reviewing", "refused"],
)
def test_each_word_about_a_claim_means_one_thing(reply: dict[str, Any], answer: object) -> None:
    assert settled(reply) == answer


@pytest.mark.parametrize(
    "reply",
    [
        PAID | {"amount_fen": 599},
        PAID | {"amount_fen": 601},
        PAID | {"amount_fen": None},
        PAID | {"amount_fen": "6.00"},
        PAID | {"claim_no": ""},
        PAID | {"key": ANOTHER},
        PAID | {"key": ANOTHER, "status": "refused"},
        PAID | {"status": "done"},
    ],
    ids=["less", "more", "no amount", "yuan", "no number", "another claim", "another refused", "another word"],
)
def test_a_claim_that_is_not_plainly_answered_is_unknown(reply: dict[str, Any]) -> None:
    told = settled(reply)
    assert isinstance(told, Unknown)
    assert told.fault is FaultCode.INSURER_UNREACHABLE


@pytest.mark.parametrize(
    "reply",
    [
        {"key": ANOTHER, "quote_no": "Q1", "amount_fen": 600},
        {"key": ANOTHER, "refused": "没有保单"},
        {"key": KEY, "quote_no": "Q1", "amount_fen": 600, "refused": "没有保单"},
        {"key": KEY},
    ],
    ids=["another bill's", "another bill's no", "both", "neither"],
)
def test_a_quote_that_is_not_plainly_answered_is_unknown(reply: dict[str, Any]) -> None:
    told = insurer(lambda _asked: reply).quote(KEY, REQUEST)
    assert isinstance(told, Unknown)
    assert told.fault is FaultCode.INSURER_UNREACHABLE


def test_what_it_pledges_is_its_own_figure() -> None:
    reply = {"key": KEY, "quote_no": "Q1", "amount_fen": 600}
    assert insurer(lambda _asked: reply).quote(KEY, REQUEST) == PLEDGE
