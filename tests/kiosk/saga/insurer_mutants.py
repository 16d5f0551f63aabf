"""Mistakes that only an insurer's part of a bill can show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.insurer import Outcome
from kiosk.domain.money import Money
from kiosk.domain.stay import Back, Cover
from kiosk.engine import money
from kiosk.engine.money import Call, Parties
from kiosk.saga import answers
from kiosk.saga.acts import Act, Next
from kiosk.saga.entry import Entry, Mark
from kiosk.saga.facts import ActKind, Answered, Recovered, Stamp, Verdict
from tests.kiosk.saga.mutants import Mutant, Mutate, _next, _patch, answer, fact, folding_apply


def _taken_as(told: Verdict, verdict: Verdict) -> Mutate:
    def claimed(entry: Entry, answered: Answered, at: Stamp) -> Entry:
        return answers._claimed(entry, replace(answered, verdict=verdict) if answered.verdict is told else answered, at)

    return answer(ActKind.CLAIM, claimed)


def _refused_by_a_crash(entry: Entry, recovered: Recovered, at: Stamp) -> Entry:
    if entry.claim is not None and entry.mark(ActKind.CLAIM) is Mark.INTENT:
        entry = replace(entry, claim=replace(entry.claim, outcome=Outcome.REFUSED))
    return folding_apply(entry, recovered, at)


def _property(name: str, instead: property) -> Mutate:
    return lambda patch: patch.setattr(Entry, name, instead)


def _asks_unasked(entry: Entry) -> bool:
    """Whoever has a policy is assumed to agree."""
    return entry.plan.batch.policy is not None and entry.pledge is None and entry.unpledged is None


def _pays_it_all(entry: Entry) -> Money:
    return entry.cover.due + entry.cover.insurer


def _told_when_ended(entry: Entry) -> bool:
    return entry.claim is None or entry.claim.ended


def _new_key(patch: pytest.MonkeyPatch) -> None:
    """Every try is another claim."""

    def claim(entry: Entry, parties: Parties, seconds: int) -> Call:
        key, made = f"{entry.claim_key}{entry.failures or ''}", money._claim(entry, parties, seconds)
        pledge, batch_no, settlement = money._claim_of(entry).pledge, entry.plan.batch.batch_no, money._settled(entry)
        digest = money._digest(f"{key}:{settlement.setl_id}", pledge.amount)
        insurer = money._insurer(parties)
        return replace(made, key=key, digest=digest, send=lambda: insurer.settle(key, pledge, batch_no, settlement))

    patch.setitem(money._KEYED, ActKind.CLAIM, claim)


def _owed_when_booked(entry: Entry, answered: Answered, at: Stamp) -> Entry:
    booked = answers._book(entry, answered, at)
    return answers._owe_back(booked, at) if booked.booking is not None else booked


def _return_first(entry: Entry, found: Next) -> Next:
    waits = any(one.back is Back.UNSENT for one in entry.returns)
    return Act(ActKind.RETURN_DEPOSIT) if waits and isinstance(found, Act) and found.kind is ActKind.CLAIM else found


def _surplus_first(patch: pytest.MonkeyPatch) -> None:
    """As the hospital booked it, whatever the insurer says later."""
    answer(ActKind.BOOK, _owed_when_booked)(patch)
    _next(_return_first)(patch)


def _as_booked(cover: Cover) -> Cover:
    return cover


COVERING = (
    Mutant("the surplus goes back before the insurer is known", _surplus_first),
    Mutant("an insurer that does not answer takes the surplus", _taken_as(Verdict.UNKNOWN, Verdict.NO)),
    Mutant("an insurer that looks into it takes the surplus", _taken_as(Verdict.PENDING, Verdict.NO)),
    Mutant("an insurer that does not answer frees the surplus", _taken_as(Verdict.UNKNOWN, Verdict.YES)),
    Mutant("deposits do not pay what the insurer refused", _patch(Cover, "refused", _as_booked)),
)
"""Mistakes that only a stay with an insurer and a surplus of deposits can show."""
CLAIMING = (
    Mutant("an insurer that does not answer is taken as refused", _taken_as(Verdict.UNKNOWN, Verdict.NO)),
    Mutant("an insurer that does not answer is taken as paid", _taken_as(Verdict.UNKNOWN, Verdict.YES)),
    Mutant("an insurer's refusal is taken as paid", _taken_as(Verdict.NO, Verdict.YES)),
    Mutant("an insurer that looks into it is taken as paid", _taken_as(Verdict.PENDING, Verdict.YES)),
    Mutant("killed while it is claimed, an insurer's part is the patient's", fact(Recovered, _refused_by_a_crash)),
    Mutant("an insurer is asked without consent", _property("asks_insurer", property(_asks_unasked))),
    Mutant("the patient pays what the insurer pledged as well", _property("own_part", property(_pays_it_all))),
    Mutant("the hospital is not told what the insurer did", _property("claim_over", property(_told_when_ended))),
    Mutant("every try is a claim of its own", _new_key),
)
