"""What others pay of a booked bill, as the hospital is told of it."""

from __future__ import annotations

from kiosk.domain.insurer import Claim, Outcome
from kiosk.ports.hospital import Prepaid, Promised
from settlement.wire import claims, hospital, promises


def promised_of(promised: Promised) -> promises.Promised:
    claim = promised.claim
    return promises.Promised(
        claim_key=promised.key if claim else None,
        insurer=claim.pledge.policy.insurer if claim else "",
        insurer_fen=claim.pledge.amount.fen if claim else 0,
        deferred_fen=promised.deferred.fen,
    )


def claimed_of(key: str, batch_no: str, claim: Claim, prepaid: hospital.Prepaid | None = None) -> claims.Claimed:
    """Raises ValueError for one that has not ended: the hospital would ask the patient for what may be paid."""
    if not claim.ended:
        raise ValueError("a claim that has not ended")
    end = claims.ClaimEnd.PAID if claim.outcome is Outcome.PAID else claims.ClaimEnd.REFUSED
    amount, reason = claim.pledge.amount.fen, claim.reason
    return claims.Claimed(
        claim_key=key,
        batch_no=batch_no,
        amount_fen=amount,
        end=end,
        claim_no=claim.number,
        reason=reason,
        prepaid=prepaid,
    )


def prepaid_of(prepaid: Prepaid) -> hospital.Prepaid:
    """What deposits pay of a bill, and what of each goes back."""
    return hospital.Prepaid(
        used_fen=prepaid.used.fen,
        surplus=tuple(
            hospital.Surplus(
                deposit_no=one.deposit.number,
                amount_fen=one.amount.fen,
                refund_order=one.key if one.deposit.order else None,
            )
            for one in prepaid.returns
        ),
    )
