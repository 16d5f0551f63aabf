"""2206 and 2207: what would be paid, and what is."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from settlement.reference.benefit.split import Split
from settlement.reference.ledger.dealings import Reversal, Settlement, SettlementState
from settlement.reference.platform.call import Call, Output, Refused, fresh_number
from settlement.reference.platform.pricing import Priced, price
from settlement.reference.platform.replies import reply_of, settlement_details, settlement_info
from settlement.wire import settle
from settlement.wire.values import from_fen


def quote(call: Call) -> Output:
    """2206: nothing is kept; setl_id and setl_time are null as on the national wire."""
    body = call.body(settle.QuoteInput).data
    priced = price(call, body)
    info = settlement_info(call, body, priced)
    return {"setlinfo": info, "setldetail": settlement_details(priced.shares, priced.plan, call.area)}


def settle_bill(call: Call) -> Output:
    """2207: commits. A repeat of the same message finds its rows settled and is refused, like any second settlement of
    them.
    """
    body = call.body(settle.SettleInput).data
    if call.manners.remember_reversed and _was_reversed(call):
        raise Refused("该报文已冲正，不能再次结算", "setl_2271")
    priced = price(call, body)
    _check_echo(body, priced.shares.bill)
    setl_id = fresh_number(call.now)
    info = settlement_info(call, body, priced)
    info |= {
        "setl_id": setl_id,
        "setl_time": f"{call.now:%Y-%m-%d %H:%M:%S}",
        "clr_optins": call.area.code,
        "clr_way": "1",
    }
    details = settlement_details(priced.shares, priced.plan, call.area)
    call.session.add(_record(call, body, priced, setl_id, reply_of(info, details)))
    for row in priced.rows:
        row.setl_id = setl_id
    return {"setlinfo": info, "setldetail": details}


def _record(call: Call, body: settle.Settle, priced: Priced, setl_id: str, reply: tuple[str, str]) -> Settlement:
    shares = priced.shares
    return Settlement(
        setl_id=setl_id,
        msgid=call.request.msgid,
        opter=call.request.opter,
        psn_no=priced.person.psn_no,
        mdtrt_id=priced.visit.mdtrt_id,
        chrg_bchno=body.chrg_bchno,
        insutype=body.insutype,
        med_type=body.med_type,
        year=call.now.year,
        state=SettlementState.STANDING,
        settled_at=call.now,
        undone_at=None,
        undone_by=None,
        info=reply[0],
        detail=reply[1],
        medfee=shares.bill.total,
        in_scope=shares.bill.in_scope,
        deductible=shares.deductible,
        pool=shares.pool,
        fund=shares.fund,
        account=shares.account,
        cash=shares.cash,
    )


def _check_echo(body: settle.Settle, bill: Split) -> None:
    told: dict[str, tuple[Decimal, int]] = {
        "fulamt_ownpay_amt": (body.fulamt_ownpay_amt, bill.full_self),
        "overlmt_selfpay": (body.overlmt_selfpay, bill.over_limit),
        "preselfpay_amt": (body.preselfpay_amt, bill.first_self),
        "inscp_scp_amt": (body.inscp_scp_amt, bill.in_scope),
    }
    wrong = [name for name, (amount, fen) in told.items() if amount != from_fen(fen)]
    if wrong:
        raise Refused(f"{'、'.join(wrong)}与预结算结果不一致", "setl_2274")


def _was_reversed(call: Call) -> bool:
    return call.session.scalar(select(Reversal.id).where(Reversal.omsgid == call.request.msgid).limit(1)) is not None
