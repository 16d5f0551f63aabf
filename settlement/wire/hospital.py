"""The hospital's face: our own JSON by POST, over the same HTTPS as the platform.

Every call that bears a key is answered alike when it is repeated with that key and batch. Business refusals are HTTP
200 with `refused`; replies repeat the key or the question they answer, so that a reply to something else is noticed.
Amounts are yuan, written as (16,2) strings.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints, model_validator

from settlement.wire.codec import Message
from settlement.wire.fee_lines import BillLine, StayDay
from settlement.wire.handing import OnPhone, TooLate
from settlement.wire.ordered import OrderedOnPhone
from settlement.wire.outpatient import DiagnosisPart, FeePart, RegisterPart, VisitPart
from settlement.wire.promises import Deferral, Policy, Promised
from settlement.wire.questions import Answered, Question
from settlement.wire.values import LARGEST_FEN, Amount, Day, Given, GivenShown, Shown, ShownOrEmpty, TextOrEmpty

LOOK_UP = "/hospital/look_up"
BILLS = "/hospital/bills"
HOLD = "/hospital/hold"
RENEW = "/hospital/renew"
RELEASE = "/hospital/release"
BOOK = "/hospital/book"
RETURNS = "/hospital/returns"
DEPOSIT = "/hospital/deposit"
ADMISSIONS = "/hospital/admissions"
ADMIT = "/hospital/admit"

Key = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._:-]{8,64}$")]
Fen = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN)]

ReplyT = TypeVar("ReplyT", bound=Message)


class Settler(StrEnum):
    """Who sends the transactions of a bill to the platform: the kiosk, or the hospital's own system."""

    KIOSK = "kiosk"
    HIS = "his"


class CodeKind(StrEnum):
    """What a scanned code was printed on."""

    CARD = "card"  # 就诊卡
    SLIP = "slip"  # 导诊单
    WRISTBAND = "wristband"


class LookUp(Question):
    """A code that is not the insurance's: printed on the hospital's card, slip or wristband."""

    code: Annotated[str, StringConstraints(min_length=4, max_length=64)]

    @property
    def subject(self) -> str:
        return self.code


class LookUpReply(Answered):
    """Numbers under which the hospital knows whoever the code belongs to: keys for `BillsQuery`, and no identity.

    `name` is masked (张*): enough to say "this is not yours", and too little to be anybody. A slip in the hand proves
    nothing about the hand.
    """

    kind: CodeKind | None = None
    patient_nos: tuple[str, ...] = ()
    name: TextOrEmpty = ""

    @model_validator(mode="after")
    def _one_answer(self) -> LookUpReply:
        return _exactly_one(self, self.kind, self.refused)


class BillsQuery(Question):
    """Of the person who was identified, under all numbers the hospital knows to be theirs.

    `patient_nos` adds numbers that were looked up: a record that was opened without a document, whose name must then be
    `psn_name`. Somebody else's numbers add nothing. Where `settled_by` is HIS every bill comes with `mdtrt_id` and
    `fees_uploaded`; `mdtrt_id` is then the platform's or, where the HIS registers only when it quotes, any number by
    which the HIS knows the visit.
    """

    settled_by: Settler = Settler.KIOSK
    certno: str
    psn_name: str = ""
    psn_no: str = ""
    patient_nos: tuple[str, ...] | None = None

    @property
    def subject(self) -> str:
        return self.certno


class DepositPaid(Message):
    """One deposit and what is left of it; `payer` masked (张*).

    `order` is the payment order it came by where it can go back that way, None where only a window can pay it out:
    cash, a channel the payment service does not reach, a payment older than its channel takes back.
    """

    deposit_no: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    amount: Amount
    paid_at: str
    channel: Shown
    payer: ShownOrEmpty = ""
    order: str | None = None


class Stay(Message):
    """What a bill for a stay in hospital says beyond its lines.

    The four amounts are the platform's answers to the hospital's 2301, added up. `obstacles` are sentences for the
    family why it cannot be settled yet; `window_only` leaves it to people, without a reason that a machine would show.
    `days` is the stay's day list, oldest first: its sums are those of the lines of each day, the last one's the bill's.
    """

    ward: Shown
    bed: ShownOrEmpty = ""
    admitted_at: str
    discharged_at: str | None = None
    psn_setlway: Annotated[str, StringConstraints(min_length=1, max_length=6)] = "01"
    fulamt_ownpay_amt: Amount
    overlmt_selfpay: Amount
    preselfpay_amt: Amount
    inscp_scp_amt: Amount
    deposits: tuple[DepositPaid, ...] = ()
    obstacles: tuple[Shown, ...] = ()
    window_only: bool = False
    days: tuple[StayDay, ...] = ()


class DepositAsked(Message):
    """What is asked for before or during a stay: `basis` is the hospital's sentence why it is so much.

    Whoever may be treated first and pay later (先诊疗后付费) is not asked; outpatients never are. `owed`: not in
    advance, but what an insurer did not pay of a booked bill; `ward` is then its department.
    """

    ward: Annotated[Shown, StringConstraints(min_length=1)]
    bed: ShownOrEmpty = ""
    basis: Annotated[Shown, StringConstraints(min_length=1)]
    owed: bool = False


