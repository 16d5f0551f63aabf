"""What a scripted visit came to, from the journals and from what was seen: its outcome and its last line of output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk import pace
from kiosk.domain.filing import CaseState
from kiosk.domain.insurer import Outcome as Claimed
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.stay import Back
from kiosk.faults import CATALOGUE, Actor, FaultCode
from kiosk.filing.course import Dossier, Stage
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind
from kiosk.visits import Outcome, Trail


def outcome_of_case(dossier: Dossier) -> Outcome:
    """What an application came to."""
    case = dossier.case
    if dossier.stage in {Stage.GOING, Stage.SOUGHT}:
        return Outcome.PENDING
    if case is None:
        return Outcome.CANCELLED if dossier.application is None else Outcome.REFUSED
    return Outcome.REFUSED if case.state in {CaseState.REFUSED, CaseState.NOT_SERVED} else Outcome.FILED


def outcome_of(entry: Entry | None, fault: FaultCode | None) -> Outcome:
    """What a visit came to, from its settlement, else from the fault shown."""
    if entry is None:
        if fault is None:
            return Outcome.CANCELLED
        return Outcome.REFUSED if CATALOGUE[fault].actor is Actor.PATIENT else Outcome.FAILED
    if entry.course in {Course.FORWARD, Course.UNDOING, Course.MANUAL} and _unfinished(entry):
        return Outcome.PENDING
    if entry.unbooked is not None:
        return Outcome.REFUNDED
    if entry.handed is not None:
        return Outcome.HANDED
    if entry.booking is not None and entry.mark(ActKind.CANCEL) is not Mark.DONE:
        return Outcome.SETTLED
    if Mark.DONE in {entry.mark(ActKind.REVERSE), entry.mark(ActKind.CANCEL)}:
        return Outcome.REVERSED
    if entry.mark(ActKind.REFUND) is Mark.DONE:
        return Outcome.REFUNDED
    return Outcome.REFUSED if entry.fault else Outcome.CANCELLED


def _unfinished(entry: Entry) -> bool:
    over = entry.unbooked is not None and entry.course is not Course.MANUAL and entry.money_home
    return entry.booking is None and entry.handed is None and not over


def outcome_of_trail(entries: Sequence[Entry], trail: Trail) -> Outcome:
    """What a visit came to; one that asked for no money and got its answer is answered."""
    return Outcome.ANSWERED if trail.answered and not entries else outcome_of_all(entries, trail.fault)


def outcome_of_all(entries: Sequence[Entry], fault: FaultCode | None) -> Outcome:
    """What a visit of several bills came to: pending while one is, settled when one is, else what the first came to."""
    each = [outcome_of(entry, fault) for entry in entries] or [outcome_of(None, fault)]
    return next((found for found in (Outcome.PENDING, Outcome.SETTLED) if found in each), each[0])


def outcome_of_visit(entries: Sequence[Entry], dossiers: Sequence[Dossier], trail: Trail) -> Outcome:
    """What a visit came to: its applications where it handed in any, an answer, or what its bills came to."""
    handed = [dossier for dossier in dossiers if dossier.application is not None]
    paid = any(entry.settlement for entry in entries)  # filed on the way: what it came to is the payment
    if handed and not paid:
        return outcome_of_case(handed[-1])
    told = {"Guiding Informed", "Guiding Asking", "Guiding Told", "Reprinting"} & set(trail.states)
    return Outcome.ANSWERED if told and not entries else outcome_of_trail(entries, trail)


def _case(dossier: Dossier) -> dict[str, Any]:
    """Numbers and states alone."""
    case = dossier.case
    return {
        "item": dossier.item,
        "stage": dossier.stage.value,
        "case_no": case.case_no if case else None,
        "state": case.state.value if case else None,
        "parts": [{"item": part.item, "state": part.state.value} for part in case.parts] if case else [],
        "score": dossier.score.level if dossier.score else None,
    }


def summary(
    entries: Sequence[Entry], trail: Trail, outcome: Outcome, paper: list[str], dossiers: Sequence[Dossier] = ()
) -> dict[str, Any]:
    """The visit's last line of output, schema 1; amounts are sums over the batches."""
    fault = next((entry.fault for entry in entries if entry.fault), None) or trail.fault
    return {
        "schema": 1,
        "outcome": outcome.value,
        "sid": entries[0].sid if entries else None,
        "fault": fault.value if fault and outcome is not Outcome.SETTLED else None,
        "amounts": _added([amounts_of(entry) for entry in entries] or [amounts_of(None)]),
        "batches": [_batch(entry, trail.fault) for entry in entries],
        "states": trail.states,
        "cases": [_case(dossier) for dossier in dossiers],
        "paper": paper,
        "effort": pace.told(trail.effort) if trail.effort.milliseconds else None,
        "ms": round((trail.ended - trail.began) * 1000),
    }


