"""2206 and 2207: what would be paid, and what is; of a stay too, whose messages `stays` reads."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import bindparam, select, update

from settlement.reference.benefit.split import Split
from settlement.reference.ledger.books import Event, Kind, Move, account_holder, post
from settlement.reference.ledger.dealings import FeeRow, Reversal, Settlement, SettlementState
from settlement.reference.ledger.queries import Change, store, table_of
from settlement.reference.platform.call import Call, Output, Refused, fresh_number
from settlement.reference.platform.pricing import Priced, price
from settlement.reference.platform.replies import (
    acct_pay,
    fund_payments,
    reply_of,
    settlement_details,
    settlement_info,
)
from settlement.reference.platform.rights import EMPLOYEES
from settlement.wire import settle
from settlement.wire.values import from_fen

_ROWS_SETTLED = Change(
    update(table_of(FeeRow))
    .where(FeeRow.mdtrt_id == bindparam("visit"), FeeRow.chrg_bchno == bindparam("batch"))
    .values(setl_id=bindparam("settled"))
)


def quote(call: Call) -> Output:
    """2206."""
    return quoted(call, call.body(settle.QuoteInput).data)


def quoted(call: Call, body: settle.Quote) -> Output:
    """Nothing is kept; setl_id and setl_time are null as on the national wire."""
    priced = price(call, body)
    info = settlement_info(call, body, priced)
    return {"setlinfo": info, "setldetail": settlement_details(call, priced)}


def settle_bill(call: Call) -> Output:
    """2207."""
    return settled(call, call.body(settle.SettleInput).data)


def settled(call: Call, body: settle.Settle) -> Output:
    """Commits. A repeat of the same message finds its rows settled and is refused, like any second settlement of
    them.
    """
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
    details = settlement_details(call, priced)
    store(call.session, _record(call, body, priced, setl_id, reply_of(info, details)))
    post(call.session, Event.SETTLED, setl_id, call.now, _moves(priced, body.chrg_bchno))
    _ROWS_SETTLED.make(call.session, settled=setl_id, visit=body.mdtrt_id, batch=body.chrg_bchno)
    return {"setlinfo": info, "setldetail": details}


def _record(call: Call, body: settle.Settle, priced: Priced, setl_id: str, reply: tuple[str, str]) -> Settlement:
    shares = priced.shares
    return Settlement.made(
        setl_id=setl_id,
        msgid=call.request.msgid,
        opter=call.request.opter,
        psn_no=priced.person.psn_no,
        mdtrt_id=priced.visit.mdtrt_id,
        chrg_bchno=body.chrg_bchno,
        insutype=body.insutype,
        med_type=body.med_type,
        disease=priced.entitlement.disease,
        care_area=call.area.code,
        insured_area=priced.insured.code,
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
        major=shares.major,
        catastrophic=shares.catastrophic,
        civil_servant=shares.civil_servant,
        enterprise=shares.enterprise,
        relief=shares.relief,
        hospital=shares.hospital,
        fund=shares.fund,
        account=acct_pay(call, shares),
        family=shares.family,
        cash=shares.cash,
    )


def _moves(priced: Priced, chrg_bchno: str) -> list[Move]:
    """Everybody pays the hospital; the patient's cash is a debt until the bill is booked."""
    shares, area = priced.shares, priced.insured.code
    accounts = [(priced.person.psn_no, priced.insurance.insutype, shares.account)]
    accounts += [(grant.owner, EMPLOYEES, fen) for grant, fen in zip(priced.grants, shares.family_parts, strict=False)]
    return [
        *(Move(Kind.FUND, f"{fund}@{area}", -fen) for fund, fen in fund_payments(priced)),
        *(Move(Kind.ACCOUNT, account_holder(psn_no, insutype), -fen) for psn_no, insutype, fen in accounts),
        Move(Kind.BORNE, chrg_bchno, -shares.hospital),
        Move(Kind.DUE, chrg_bchno, -shares.cash),
        Move(Kind.RECEIVABLE, chrg_bchno, shares.bill.total),
    ]


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
