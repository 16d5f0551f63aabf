"""setlinfo and setldetail as real platforms dress them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from settlement.reference.benefit.payers import Shares
from settlement.reference.platform.call import Call
from settlement.reference.platform.persons import base_info, find_person
from settlement.reference.platform.pricing import Priced
from settlement.reference.platform.statements import clr_type
from settlement.wire import codec, settle
from settlement.wire.values import from_fen

_FAMILY_ACCOUNT = "310201"  # 个人账户 of somebody else; the last digit is refined locally
_HOSPITAL_PART = "999996"
_HOSPITAL_PART_UNDONE = "999997"  # the code changes in a cancel
_NEGATED = (
    *("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc"),
    *("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay", "fund_pay_sumamt"),
    *("acct_pay", "psn_cash_pay", "hosp_part_amt", "acct_mulaid_pay"),
)


def settlement_info(call: Call, body: settle.Quote, priced: Priced) -> dict[str, Any]:
    """The setlinfo of a quote, which settling completes; `medins_setl_id` repeats the msgid answered."""
    return (
        base_info(priced.person, call.now.date())
        | {
            "mdtrt_id": body.mdtrt_id,
            "insutype": body.insutype,
            "psn_type": priced.insurance.psn_type,
            "cvlserv_flag": "1" if priced.insurance.civil_servant else "0",
            "mdtrt_cert_type": body.mdtrt_cert_type,
            "med_type": body.med_type,
            "medins_setl_id": call.request.msgid,
            "setl_id": None,
            "setl_time": None,
            "clr_optins": None,
            "clr_way": None,
            "clr_type": clr_type(body.med_type),
            "exp_content": _family_told(call, priced),
        }
        | _amounts(call, priced)
    )


def _family_told(call: Call, priced: Priced) -> dict[str, Any] | None:
    """Whose accounts paid acct_mulaid_pay, as this province adds it to the national fields; null where nobody's did."""
    drawn = [(grant, fen) for grant, fen in zip(priced.grants, priced.shares.family_parts, strict=False) if fen]
    if not drawn or not call.area.tells_family:
        return None
    rows = [
        {
            "acct_owner_name": find_person(call.session, grant.owner).name,
            "acct_owner_rela": grant.relation or None,
            "acct_mulaid_amt": from_fen(fen),
        }
        for grant, fen in drawn
    ]
    return {"acct_mulaid_info": rows}


def acct_pay(call: Call, shares: Shares) -> int:
    """Fen of acct_pay as this platform words it: with what the family's account paid, or without."""
    return shares.account + shares.family * call.area.acct_pay_includes_mulaid


def _amounts(call: Call, priced: Priced) -> dict[str, Any]:
    shares = priced.shares
    return {
        "medfee_sumamt": from_fen(shares.bill.total),
        "fulamt_ownpay_amt": from_fen(shares.bill.full_self),
        "overlmt_selfpay": from_fen(shares.bill.over_limit),
        "preselfpay_amt": from_fen(shares.bill.first_self),
        "inscp_scp_amt": from_fen(shares.bill.in_scope),
        "act_pay_dedc": from_fen(shares.deductible),
        "hifp_pay": from_fen(shares.pool),
        "pool_prop_selfpay": None if priced.fixed else priced.entitlement.ratio,
        "cvlserv_pay": from_fen(shares.civil_servant),
        "hifes_pay": from_fen(shares.enterprise),
        "hifmi_pay": from_fen(shares.catastrophic),
        "hifob_pay": from_fen(shares.major),
        "maf_pay": from_fen(shares.relief),
        "oth_pay": from_fen(0),
        "fund_pay_sumamt": from_fen(shares.fund),
        "psn_part_amt": from_fen(shares.person),
        "acct_pay": from_fen(acct_pay(call, shares)),
        "psn_cash_pay": from_fen(shares.cash),
        "hosp_part_amt": from_fen(shares.hospital),
        "balc": from_fen(shares.balance),
        "acct_mulaid_pay": from_fen(shares.family),
    }


def settlement_details(call: Call, priced: Priced) -> list[dict[str, Any]]:
    """One row a payer. The pool's is always there, the account and the hospital are rows like funds; amounts are texts
    here. The family's account is a row where acct_pay holds it.
    """
    shares, entitled = priced.shares, priced.entitlement
    rows = [(entitled.plan.fund, shares.pool, shares.pool_left, _process(priced))]
    others = [
        *fund_payments(priced)[1:],
        (entitled.plan.account, shares.account),
        (_FAMILY_ACCOUNT, shares.family * call.area.acct_pay_includes_mulaid),
        (_HOSPITAL_PART, shares.hospital),
    ]
    rows += [(fund, paid, paid, "") for fund, paid in others if paid]
    names = priced.insured.insured.fund_names
    return [
        {
            "fund_pay_type": fund,
            "inscp_scp_amt": str(from_fen(shares.bill.in_scope)),
            "crt_payb_lmt_amt": str(from_fen(limit)),
            "fund_payamt": str(from_fen(paid)),
            "fund_pay_type_name": names.get(fund) or names.get(f"{fund[:-1]}0"),
            "setl_proc_info": process or None,
        }
        for fund, paid, limit, process in rows
    ]


def _process(priced: Priced) -> str:
    """How the pool's part came about, in figures."""
    shares = priced.shares
    if priced.fixed:
        return f"定额 {from_fen(priced.fixed.amount)}，个人 {from_fen(shares.person)}，统筹 {from_fen(shares.pool)}"
    base = shares.bill.in_scope - shares.deductible
    return f"{from_fen(base)} × {priced.entitlement.ratio} = {from_fen(shares.pool)}"


def fund_payments(priced: Priced) -> list[tuple[str, int]]:
    """fund_pay_type and fen of every fund, the pool first; a fund that does not apply is named "" and pays nothing."""
    shares, plan, rules = priced.shares, priced.entitlement.plan, priced.insured.insured
    relief = next(iter(rules.relief.values()), None)
    return [
        (plan.fund, shares.pool),
        (plan.major.fund if plan.major else "", shares.major),
        (plan.catastrophic.fund if plan.catastrophic else "", shares.catastrophic),
        (rules.civil_servant.fund, shares.civil_servant),
        (rules.enterprise.fund, shares.enterprise),
        (relief.fund if relief else "", shares.relief),
    ]


def reply_of(info: dict[str, Any], details: list[dict[str, Any]]) -> tuple[str, str]:
    """Both as JSON texts for the ledger."""
    return codec.encode(info).decode(), codec.encode({"setldetail": details}).decode()


def undone_reply(info: str, detail: str, msgid: str, settled_at: str, balance: int) -> dict[str, Any]:
    """2208: amounts negative, psn_part_amt null, the account's balance after it was given back, a msgid of its own."""
    told = codec.decode(info.encode())
    rows: list[dict[str, Any]] = codec.decode(detail.encode())["setldetail"]
    told |= {name: -Decimal(str(told[name])) + 0 for name in _NEGATED}
    told |= {
        "psn_part_amt": None,
        "pdn_cash_pay": told["psn_cash_pay"],  # misspelt so in the national field list
        "balc": from_fen(balance),
        "medins_setl_id": msgid,
        "setl_time": settled_at,
    }
    undone = [
        row
        | {
            "fund_payamt": str(-Decimal(row["fund_payamt"])),
            "fund_pay_type": _HOSPITAL_PART_UNDONE if row["fund_pay_type"] == _HOSPITAL_PART else row["fund_pay_type"],
        }
        for row in rows
    ]
    return {"setlinfo": told, "setldetail": undone}
