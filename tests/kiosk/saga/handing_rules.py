"""What must hold of a bill that its patient takes to their phone: at the far ends, and in what leaves."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.settlement import Settlement
from kiosk.saga.entry import Course, Entry
from kiosk.saga.facts import ActKind, Answered, Fact, GaveUp, Intended, PhoneChosen, Recovered, Verdict
from tests.support.far_parties import OWN_PART, Ledger, Settled
from tests.support.people import MORNING, amounts

_GOING = {ActKind.UPLOAD: ActKind.WITHDRAW, ActKind.REGISTER: ActKind.DEREGISTER}


def pay_there(ledger: Ledger) -> None:
    """Whatever waits on a phone is paid there in the end: whoever still charges for it here charges twice."""
    for key, batch_no in ledger.handed.items():
        if ledger.holders.get(batch_no) == key:
            by_phone = Settlement(f"S-{key}", f"M-{key}", MORNING, amounts(OWN_PART))
            ledger.settlements[by_phone.msgid] = Settled(by_phone, batch_no)


def judge_handed(entry: Entry, ledger: Ledger) -> Iterator[str]:
    """It is the phone's alone: nothing of it is left here, and the phone can pay it."""
    batch_no = entry.plan.batch.batch_no
    if entry.course is not Course.CLOSED or entry.handed is None:
        return
    if ledger.handed.get(entry.hand_key) != batch_no or ledger.holders.get(batch_no) != entry.hand_key:
        yield "I2: told to pay on the phone, and the phone does not have it"
    if ledger.booked(batch_no):
        yield "I8: booked here, and on the phone"


def hand(facts: list[Fact], sent_key: str) -> Iterator[str]:
    """Asked for by its patient, with nothing of it open here, always under the one key."""
    before = facts[:-1]
    asked = any(isinstance(fact, Intended) and fact.act is ActKind.HAND_OVER for fact in before)
    if not any(isinstance(fact, PhoneChosen) for fact in before):
        yield "handed over though nobody asked for it"
    if not asked and any(isinstance(fact, Recovered | GaveUp) for fact in before):
        yield "handed over behind the patient's back"
    if {fact.key for fact in facts if isinstance(fact, Intended) and fact.act is ActKind.HAND_OVER} != {sent_key}:
        yield "handed over under two keys"
    if any(_stays(before, made) for made in _GOING):
        yield "handed over while what we reported stays"


def _stays(facts: list[Fact], made: ActKind) -> bool:
    """Whether it was reported, and neither taken back nor refused for good."""
    sent = any(isinstance(fact, Intended) and fact.act is made for fact in facts)
    ends = [fact.verdict for fact in facts if isinstance(fact, Answered) and fact.act is _GOING[made]]
    refused = [fact.verdict for fact in facts if isinstance(fact, Answered) and fact.act is made][-1:]
    never = refused and refused[0] in {Verdict.NO, Verdict.NOT_SENT}
    return sent and not never and Verdict.YES not in ends and ends.count(Verdict.NO) < 3


def handed_maybe(facts: list[Fact]) -> bool:
    """Whether the phone may have it, as far as the journal tells."""
    maybe = False
    for fact in facts:
        match fact:
            case Intended(ActKind.HAND_OVER):
                maybe = True
            case Answered(ActKind.HAND_OVER, Verdict.NO):
                maybe = False
            case _:
                pass
    return maybe
