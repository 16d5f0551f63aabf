"""What was collected for a bill that a refund undid: it pays what is settled again of it, as deposits pay a stay."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.ledger.refunds import Refund, RefundedPart


def parts_of(session: Session, approved: Refund) -> Sequence[RefundedPart]:
    """The newest first, as they go back."""
    wanted = select(RefundedPart).where(RefundedPart.approval_no == approved.approval_no)
    return session.scalars(wanted.order_by(RefundedPart.paid_at.desc(), RefundedPart.deposit_no.desc())).all()


def prepaid_of(session: Session, batch_no: str) -> Sequence[RefundedPart]:
    """What was collected for the bill of which this is the rest, and nobody has given back; none for another bill."""
    undone = (Refund.rest_no == batch_no, Refund.undone_at.is_not(None))
    approved = session.scalar(select(Refund).where(*undone).limit(1))
    parts = parts_of(session, approved) if approved else ()
    return [row for row in parts if row.back is None]
