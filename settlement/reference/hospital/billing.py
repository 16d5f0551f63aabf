"""Makes bills from templates, numbers and all; registers and uploads them at the platform where the template says the
hospital does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from settlement.reference.benefit.areas import Area, shipped_areas
from settlement.reference.clock import stamp
from settlement.reference.hospital import admissions, stays
from settlement.reference.hospital import lines as lines_of
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.records import unnamed
from settlement.reference.ledger.claims import Promise, Promised
from settlement.reference.ledger.dealings import FeeRow, Settlement, SettlementState
from settlement.reference.ledger.mobile import CENTRE, Handing
from settlement.reference.ledger.parties import Bill, Booking, Hold, StayDeposit
from settlement.reference.ledger.queries import Query, store, table_of
from settlement.reference.ledger.refunds import Refund
from settlement.reference.people import Coded, Department, Doctor, Item, PersonFile, PolicyData, RecordData, Template
from settlement.reference.platform.call import fresh_number
from settlement.reference.platform.visits import describe_visit, open_visit, split_reply, terms_of, upload_rows
from settlement.wire import codec, hospital, outpatient
from settlement.wire.demo import DemoBill, DemoBillReply
from settlement.wire.handing import HandOverReply
from settlement.wire.ordered import OrderedOnPhone
from settlement.wire.values import to_fen

_ACTIVE = "1"
_RESIDENT_ID = "02"
_SETTLING = ("310", "340", "390")
_NOT_BOOKED = ~select(Booking.batch_no).where(Booking.batch_no == table_of(Bill).c.batch_no).exists()
_NOT_TAKEN = ~select(StayDeposit.deposit_no).where(StayDeposit.asked_no == table_of(Bill).c.batch_no).exists()
_TOPPED_UP = (Promise.owed_no == table_of(Bill).c.batch_no, Promise.state == Promised.TOPPED_UP)
_NOT_TOPPED_UP = ~select(Promise.id).where(*_TOPPED_UP).exists()
_UNDONE_YET = (Refund.rest_no == table_of(Bill).c.batch_no, Refund.undone_at.is_(None))
_NOT_WAITING = ~select(Refund.approval_no).where(*_UNDONE_YET).exists()
_OPEN = (_NOT_BOOKED, _NOT_TAKEN, _NOT_TOPPED_UP, _NOT_WAITING)
_UNPAID = Query(Bill, Bill.certno == bindparam("certno"), *_OPEN)
_UNPAID_UNNAMED = Query(Bill, Bill.patient_no == bindparam("patient_no"), *_OPEN)
_TOLD_OF_A_BIRTH = ("matn_type", "geso_val", "birctrl_matn_date")
"""What 2203A takes of it; the number of children stands in 2401 alone."""
_ORDERED = Query(
    Settlement,
    Settlement.chrg_bchno == bindparam("chrg_bchno"),
    Settlement.state == SettlementState.STANDING,
    Settlement.opter == CENTRE,
)
_WAITING = Query(
    Handing,
    Handing.batch_no == bindparam("batch_no"),
    Handing.until > bindparam("now"),
    select(Hold.id).where(Hold.hold_key == table_of(Handing).c.hand_key, Hold.released_at.is_(None)).exists(),
)
_PARTS = {"registration", "mdtrtinfo", "diseinfo", "feedetail"}


def unpaid(errand: Errand, query: hospital.BillsQuery) -> hospital.Bills:
    rows = _UNPAID.all(errand.session, certno=query.certno)
    for number in unnamed(errand.session, query):
        rows += _UNPAID_UNNAMED.all(errand.session, patient_no=number)
    bills = (fee_batch(row) for row in sorted({row.id: row for row in rows}.values(), key=lambda row: row.id))
    return hospital.Bills(bills=tuple(_begun(errand, as_settled_by(bill, query.settled_by)) for bill in bills))


def _begun(errand: Errand, bill: hospital.FeeBatch) -> hospital.FeeBatch:
    """Whether an unpaid bill waits on a phone, or what stands settled of it by an order of its patient's phone."""
    found = _ORDERED.first(errand.session, chrg_bchno=bill.chrg_bchno)
    waits = _WAITING.first(errand.session, batch_no=bill.batch_no, now=errand.now)
    if waits is not None:
        answered = codec.read(HandOverReply, codec.decode(waits.reply.encode()))
        return bill.model_copy(update={"handed": answered.handed})
    if found is None:
        return bill
    details = codec.decode(found.detail.encode())["setldetail"]
    settled = {"setlinfo": codec.decode(found.info.encode()), "setldetail": details}
    told = {"mdtrt_id": found.mdtrt_id, "fees_uploaded": True, "insutype": found.insutype}
    ordered = OrderedOnPhone(msgid=found.msgid, settled=settled)
    return bill.model_copy(update=told | {"ordered": ordered})


