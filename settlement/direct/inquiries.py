"""Questions to the platform: four are answered in the core's own values, the others in the wire's rows.

None of them moves anything, so a platform that forgot our sign-in is simply asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kiosk.domain.benefits import Accumulator, BenefitCheck, ChronicRegistration, HospitalStay
from kiosk.domain.benefits import PastVisit as Visited
from kiosk.domain.dictionaries import Dictionary, Term
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonNumber
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import PartyHost
from kiosk.ports.inquiry import Told, VisitKind
from kiosk.ports.settlement import Failure
from settlement.direct import composing, questions
from settlement.direct.asking import Asking
from settlement.moments import read_day
from settlement.wire.codec import Message
from settlement.wire.inquiry import (
    Benefit,
    BenefitOutput,
    ChronicDisease,
    ChronicDiseaseOutput,
    DictionaryOutput,
    DictionaryRow,
    OwnHospital,
    OwnHospitalOutput,
    Referral,
    ReferralOutput,
    Stay,
    StayOutput,
)
from settlement.wire.records import (
    ChargedLine,
    ChronicMedicine,
    DiagnosesOutput,
    FeesOutput,
    MedicinesOutput,
    PastDiagnosis,
    PastVisit,
    Sum,
    SumsOutput,
    VisitsOutput,
)
from settlement.wire.settle import LookupOutput

_ENJOYED = "1"
_INVALID = "0"

OutputT = TypeVar("OutputT", bound=Message)
RowT = TypeVar("RowT", bound=Message)


@dataclass(frozen=True)  # with slots, Question[…](…) cannot be written on Python 3.11
class Question(Generic[OutputT, RowT]):
    """A transaction that is answered with rows."""

    infno: str
    output: type[OutputT]
    rows: Callable[[OutputT], tuple[RowT, ...]]


_CHRONIC = Question[ChronicDiseaseOutput, ChronicDisease]("5301", ChronicDiseaseOutput, lambda told: told.feedetail)
_SUMS = Question[SumsOutput, Sum]("5206", SumsOutput, lambda told: told.cuminfo)
_BENEFITS = Question[BenefitOutput, Benefit]("2001", BenefitOutput, lambda told: told.trtinfo)
_STAYS = Question[StayOutput, Stay]("5303", StayOutput, lambda told: told.data)
_VISITS = Question[VisitsOutput, PastVisit]("5201", VisitsOutput, lambda told: told.mdtrtinfo)
_DIAGNOSES = Question[DiagnosesOutput, PastDiagnosis]("5202", DiagnosesOutput, lambda told: told.diseinfo)
_FEES = Question[FeesOutput, ChargedLine]("5204", FeesOutput, lambda told: told.output)
_MEDICINES = Question[MedicinesOutput, ChronicMedicine]("5205", MedicinesOutput, lambda told: told.feedetail)
_OWN_HOSPITALS = Question[OwnHospitalOutput, OwnHospital]("5302", OwnHospitalOutput, lambda told: told.psnfixmedin)
_REFERRALS = Question[ReferralOutput, Referral]("5304", ReferralOutput, lambda told: told.refmedin)
_DICTIONARY = Question[DictionaryOutput, DictionaryRow]("1901", DictionaryOutput, lambda told: told.list)


class Inquiries:
    """`InquiryPort` over national transactions. A refusal has a fault of its own: nothing is wrong with the person."""

    def __init__(self, asking: Asking, host: PartyHost) -> None:
        self._asking, self._host = asking, host

    # --- in the core's values ---

    def chronic_registrations(self, person: Person, insurance: Insurance) -> Told[ChronicRegistration] | Failure:
        rows = self._ask(person, insurance, _CHRONIC, lambda: questions.own_number(person))
        return Told(tuple(map(_registration, rows))) if isinstance(rows, tuple) else rows

    def accumulators(
        self, person: Person, insurance: Insurance, month: str | None = None
    ) -> Told[Accumulator] | Failure:
        rows = self._ask(person, insurance, _SUMS, lambda: questions.sums(person, month))
        return Told(tuple(map(_accumulator, rows))) if isinstance(rows, tuple) else rows

    def benefits(self, person: Person, insurance: Insurance, visit: VisitKind) -> Told[BenefitCheck] | Failure:
        at = self._host.fixmedins_code
        rows = self._ask(person, insurance, _BENEFITS, lambda: questions.benefit(person, insurance, visit, at))
        return Told(tuple(map(_check, rows))) if isinstance(rows, tuple) else rows

    def stays(self, person: Person, insurance: Insurance, since: date, until: date) -> Told[HospitalStay] | Failure:
        rows = self._ask(person, insurance, _STAYS, lambda: questions.period(person, since, until))
        return Told(tuple(map(_stay, rows))) if isinstance(rows, tuple) else rows

    def past_visits(self, person: Person, insurance: Insurance, since: date, until: date) -> Told[Visited] | Failure:
        from settlement.direct.history import past_visits  # few ask for it

        return past_visits(self, person, insurance, since, until)

    # --- in the wire's ---

    def visits(
        self, person: Person, insurance: Insurance, med_type: str, since: date, until: date
    ) -> tuple[PastVisit, ...] | Failure:
        return self._ask(person, insurance, _VISITS, lambda: questions.visits(person, med_type, since, until))

    def diagnoses(self, person: Person, insurance: Insurance, mdtrt_id: str) -> tuple[PastDiagnosis, ...] | Failure:
        return self._ask(person, insurance, _DIAGNOSES, lambda: questions.diagnoses(person, mdtrt_id))

    def fees(
        self, person: Person, insurance: Insurance, mdtrt_id: str, setl_id: str | None = None
    ) -> tuple[ChargedLine, ...] | Failure:
        return self._ask(person, insurance, _FEES, lambda: questions.fees(person, mdtrt_id, setl_id))

    def settlement(self, person: Person, insurance: Insurance, mdtrt_id: str, setl_id: str) -> LookupOutput | Failure:
        """5203, as a person asks for it who settled it here or elsewhere."""
        number = person.psn_no
        area = insurance.insuplc_admdvs
        return self._asking.told("5203", lambda: composing.look_up(number, mdtrt_id, setl_id), LookupOutput, area)

    def medicines(
        self, person: Person, insurance: Insurance, since: date, until: date
    ) -> tuple[ChronicMedicine, ...] | Failure:
        return self._ask(person, insurance, _MEDICINES, lambda: questions.medicines(person, since, until))

    def own_hospitals(
        self, person: Person, insurance: Insurance, kind: str | None = None
    ) -> tuple[OwnHospital, ...] | Failure:
        """Those the person chose; `kind` is a biz_appy_type, None for all."""
        return self._ask(person, insurance, _OWN_HOSPITALS, lambda: questions.own_hospitals(person, kind))

    def referrals(
        self, person: Person, insurance: Insurance, since: date, until: date
    ) -> tuple[Referral, ...] | Failure:
        return self._ask(person, insurance, _REFERRALS, lambda: questions.period(person, since, until))

    def dictionary(self, name: str, day: date) -> Dictionary | Failure:
        """1901: what the province has in force that day, to be written into its pack."""
        area = self._host.profile.mdtrtarea_admvs
        rows = self._ask(None, None, _DICTIONARY, lambda: questions.dictionary(name, area, day))
        if not isinstance(rows, tuple):
            return rows
        return Dictionary(name, tuple(Term(row.value, row.label) for row in rows if row.valiFlag != _INVALID))

    def _ask(
        self,
        person: Person | None,
        insurance: Insurance | None,
        question: Question[OutputT, RowT],
        compose: Callable[[], Message],
    ) -> tuple[RowT, ...] | Failure:
        area = insurance.insuplc_admdvs if insurance else None
        told = self._asking.told(question.infno, compose, question.output, area)
        if isinstance(told, Refused) and told.fault is not FaultCode.SIGN_IN_REFUSED:
            return Refused(FaultCode.INQUIRY_REFUSED, told.reason)
        if isinstance(told, NotSent | Refused | Unknown):
            return told
        rows = question.rows(told)
        if person is not None and any(_of_another(person, row) for row in rows):
            return Unknown(FaultCode.REPLY_BROKEN, "speaks of somebody else")
        return rows


def _of_another(person: Person, row: Message) -> bool:
    psn_no: str = getattr(row, "psn_no", "")
    return bool(psn_no) and PersonNumber(psn_no) != person.psn_no


def _registration(row: ChronicDisease) -> ChronicRegistration:
    return ChronicRegistration(row.opsp_dise_code, row.opsp_dise_name, read_day(row.begndate), read_day(row.enddate))


def _accumulator(row: Sum) -> Accumulator:
    return Accumulator(row.insutype, row.year, row.cum_ym, row.cum_type_code, Money.from_yuan(row.cum))


def _check(row: Benefit) -> BenefitCheck:
    enjoyed = row.trt_enjymnt_flag == _ENJOYED
    since, until = read_day(row.begndate), read_day(row.enddate)
    return BenefitCheck(row.trt_chk_type, row.fund_pay_type, enjoyed, since, until, row.trt_chk_rslt)


def _stay(row: Stay) -> HospitalStay:
    return HospitalStay(row.mdtrt_id, row.insutype, row.med_type, read_day(row.begndate), row.ipt_otp_no)
