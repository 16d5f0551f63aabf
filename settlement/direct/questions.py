"""What each question says: whom it is about, and over which days. Imported when the first is asked."""

from __future__ import annotations

from datetime import date

from kiosk.domain.insured import Insurance, Person
from kiosk.ports.inquiry import VisitKind
from kiosk.ports.official import SheetAsked
from settlement.moments import end_of, start_of
from settlement.wire.inquiry import (
    BenefitInput,
    BenefitQuery,
    DictionaryInput,
    DictionaryQuery,
    OwnHospitalInput,
    OwnHospitalQuery,
    PeriodInput,
    PeriodQuery,
    PersonNumberInput,
    PersonNumberQuery,
)
from settlement.wire.official import OfficialSheet, OfficialSheetInput
from settlement.wire.records import (
    DiagnosesInput,
    DiagnosesQuery,
    FeesInput,
    FeesQuery,
    MedicinesInput,
    MedicinesQuery,
    SumsInput,
    SumsQuery,
    VisitsInput,
    VisitsQuery,
)

_VALID = "1"


def own_number(person: Person) -> PersonNumberInput:
    """5301."""
    return PersonNumberInput(data=PersonNumberQuery(psn_no=person.psn_no.reveal()))


def sums(person: Person, month: str | None) -> SumsInput:
    """5206."""
    return SumsInput(data=SumsQuery(psn_no=person.psn_no.reveal(), cum_ym=month))


def benefit(person: Person, insurance: Insurance, visit: VisitKind, fixmedins_code: str) -> BenefitInput:
    """2001."""
    return BenefitInput(
        data=BenefitQuery(
            psn_no=person.psn_no.reveal(),
            insutype=insurance.insutype,
            fixmedins_code=fixmedins_code,
            med_type=visit.med_type,
            begntime=start_of(visit.begun),
            dise_codg=visit.disease_code or None,
            dise_name=visit.disease or None,
        )
    )


def period(person: Person, since: date, until: date) -> PeriodInput:
    """5303 and 5304: from the first moment of a day to the last of another."""
    return PeriodInput(data=PeriodQuery(psn_no=person.psn_no.reveal(), begntime=start_of(since), endtime=end_of(until)))


def visits(person: Person, med_type: str, since: date, until: date) -> VisitsInput:
    """5201."""
    psn_no = person.psn_no.reveal()
    return VisitsInput(
        data=VisitsQuery(psn_no=psn_no, begntime=start_of(since), endtime=end_of(until), med_type=med_type)
    )


def diagnoses(person: Person, mdtrt_id: str) -> DiagnosesInput:
    """5202."""
    return DiagnosesInput(data=DiagnosesQuery(psn_no=person.psn_no.reveal(), mdtrt_id=mdtrt_id))


def fees(person: Person, mdtrt_id: str, setl_id: str | None) -> FeesInput:
    """5204."""
    return FeesInput(data=FeesQuery(psn_no=person.psn_no.reveal(), mdtrt_id=mdtrt_id, setl_id=setl_id))


def medicines(person: Person, since: date, until: date) -> MedicinesInput:
    """5205."""
    psn_no = person.psn_no.reveal()
    return MedicinesInput(data=MedicinesQuery(psn_no=psn_no, begntime=start_of(since), endtime=end_of(until)))


def own_hospitals(person: Person, kind: str | None) -> OwnHospitalInput:
    """5302."""
    return OwnHospitalInput(data=OwnHospitalQuery(psn_no=person.psn_no.reveal(), biz_appy_type=kind))


def dictionary(name: str, area: str, day: date) -> DictionaryInput:
    """1901: one dictionary as it is valid on a day."""
    return DictionaryInput(
        data=DictionaryQuery(type=name, parentValue="", admdvs=area, date=day.isoformat(), valiFlag=_VALID)
    )


def official_sheet(asked: SheetAsked) -> OfficialSheetInput:
    """5260 and its relatives."""
    return OfficialSheetInput(data=OfficialSheet(psn_no=asked.psn_no.reveal(), setl_id=asked.setl_id))
