"""The maker of paper: turns a finished visit into a slip for the receipt printer and a PDF for the A4 printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.admission import Admission
from kiosk.domain.filing import Certificate
from kiosk.domain.handed import Handed
from kiosk.domain.insured import Insurance
from kiosk.domain.insurer import Claim, Outcome
from kiosk.domain.money import ZERO, Money
from kiosk.domain.pages import Guide, Result
from kiosk.domain.paper import PaperShape, Slip
from kiosk.domain.personal import PersonName
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Back, Cover, Return
from kiosk.domain.visit import Booking, FeeBatch, Redress
from kiosk.ports.hospital import PaidBefore, Payment, Refundable


@dataclass(frozen=True, slots=True)
class Site:
    """Where the kiosk stands, as printed: names of hospital and place, terminal number, hotlines.

    `window` is where people pay who cannot pay here, as the hospital words it, the priority window first;
    `service_window` is where insurance matters are handled.
    """

    hospital: str
    fixmedins_code: str
    place: str
    terminal: str
    help_phone: str
    simulated: bool
    window: str = ""
    service_window: str = ""


@dataclass(frozen=True, slots=True)
class PaidBill:
    """Everything a receipt or statement tells. `number` is the short number the patient can read out.

    `returns` is what a stay's deposits left over, and where each of that is; `claim` is an insurer's part of it.
    `official`: the 医保结算单 may come with a reprint; only our own paper may say that it is one.
    """

    number: str
    sid: str
    name: PersonName
    insurance: Insurance
    batch: FeeBatch
    settlement: Settlement
    payment: Payment | None
    booking: Booking | None
    printed_at: datetime
    reprint: bool = False
    returns: tuple[Return, ...] = ()
    claim: Claim | None = None
    official: bool = False

    @property
    def cover(self) -> Cover:
        """How psn_cash_pay was met when the hospital booked it, and since the insurer answered."""
        return self.batch.cover(self.settlement.amounts.psn_cash_pay, claim=self.claim)

    @property
    def all_done(self) -> bool:
        """Nobody owes anything of it any more, and nothing is to be fetched at a window."""
        unpaid = self.claim is not None and self.claim.outcome is not Outcome.PAID
        return not (unpaid or self.cover.deferred or any(one.back is Back.WINDOW for one in self.returns))


@dataclass(frozen=True, slots=True)
class DepositPaid:
    """A deposit for a stay that was paid here. `batch.deposit` tells what it was asked for."""

    number: str
    name: PersonName
    batch: FeeBatch
    payment: Payment
    booking: Booking | None
    printed_at: datetime
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class AdmissionSlip:
    """A stay that was registered here: where to go, and the 住院号 that the ward scans."""

    name: PersonName
    admission: Admission
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class RefundSlip:
    """What a window pays back of a bill that was paid: the hospital has approved it, and settles the rest anew."""

    name: PersonName
    paid: PaidBefore
    refund: Refundable
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class RefundedBill:
    """What was taken back of a paid bill, and given back: `unbooked` has the refund's number and the red receipt.

    `batch` is what stays, with how it was settled anew and booked; or all of the bill, where both are None.
    """

    number: str
    name: PersonName
    batch: FeeBatch
    redress: Redress
    unbooked: Booking
    returns: tuple[Return, ...]
    printed_at: datetime
    settlement: Settlement | None = None
    booking: Booking | None = None
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """What a patient takes away when the outcome is not known yet: number, own part, where to ask."""

    number: str
    sid: str
    batch: FeeBatch
    own_part: Money
    sentence: str
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class PhoneSlip:
    """What a patient takes along who pays on the phone: where there, until when, and that nothing was taken here."""

    number: str
    batch: FeeBatch
    handed: Handed
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class UnpaidBills:
    """Bills that are to be paid at a window: its till scans their numbers. `doctor`: who ordered them looks first;
    `newborn`: they wait until a child is enrolled.
    """

    batches: tuple[FeeBatch, ...]
    printed_at: datetime
    doctor: bool = False
    newborn: bool = False


@dataclass(frozen=True, slots=True)
class Payers:
    """Who pays the cash part of a cashier's bills: psn_cash_pay = collected + used + insurer + deferred, to the fen.

    `used` is what deposits paid, or payments made before for a bill of which this is the rest. `insurer` is what an
    insurer was to pay when the hospital booked, and `unpaid` what of that it refused, or has not said yet.
    """

    bills: int = 0
    psn_cash_pay: Money = ZERO
    collected: Money = ZERO
    used: Money = ZERO
    insurer: Money = ZERO
    deferred: Money = ZERO
    unpaid: Money = ZERO

    def __add__(self, other: Payers) -> Payers:
        return Payers(
            self.bills + other.bills,
            self.psn_cash_pay + other.psn_cash_pay,
            self.collected + other.collected,
            self.used + other.used,
            self.insurer + other.insurer,
            self.deferred + other.deferred,
            self.unpaid + other.unpaid,
        )


@dataclass(frozen=True, slots=True)
class CashierLine:
    """One virtual cashier (terminal and channel of payment) on one day; without a channel the terminal's bills of which
    nothing was collected.

    `taken` and `refunded` are the kiosk's own words; `at_payment` and `at_hospital` what the payment service kept and
    what the hospital booked. `at_payment` None: the money of this channel is with an acquirer, whose list is paper.
    """

    terminal: str
    channel: str
    takings: int = 0
    taken: Money = ZERO
    refunds: int = 0
    refunded: Money = ZERO
    at_payment: Money | None = ZERO
    at_hospital: Money = ZERO
    payers: Payers = Payers()

    @property
    def net(self) -> Money:
        return self.taken - self.refunded

    @property
    def difference(self) -> Money:
        """What finance has to explain: the larger of the two distances from the kiosk's word."""
        at_hospital = self.at_hospital - self.net
        at_payment = ZERO if self.at_payment is None else self.at_payment - self.net
        return max((at_payment, at_hospital), key=lambda amount: abs(amount.fen))