class Maternity(Message):
    """What the hospital told the platform of a birth (matn_type, geso_val, fetus_cnt, birctrl_matn_date)."""

    matn_type: Annotated[str, StringConstraints(min_length=1, max_length=6)]
    geso_val: Annotated[int, Field(strict=True, ge=0, le=45)]
    fetus_cnt: Annotated[int, Field(strict=True, ge=0, le=9)]
    birctrl_matn_date: Day


class FeeBatch(Message):
    """One bill that becomes one settlement.

    With `mdtrt_id` the hospital registered the visit at the platform itself (2201 and 2202 are then never sent by the
    kiosk); with `fees_uploaded` it described the visit and uploaded the lines too. Without one of the two,
    `registration`, `mdtrtinfo`, `diseinfo` and `feedetail` are the hospital's parts of 2201, 2203A and 2204. `insutype`
    None leaves the choice of insurance to the kiosk. `patient_no` is the hospital's number: one person may have more.
    `back_to_doctor`: the hospital's check of the orders (3101, 3102) found what the doctor must look at, so that the
    bill is not for paying yet; the rule's own words stay in the hospital. With `stay` it is for a stay, which the
    hospital has registered, uploaded and, once it can be settled, discharged at the platform (2401, 2301, 2402). With
    `deposit` it is no bill: `total` is what is suggested, there are no lines, and the platform is told nothing.
    `maternity` stands with every bill of 51 and 52 whose birth is written down; one without it is told, and not
    settled. `newborn` is the masked name of a child whose enrolment is under way: its bill stands among its mother's
    and is held. `by_staff` says why people settle a bill: work_injury, third_party, or what the hospital likes. Of what
    its patient would pay an insurer may pay a part (`policy`), and a part may wait (`deferral`). `phone`: a kiosk may
    hand it to its patient's phone; with `handed` one has, and whoever pays it elsewhere takes it back first.
    """

    batch_no: str
    chrg_bchno: str
    visit_no: str
    patient_no: TextOrEmpty = ""
    med_type: str
    dise_codg: TextOrEmpty = ""
    dise_name: ShownOrEmpty = ""
    insutype: str | None = None
    dept_name: Shown
    doctor_name: Shown
    begntime: str
    mdtrt_id: str | None = None
    fees_uploaded: bool = False
    back_to_doctor: bool = False
    total: Amount
    lines: tuple[BillLine, ...]
    registration: RegisterPart | None = None
    mdtrtinfo: VisitPart | None = None
    diseinfo: tuple[DiagnosisPart, ...] = ()
    feedetail: tuple[FeePart, ...] = ()
    stay: Stay | None = None
    deposit: DepositAsked | None = None
    ordered: OrderedOnPhone | None = None
    maternity: Maternity | None = None
    newborn: ShownOrEmpty = ""
    by_staff: TextOrEmpty = ""
    policy: Policy | None = None
    deferral: Deferral | None = None
    phone: bool = False
    handed: OnPhone | None = None

    @property
    def reported(self) -> bool:
        """Nothing is left for the kiosk to tell the platform but who settles."""
        return bool(self.mdtrt_id) and self.fees_uploaded

    @model_validator(mode="after")
    def _parts_to_report(self) -> FeeBatch:
        if self.deposit is not None:
            if self.stay is not None or self.lines:
                raise ValueError("a deposit that is a bill too")
            return self
        if not self.reported and (self.registration is None or self.mdtrtinfo is None):
            raise ValueError("neither reported to the platform nor fit to be")
        if self.stay is not None and not self.reported:
            raise ValueError("a stay that the hospital did not report")
        return self


class Bills(Answered):
    """Oldest first; empty when there is nothing to pay."""

    bills: tuple[FeeBatch, ...] = ()


class Hold(Message):
    """Asks that nobody else may charge the bill for `seconds`. A repeat prolongs it. `taken_back`: it waits on a phone,
    and the patient says that it is paid here: its order is withdrawn (6401) before anybody holds it.
    """

    hold_key: Key
    batch_no: str
    owner: str
    seconds: Annotated[int, Field(strict=True, gt=0, le=86_400)]
    taken_back: bool | None = None


class Renew(Message):
    hold_key: Key
    batch_no: str
    seconds: Annotated[int, Field(strict=True, gt=0, le=86_400)]


class HoldReply(Message):
    """To hold and renew: `held` with `expires_at` (ISO 8601, +08:00), or `refused`, with `too_late` where it was to be
    taken back.
    """

    hold_key: str = ""
    held: Given = None
    expires_at: str | None = None
    refused: GivenShown = None
    too_late: TooLate | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> HoldReply:
        return _exactly_one(self, self.held, self.refused)


class Release(Message):
    hold_key: Key
    batch_no: str


