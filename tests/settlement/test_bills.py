"""Bills that others have a part in: a phone that began or waits for one, a deposit, what may be paid later."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.domain.visit import FeeBatch
from kiosk.ports.answers import Unknown
from kiosk.ports.hospital import Bills
from tests.settlement.direct.scripted import account_detail, setlinfo
from tests.settlement.hostile import hospital, stayed
from tests.settlement.sample_bill import wire_bill
from tests.support.parties import PERSON

UNTIL = "2026-11-24T09:30:00+08:00"


def told(bill: dict[str, Any]) -> FeeBatch | None:
    """None for what is not believed."""
    answer = hospital(lambda _asked: {"bills": [bill]}).unpaid(PERSON)
    assert isinstance(answer, Bills | Unknown)
    return answer.batches[0] if isinstance(answer, Bills) else None


def asked(**changes: Any) -> dict[str, Any]:
    deposit = {"ward": "呼吸内科病区", "bed": "12 床", "basis": "同病种次均自付"}
    return wire_bill(total="2000.00", lines=[], feedetail=[], med_type="21", deposit=deposit) | changes


@pytest.mark.parametrize(("total", "sound"), [("0.01", True), ("0.00", False), ("-0.01", False)])
def test_a_deposit_is_asked_for_with_a_sum(total: str, *, sound: bool) -> None:
    batch = told(asked(total=total))
    assert (batch is not None) is sound


@pytest.mark.parametrize(("most", "sound"), [("0.01", True), ("0.00", False), ("-0.01", False)])
def test_what_may_be_paid_later_is_something(most: str, *, sound: bool) -> None:
    batch = told(wire_bill(deferral={"most": most, "basis": "先诊疗后付费协议"}))
    assert (batch is not None) is sound
    assert batch is None or batch.deferral is not None


def begun(**changes: Any) -> dict[str, Any]:
    """A bill that its patient's phone began: reported and settled there, and the own part is still to be paid."""
    made = setlinfo(setl_id="S0001", mdtrt_id="M7", setl_time="2026-11-22 09:00:00")
    ordered = {"msgid": "H" + "0" * 29, "settled": {"setlinfo": made, "setldetail": [account_detail()]}}
    return wire_bill(mdtrt_id="M7", fees_uploaded=True, ordered=ordered) | changes


def test_what_a_phone_began_is_paid_here_as_it_was_settled_there() -> None:
    batch = told(begun())
    assert batch is not None
    assert batch.ordered is not None
    assert batch.ordered.setl_id == "S0001"


@pytest.mark.parametrize(
    "bill",
    [
        begun(fees_uploaded=False),
        begun(mdtrt_id=None),
        stayed(ordered=begun()["ordered"]),
        begun(ordered=begun()["ordered"] | {"settled": {"setlinfo": {}, "setldetail": []}}),
    ],
    ids=["not uploaded", "not registered", "a stay", "without amounts"],
)
def test_what_no_phone_can_have_settled_is_not_believed(bill: dict[str, Any]) -> None:
    assert told(bill) is None


def waiting(**changes: Any) -> dict[str, Any]:
    handed = {"until": UNTIL, "where": "公众号“待缴费”", "number": "ORD1", "link": "https://pay.invalid/ORD1"} | changes
    return wire_bill(phone=True, handed=handed)


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://pay.invalid/ORD1", True),
        ("weixin://dl/business/?t=1", True),
        ("https://pay.invalid/" + "a" * 280, True),
        ("https://pay.invalid/" + "a" * 281, False),
        ("https://pay.invalid/ ORD1", False),
        ("https://pay.invalid/\n", False),
        ("https://缴费.invalid/" + "单" * 250, False),
        ("", False),
    ],
)
def test_only_a_link_that_a_code_can_hold_is_shown_and_printed(link: str, *, shown: bool) -> None:
    batch = told(waiting(link=link))
    assert batch is not None
    assert batch.handed is not None
    assert batch.handed.link == (link if shown else "")


@pytest.mark.parametrize("until", ["2026-11-24T09:30:00", "2026-11-24 25:00:00+08:00", "tomorrow", ""])
def test_how_long_it_waits_is_never_guessed(until: str) -> None:
    """Without its offset it could be another day's, around midnight."""
    assert told(waiting(until=until)) is None


@pytest.mark.parametrize("until", [UNTIL, "2026-11-24T01:30:00Z", "2026-11-23T20:30:00-05:00"])
def test_until_when_is_said_in_beijing_time(until: str) -> None:
    batch = told(waiting(until=until))
    assert batch is not None
    assert batch.handed is not None
    assert batch.handed.until.isoformat() == UNTIL
