"""A commercial insurer in memory, behind the port the kiosk knows."""

from __future__ import annotations

import hashlib

from kiosk.domain.insurer import Pledge
from kiosk.domain.money import ZERO, Money
from kiosk.domain.settlement import Settlement
from kiosk.faults import FaultCode
from kiosk.ports import insurer
from kiosk.ports.answers import Refused
from kiosk.ports.insurer import ClaimPaid, ClaimRequest, Reviewing
from tests.support.far_parties import FarEnds, Sent, Trouble

PLEDGED = Money(400)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class MemoryInsurer:
    """Pays a claim once, by its key; one that was refused stays refused. It pledges `pledges` of every bill."""

    def __init__(self, far: FarEnds, pledges: Money) -> None:
        self._far, self._ledger, self._pledges = far, far.ledger, pledges

    def quote(self, key: str, request: ClaimRequest) -> Pledge | insurer.Failure:
        def effect() -> Pledge:
            return Pledge(request.policy, "Q1", self._pledges)

        sent = Sent("pledge", key, _sha(f"{key}:{request.amounts.psn_cash_pay.fen}"))
        return self._far.meet(sent, effect, refused=FaultCode.INSURER_REFUSED)

    def settle(
        self, key: str, pledge: Pledge, batch_no: str, settlement: Settlement
    ) -> ClaimPaid | Reviewing | insurer.Failure:
        claims = self._ledger.claims

        def effect() -> ClaimPaid | Refused:
            if claims.setdefault(key, pledge.amount) == ZERO:
                return Refused(FaultCode.INSURER_REFUSED, "不赔")
            return ClaimPaid("L1")

        def changed(_trouble: Trouble) -> Reviewing | ClaimPaid | Refused:
            return effect() if key in claims else Reviewing()

        digest = _sha(f"{key}:{settlement.setl_id}:{pledge.amount.fen}")
        sent = Sent("claim", key, digest, (batch_no, str(pledge.amount.fen)))
        answer = self._far.meet(sent, effect, refused=FaultCode.INSURER_REFUSED, changed=changed)
        if isinstance(answer, Refused) and claims.setdefault(key, ZERO):
            return ClaimPaid("L1")  # answered alike when repeated, whatever was ordered for this call
        return answer