@dataclass(frozen=True, slots=True)
class CloseSide:
    """What one party has of the day: `party` is kiosk, hospital, platform, payment or insurer. None is not told.

    `received` is money that came and stayed; what an insurer paid, and what waits, is not in it.
    """

    party: str
    count: int | None = None
    medfee_sumamt: Money | None = None
    fund_pay_sumamt: Money | None = None
    acct_pay: Money | None = None
    received: Money | None = None
    insurer: Money | None = None
    deferred: Money | None = None


@dataclass(frozen=True, slots=True)
class DayClose:
    """What finance signs at the end of a day. `remarks` are sentences, one a difference that is not explained yet;
    `notes` is what has to be known besides, `handed` a sentence for each bill that a kiosk gave to its patient's phone.
    Before the day is `over` nobody signs.
    """

    day: date
    kiosks: int
    settlements: int
    lines: tuple[CashierLine, ...]
    remarks: tuple[str, ...]
    balanced: bool
    printed_at: datetime
    sides: tuple[CloseSide, ...] = ()
    notes: tuple[str, ...] = ()
    over: bool = True
    handed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseSlip:
    """What a person takes along of an application. `handover` is the office's code for a window, "" without one;
    a certificate of cover is a slip of its own.
    """

    page: Result
    number: str
    handover: str
    printed_at: datetime
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class GuideSlip:
    """A page that was read, to be taken along. It names nobody, though it may tell what is on file of somebody."""

    page: Guide
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class DayList:
    """A stay's bill day by day, as far as it goes: not settled, and so no receipt of anything."""

    name: PersonName
    batch: FeeBatch
    printed_at: datetime


class Documents(Protocol):
    """Pure of I/O; the language is fixed when it is made."""

    def receipt(self, bill: PaidBill, site: Site, shape: PaperShape) -> Slip: ...

    def admission_slip(self, slip: AdmissionSlip, site: Site, shape: PaperShape) -> Slip: ...

    def deposit_slip(self, paid: DepositPaid, site: Site, shape: PaperShape) -> Slip: ...

    def claim_slip(self, bill: PaidBill, site: Site, shape: PaperShape) -> Slip: ...

    def pending_slip(self, pending: Pending, site: Site, shape: PaperShape) -> Slip: ...

    def phone_slip(self, slip: PhoneSlip, site: Site, shape: PaperShape) -> Slip: ...

    def window_slip(self, unpaid: UnpaidBills, site: Site, shape: PaperShape) -> Slip: ...

    def refund_slip(self, slip: RefundSlip, site: Site, shape: PaperShape) -> Slip: ...

    def refunded_slip(self, bill: RefundedBill, site: Site, shape: PaperShape) -> Slip: ...

    def case_slip(self, case: CaseSlip, site: Site, shape: PaperShape) -> Slip: ...

    def guide_slip(self, guide: GuideSlip, site: Site, shape: PaperShape) -> Slip: ...

    def statement(self, bill: PaidBill, site: Site) -> bytes:
        """An A4 PDF."""
        ...

    def day_list(self, told: DayList, site: Site) -> bytes:
        """An A4 PDF, with every line the bill has."""
        ...

    def day_slip(self, told: DayList, site: Site, shape: PaperShape) -> Slip:
        """The same, a row a day."""
        ...

    def day_close(self, close: DayClose, site: Site) -> bytes:
        """An A4 PDF, for finance and not for a patient."""
        ...
