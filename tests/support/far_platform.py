"""The insurance platform in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import ClassVar, TypeVar

from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.settlement import Quote, Settlement
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.ports import settlement
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import (
    Accepted,
    PersonFound,
    PersonMissing,
    Prepared,
    Registered,
    SettledWrong,
    SettleRequest,
    Standing,
)
from tests.support.far_parties import FarEnds, Sent, Settled, SettlementState, Trouble
from tests.support.people import LI, MORNING, ZHANG, amounts

AnswerT = TypeVar("AnswerT")


class MemoryPlatform:
    """Keeps a settlement for each 2207 that arrives; forgets none, and knows nothing of msgids it has not seen.

    With `finds_lost` it is a hospital's front instead: it tells what became of a key, and a key of which it said that
    nothing was settled, or that was reversed, is closed for ever.
    """

    def __init__(self, far: FarEnds, *, finds_lost: bool = False, copies: bool = False) -> None:
        self._far, self._ledger = far, far.ledger
        self.finds_lost, self.copies = finds_lost, copies
        self._closed: set[str] = set()
        self._numbers = count(1)
        self._wishes: dict[str, tuple[str, ...]] = {}
        self.signed_in: Accepted | settlement.Failure = Accepted()
        self.signed_out = 0
        self.person_answer: PersonFound | PersonMissing | settlement.Failure | None = None

    def sign_in(self) -> Accepted | settlement.Failure:
        return self.signed_in

    def sign_out(self) -> Accepted | settlement.Failure:
        self.signed_out += 1
        return Accepted()

    def find_person(self, credential: Credential) -> PersonFound | PersonMissing | settlement.Failure:
        if self.person_answer is not None:
            return self.person_answer
        for person in (ZHANG, LI):
            if credential.number == person.credential.number:
                return PersonFound(person)
        return PersonMissing(FaultCode.PERSON_UNKNOWN, "未查询到参保人员")

    def _prepared(self, infno: str, *wish: str) -> Prepared:
        msgid = f"H00000000001{next(self._numbers):018d}"
        self._wishes[msgid] = wish
        return Prepared(infno, msgid, f"{infno}:{msgid}:{wish!r}".encode())

    def prepare_register(self, person: Person, insurance: Insurance, batch: FeeBatch) -> Prepared:
        return self._prepared("2201", batch.batch_no)

    def prepare_deregister(
        self, psn_no: PersonNumber, mdtrt_id: str, visit_no: str, *, insuplc_admdvs: str
    ) -> Prepared:
        return self._prepared("2202", visit_no)

    def prepare_describe(self, request: SettleRequest) -> Prepared:
        return self._prepared("2203A", request.batch.batch_no)

    def prepare_upload(self, request: SettleRequest) -> Prepared:
        return self._prepared("2204", request.batch.batch_no)

    def prepare_withdraw(self, psn_no: PersonNumber, mdtrt_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepared("2205", mdtrt_id)

    def prepare_quote(self, request: SettleRequest) -> Prepared:
        return self._prepared("2303" if request.batch.stay else "2206A", request.batch.batch_no)

    def prepare_settle(self, request: SettleRequest, quote: Quote) -> Prepared:
        return self._prepared("2304" if request.batch.stay else "2207A", request.batch.batch_no)

    def prepare_reverse(self, psn_no: PersonNumber, omsgid: str, oinfno: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepared("2601", omsgid, oinfno)

    def prepare_cancel(
        self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str, stay: bool = False
    ) -> Prepared:
        return self._prepared("2305" if stay else "2208", setl_id)

    def prepare_query(self, psn_no: PersonNumber, mdtrt_id: str, setl_id: str, *, insuplc_admdvs: str) -> Prepared:
        return self._prepared("5203", setl_id)

    def _meet(
        self,
        call: str,
        sent: Prepared,
        effect: Callable[[], AnswerT],
        *,
        refused: FaultCode = FaultCode.UPLOAD_REFUSED,
        changed: Callable[[Trouble], AnswerT] | None = None,
        copy: Callable[[], object] | None = None,
    ) -> AnswerT | NotSent | Refused | Unknown:
        leaving = Sent(call, sent.msgid, hashlib.sha256(sent.body).hexdigest(), self._wishes[sent.msgid])
        return self._far.meet(leaving, effect, refused=refused, changed=changed, copy=copy)

    def register(self, sent: Prepared) -> Registered | settlement.Failure:
        def effect() -> Registered:
            self._ledger.registered.add(self._wishes[sent.msgid][0])
            return Registered("R-1")

        return self._meet("register", sent, effect)

    def accept(self, sent: Prepared) -> Accepted | settlement.Failure:
        call, effect = self._accepting[sent.infno]
        return self._meet(call, sent, lambda: effect(self, self._wishes[sent.msgid][0]))

    def _deregister(self, _visit_no: str) -> Accepted:
        self._ledger.registered.clear()
        return Accepted()

    def _describe(self, _batch_no: str) -> Accepted:
        return Accepted()

    def _upload(self, batch_no: str) -> Accepted:
        self._ledger.uploaded.add(batch_no)
        return Accepted()

    def _withdraw(self, _mdtrt_id: str) -> Accepted:
        self._ledger.uploaded.clear()
        return Accepted()

    def _cancel(self, setl_id: str) -> Accepted:
        for settled in self._ledger.settlements.values():
            if settled.settlement.setl_id == setl_id and settled.state is SettlementState.STANDS:
                settled.state = SettlementState.CANCELLED
        return Accepted()

    def _reverse(self, omsgid: str) -> Accepted:
        """Also when there is nothing to reverse, now or any more."""
        self._closed.add(omsgid)
        settled = self._ledger.settlements.get(omsgid)
        if settled is not None and settled.state is SettlementState.STANDS:
            settled.state = SettlementState.REVERSED
        return Accepted()

    _accepting: ClassVar[dict[str, tuple[str, Callable[[MemoryPlatform, str], Accepted]]]] = {
        "2202": ("deregister", _deregister),
        "2203A": ("describe", _describe),
        "2204": ("upload", _upload),
        "2205": ("withdraw", _withdraw),
        "2208": ("cancel", _cancel),
        "2305": ("cancel", _cancel),
        "2601": ("reverse", _reverse),
    }

    def quote(self, sent: Prepared) -> Quote | SettledWrong | settlement.Failure:
        def effect() -> Quote | SettledWrong:
            return Quote(amounts(self._far.own_part))

        def changed(_trouble: Trouble) -> SettledWrong:
            return SettledWrong(None, ("payers",))

        return self._meet("quote", sent, effect, refused=FaultCode.QUOTE_REFUSED, changed=changed)

    def settle(self, sent: Prepared) -> Settlement | SettledWrong | settlement.Failure:
        def settled(extra: Money) -> Settlement:
            now = MORNING + timedelta(seconds=self._far.clock.monotonic())
            made = Settlement(f"S-{sent.msgid}", sent.msgid, now, amounts(self._far.own_part + extra))
            self._ledger.settlements[sent.msgid] = Settled(made, self._wishes[sent.msgid][0])
            return made

        def effect() -> Settlement | SettledWrong | Refused:
            if self.finds_lost and sent.msgid in self._closed:
                return Refused(FaultCode.SETTLEMENT_REFUSED, "key_closed")
            return settled(ZERO)

        def copy() -> Settlement | Refused:
            batch_no = self._wishes[sent.msgid][0]
            settled_rows = Refused(FaultCode.SETTLEMENT_REFUSED, "费用已结算")
            return settled_rows if self._ledger.standing(batch_no) else settled(ZERO)

        def changed(trouble: Trouble) -> Settlement | SettledWrong:
            if trouble is Trouble.OTHER_AMOUNT:
                return settled(Money(1))
            return SettledWrong(settled(ZERO).setl_id, ("payers",))

        return self._meet("settle", sent, effect, refused=FaultCode.SETTLEMENT_REFUSED, changed=changed, copy=copy)

    def look_up(self, request: SettleRequest, key: str) -> Settlement | SettledWrong | Standing | settlement.Failure:
        del request

        def effect() -> Settlement | Standing:
            found = self._ledger.settlements.get(key)
            if found is not None and found.state is SettlementState.STANDS:
                return found.settlement
            self._closed.add(key)
            return Standing(stands=False)

        return self._far.meet(Sent("find", key, ""), effect, refused=FaultCode.SETTLEMENT_UNKNOWN)

    def standing(self, sent: Prepared) -> Standing | settlement.Failure:
        def effect() -> Standing:
            setl_id = self._wishes[sent.msgid][0]
            found = [s for s in self._ledger.settlements.values() if s.settlement.setl_id == setl_id]
            return Standing(any(settled.state is SettlementState.STANDS for settled in found))

        return self._meet("standing", sent, effect)
