"""2303, 2304 and 2305: a stay is quoted and settled by its own messages, and computed as any other bill.

What they leave out is known of the visit: its med_type, and the one batch its lines stand in.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from settlement.reference.ledger.dealings import FeeRow
from settlement.reference.platform import settling
from settlement.reference.platform.call import Call, Output, Refused
from settlement.reference.platform.rights import stay_of
from settlement.reference.platform.visits import open_visit_of
from settlement.wire import inpatient
from settlement.wire.settle import Settle

_AT_ITS_END = "0"  # mid_setl_flag
_SETLWAYS = frozenset({"01", "02"})


def quote(call: Call) -> Output:
    """2303."""
    return settling.quoted(call, _bill(call, call.body(inpatient.StayQuoteInput).data))


def settle(call: Call) -> Output:
    """2304."""
    return settling.settled(call, _bill(call, call.body(inpatient.StaySettleInput).data))


def _bill(call: Call, told: inpatient.StayQuote | inpatient.StaySettle) -> Settle:
    """The stay as a bill of the outpatient's form."""
    visit = open_visit_of(call.session, told.mdtrt_id, told.psn_no)
    stay = stay_of(call.session, told.mdtrt_id)
    if stay is None:
        raise Refused("未查询到入院登记信息", "ipt_2300")
    if stay.until is None or told.mid_setl_flag != _AT_ITS_END:
        raise Refused("患者未办理出院登记，不能出院结算", "ipt_2304")
    if told.psn_setlway not in _SETLWAYS:
        raise Refused("个人结算方式不正确", "ipt_2305")
    batch = call.session.scalar(select(FeeRow.chrg_bchno).where(FeeRow.mdtrt_id == told.mdtrt_id).limit(1))
    said = told.model_dump(exclude={"mid_setl_flag", "dscg_time"})
    split = {name: said[name] if said[name] is not None else Decimal("0.00") for name in _SPLIT}
    return Settle.model_validate(said | split | {"med_type": visit.med_type or "", "chrg_bchno": batch or "-"})


_SPLIT = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
