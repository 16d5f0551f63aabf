"""2206 quote, 2207 settle, 2208 cancel, 2601 reverse, 5203 look up; their A variants bear the same bodies."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    MaybeAmount,
    Ratio,
    Text,
    Text1,
    Text3,
    Text6,
    Text20,
    Text30,
    Text50,
    TextOrEmpty,
)


class Quote(Message):
    psn_no: Text30
    mdtrt_cert_type: Text3
    mdtrt_cert_no: Text50
    med_type: Text6
    medfee_sumamt: Amount
    psn_setlway: Text6
    mdtrt_id: Text30
    chrg_bchno: Text30
    acct_used_flag: Text1
    insutype: Text6


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
    pool_prop_selfpay: Ratio | None = None
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
    """setlinfo of 2206, 2207 and 2208. `medins_setl_id` repeats the msgid of the message answered: the tie between
    them.
    """

    setl_id: Text | None = None
    mdtrt_id: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    psn_name: TextOrEmpty = ""
    certno: TextOrEmpty = ""
    insutype: TextOrEmpty = ""
    psn_type: TextOrEmpty = ""
    med_type: TextOrEmpty = ""
    setl_time: Text | None = None
    medins_setl_id: TextOrEmpty = ""
    clr_optins: Text | None = None
    clr_way: Text | None = None
    clr_type: TextOrEmpty = ""


class SetlDetail(Message):
    """One payer: a fund, but also the account (3102xx) and the hospital's part (99999x)."""

    fund_pay_type: Text
    inscp_scp_amt: MaybeAmount = None
    crt_payb_lmt_amt: MaybeAmount = None
    fund_payamt: Amount
    fund_pay_type_name: TextOrEmpty = ""
    setl_proc_info: TextOrEmpty = ""


class SettleOutput(Message):
    """Of 2206, 2207 and 2208."""

    setlinfo: SetlInfo
    setldetail: tuple[SetlDetail, ...] = ()


class Cancel(Message):
    setl_id: Text30
    mdtrt_id: Text30
    psn_no: Text30


class CancelInput(Message):
    """2208."""

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
    """setlinfo of 5203 as far as we use it: `refd_setl_flag` "0" means that the settlement stands."""

    setl_id: Text
    mdtrt_id: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    medfee_sumamt: Amount
    fund_pay_sumamt: Amount
    acct_pay: MaybeAmount = None
    psn_pay: MaybeAmount = None
    cash_payamt: MaybeAmount = None
    medins_setl_id: TextOrEmpty = ""
    refd_setl_flag: Text


class LookupOutput(Message):
    setlinfo: StandingInfo
    setldetail: tuple[SetlDetail, ...] = ()
