"""What the hospital wants paid: bills and their lines, and where the patient goes afterwards.

A visit is an ordered list of fee batches; each batch is settled, paid and booked by itself, so that one that fails
undoes only itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.codes import MATERNITY
from kiosk.domain.handed import Handed
from kiosk.domain.insurer import Claim, Outcome, Pledge, Policy
from kiosk.domain.money import ZERO, Money, Quantity, UnitPrice
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Cover, Deferral, Deposit, DepositAsked, Stay, cover
from kiosk.domain.terms import LineTerms, TermsTold


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One drug, examination or fee as printed for the patient; `amount` is the hospital's own figure.

    `day` is when the service was given, where the hospital says so; of a stay it does. `terms` is how the insurance
    treats it, None where nobody has told.
    """

    sn: str
    name: str
    spec: str
    unit: str
    quantity: Quantity
    price: UnitPrice
    amount: Money
    category: str
    day: date | None = None
    terms: LineTerms | None = None

    def under(self, terms: LineTerms | None) -> FeeLine:
        """With terms that were told since; those of another sum than the line's are of another line."""
        fits = self.terms is None and terms is not None and terms.whole == self.amount
        return replace(self, terms=terms) if fits else self


@dataclass(frozen=True, slots=True)
class Redress:
    """What is taken back of a bill that was paid: its settlement is cancelled before anything else, whole.

    `batch_no` is the bill that `setl_id` settled, `approval_no` what the hospital lets it be undone under, `lines` what
    it takes back. `payments` are all that was collected, each by its order: what the rest needs of them it keeps, the
    surplus goes back the way it came. `whole`: no line stays, so that nothing is settled anew.
    """

    approval_no: str
    batch_no: str
    setl_id: str
    mdtrt_id: str
    payments: tuple[Deposit, ...]
    lines: tuple[FeeLine, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Maternity:
    """What the insurance wants to know of a birth, as the hospital sent it to the platform: nobody here asks a mother.

    `kind` is matn_type, `weeks` geso_val, `children` fetus_cnt, `day` birctrl_matn_date.
    """

    kind: str
    weeks: int
    children: int
    day: date


class ByStaff(StrEnum):
    """Why the hospital wants a bill settled by people: another fund or another person may have to pay it, which is for
    them to find out. Its own words for any other reason stay with it.
    """

    WORK_INJURY = "work_injury"
    THIRD_PARTY = "third_party"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FeeBatch:
    """One bill that becomes one settlement.

    `mdtrt_id` is given when the hospital registered the visit with the platform itself: then 2201 and 2202 are never
    sent. `uploaded` says that the hospital uploaded the fee lines itself: then 2203A, 2204 and 2205 are never sent.
    `parts` are the national-format bodies the hospital composed (JSON bytes of 2201, 2203A, 2204), opaque to the
    kiosk. `back_to_doctor`: the hospital's own check (3101, 3102) wants the doctor to look again; why is between them,
    and nothing of it comes here. `stay`: the bill is for a stay in hospital, which the hospital always reports itself.
    `deposit`: it is no bill at all but a deposit that is asked for: `total` is what is suggested, nothing is settled,
    and the platform never hears of it. `maternity` stands with a bill of 生育 (51, 52): without it the platform would
    refuse after the family has paid. `newborn` is the masked name of a child whose enrolment is under way: its bill
    waits, and nobody pays it as if the child were not insured. `by_staff`: a window settles it, for that reason.
    `policy`: an insurer may pay a part of it, if the patient agrees; `deferral`: a part may wait.
    `ordered`: the person began it on their phone, and the insurance's part is settled there (6202): only the own part
    is paid here, and the hospital books. Nothing of it is ours to undo. `redress`: it is what stays of a bill that was
    paid, or that very bill where nothing does, and another settlement is cancelled first. `phone`: the hospital lets it
    be finished on its patient's phone; `handed`: it was handed there and waits, so that whoever wants to pay it here
    has it taken back with the hold.
    """

    batch_no: str
    chrg_bchno: str
    visit_no: str
    med_type: str
    department: str
    doctor: str
    begun: datetime
    total: Money
    lines: tuple[FeeLine, ...]
    mdtrt_id: str | None = None
    uploaded: bool = False
    insutype: str | None = None
    disease_code: str = ""
    disease: str = ""
    parts: bytes = b"{}"
    back_to_doctor: bool = False
    stay: Stay | None = None
    deposit: DepositAsked | None = None
    ordered: Settlement | None = None
    maternity: Maternity | None = None
    newborn: str = ""
    by_staff: ByStaff | None = None
    policy: Policy | None = None
    deferral: Deferral | None = None
    redress: Redress | None = None
    phone: bool = False
    handed: Handed | None = None

    @property
    def in_advance(self) -> bool:
        """A deposit for a stay: nothing is owed of it."""
        return self.deposit is not None and not self.deposit.owed

    @property
    def inpatient(self) -> bool:
        """Of a stay, or a deposit for one: its window is another one than the outpatients'."""
        return self.stay is not None or self.in_advance

    @property
    def prepaid(self) -> tuple[Deposit, ...]:
        """What is with the hospital already: a stay's deposits, or what was collected for a bill that is undone."""
        if self.redress is not None:
            return self.redress.payments
        return self.stay.deposits if self.stay else ()

    def under(self, told: TermsTold) -> FeeBatch:
        """With what the platform told of its lines; what the hospital told of one stands."""
        terms = dict(told)
        return replace(self, lines=tuple(line.under(terms.get(line.sn)) for line in self.lines)) if terms else self

    def lines_on(self, day: date) -> tuple[FeeLine, ...]:
        """What was charged on one day of a stay; empty also where whoever looks may not see lines."""
        return tuple(line for line in self.lines if line.day == day)

    @property
    def lacks_maternity(self) -> bool:
        """The hospital has not told the insurance all of the birth yet."""
        return self.med_type in MATERNITY and self.maternity is None

    def cover(self, psn_cash_pay: Money, pledge: Pledge | None = None, claim: Claim | None = None) -> Cover:
        """How the platform's cash part of this bill is met, with what an insurer pledged, and by what became of its
        claim. A deposit is paid whole.
        """
        if self.deposit is not None:
            return Cover(ZERO, self.total, ZERO)
        pledge = claim.pledge if claim else pledge
        deferrable = self.deferral.most if self.deferral else ZERO
        met = cover(psn_cash_pay, self.prepaid, pledge.amount if pledge else ZERO, deferrable)
        return met.refused() if claim is not None and claim.outcome is Outcome.REFUSED else met


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where the patient goes after paying, as the hospital words it: `西药房 3 号窗口`, 门诊楼一层, …"""

    what: str
    where: str
    floor: str = ""
    room: str = ""
    note: str = ""

    def surroundings(self) -> tuple[str, str]:
        """Floor and room, each empty where the name of the place says it already."""
        said = _unspaced(self.where)
        floor, room = ("" if _unspaced(part) in said else part for part in (self.floor, self.room))
        return floor, room


def _unspaced(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class FiscalReceipt:
    """The 医疗收费电子票据 that the hospital issued when it booked; ours is never one."""

    code: str
    number: str
    check: str
    url: str


@dataclass(frozen=True, slots=True)
class Booking:
    """The hospital's word that the bill is paid and released to pharmacy or laboratory.

    `receipt_at` says where the fiscal receipt can be looked up while it is still being issued.
    """

    book_no: str
    steps: tuple[NextStep, ...]
    receipt: FiscalReceipt | None = None
    receipt_at: str = ""
