"""3201 and 3202: the day's totals, and where they differ the list of settlements, are compared with the platform's."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import Amount, Code3, Code6, Count10, Day, Text, Text6, Text30, TextOrEmpty


class Totals(Message):
    """Of one insutype, clr_type and setl_optins over some days; `refd_setl_flag` says whether refunds count."""

    insutype: Code6
    clr_type: Code6
    setl_optins: Text6
    stmt_begndate: Day
    stmt_enddate: Day
    medfee_sumamt: Amount
    fund_pay_sumamt: Amount
    acct_pay: Amount
    fixmedins_setl_cnt: Count10
    refd_setl_flag: Code3 | None = None


class TotalsInput(Message):
    """3201."""

    data: Totals


class Verdict(Message):
    """`stmt_rslt` "0" is remembered to mean that the totals agree; no source confirms the codes."""

    setl_optins: TextOrEmpty = ""
    stmt_rslt: Text
    stmt_rslt_dscr: TextOrEmpty = ""


class TotalsOutput(Message):
    stmtinfo: Verdict


class Details(Message):
    """`file_qury_no` is what 9101 answered when the list was uploaded."""

    setl_optins: Text6
    file_qury_no: Text30
    stmt_begndate: Day
    stmt_enddate: Day
    medfee_sumamt: Amount
    fund_pay_sumamt: Amount
    cash_payamt: Amount
    fixmedins_setl_cnt: Count10
    clr_type: Code6 | None = None


class DetailsInput(Message):
    """3202."""

    data: Details


class DetailsFile(Message):
    """The result, to be fetched by 9102 until `dld_endtime`."""

    file_qury_no: Text
    filename: Text
    dld_endtime: TextOrEmpty = ""


class DetailsOutput(Message):
    fileinfo: DetailsFile
