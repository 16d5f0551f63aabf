"""Each call whose answer was lost has one way out, and the saga takes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import Money
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Back, Return
from kiosk.saga.acts import Act, next_act
from kiosk.saga.entry import Course, Entry, Mark, Order
from kiosk.saga.facts import ActKind, Stamp
from kiosk.saga.resolvers import RESOLVERS, Means, resolver_of
from tests.support.people import (
    BATCH,
    BOOKING,
    DEPOSIT,
    DEPOSITS,
    INSURED,
    LIMITS,
    MORNING,
    POLICY,
    REST,
    STAYED,
    amounts,
    plan,
    quote,
)

AT = Stamp("boot", 1_000.0, 0.0)
SID = "01K00000000000000000000000"
OWN = BATCH.total
SETTLED = Settlement("S-1", "H0000000000120261123090000001", MORNING, amounts(OWN))
REPORTED: dict[ActKind, Mark] = dict.fromkeys((ActKind.HOLD, ActKind.DESCRIBE, ActKind.UPLOAD), Mark.DONE)
QUOTED = Entry(SID, plan(), AT, marks=REPORTED, mdtrt_id="M1", quote=quote(OWN), accepted=True, hold_since=AT)
ORDER = Order("order0000000000000001", AT, whole=OWN)
PAID = replace(ORDER, mark=Mark.DONE, amount=OWN)

NAMES = {
    ActKind.RELEASE: "hospital.release",
    ActKind.DEREGISTER: "2202",
    ActKind.WITHDRAW: "2205",
    ActKind.REVERSE: "2601",
    ActKind.QUERY_SETTLEMENT: "5203",
    ActKind.QUERY_PAYMENT: "pay.query",
    ActKind.CLOSE_PAYMENT: "pay.close",
    ActKind.REFUND: "pay.refund",
    ActKind.BOOK: "hospital.book",
    ActKind.RETURN_DEPOSIT: "pay.refund",
    ActKind.REPORT_RETURNS: "hospital.returns",
    ActKind.TAKE_DEPOSIT: "hospital.deposit",
    ActKind.CLAIM: "insurer.settle",
    ActKind.REPORT_CLAIM: "hospital.claimed",
    ActKind.QUERY_PAID: "5203",
    ActKind.UNBOOK: "hospital.refunded",
    ActKind.HAND_OVER: "hospital.hand_over",
}


def undoing(**changes: object) -> Entry:
    """With nothing else to undo than what the test marks."""
    return replace(QUOTED, marks={}, course=Course.UNDOING, undo_since=AT, **changes)  # type: ignore[arg-type]


LOST = {
    "hospital.hold": undoing().marked(ActKind.HOLD, Mark.UNKNOWN),
    "2201": undoing(mdtrt_id=None).marked(ActKind.REGISTER, Mark.UNKNOWN),
    "2204": undoing().marked(ActKind.UPLOAD, Mark.UNKNOWN),
    "2207": undoing(order=PAID).marked(ActKind.SETTLE, Mark.UNKNOWN),
    "2208": undoing(settlement=SETTLED, order=PAID).marked(ActKind.CANCEL, Mark.UNKNOWN),
    "pay.collect": replace(QUOTED, order=replace(ORDER, mark=Mark.UNKNOWN)),
    "pay.close": undoing(order=replace(ORDER, closing=True)),
    "pay.refund": undoing(order=PAID).marked(ActKind.REFUND, Mark.UNKNOWN),
    "hospital.book": replace(QUOTED, order=PAID, settlement=SETTLED).marked(ActKind.BOOK, Mark.UNKNOWN),
}
"""An outpatient's settlement in which the answer to one call is all that is missing."""
BOOKED = replace(QUOTED, plan=plan(STAYED), order=PAID, settlement=SETTLED, booking=BOOKING, returns_since=AT)
ONE_BACK = Return(DEPOSITS[0], DEPOSITS[0].amount, "key", Back.RETURNED)
OF_A_STAY = {
    "2304": replace(LOST["2207"], plan=plan(STAYED)),
    "2305": replace(LOST["2208"], plan=plan(STAYED)),
    "pay.refund": replace(BOOKED, returns=(replace(ONE_BACK, back=Back.ASKED, doubtful=True),)),
    "hospital.deposit": replace(QUOTED, plan=plan(DEPOSIT), quote=None, order=PAID).marked(
        ActKind.TAKE_DEPOSIT, Mark.UNKNOWN
    ),
    "hospital.returns": replace(BOOKED, returns=(ONE_BACK,)).marked(ActKind.REPORT_RETURNS, Mark.UNKNOWN),
}
"""The same of a stay with deposits."""
PLEDGE = Pledge(POLICY, "Q1", Money(400))
INSURED_BOOKED = replace(BOOKED, plan=plan(INSURED), pledge=PLEDGE, claim=Claim(PLEDGE), booked_since=AT)
OF_AN_INSURER = {
    "insurer.settle": INSURED_BOOKED.marked(ActKind.CLAIM, Mark.UNKNOWN),
    "hospital.claimed": replace(INSURED_BOOKED, claim=Claim(PLEDGE, Outcome.PAID)).marked(
        ActKind.REPORT_CLAIM, Mark.UNKNOWN
    ),
}
"""The same where an insurer pays a part."""

CANCELLING = replace(QUOTED, plan=plan(REST), undoing_since=AT)
OF_A_REFUND = {
    "2208": CANCELLING.marked(ActKind.CANCEL_PAID, Mark.UNKNOWN),
    "hospital.refunded": CANCELLING.marked(ActKind.CANCEL_PAID, Mark.DONE).marked(ActKind.UNBOOK, Mark.UNKNOWN),
}
"""The same of a paid bill of which something is taken back."""

_REVERSIBLE = {"2207", "2304", "2401"}


@pytest.mark.parametrize(
    ("call", "entry"), [*LOST.items(), *OF_A_STAY.items(), *OF_AN_INSURER.items(), *OF_A_REFUND.items()]
)
def test_the_saga_resolves_as_the_table_says(call: str, entry: Entry) -> None:
    entry = entry.marked(ActKind.SETTLE, Mark.DONE) if entry.settlement else entry
    act = next_act(entry, AT, LIMITS)
    assert isinstance(act, Act)
    assert NAMES[act.kind] == RESOLVERS[call].by


def test_2601_resolves_what_it_takes_and_never_a_cancel() -> None:
    assert {call for call, resolver in RESOLVERS.items() if resolver.by == "2601"} == _REVERSIBLE


def test_what_is_repeated_is_the_call_itself_and_nothing_else_is() -> None:
    for call, resolver in RESOLVERS.items():
        assert (resolver.by == call) == (resolver.means is Means.REPEAT), call


@pytest.mark.parametrize(("call", "by"), [("2207A", "2601"), ("6202", "6301"), ("2402", "2405"), ("2305", "5203")])
def test_a_forms_and_other_calls_are_found(call: str, by: str) -> None:
    resolver = resolver_of(call)
    assert resolver is not None
    assert resolver.by == by


@pytest.mark.parametrize("call", ["1101", "2206A", "5203", "6301", "pay.query"])
def test_a_question_has_none(call: str) -> None:
    assert resolver_of(call) is None
