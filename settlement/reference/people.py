"""Reads the invented people and their hospital from TOML files; config/people/README.md describes the format."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from settlement.reference.benefit.rules import Filing
from settlement.wire.values import Amount, Quantity, Ratio, UnitPrice


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Card(_Data):
    """What the plastic holds; the backend needs its two numbers, the card simulator the rest."""

    serial: str
    number: str
    kind: str
    spec_version: str
    issuer: str
    issued: date
    expiry: date
    atr_history: str
    birthplace: str
    pin: str


class InsuranceData(_Data):
    insutype: str
    psn_type: str
    status: str
    since: date
    paused: date | None = None
    civil_servant: bool
    enterprise: bool = False
    area: str
    employer: str
    balance: Amount


class IdentityData(_Data):
    kind: str
    level: str
    since: date
    memo: str = ""


class DiseaseData(_Data):
    """A registered chronic disease; `institution` names the one hospital where it may be treated."""

    code: str
    name: str
    since: date
    until: date | None = None
    institution: str = ""


class FilingData(_Data):
    """A 备案 of care in another area; `kind` is one of benefit.rules.Filing."""

    kind: Filing
    area: str
    since: date
    until: date | None = None


class FamilyData(_Data):
    """`owner` is the psn_no of the relative whose account this person may use, `relation` what they are to them: 1
    spouse, 2 parent, 3 child, 4 sibling.
    """

    owner: str
    relation: str = ""
    since: date


class StayData(_Data):
    """A stay in hospital that began so many `days` ago and lasts: whoever asks for stays looks back some years, and a
    day in a file would fall out of them.
    """

    institution: str
    institution_name: str
    department: str
    ipt_no: str
    days: Annotated[int, Field(ge=0)]

    def since(self, today: date) -> date:
        return today - timedelta(days=self.days)


class OfferData(_Data):
    """What somebody else began for this person at the insurance office: a referral, a prescription that may be filled
    outside, an authority to act, an institution's children, a premium that is due. `scope`: what it is good for;
    `until`: its last day.
    """

    item: str
    field: str
    key: str
    label: str
    note: str = ""
    scope: tuple[str, ...] = ()
    amount: Amount = Decimal("0.00")
    until: date | None = None


class FixedSumData(_Data):
    """What a stay of psn_setlway 02 is settled at, and the person's part; the hospital bears what it costs beyond."""

    amount: Amount
    own: Amount


class PlatformData(_Data):
    psn_no: str
    ec_token: str | None = None
    deductible_used: Amount = Decimal("0.00")
    pool_used: Amount = Decimal("0.00")
    own_compliant: Amount = Decimal("0.00")
    fixed_sum: FixedSumData | None = None
    insurances: tuple[InsuranceData, ...] = ()
    identities: tuple[IdentityData, ...] = ()
    diseases: tuple[DiseaseData, ...] = ()
    filings: tuple[FilingData, ...] = ()
    family: tuple[FamilyData, ...] = ()
    stays: tuple[StayData, ...] = ()
    offers: tuple[OfferData, ...] = ()


class RecordData(_Data):
    """A further number under which the hospital knows the person; `named` false: it does not know it is this person.

    `codes` is by what they are printed on: `card` 就诊卡, `slip` 导诊单, `wristband` 腕带.
    """

    patient_no: str
    named: bool = True
    codes: dict[Literal["card", "slip", "wristband"], str] = Field(default_factory=dict[Any, str])
    bills: tuple[str, ...] = ()


class HospitalFile(_Data):
    """`bills` belong to the first record, or to a number made of the certno where there is none."""

    bills: tuple[str, ...] = ()
    records: tuple[RecordData, ...] = ()


class PolicyData(_Data):
    """A commercial policy by which an insurer pays directly: `ratio` of what the person would pay beyond `deductible`.

    `refuses`: after all it does not pay, for this reason; `looks`: so often it answers that somebody looks into it.
    """

    insurer: str
    product: str
    number: str
    ratio: Ratio
    deductible: Amount = Decimal(0)
    refuses: str = ""
    looks: int = 0


class PersonFile(_Data):
    """One person. Without `platform` the insurance knows nobody of this name."""

    name: str
    certno: Annotated[str, Field(pattern=r"^111111[0-9]{11}[0-9X]$")]
    gender: str
    nation: str
    note: str = ""
    card: Card | None = None
    platform: PlatformData | None = None
    hospital: HospitalFile = HospitalFile()
    policy: PolicyData | None = None

    @property
    def records(self) -> tuple[RecordData, ...]:
        """Every number of this person at the hospital, at least one; the first has the bills that no other names."""
        first, *others = self.hospital.records or (RecordData(patient_no=f"P{self.certno[6:]}"),)
        return (first.model_copy(update={"bills": self.hospital.bills + first.bills}), *others)

    @property
    def born(self) -> date:
        return date(int(self.certno[6:10]), int(self.certno[10:12]), int(self.certno[12:14]))


class Department(_Data):
    code: str
    name: str
    caty: str


class Doctor(_Data):
    code: str
    name: str
    department: str = ""
    staff_no: str = ""


class Place(_Data):
    """Where a patient goes for one kind of item."""

    what: str
    where: str
    room: str = ""
    floor: str = ""
    note: str = ""


class Item(_Data):
    """One drug or service: the hospital's price and the insurance's terms. `limit` None means no price limit."""

    name: str
    spec: str
    unit: str
    price: UnitPrice
    code: str
    level: str
    own_ratio: Ratio
    limit: UnitPrice | None = None
    list_type: str
    charge_type: str
    category: str
    next: str


class Coded(_Data):
    code: str
    name: str