def as_settled_by(bill: hospital.FeeBatch, settled_by: hospital.Settler) -> hospital.FeeBatch:
    """Where the HIS settles, a bill is as good as reported, and nobody needs its codes."""
    if settled_by is hospital.Settler.KIOSK:
        return bill
    kept = bill.model_dump(exclude=_PARTS)
    return codec.read(hospital.FeeBatch, kept | {"mdtrt_id": bill.mdtrt_id or bill.visit_no, "fees_uploaded": True})


def demo_bill(errand: Errand, wish: DemoBill) -> DemoBillReply:
    person = errand.world.person_of(wish.certno)
    if person is None:
        raise Declined("医院没有此人")
    scenario = wish.scenario or next(iter(person.hospital.bills), "")
    if scenario not in errand.world.templates:
        raise Declined("没有这样的费用模板")
    errand = replace(errand, now=errand.now - timedelta(days=wish.days_ago))
    record = next((row for row in person.records if row.patient_no == wish.patient_no), person.records[0])
    if errand.world.templates[scenario].admission:
        return DemoBillReply(batch_no=admissions.order(errand, person, scenario, record))
    first, *beside = make_bills(errand, person, scenario, record)
    return DemoBillReply(batch_no=first.batch_no, beside=tuple(bill.batch_no for bill in beside))


def fee_batch(row: Bill) -> hospital.FeeBatch:
    return codec.read(hospital.FeeBatch, codec.decode(row.body.encode()))


def make_bills(errand: Errand, person: PersonFile, scenario: str, record: RecordData) -> list[Bill]:
    """The bill of that template, and those that come with it."""
    templates = errand.world.templates
    return [make_bill(errand, person, templates[name], record) for name in (scenario, *templates[scenario].beside)]


def make_bill(errand: Errand, person: PersonFile, template: Template, record: RecordData) -> Bill:
    body = _compose(errand, template) | {"patient_no": record.patient_no}
    if person.policy and not (template.deposit or template.newborn):
        body["policy"] = _policy(person.policy)
    if template.registered or template.stay:
        body |= _report_to_platform(errand, person, template, body)
    batch = codec.read(hospital.FeeBatch, body)
    bill = Bill.made(
        batch_no=batch.batch_no,
        chrg_bchno=batch.chrg_bchno,
        certno=person.certno if record.named else "",
        patient_no=record.patient_no,
        total=to_fen(batch.total),
        body=codec.encode(batch, "string").decode(),
        next_steps=codec.encode(_when_paid(errand, template, body)).decode(),
    )
    store(errand.session, bill)
    return bill


def _when_paid(errand: Errand, template: Template, body: dict[str, Any]) -> dict[str, object]:
    """What becomes of the bill once it is paid."""
    told: dict[str, object] = {"next_steps": _next_steps(errand, template), "einvoice_later": template.einvoice_later}
    if template.refund is not None:
        lines = [body["lines"][place - 1] for place in template.refund.lines]
        told["refund"] = {
            "approval_no": f"TF{fresh_number(errand.now)}",
            "lines": [line["feedetl_sn"] for line in lines],
            "total": sum((line["amount"] for line in lines), start=Decimal("0.00")),
            "window": template.refund.window,
        }
    return told


def _policy(policy: PolicyData) -> dict[str, str]:
    """As the hospital shows it to its owner."""
    return {"insurer": policy.insurer, "product": policy.product, "number": f"{'*' * 4}{policy.number[-4:]}"}


def _compose(errand: Errand, template: Template) -> dict[str, Any]:
    numbers = fresh_numbers(errand, "ZY" if template.stay or template.deposit else "MZ")
    doctor = errand.world.hospital.doctors[template.doctor]
    department = errand.world.hospital.departments[template.department]
    charges = lines_of.charges(template, errand.world.items, errand.now)
    lines = [lines_of.line(f"{numbers.visit_no}{n:03d}", charge) for n, charge in enumerate(charges, 1)]
    disease = {"dise_codg": template.disease.code, "dise_name": template.disease.name} if template.disease else {}
    birth = _birth(errand, template)
    visit = {"med_type": template.med_type, "begntime": numbers.begun, **disease}
    asked = template.deposit
    return {
        **visit,
        "batch_no": numbers.batch_no,
        "chrg_bchno": numbers.chrg_bchno,
        "visit_no": numbers.visit_no,
        "back_to_doctor": template.back_to_doctor,
        "dept_name": department.name,
        "doctor_name": doctor.name,
        "total": asked.amount if asked else sum((line["amount"] for line in lines), start=Decimal("0.00")),
        "deposit": asked.model_dump(exclude={"amount"}) if asked else None,
        "lines": lines,
        "registration": _registration(numbers, department, doctor),
        "mdtrtinfo": visit | {name: birth[name] for name in _TOLD_OF_A_BIRTH if name in birth},
        "maternity": birth or None,
        "newborn": template.newborn,
        "phone": template.phone,
        "by_staff": template.by_staff,
        "deferral": template.deferral.model_dump() if template.deferral else None,
        "diseinfo": [
            _diagnosis(n, row, department, doctor, numbers.begun) for n, row in enumerate(template.diagnoses, 1)
        ],
        "feedetail": [
            lines_of.fee(numbers.chrg_bchno, charge.item, line, department, doctor) | disease
            for line, charge in zip(lines, charges, strict=True)
        ],
    }


