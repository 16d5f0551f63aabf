"""Whether the front's own book tells the platform's story: a kiosk believes what it is answered by its key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.front.operator import OPERATOR
from settlement.reference.ledger.attempts import Attempt, AttemptState
from settlement.reference.ledger.dealings import Settlement, SettlementState


def differences(session: Session) -> Iterator[tuple[str, str]]:
    """The bill, and in words what is wrong about it; an attempt that has not ended is open, not wrong."""
    ours = select(Settlement).where(Settlement.opter == OPERATOR, Settlement.state == SettlementState.STANDING)
    standing = {row.msgid: row for row in session.scalars(ours)}
    for attempt in session.scalars(select(Attempt)):
        settlement = standing.pop(attempt.msgid or "", None)
        if attempt.state == AttemptState.BEGUN:
            continue
        if (attempt.state == AttemptState.SETTLED) != (settlement is not None):
            yield attempt.batch_no, f"{attempt.key} is {attempt.state} in the front's book, and not so at the platform"
        elif settlement is not None and settlement.setl_id != attempt.setl_id:
            yield attempt.batch_no, f"{attempt.key} names another settlement than the platform's"
    for row in standing.values():
        yield row.chrg_bchno, f"settlement {row.setl_id} was asked for by no key"
