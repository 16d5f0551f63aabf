"""Which offers an insurer is asked about, and which may go to a phone: one bill at a time, and not both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.insurer import Pledge
from kiosk.domain.money import ZERO, Money
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.offer import Offer, Quoted, insurable, to_phone
from tests.kiosk.flow.walker import NUMBER, SID
from tests.support.people import INSURED, PHONABLE, POLICY, bill, quote

BOTH, OWN = replace(INSURED, phone=True), Money(1000)


def quoted(batch: FeeBatch, own: Money = OWN) -> Quoted:
    return Quoted(bill(batch), SID, NUMBER, quote(own))


def test_a_bill_that_an_insurer_has_a_part_in_stays_here() -> None:
    """The phone pays the whole own part, and the insurer would pay its part of it again."""
    assert to_phone(Offer((quoted(BOTH),)))
    pledged = replace(quoted(BOTH), pledge=Pledge(POLICY, "Q1", Money(600)))
    assert not to_phone(Offer((pledged,)))
    assert to_phone(Offer((replace(quoted(BOTH), unpledged=FaultCode.INSURER_REFUSED),)))


def test_one_bill_at_a_time_goes_to_a_phone_or_to_an_insurer() -> None:
    two = Offer((quoted(BOTH), quoted(replace(PHONABLE, batch_no="B2"))))
    assert not to_phone(two)
    assert not insurable(two), "nobody agrees for two at once"
    assert insurable(Offer((quoted(INSURED),)))


@pytest.mark.parametrize(
    "one",
    [
        quoted(INSURED, ZERO),
        quoted(PHONABLE),
        replace(quoted(INSURED), quote=None),
        replace(quoted(INSURED), pledge=Pledge(POLICY, "Q1", Money(600))),
        replace(quoted(INSURED), unpledged=FaultCode.INSURER_REFUSED),
    ],
    ids=["nothing to pay", "no policy", "no quote", "it said what it pays", "it said no"],
)
def test_an_insurer_is_asked_once_and_only_about_what_it_could_pay(one: Quoted) -> None:
    assert not insurable(Offer((one,)))
