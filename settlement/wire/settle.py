"""2206 quote, 2207 settle, 2208 cancel, 2601 reverse, 5203 look up; their A variants bear the same bodies."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code1,
    Code3,
    Code6,
    Loose,
    LooseNumber,
    MaybeAmount,
    MaybeRatio,
    Rows,
    Text,
    Text6,
    Text20,
    Text30,
    Text50,
    TextOrEmpty,
)


class Quote(Message):
    psn_no: Text30
    mdtrt_cert_type: Code3
    mdtrt_cert_no: Text50
    med_type: Code6
    medfee_sumamt: Amount
    psn_setlway: Code6
    mdtrt_id: Text30
    chrg_bchno: Text30
    acct_used_flag: Code1
    insutype: Code6


class QuoteInput(Message):
    """2206, 2206A."""

    data: Quote


class Settle(Quote):
    """The last four repeat what the quote said."""

    invono: Text20 | None = None
    fulamt_ownpay_amt: Amount
    overlmt_selfpay: Amount
    preselfpay_amt: Amount
    inscp_scp_amt: Amount


class SettleInput(Message):
    """2207, 2207A."""

    data: Settle


class SettlementAmounts(Message):
    """The amounts of setlinfo; negative in a cancel, whose psn_part_amt may be null."""

    medfee_sumamt: Amount
    fulamt_ownpay_amt: Amount
    overlmt_selfpay: Amount
    preselfpay_amt: Amount
    inscp_scp_amt: Amount
    act_pay_dedc: MaybeAmount = None
    hifp_pay: Amount
    pool_prop_selfpay: MaybeRatio = None
    cvlserv_pay: Amount
    hifes_pay: Amount
    hifmi_pay: Amount
    hifob_pay: Amount
    maf_pay: Amount
    hifdm_pay: MaybeAmount = None
    oth_pay: Amount
    fund_pay_sumamt: Amount
    psn_part_amt: MaybeAmount = None
    acct_pay: Amount
    psn_cash_pay: MaybeAmount = None
    hosp_part_amt: MaybeAmount = None
    balc: MaybeAmount = None
    acct_mulaid_pay: MaybeAmount = None


class SetlInfo(SettlementAmounts):
    """setlinfo of 2206 to 2208 and 2303 to 2305.

    `medins_setl_id` repeats the msgid of the message answered: the tie between them.
    """

    setl_id: Text | None = None
    mdtrt_id: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    psn_name: TextOrEmpty = ""
    psn_cert_type: Loose = ""
    certno: TextOrEmpty = ""
    gend: Loose = ""
    naty: Loose = ""
    brdy: Loose = ""
    age: LooseNumber = None
    insutype: TextOrEmpty = ""
    psn_type: TextOrEmpty = ""
    cvlserv_flag: Loose = ""
    mdtrt_cert_type: Loose = ""
    med_type: TextOrEmpty = ""
    setl_time: Text | None = None
    medins_setl_id: TextOrEmpty = ""
    clr_optins: Text | None = None
    clr_way: Text | None = None
    clr_type: TextOrEmpty = ""
    pdn_cash_pay: LooseNumber = None  # of a cancel, misspelt so in the national field list


class SetlDetail(Message):
    """One payer: a fund, but also the account (3102xx) and the hospital's part (99999x)."""

    fund_pay_type: Text
    inscp_scp_amt: MaybeAmount = None
    crt_payb_lmt_amt: MaybeAmount = None
    fund_payamt: Amount
    fund_pay_type_name: TextOrEmpty = ""
    setl_proc_info: TextOrEmpty = ""


class SettleOutput(Message):
    """Of 2206 to 2208 and 2303 to 2305."""

    setlinfo: SetlInfo
    setldetail: Rows[SetlDetail] = ()


class Cancel(Message):
    setl_id: Text30
    mdtrt_id: Text30
    psn_no: Text30


class CancelInput(Message):
    """2208 and 2305."""

    data: Cancel


class Reverse(Message):
    """`oinfno` has four characters in the specification and five ("2207A") in use."""

    psn_no: Text30
    omsgid: Text30
    oinfno: Text6


class ReverseInput(Message):
    """2601. Answered without output."""

    data: Reverse


class Lookup(Message):
    psn_no: Text30
    setl_id: Text30
    mdtrt_id: Text30


class LookupInput(Message):
    """5203. There is no key but setl_id, so a settlement whose reply was lost cannot be found by it."""

    data: Lookup


class StandingInfo(Message):
    """setlinfo of 5203: `refd_setl_flag` "0" means that the settlement stands. Only what is acted on must be there."""

    setl_id: Text
    refd_setl_flag: Text
    mdtrt_id: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    psn_name: Loose = ""
    psn_cert_type: Loose = ""
    certno: Loose = ""
    gend: Loose = ""
    naty: Loose = ""
    brdy: Loose = ""
    age: LooseNumber = None
    insutype: Loose = ""
    psn_type: Loose = ""
    cvlserv_flag: Loose = ""
    flxempe_flag: Loose = ""
    nwb_flag: Loose = ""
    insu_optins: Loose = ""
    emp_name: Loose = ""
    pay_loc: Loose = ""
    fixmedins_code: Loose = ""
    fixmedins_name: Loose = ""
    hosp_lv: Loose = ""
    fixmedins_poolarea: Loose = ""
    lmtpric_hosp_lv: Loose = ""
    dedc_hosp_lv: Loose = ""
    begndate: Loose = ""
    enddate: Loose = ""
    setl_time: Loose = ""
    mdtrt_cert_type: Loose = ""
    med_type: Loose = ""
    clr_type: Loose = ""
    clr_way: Loose = ""
    clr_optins: Loose = ""
    medfee_sumamt: Amount
    fulamt_ownpay_amt: MaybeAmount = None
    overlmt_selfpay: MaybeAmount = None
    preselfpay_amt: MaybeAmount = None
    inscp_scp_amt: MaybeAmount = None
    act_pay_dedc: MaybeAmount = None
    hifp_pay: MaybeAmount = None
    pool_prop_selfpay: MaybeRatio = None
    cvlserv_pay: MaybeAmount = None
    hifes_pay: MaybeAmount = None
    hifmi_pay: MaybeAmount = None
    hifob_pay: MaybeAmount = None
    maf_pay: MaybeAmount = None
    oth_pay: MaybeAmount = None
    fund_pay_sumamt: Amount
    psn_pay: MaybeAmount = None
    acct_pay: MaybeAmount = None
    cash_payamt: MaybeAmount = None
    balc: MaybeAmount = None
    acct_mulaid_pay: MaybeAmount = None
    medins_setl_id: TextOrEmpty = ""
    year: Loose = ""
    dise_codg: Loose = ""
    dise_name: Loose = ""
    invono: Loose = ""
    opter_id: Loose = ""
    opter_name: Loose = ""
    opt_time: Loose = ""


class LookupOutput(Message):
    setlinfo: StandingInfo
    setldetail: Rows[SetlDetail] = ()
