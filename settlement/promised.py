"""What others pay of a booked bill, as the hospital is told of it."""

from __future__ import annotations

from kiosk.domain.insurer import Claim, Outcome
from kiosk.ports.hospital import Promised
from settlement.wire import claims, promises


def promised_of(promised: Promised) -> promises.Promised:
    claim = promised.claim
    return promises.Promised(
        claim_key=promised.key if claim else None,
        insurer=claim.pledge.policy.insurer if claim else "",
        insurer_fen=claim.pledge.amount.fen if claim else 0,
        deferred_fen=promised.deferred.fen,
    )


def claimed_of(key: str, batch_no: str, claim: Claim) -> claims.Claimed:
    """Raises ValueError for one that has not ended: the hospital would ask the patient for what may be paid."""
    if not claim.ended:
        raise ValueError("a claim that has not ended")
    end = claims.ClaimEnd.PAID if claim.outcome is Outcome.PAID else claims.ClaimEnd.REFUSED
    amount, reason = claim.pledge.amount.fen, claim.reason
    return claims.Claimed(
        claim_key=key, batch_no=batch_no, amount_fen=amount, end=end, claim_no=claim.number, reason=reason
    )
