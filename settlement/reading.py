"""Turns answers in the national fields into the trade's values, and says by name what is wrong with their amounts.

Who brought them makes no difference: the platform itself, or a hospital's front that repeats what the platform said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.money import ZERO, Money, Ratio
from kiosk.domain.personal import PersonName, PersonNumber, ResidentId
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Amounts, Detail, Funds, Quote, Settlement, broken_identities
from kiosk.faults import FaultCode
from kiosk.ports.answers import Unknown
from kiosk.ports.settlement import PersonFound, PersonMissing, SettledWrong
from settlement.family import family_of
from settlement.ids import LONGEST_ID, short_id
from settlement.moments import read_day, read_moment
from settlement.nodes import node
from settlement.wire.codec import Breakage, BrokenMessage, read
from settlement.wire.people import BaseInfo, IdetInfo, InsuInfo, PersonOutput
from settlement.wire.settle import SetlDetail, SettlementAmounts, SettleOutput


def find_person(
    output: Mapping[str, Any], credential: Credential, today: date
) -> PersonFound | PersonMissing | Unknown:
    """1101 as an answer to whoever showed `credential`; a person whose insurances cannot settle today is missing."""
    try:
        person = read_person(output, credential, today)
    except BrokenMessage as broken:
        return Unknown(FaultCode.REPLY_BROKEN, str(broken))
    if credential.cert_type is CertType.RESIDENT_ID and credential.number != person.certno:
        return Unknown(FaultCode.REPLY_BROKEN, "speaks of somebody else")
    if not person.settling(today):
        return PersonMissing(FaultCode.INSURANCE_STOPPED)
    return PersonFound(person)


def read_person(output: Mapping[str, Any], credential: Credential, today: date) -> Person:
    """1101.

    Raises:
        BrokenMessage: names the field.
    """
    told = read(PersonOutput, output)
    base = told.baseinfo
    try:
        return Person(
            psn_no=PersonNumber(short_id(base.psn_no, "baseinfo.psn_no")),
            name=PersonName(base.psn_name),
            certno=ResidentId(base.certno),
            credential=credential,
            insurances=tuple(_insurance(row) for row in told.insuinfo),
            age=_age(base, today),
            gend=base.gend,
            identities=tuple(row.psn_idet_type for row in told.idetinfo if _in_force(row, today)),
        )
    except ValueError:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("baseinfo",)) from None


def _in_force(row: IdetInfo, today: date) -> bool:
    """An end that cannot be read is none: whoever is spared something loses it by a date, not by a doubt."""
    ends = read_day(row.endtime)
    return ends is None or ends >= today


def _insurance(row: InsuInfo) -> Insurance:
    paused = read_day(row.paus_insu_date)
    if row.paus_insu_date and paused is None:
        paused = date.min  # a pause that cannot be read is one all the same
    return Insurance(
        insutype=row.insutype,
        psn_type=row.psn_type,
        status=row.psn_insu_stas,
        balance=Money.from_yuan(row.balc or Decimal(0)),
        insuplc_admdvs=row.insuplc_admdvs,
        paused_on=paused,
    )


def _age(base: BaseInfo, today: date) -> int:
    """As told, else from the date of birth, else from the number of the certificate."""
    if base.age is not None:
        return int(base.age)
    born = read_day(base.brdy) or read_day(base.certno[6:14])
    if born is None:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("baseinfo.age",))
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def read_quote(output: Mapping[str, Any], asked: Decimal, profile: SettlementProfile) -> Quote | SettledWrong:
    """2206A; `asked` is the medfee_sumamt we sent."""
    try:
        told = read(SettleOutput, output)
        amounts, details = _amounts(told.setlinfo), _details(told.setldetail)
    except BrokenMessage as broken:
        return SettledWrong(None, broken.fields)
    wrong = _contradictions(amounts, details, asked, profile)
    family = family_of(output, amounts.acct_mulaid_pay, profile.family)
    return SettledWrong(None, wrong) if wrong else Quote(amounts, details, family=family)


def read_settlement(
    output: Mapping[str, Any], msgid: str, asked: Decimal, profile: SettlementProfile, now: datetime
) -> Settlement | SettledWrong:
    """2207A: the platform did settle; the question is only whether what it says can be used.

    A time that cannot be read is replaced by ours: it moves no money.
    """
    setl_id = _setl_id(output)
    try:
        told = read(SettleOutput, output)
        amounts, details = _amounts(told.setlinfo), _details(told.setldetail)
    except BrokenMessage as broken:
        return SettledWrong(setl_id, broken.fields)
    wrong = _contradictions(amounts, details, asked, profile)
    if setl_id is None:
        wrong = ("setl_id", *wrong)
    if wrong or setl_id is None:
        return SettledWrong(setl_id, wrong)
    settled_at = read_moment(told.setlinfo.setl_time or "") or now
    family = family_of(output, amounts.acct_mulaid_pay, profile.family)
    return Settlement(setl_id, msgid, settled_at, amounts, details, family)


def _setl_id(output: Mapping[str, Any]) -> str | None:
    told = node(output, "setlinfo").get("setl_id")
    if not isinstance(told, str | int) or isinstance(told, bool):
        return None
    return str(told) if 0 < len(str(told)) <= LONGEST_ID else None


def _contradictions(
    amounts: Amounts, details: tuple[Detail, ...], asked: Decimal, profile: SettlementProfile
) -> tuple[str, ...]:
    try:
        wrong = list(broken_identities(amounts, details, profile))
    except ValueError:  # they add up to more than any field could say
        wrong = ["total"]
    if amounts.medfee_sumamt.yuan() != asked:
        wrong.append("medfee_sumamt")
    if profile.acct_pay_includes_mulaid and amounts.acct_mulaid_pay > amounts.acct_pay:
        wrong.append("acct_mulaid_pay")
    wrong += [name for name in _NEVER_NEGATIVE if getattr(amounts, name) < ZERO]
    wrong += [each.name for each in fields(Funds) if getattr(amounts.funds, each.name) < ZERO]
    return tuple(wrong)


_NEVER_NEGATIVE = (
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
)
"""Outside a cancel. A balance may be overdrawn, and the hospital's part of a fixed price may be a surplus."""

_NEEDED = ("psn_part_amt", "psn_cash_pay")
"""Null in a cancel, but never when somebody is to pay by them."""


def _amounts(info: SettlementAmounts) -> Amounts:
    missing = tuple(f"setlinfo.{name}" for name in _NEEDED if getattr(info, name) is None)
    if missing:
        raise BrokenMessage(Breakage.WRONG_SHAPE, missing)
    plain = {each.name for each in fields(Amounts)} - {"funds", "pool_prop_selfpay"}
    return Amounts(
        **{name: _money(getattr(info, name)) for name in plain},
        funds=Funds(**{each.name: _money(getattr(info, each.name)) for each in fields(Funds)}),
        pool_prop_selfpay=Ratio(info.pool_prop_selfpay) if info.pool_prop_selfpay is not None else None,
    )


def _money(yuan: Decimal | None) -> Money:
    return ZERO if yuan is None else Money.from_yuan(yuan)


def _details(rows: list[SetlDetail] | tuple[SetlDetail, ...]) -> tuple[Detail, ...]:
    return tuple(Detail(row.fund_pay_type, row.fund_pay_type_name, Money.from_yuan(row.fund_payamt)) for row in rows)
