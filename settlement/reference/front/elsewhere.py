"""What another till of the hospital's settled: undone here under an approval, by whoever holds what it is about."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference.front.cases import Told
from settlement.reference.front.errand import Declined, House
from settlement.reference.front.operator import Denied
from settlement.reference.ledger.dealings import Settlement, SettlementState
from settlement.reference.ledger.parties import Hold
from settlement.reference.ledger.refunds import Refund
from settlement.wire import codec, his

_UNDONE_ALREADY = "退费结算标志不为未退费"


def find(house: House, setl_id: str, psn_no: str) -> Settlement:
    """Raises Declined where the hospital has approved no refund of it."""
    approved = select(Settlement).join(Refund, Refund.setl_id == Settlement.setl_id)
    with house.ledger.look() as session:
        found = session.scalar(approved.where(Settlement.setl_id == setl_id, Settlement.psn_no == psn_no))
    if found is None:
        raise Declined("未查询到结算信息")
    return found


def standing(house: House, setl_id: str, psn_no: str) -> Told:
    """his.query."""
    found = find(house, setl_id, psn_no)
    if found.state != SettlementState.STANDING:
        return {"state": his.Standing.NOT_SETTLED}
    details = codec.decode(found.detail.encode())["setldetail"]
    told = {"setlinfo": codec.decode(found.info.encode()), "setldetail": details}
    return {"state": his.Standing.SETTLED, **told}


def cancel(house: House, asked: his.AskCancel) -> Told:
    """his.cancel; what is undone already is a success."""
    found = find(house, asked.setl_id, asked.psn_no)
    if found.state == SettlementState.STANDING:
        with house.ledger.look() as session:
            if not approved(session, asked.setl_id):
                raise Declined("该费用已入账，请到窗口办理退费")
        body = {"data": {"setl_id": asked.setl_id, "mdtrt_id": found.mdtrt_id, "psn_no": asked.psn_no}}
        try:
            house.operator.ask("2208", body, asked.insuplc_admdvs)
        except Denied as denied:
            if _UNDONE_ALREADY not in str(denied):
                raise Declined(str(denied)) from denied
    return {"outcome": his.Cancelling.CANCELLED}


def approved(session: Session, setl_id: str) -> bool:
    """Whether somebody holds what an approval of it is about."""
    held = (Hold.batch_no == Refund.rest_no) | (Hold.batch_no == Refund.batch_no)
    wanted = select(Refund.approval_no).join(Hold, held).where(Refund.setl_id == setl_id, Hold.released_at.is_(None))
    return session.scalar(wanted.limit(1)) is not None