def _added(each: Sequence[dict[str, int | None]]) -> dict[str, int | None]:
    """Absent where it is absent from all."""
    sums: dict[str, int | None] = {}
    for name in each[0]:
        known = [amounts[name] for amounts in each if amounts[name] is not None]
        sums[name] = sum(value for value in known if value is not None) if known else None
    return sums


def amounts_of(entry: Entry | None) -> dict[str, int | None]:
    settled = entry.settlement.amounts if entry and entry.settlement else None
    collected = entry.collected if entry else None
    refunded = collected if entry and entry.mark(ActKind.REFUND) is Mark.DONE else Money(0)
    return {
        "medfee_sumamt": settled.medfee_sumamt.fen if settled else None,
        "fund_pay_sumamt": settled.fund_pay_sumamt.fen if settled else None,
        "acct_pay": settled.acct_pay.fen if settled else None,
        "psn_cash_pay": settled.psn_cash_pay.fen if settled else None,
        "collected": collected.fen if collected is not None else None,
        "refunded": refunded.fen if refunded is not None and entry else None,
        "deposits_used": _used(entry).fen if entry else None,
        "deposits_back": total(one.amount for one in entry.returns if one.back is Back.RETURNED).fen if entry else None,
        "deposits_window": total(one.amount for one in entry.returns if one.back is Back.WINDOW).fen if entry else None,
        "insurer": _claimed(entry, Claimed.PAID).fen if entry else None,
        "insurer_open": _claimed(entry, Claimed.OPEN).fen if entry else None,
        "insurer_refused": _claimed(entry, Claimed.REFUSED).fen if entry else None,
        "deferred": _deferred(entry).fen if entry else None,
    }


def _deferred(entry: Entry) -> Money:
    return entry.cover.deferred if entry.booking is not None else ZERO


def _claimed(entry: Entry, outcome: Claimed) -> Money:
    """What an insurer pledged of a booked bill, if this is what became of it; of what it refused what deposits left."""
    return entry.cover.insurer if entry.claim is not None and entry.claim.outcome is outcome else ZERO


def _used(entry: Entry) -> Money:
    """What of a stay's deposits pays a booked bill: psn_cash_pay = collected + this + insurer + deferred."""
    return entry.cover.used if entry.booking is not None else ZERO


def _batch(entry: Entry, fault: FaultCode | None) -> dict[str, Any]:
    return {
        "sid": entry.sid,
        "outcome": outcome_of(entry, fault).value,
        "med_type": entry.plan.batch.med_type,
        "setl_id": entry.settlement.setl_id if entry.settlement else None,
        "amounts": amounts_of(entry),
    }


def papers(root: Path, slips: list[dict[str, Any]], since: float) -> list[str]:
    """The simulator's slips, as bytes and picture, and the statements made since a wall time; under `root` where so."""
    found = [Path(slip[kind]) for slip in slips for kind in ("escpos", "png")]
    found += [path for path in (root / "out").glob("*.pdf") if path.stat().st_mtime >= since]
    return sorted(str(path.relative_to(root) if path.is_relative_to(root) else path) for path in found)
