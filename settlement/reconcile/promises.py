"""What nobody collected of a bill's cash part: an insurer pays it, or it waits (先诊疗后付费).

Three say what became of an insurer's part: the kiosk that claimed it, the hospital that was told, and the insurer's own
list where the site has one. What waits is between kiosk and hospital alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.accounts import AccountRow, ClaimShare, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import Money
from settlement.reconcile.findings import Finding, Kind, about
from settlement.reconcile.indexing import Index
from settlement.reconcile.rows import InstitutionRow, InsurerRow, Looked

_SAME = {Outcome.PAID: Looked.PAID, Outcome.REFUSED: Looked.REFUSED, Outcome.OPEN: Looked.REVIEWING}
CLAIM_KEY = "-claim"


def promises(index: Index, row: AccountRow) -> Iterator[Finding]:
    """While the settlement is open there is nothing to say of it. One that a window cancelled is told as that."""
    if row.standing is Standing.OPEN or row.deposit:
        return
    booked = index.booked(row)
    stands = row.standing is Standing.SETTLED and len(booked) > 0 and not booked[0].undone
    if stands and (wrong := list(_promised(row, booked[0]))):
        yield about(Kind.PROMISED_OTHERWISE, row, wrong)
        return
    found = _at_insurer(index, row)
    if found is None and stands and row.claim is not None:
        found = _at_hospital(row, row.claim, booked[0])
    if found is not None:
        yield found


def _promised(row: AccountRow, booked: InstitutionRow) -> Iterator[tuple[str, Money]]:
    """Amounts that differ, the sum and what of it waits."""
    pairs = (("promised", row.promised, booked.promised), ("deferred", row.deferred, booked.deferred))
    for name, ours, theirs in pairs:
        if ours is not None and theirs is not None and ours != theirs:
            yield f"kiosk.{name}", ours
            yield f"hospital.{name}", theirs


def _at_insurer(index: Index, row: AccountRow) -> Finding | None:
    there = index.claims.get(row.claim.key if row.claim else f"{row.sid}{CLAIM_KEY}")
    if row.claim is None:
        known = there is not None and there.looked is not Looked.REFUSED
        return about(Kind.CLAIM_WITHOUT_KIOSK, row, _amounts(there)) if known else None
    if index.books.claims is None:
        return about(Kind.CLAIM_OPEN, row) if row.claim.outcome is Outcome.OPEN else None
    if there is None:
        if row.claim.outcome is Outcome.REFUSED:
            return None  # it wrote nothing down of what it does not pay
        return about(Kind.CLAIM_OPEN if row.claim.outcome is Outcome.OPEN else Kind.CLAIM_MISSING, row)
    if _SAME[row.claim.outcome] is not there.looked or row.claim.amount != there.amount:
        kind = Kind.CLAIM_OPEN if row.claim.outcome is Outcome.OPEN else Kind.CLAIM_OTHERWISE
        return about(kind, row, [("kiosk.claim", row.claim.amount), *_amounts(there)])
    return None


def _amounts(there: InsurerRow | None) -> list[tuple[str, Money]]:
    return [(f"insurer.{there.looked}", there.amount)] if there else []


def _at_hospital(row: AccountRow, claim: ClaimShare, booked: InstitutionRow) -> Finding | None:
    """What the kiosk does not know yet the hospital cannot know from it."""
    if booked.claims is None:
        return None
    noted = next((one for one in booked.claims if one.key == claim.key), None)
    if noted is not None and (noted.amount, noted.outcome) == (claim.amount, claim.outcome):
        return None
    return about(Kind.CLAIM_NOT_NOTED, row, [("kiosk.claim", claim.amount)])
