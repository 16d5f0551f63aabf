"""The visits of a period as a person reads them: what 5201 lists, with the drugs of 5204 and the amounts of 5203.

Amounts are told as the platform told them; nothing is added up here. What cannot be had of one visit is left out of it,
and the others stand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiosk.domain.benefits import Paid, PastVisit
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.money import Money
from kiosk.ports.inquiry import Told
from kiosk.ports.settlement import Failure
from settlement.wire import records
from settlement.wire.settle import LookupOutput

if TYPE_CHECKING:
    from settlement.direct.inquiries import Inquiries

_KINDS = ("11", "13", "14", "21")
"""5201 wants a med_type: visits, emergencies, chronic diseases, stays."""
_MOST = 5
_DRUGS = frozenset({"101", "102", "103", "104", "105"})  # list_type: western, patent and herbal drugs, preparations
_STANDS = "0"


def past_visits(
    asking: Inquiries, person: Person, insurance: Insurance, since: date, until: date
) -> Told[PastVisit] | Failure:
    found: list[records.PastVisit] = []
    for kind in _KINDS:
        rows = asking.visits(person, insurance, kind, since, until)
        if not isinstance(rows, tuple):
            return rows
        found += rows
    newest = sorted(found, key=lambda row: row.begntime, reverse=True)[:_MOST]
    return Told(tuple(_with_costs(asking, person, insurance, row) for row in newest))


def _with_costs(asking: Inquiries, person: Person, insurance: Insurance, row: records.PastVisit) -> PastVisit:
    lines = asking.fees(person, insurance, row.mdtrt_id)
    told = lines if isinstance(lines, tuple) else ()
    drugs = dict.fromkeys(one.medins_list_name or one.hilist_name for one in told if one.list_type in _DRUGS)
    settled = next((one.setl_id for one in told if one.setl_id), "")
    looked = asking.settlement(person, insurance, row.mdtrt_id, settled) if settled else None
    paid = _paid(looked) if isinstance(looked, LookupOutput) else None
    return PastVisit(_day(row.begntime), row.med_type, row.adm_dept_name, paid, tuple(name for name in drugs if name))


def _paid(told: LookupOutput) -> Paid | None:
    """None of a settlement that was undone, or whose amounts are not all there."""
    info = told.setlinfo
    amounts = (info.medfee_sumamt, info.fund_pay_sumamt, info.acct_pay, info.cash_payamt)
    if info.refd_setl_flag != _STANDS or any(each is None for each in amounts):
        return None
    total, fund, account, cash = (Money.from_yuan(each) for each in amounts if each is not None)
    return Paid(total, fund, account, cash)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
