"""The identities that real settlements were found to hold, checked on what our platform says."""

from __future__ import annotations

from settlement.wire import settle

FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")


def check_identities(output: settle.SettleOutput, *, acct_pay_includes_mulaid: bool = True) -> None:
    """Total, payers, person, funds and detail; of a cancel too, where all are negative."""
    info = output.setlinfo
    assert (
        info.medfee_sumamt == info.fulamt_ownpay_amt + info.overlmt_selfpay + info.preselfpay_amt + info.inscp_scp_amt
    )
    assert info.psn_cash_pay is not None
    assert info.hosp_part_amt is not None
    assert info.acct_mulaid_pay is not None
    person = info.acct_pay + info.psn_cash_pay + (0 if acct_pay_includes_mulaid else info.acct_mulaid_pay)
    assert info.medfee_sumamt == info.fund_pay_sumamt + person + info.hosp_part_amt
    assert info.psn_part_amt in {person, None}
    assert info.fund_pay_sumamt == sum(getattr(info, name) for name in FUNDS)
    detail = sum(row.fund_payamt for row in output.setldetail)
    assert detail == info.fund_pay_sumamt + info.acct_pay + info.hosp_part_amt
