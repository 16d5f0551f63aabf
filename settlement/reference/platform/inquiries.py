"""1901, 2001, 5206, 5301 and 5303: what is on file about a person, and the codes in force. Nothing is changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select

from kiosk.installed import config_dir
from settlement.reference.benefit.rules import Plan
from settlement.reference.ledger.dealings import Settlement, SettlementState
from settlement.reference.ledger.parties import Insurance, Person
from settlement.reference.people import DiseaseData
from settlement.reference.platform.call import Call, Output
from settlement.reference.platform.persons import active_insurance, base_info, find_person
from settlement.wire import inquiry, records
from settlement.wire.values import from_fen

_CHRONIC, _INPATIENT = "14", "21"
_FUND_CHECK = "1"  # trt_chk_type
_YES, _NO = "1", "0"
_DEDUCTIBLE, _VISITS, _FEES = "Q0000", "C0000", "F0000"
_VERSION_DAY = "2026-01-01"


def chronic_diseases(call: Call) -> Output:
    """5301: those that have ended too."""
    person = find_person(call.session, call.body(inquiry.PersonNumberInput).data.psn_no)
    return {
        "feedetail": [
            {
                "opsp_dise_code": row.code,
                "opsp_dise_name": row.name,
                "begndate": row.since.isoformat(),
                "enddate": row.until.isoformat() if row.until else None,
            }
            for row in _on_file(call, person.psn_no)
        ]
    }


def _on_file(call: Call, psn_no: str) -> tuple[DiseaseData, ...]:
    platform = call.world.on_file(psn_no)
    return platform.diseases if platform else ()


def stays(call: Call) -> Output:
    """5303: the stays of a period that are not over."""
    query = call.body(inquiry.PeriodInput).data
    person = find_person(call.session, query.psn_no or "")
    platform = call.world.on_file(person.psn_no)
    if platform is None:
        return {"data": []}
    since, until = date.fromisoformat(query.begntime[:10]), date.fromisoformat(query.endtime[:10])
    told = {name: value for name, value in base_info(person, call.now.date()).items() if name != "exp_content"}
    return {
        "data": [
            told
            | {
                "mdtrt_id": f"S{row.ipt_no}",
                "insutype": platform.insurances[0].insutype,
                "begndate": begun.isoformat(),
                "med_type": _INPATIENT,
                "ipt_otp_no": row.ipt_no,
                "out_flag": _NO,
            }
            for row in platform.stays
            if since <= (begun := row.since(call.now.date())) <= until
        ]
    }


def benefits(call: Call) -> Output:
    """2001: a row a fund. A chronic visit is paid for where its disease is on file."""
    query = call.body(inquiry.BenefitInput).data
    person = find_person(call.session, query.psn_no)
    insurance = active_insurance(call.session, person.psn_no, query.insutype, call.now)
    plan = call.insured_area(insurance.area).insured.plan(query.insutype, insurance.psn_type, query.med_type)
    if plan is None:
        return {"trtinfo": [_benefit(insurance, f"{query.insutype}100", "该险种不支持此医疗类别")]}
    begun = date.fromisoformat(query.begntime[:10])
    refusal = ""
    if query.med_type == _CHRONIC and not _registered(call, person, query.dise_codg or "", begun):
        refusal = "未查询到有效的门诊慢特病备案"
    return {"trtinfo": [_benefit(insurance, fund, refusal) for fund in _funds(plan)]}


def _funds(plan: Plan) -> Iterable[str]:
    return (fund for fund in (plan.fund, plan.account) if fund)


def _registered(call: Call, person: Person, code: str, day: date) -> bool:
    rows = _on_file(call, person.psn_no)
    return any(row.code == code and row.since <= day and (row.until is None or day <= row.until) for row in rows)


def _benefit(insurance: Insurance, fund: str, refusal: str) -> dict[str, object]:
    return {
        "psn_no": insurance.psn_no,
        "trt_chk_type": _FUND_CHECK,
        "fund_pay_type": fund,
        "trt_enjymnt_flag": _NO if refusal else _YES,
        "begndate": insurance.since.isoformat(),
        "enddate": None,
        "trt_chk_rslt": refusal or None,
    }


def sums(call: Call) -> Output:
    """5206: this year's sums, or those up to a month of it; what was undone has never been."""
    query = call.body(records.SumsInput).data
    person = find_person(call.session, query.psn_no)
    month = query.cum_ym or f"{call.now:%Y%m}"
    standing = select(Settlement).where(
        Settlement.psn_no == person.psn_no,
        Settlement.year == int(month[:4]),
        Settlement.state == SettlementState.STANDING,
    )
    settled = [row for row in call.session.scalars(standing) if f"{row.settled_at:%Y%m}" <= month]
    insurances = call.session.scalars(select(Insurance).where(Insurance.psn_no == person.psn_no).order_by(Insurance.id))
    return {
        "cuminfo": [
            {"insutype": row.insutype, "year": month[:4], "cum_ym": month, "cum_type_code": kind, "cum": amount}
            for row in insurances
            for kind, amount in _sums(call, person, row, settled, int(month[:4]))
        ]
    }


def _sums(
    call: Call, person: Person, insurance: Insurance, settled: Iterable[Settlement], year: int
) -> list[tuple[str, Decimal]]:
    plans = call.insured_area(insurance.area).insured.plans
    plan = next((plan for plan in plans if plan.insutype == insurance.insutype), None)
    if plan is None:  # an insurance that settles nothing by itself, such as 320
        return []
    rows = [row for row in settled if row.insutype == insurance.insutype]
    opening = year == call.now.year  # the figures a person begins with are this year's
    account = [(f"D{plan.account[:5]}1", from_fen(sum(row.account for row in rows)))] if plan.account else []
    return [
        (_DEDUCTIBLE, from_fen(person.deductible_used * opening + sum(row.deductible for row in rows))),
        (_VISITS, Decimal(len(rows)).quantize(Decimal("0.01"))),
        (_FEES, from_fen(sum(row.medfee for row in rows))),
        (f"D{plan.fund[:5]}1", from_fen(person.pool_used * opening + sum(row.pool for row in rows))),
        *account,
    ]


def dictionary(call: Call) -> Output:
    """1901: the national dictionary of that name, empty for one that nobody knows."""
    query = call.body(inquiry.DictionaryInput).data
    terms = _national().get(query.type, {})
    return {
        "list": [
            {
                "type": query.type,
                "label": meaning,
                "value": code,
                "parentValue": query.parentValue,
                "sort": place,
                "valiFlag": _YES,
                "createUser": "模拟",
                "createDate": _VERSION_DAY,
                "version": 1,
            }
            for place, (code, meaning) in enumerate(terms.items(), 1)
        ]
    }


@cache
def _national() -> dict[str, dict[str, str]]:
    with (config_dir() / "packs" / "national.toml").open("rb") as file:
        codes: dict[str, dict[str, Any]] = tomllib.load(file)["codes"]
    return {
        name: {code: told if isinstance(told, str) else told["name"] for code, told in terms.items()}
        for name, terms in codes.items()
    }