def fresh_numbers(errand: Errand, kind: str) -> Numbers:
    """`kind` begins the visit's number: MZ, ZY."""
    number = fresh_number(errand.now)
    return Numbers(f"B{number}", f"C{number}", f"{kind}{number}", begun=stamp(errand.now))


def _birth(errand: Errand, template: Template) -> dict[str, Any]:
    told = template.maternity
    if told is None:
        return {}
    day = errand.now.date() - timedelta(days=told.days_before)
    return told.model_dump(exclude={"days_before"}) | {"birctrl_matn_date": day.isoformat()}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What tells one bill from every other, at the hospital and at the platform."""

    batch_no: str
    chrg_bchno: str
    visit_no: str
    begun: str


def _registration(numbers: Numbers, department: Department, doctor: Doctor) -> dict[str, str]:
    return {
        "begntime": numbers.begun,
        "ipt_otp_no": numbers.visit_no,
        "atddr_no": doctor.code,
        "dr_name": doctor.name,
        "dept_code": department.code,
        "dept_name": department.name,
        "caty": department.caty,
    }


def _diagnosis(n: int, diagnosis: Coded, department: Department, doctor: Doctor, begun: str) -> dict[str, object]:
    return {
        "diag_type": "1",
        "maindiag_flag": "1" if n == 1 else "0",
        "diag_srt_no": n,
        "diag_code": diagnosis.code,
        "diag_name": diagnosis.name,
        "diag_dept": department.code,
        "dise_dor_no": doctor.code,
        "dise_dor_name": doctor.name,
        "diag_time": begun,
        "vali_flag": "1",
    }


def _next_steps(errand: Errand, template: Template) -> list[dict[str, str]]:
    places = dict.fromkeys(errand.world.items[line.item].next for line in template.lines)
    if template.deposit:
        places = dict.fromkeys(["ward"])
    if template.stay:  # what was done on the ward leads nowhere any more
        places = dict.fromkeys(["discharge"])
    if len(places) > 1:  # after an examination nobody is sent back to wait for the doctor he has just seen
        places.pop("consultation", None)
    return [errand.world.hospital.next[place].model_dump() for place in places]


def _report_to_platform(
    errand: Errand, person: PersonFile, template: Template, body: dict[str, Any]
) -> dict[str, object]:
    """The hospital's own 2201, and 2203A and 2204 where it uploads; nothing for somebody who cannot settle."""
    stay = template.stay
    told, rows = _reported(errand, person, body, uploaded=template.uploaded or stay is not None)
    if stay and told and person.platform:
        stays.admit(errand, stay, person.platform.psn_no, str(told["mdtrt_id"]), body["visit_no"])
        told["stay"] = stays.body_of(stays.told(errand, stay, body, rows))
    return told


def report(errand: Errand, person: PersonFile, body: dict[str, Any], *, uploaded: bool) -> dict[str, object]:
    """The same for a bill without a template: what a body says of it then."""
    return _reported(errand, person, body, uploaded=uploaded)[0]


def _reported(
    errand: Errand, person: PersonFile, body: dict[str, Any], *, uploaded: bool
) -> tuple[dict[str, object], list[FeeRow]]:
    platform, insutype = person.platform, settling_insurance(person)
    if platform is None or insutype is None:
        return {}, []
    who = {"psn_no": platform.psn_no}
    credential = {"insutype": insutype, "mdtrt_cert_type": _RESIDENT_ID, "mdtrt_cert_no": person.certno}
    register = codec.read(outpatient.Register, body["registration"] | who | credential)
    mdtrt_id = open_visit(errand.session, errand.now, register).mdtrt_id
    told: dict[str, object] = {"mdtrt_id": mdtrt_id, "fees_uploaded": uploaded, "insutype": insutype}
    rows = list[tuple[FeeRow, Item | None]]()
    if uploaded:
        visit = who | {"mdtrt_id": mdtrt_id}
        describe_visit(errand.session, codec.read(outpatient.Visit, body["mdtrtinfo"] | visit))
        fees = [codec.read(outpatient.Fee, row | visit) for row in body["feedetail"]]
        care = place_of_care(errand).care
        rows = upload_rows(errand.session, errand.world, fees, care)
        split = {row.feedetl_sn: split_reply(row, item, terms_of(item, care)) for row, item in rows}
        told["lines"] = [line | {"split": split[line["feedetl_sn"]]} for line in body["lines"]]
    return told, [row for row, _ in rows]


def place_of_care(errand: Errand) -> Area:
    code = errand.world.hospital.area
    area = shipped_areas().at(code, errand.now.date())
    if area is None:
        raise Declined(f"没有医保区划{code}的待遇规则")
    return area


def settling_insurance(person: PersonFile) -> str | None:
    """Insutype of the first insurance that settles bills; None when there is none in force."""
    rows = person.platform.insurances if person.platform else ()
    return next((row.insutype for row in rows if row.insutype in _SETTLING and row.status == _ACTIVE), None)
