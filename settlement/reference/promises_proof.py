"""Holds what bookings were promised against what the insurers did: nobody owes what was paid, nothing waits unasked."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement.reference.ledger.books import Kind, Posting
from settlement.reference.ledger.claims import InsurerClaim, Promise, Promised
from settlement.reference.proof import Finding
from settlement.wire.insurer import ClaimStatus

_AGREES = {
    ClaimStatus.PAID: {Promised.PAID},
    ClaimStatus.REFUSED: {Promised.OWED, Promised.TOPPED_UP, Promised.MET},
    ClaimStatus.REVIEWING: {Promised.OPEN},
}


def proof(session: Session) -> Iterator[Finding]:
    claims = {row.key: row for row in session.scalars(select(InsurerClaim))}
    promised = {row.claim_key: row for row in session.scalars(select(Promise).where(Promise.claim_key != ""))}
    for key, row in promised.items():
        claim = claims.get(key)
        if claim is None:
            yield Finding("I2", key, f"claim {key} of {row.amount} fen was never made")
        elif row.state not in _AGREES[ClaimStatus(claim.state)]:
            yield Finding("I6", key, f"claim {key} is {claim.state} at the insurer and {row.state} at the hospital")
        elif claim.amount != row.amount:
            yield Finding("I6", key, f"claim {key}: {claim.amount} fen at the insurer, {row.amount} at the hospital")
    for key in claims.keys() - promised.keys():
        if claims[key].state != ClaimStatus.REFUSED:
            yield Finding("I2", key, f"claim {key} is for nothing that is booked")
    yield from _postings(session, promised)


def _postings(session: Session, promised: dict[str, Promise]) -> Iterator[Finding]:
    """A claim that ended is neither an insurer's debt any more nor twice anybody's."""
    left = func.sum(Posting.amount)
    for key, fen in session.execute(
        select(Posting.holder, left).where(Posting.kind == Kind.CLAIM).group_by(Posting.holder)
    ):
        row = promised.get(key)
        wanted = -row.amount if row is not None and row.state == Promised.OPEN else 0
        if int(fen) != wanted:
            yield Finding("I1", key, f"claim {key} leaves {int(fen)} fen, and should leave {wanted}")
