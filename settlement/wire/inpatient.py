"""2301 to 2305: an inpatient's fee lines are uploaded or withdrawn, the stay is quoted, settled, or settled no more.

The replies are the outpatient's: the split of each line, and setlinfo with setldetail, whose amounts are negative in a
cancel.
"""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code1,
    Code3,
    Code6,
    Day,
    Quantity,
    Text20,
    Text30,
    Text50,
    Text100,
    Text150,
    Text500,
    Timestamp,
    UnitPrice,
)


class InpatientFee(Message):
    """One row of 2301. `init_feedetl_sn` names the line that a negative one takes back."""

    feedetl_sn: Text30
    init_feedetl_sn: Text30 | None = None
    mdtrt_id: Text30
    drord_no: Text30 | None = None
    psn_no: Text30
    med_type: Code6
    fee_ocur_time: Timestamp
    med_list_codg: Text50
    medins_list_codg: Text150
    det_item_fee_sumamt: Amount
    cnt: Quantity
    pric: UnitPrice
    bilg_dept_codg: Text30
    bilg_dept_name: Text100
    bilg_dr_codg: Text30
    bilg_dr_name: Text50
    acord_dept_codg: Text30 | None = None
    acord_dept_name: Text100 | None = None
    orders_dr_code: Text30 | None = None
    orders_dr_name: Text50 | None = None
    hosp_appr_flag: Code3 | None = None
    tcmdrug_used_way: Code6 | None = None
    etip_flag: Code3 | None = None
    etip_hosp_code: Text30 | None = None
    dscg_tkdrug_flag: Code3 | None = None
    matn_fee_flag: Code6 | None = None
    memo: Text500 | None = None


class StayUploadInput(Message):
    """2301. Answered as 2204 is."""

    feedetail: tuple[InpatientFee, ...]


class WithdrawnFee(Message):
    feedetl_sn: Text30
    mdtrt_id: Text30
    psn_no: Text30


class StayWithdrawInput(Message):
    """2302. Answered without output."""

    data: tuple[WithdrawnFee, ...]


class StayBill(Message):
    """What 2303 and 2304 say alike. `mid_setl_flag` "1" settles in the middle of a stay."""

    psn_no: Text30
    mdtrt_cert_type: Code3
    mdtrt_cert_no: Text50
    medfee_sumamt: Amount
    psn_setlway: Code6
    mdtrt_id: Text30
    insutype: Code6
    invono: Text20 | None = None
    mid_setl_flag: Code3
    dscg_time: Day | None = None


class StayQuote(StayBill):
    """The hospital splits the bill itself before it is quoted."""

    acct_used_flag: Code1 | None = None
    fulamt_ownpay_amt: Amount
    overlmt_selfpay: Amount
    preselfpay_amt: Amount
    inscp_scp_amt: Amount


class StayQuoteInput(Message):
    """2303. Answered as 2206 is."""

    data: StayQuote


class StaySettle(StayBill):
    acct_used_flag: Code1
    fulamt_ownpay_amt: Amount | None = None
    overlmt_selfpay: Amount | None = None
    preselfpay_amt: Amount | None = None
    inscp_scp_amt: Amount | None = None


class StaySettleInput(Message):
    """2304. Answered as 2207 is."""

    data: StaySettle