class ReleaseReply(Message):
    """`released` is true also when there was nothing to release. A hold that arrives after its release is refused."""

    hold_key: str = ""
    released: bool | None = None
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> ReleaseReply:
        return _exactly_one(self, self.released, self.refused)


class BookedPayment(Message):
    """One collected part of psn_cash_pay; an order may pay several batches, then this is the batch's share."""

    order: str
    amount_fen: Fen
    channel: str = ""


class Surplus(Message):
    """What of one deposit goes back. `refund_order` is the key under which the kiosk gives it back, None where the
    window pays it out.
    """

    deposit_no: str
    amount_fen: Fen
    refund_order: str | None = None


class Prepaid(Message):
    """`used_fen` of a stay's deposits pay; the rest of them is `surplus`, kept for the kiosk until `RETURNS`."""

    used_fen: Fen
    surplus: tuple[Surplus, ...] = ()


class Book(Message):
    """Tells the hospital that the bill is settled and paid. `payments`, what `prepaid` uses and what is `promised` add
    up to `psn_cash_pay`; none when that is zero.
    """

    book_key: Key
    hold_key: Key
    batch_no: str
    setl_id: str
    msgid: str
    medfee_sumamt: Amount
    fund_pay_sumamt: Amount
    acct_pay: Amount
    psn_cash_pay: Amount
    payments: tuple[BookedPayment, ...] = ()
    prepaid: Prepaid | None = None
    promised: Promised | None = None


class NextStep(Message):
    """Where the patient goes now, as the hospital words it."""

    what: Shown
    where: Shown
    room: ShownOrEmpty = ""
    floor: ShownOrEmpty = ""
    note: ShownOrEmpty = ""


class EInvoice(Message):
    """The fiscal 医疗收费电子票据 that the hospital issued."""

    code: Shown
    number: Shown
    check: Shown
    url: TextOrEmpty


class BookReply(Message):
    """`einvoice_at` says where the fiscal receipt can be looked up while it is being issued."""

    book_key: str = ""
    booked: Given = None
    next_steps: tuple[NextStep, ...] = ()
    einvoice: EInvoice | None = None
    einvoice_at: ShownOrEmpty = ""
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> BookReply:
        return _exactly_one(self, self.booked, self.refused)


class Deposit(Message):
    """Tells the hospital that a deposit it asked for was paid: `payment` is all of it."""

    deposit_key: Key
    hold_key: Key
    batch_no: str
    payment: BookedPayment


class DepositReply(Message):
    """`taken` is the number of the deposit (预交金收据号)."""

    deposit_key: str = ""
    taken: Given = None
    next_steps: tuple[NextStep, ...] = ()
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> DepositReply:
        return _exactly_one(self, self.taken, self.refused)


class AdmissionsQuery(Question):
    """Stays ordered for the person who was identified."""

    certno: str
    psn_name: str = ""
    psn_no: str = ""

    @property
    def subject(self) -> str:
        return self.certno


class AdmissionOrder(Message):
    """One 住院证. `obstacles` are sentences for the family why it cannot be registered at a kiosk yet."""

    admission_no: Key
    ward: Shown
    doctor_name: Shown
    ordered_at: str
    obstacles: tuple[Shown, ...] = ()


class Admissions(Answered):
    """Newest first; empty when none was ordered."""

    orders: tuple[AdmissionOrder, ...] = ()


class Seen(StrEnum):
    """What was made sure of whoever stands there."""

    TERMINAL = "terminal"
    COMPARED = "compared"
    PRESENT = "present"
    CARD = "card"


class Admit(Message):
    """Registers the stay: the hospital does, and reports it (2401). A repeat of `key`, the order's number, is answered
    alike.
    """

    key: Key
    certno: str
    psn_name: str = ""
    psn_no: str = ""
    seen: Seen


class AdmitReply(Message):
    """`admitted` is the 住院号. `deposit` is asked for now; it is one of `Bills` too until it is paid."""

    key: str = ""
    admitted: Given = None
    ward: ShownOrEmpty = ""
    bed: ShownOrEmpty = ""
    next_steps: tuple[NextStep, ...] = ()
    deposit: FeeBatch | None = None
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> AdmitReply:
        return _exactly_one(self, self.admitted, self.refused)


class Back(StrEnum):
    """Where the surplus of a deposit is in the end."""

    RETURNED = "returned"
    WINDOW = "window"


class Ended(Message):
    deposit_no: str
    amount_fen: Fen
    back: Back


class Returns(Message):
    """How every surplus of a booked stay ended: what is `window` the hospital pays out itself from now on."""

    returns_key: Key
    batch_no: str
    returns: tuple[Ended, ...]


class ReturnsReply(Message):
    returns_key: str = ""
    noted: bool | None = None
    refused: GivenShown = None

    @model_validator(mode="after")
    def _one_answer(self) -> ReturnsReply:
        return _exactly_one(self, self.noted, self.refused)


def _exactly_one(reply: ReplyT, answer: object, refusal: object) -> ReplyT:
    if (answer is None) == (refusal is None):
        raise ValueError("neither an answer nor a refusal, or both")
    return reply
