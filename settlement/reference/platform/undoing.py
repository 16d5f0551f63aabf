"""2208, 2305, 2601 and 5203: cancelling, reversing, and looking up what stands."""

from __future__ import annotations

from sqlalchemy import select, update

from settlement.reference.benefit.areas import relation
from settlement.reference.clock import stamp
from settlement.reference.ledger.books import Event, moves_of, post, reversed_moves
from settlement.reference.ledger.dealings import FeeRow, Reversal, Settlement, SettlementState
from settlement.reference.platform.call import Call, Output, Refused
from settlement.reference.platform.persons import active_insurance
from settlement.reference.platform.replies import undone_reply
from settlement.reference.platform.rights import balance
from settlement.wire import codec, settle

_REVERSIBLE = ("2102", "2103", "2207", "2208", "2304", "2305", "2401")
_CANCELS = frozenset({"2208", "2305"})
_STANDS, _UNDONE = "0", "1"


def cancel(call: Call) -> Output:
    """2208, 2305."""
    data = call.body(settle.CancelInput).data
    settlement = _settlement(call, data.setl_id, data.mdtrt_id, data.psn_no)
    if settlement.state != SettlementState.STANDING:
        raise Refused("结算信息退费结算标志不为未退费，不能办理撤销", "setl_2281")
    _undo(call, settlement, SettlementState.CANCELLED)
    account = active_insurance(call.session, settlement.psn_no, settlement.insutype, call.now)
    left = balance(call.session, account)
    return undone_reply(settlement.info, settlement.detail, call.request.msgid, stamp(call.now), left)


def reverse(call: Call) -> Output:
    """2601. Of a 2207 or 2304 it undoes the settlement; of a 2208 or 2305 the cancel: the settlement is back."""
    data = call.body(settle.ReverseInput).data
    original = data.oinfno[:4]
    if original not in _REVERSIBLE:
        raise Refused("该交易不支持冲正", "revs_4001")
    setl_id = _restore(call, data) if original in _CANCELS else _reverse_settlement(call, data)
    if setl_id is None and not call.manners.accept_unarrived:
        raise Refused("未查询到需要冲正的交易", "revs_4004")
    call.session.add(
        Reversal(msgid=call.request.msgid, omsgid=data.omsgid, oinfno=data.oinfno, setl_id=setl_id, at=call.now)
    )
    return {}


def look_up(call: Call) -> Output:
    """5203."""
    data = call.body(settle.LookupInput).data
    settlement = _settlement(call, data.setl_id, data.mdtrt_id, data.psn_no)
    info = codec.decode(settlement.info.encode())
    stands = settlement.state == SettlementState.STANDING
    info |= {
        "psn_pay": info.pop("psn_part_amt"),
        "cash_payamt": info.pop("psn_cash_pay"),
        "refd_setl_flag": _STANDS if stands else _UNDONE,
        "pay_loc": _relation(call, settlement),
        "fixmedins_code": call.request.fixmedins_code,
        "fixmedins_name": call.request.fixmedins_name,
        "year": str(settlement.year),
        "flxempe_flag": "0",
        "nwb_flag": "0",
        **dict.fromkeys(("hosp_lv", "lmtpric_hosp_lv", "dedc_hosp_lv"), call.world.hospital.level),
        "begndate": f"{settlement.settled_at:%Y-%m-%d}",
        "enddate": f"{settlement.settled_at:%Y-%m-%d}",
    }
    return {"setlinfo": info} | codec.decode(settlement.detail.encode())


def _relation(call: Call, settlement: Settlement) -> str:
    """pay_loc: 2 here, 3 elsewhere in the province, 4 beyond it."""
    return relation(call.insured_area(settlement.insured_area), call.insured_area(settlement.care_area))


def _settlement(call: Call, setl_id: str, mdtrt_id: str, psn_no: str) -> Settlement:
    settlement = call.session.get(Settlement, setl_id)
    if settlement is None or (settlement.mdtrt_id, settlement.psn_no) != (mdtrt_id, psn_no):
        raise Refused("未查询到结算信息", "setl_2280")
    return settlement


def _reverse_settlement(call: Call, data: settle.Reverse) -> str | None:
    named = list(
        call.session.scalars(
            select(Settlement).where(Settlement.msgid == data.omsgid, Settlement.psn_no == data.psn_no)
        )
    )
    standing = [settlement for settlement in named if settlement.state == SettlementState.STANDING]
    if named and not standing:
        raise Refused("冲正的结算信息退费结算标志不为未退费，不能办理冲正", "revs_4012")
    for settlement in standing:
        _undo(call, settlement, SettlementState.REVERSED)
    return standing[0].setl_id if standing else None


def _undo(call: Call, settlement: Settlement, state: SettlementState) -> None:
    settlement.state = state
    settlement.undone_at = call.now
    settlement.undone_by = call.request.msgid
    call.session.execute(update(FeeRow).where(FeeRow.setl_id == settlement.setl_id).values(setl_id=None))
    given = moves_of(call.session, Event.SETTLED, settlement.setl_id)
    post(call.session, Event(state), settlement.setl_id, call.now, reversed_moves(given))


def _restore(call: Call, data: settle.Reverse) -> str | None:
    cancelled = call.session.scalar(
        select(Settlement).where(
            Settlement.undone_by == data.omsgid,
            Settlement.psn_no == data.psn_no,
            Settlement.state == SettlementState.CANCELLED,
        )
    )
    if cancelled is None:
        return None
    rows = list(
        call.session.scalars(
            select(FeeRow).where(FeeRow.mdtrt_id == cancelled.mdtrt_id, FeeRow.chrg_bchno == cancelled.chrg_bchno)
        )
    )
    if not rows or any(row.setl_id for row in rows):
        raise Refused("费用明细已变更，不能冲正该退费", "revs_4020")
    cancelled.state, cancelled.undone_at, cancelled.undone_by = SettlementState.STANDING, None, None
    for row in rows:
        row.setl_id = cancelled.setl_id
    given = moves_of(call.session, Event.SETTLED, cancelled.setl_id)
    post(call.session, Event.RESTORED, cancelled.setl_id, call.now, given)
    return cancelled.setl_id