class TemplateLine(_Data):
    """`day`: of a stay, so many days after the admission. `daily`: the count is one a day from then on, a line each."""

    item: str
    count: Quantity
    day: int = 0
    daily: bool = False


class DepositTemplate(_Data):
    """A deposit, `days_before` the bill is made; `returnable` false: its channel takes nothing back, as cash."""

    amount: Amount
    channel: str
    payer: str
    days_before: int
    returnable: bool = True


class StayTemplate(_Data):
    """What makes a bill one for a stay of so many days. `left`: the ward has discharged the patient.

    `slip`: what the hospital's day list is wrong by on its first day.
    """

    ward: str
    bed: str
    days: int
    left: bool = True
    setlway: str = "01"
    obstacles: tuple[str, ...] = ()
    window: bool = False
    slip: Amount = Decimal("0.00")
    deposits: tuple[DepositTemplate, ...] = ()


class MaternityTemplate(_Data):
    """A birth as the ward writes it down; the day is `days_before` the bill is made."""

    matn_type: str
    geso_val: int
    fetus_cnt: int
    days_before: int = 2


class DeferralTemplate(_Data):
    """How much may wait at most, and the hospital's sentence why, and until when."""

    most: Amount
    basis: str


class AdmissionTemplate(_Data):
    """A stay that a doctor ordered. `deposit` names the template of what is asked for when it is registered."""

    ward: str
    bed: str
    obstacles: tuple[str, ...] = ()
    deposit: str = ""


class AskedTemplate(_Data):
    """A deposit that is asked for, and the hospital's sentence why it is so much."""

    ward: str
    bed: str = ""
    amount: Amount
    basis: str


class RefundTemplate(_Data):
    """What of a bill is taken back once it is paid: places of lines, from 1, and why only at a window."""

    lines: tuple[int, ...]
    window: tuple[str, ...] = ()


class Template(_Data):
    """A bill before it has numbers. `registered`: the hospital does 2201 itself; `uploaded`: 2203A and 2204 too.

    `beside` names the templates of bills that come with it: one visit, and a settlement for each kind of fee.
    `back_to_doctor`: the hospital's own check of the orders found something.
    `stay`: the bill is for a stay in hospital. `deposit`: it is none, but a deposit that is asked for.
    `admission`: nor is this, but a stay that was ordered.
    `maternity`: of a birth; `newborn`: the masked name of the child whose bill it is, while its enrolment is under way.
    `by_staff`: why a window settles it. `einvoice_later`: its fiscal receipt takes a while. `refund`: what is
    taken back of it once it is paid.
    `deferral`: a part of what the patient would pay may wait. `phone`: it may be paid on the patient's phone.
    """

    title: str
    med_type: str
    department: str
    doctor: str
    registered: bool = False
    uploaded: bool = False
    back_to_doctor: bool = False
    einvoice_later: bool = False
    refund: RefundTemplate | None = None
    disease: Coded | None = None
    stay: StayTemplate | None = None
    deposit: AskedTemplate | None = None
    admission: AdmissionTemplate | None = None
    maternity: MaternityTemplate | None = None
    newborn: str = ""
    phone: bool = False
    by_staff: str = ""
    deferral: DeferralTemplate | None = None
    beside: tuple[str, ...] = ()
    diagnoses: tuple[Coded, ...] = ()
    lines: tuple[TemplateLine, ...] = ()


class HospitalData(_Data):
    """`area` is where it stands, `level` its hosp_lv: 01 一级, 02 二级, 03 三级."""

    code: str
    name: str
    area: str = "000000"
    level: str = "03"
    departments: dict[str, Department]
    doctors: dict[str, Doctor]
    next: dict[str, Place]


@dataclass(frozen=True, slots=True)
class World:
    """Everything the backend is told at its start: people by key, the hospital, its items by key and bill templates by
    scenario.
    """

    people: Mapping[str, PersonFile]
    hospital: HospitalData
    items: Mapping[str, Item]
    templates: Mapping[str, Template]

    def item_of(self, code: str) -> Item | None:
        """By med_list_codg; None is an item the insurance does not list, which the person pays whole."""
        return next((item for item in self.items.values() if item.code == code), None)

    def on_file(self, psn_no: str) -> PlatformData | None:
        """What the platform knows of a person beyond the ledger."""
        told = (person.platform for person in self.people.values() if person.platform)
        return next((platform for platform in told if platform.psn_no == psn_no), None)

    def person_of(self, certno: str) -> PersonFile | None:
        return next((person for person in self.people.values() if person.certno == certno), None)


def read_world(folder: Path, overrides: Mapping[str, Mapping[str, Any]] | None = None) -> World:
    """The world in `folder`. `overrides` replaces top-level parts of people by key, table by table.

    Raises:
        ValueError: a file does not fit the format (pydantic names file, key and reason), or an override names nobody.
    """
    changes = dict(overrides or {})
    people = {
        path.stem: PersonFile.model_validate(_merged(_read(path), changes.pop(path.stem, {})))
        for path in sorted(folder.glob("*.toml"))
    }
    if changes:
        raise ValueError(f"nobody is called {', '.join(sorted(changes))}")
    hospital = folder / "hospital"
    return World(
        people=people,
        hospital=HospitalData.model_validate(_read(hospital / "hospital.toml")),
        items={key: Item.model_validate(table) for key, table in _read(hospital / "catalogue.toml").items()},
        templates={path.stem: Template.model_validate(_read(path)) for path in sorted(hospital.glob("bills/*.toml"))},
    )


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in change.items():
        merged[key] = _merged(merged[key], value) if isinstance(merged.get(key), dict) else value
    return merged
