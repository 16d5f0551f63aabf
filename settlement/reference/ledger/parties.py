"""Tables of the platform's people and of the hospital: who is insured, what is unpaid, held and booked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class Person(Row):
    """One insured person. The three opening figures are this year's before anything settled here; the rest is summed,
    never stored.
    """

    __tablename__ = "persons"

    psn_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    certno: Mapped[str] = mapped_column(String(50), unique=True)
    name: Mapped[str] = mapped_column(String(50))
    gend: Mapped[str] = mapped_column(String(6))
    naty: Mapped[str] = mapped_column(String(3))
    born: Mapped[date]
    ec_token: Mapped[str | None] = mapped_column(String(50), unique=True)
    card_number: Mapped[str | None] = mapped_column(String(50), unique=True)
    card_serial: Mapped[str | None] = mapped_column(String(32))
    deductible_used: Mapped[int] = mapped_column(BigInteger)
    pool_used: Mapped[int] = mapped_column(BigInteger)
    own_compliant: Mapped[int] = mapped_column(BigInteger)


class Insurance(Row):
    """One row of 1101 insuinfo. The balance now is `opening_balance` less what standing settlements took from it."""

    __tablename__ = "insurances"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    insutype: Mapped[str] = mapped_column(String(6))
    psn_type: Mapped[str] = mapped_column(String(6))
    status: Mapped[str] = mapped_column(String(6))
    since: Mapped[date]
    paused: Mapped[date | None]
    civil_servant: Mapped[bool]
    enterprise: Mapped[bool]
    area: Mapped[str] = mapped_column(String(6))
    employer: Mapped[str] = mapped_column(String(200))
    opening_balance: Mapped[int] = mapped_column(BigInteger)


class Identity(Row):
    """One row of 1101 idetinfo."""

    __tablename__ = "identities"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    kind: Mapped[str] = mapped_column(String(6))
    level: Mapped[str] = mapped_column(String(3))
    since: Mapped[date]
    memo: Mapped[str] = mapped_column(String(500))


class Patient(Row):
    """One number under which the hospital knows somebody. `certno` is "" where nobody showed a document, as in an
    emergency.
    """

    __tablename__ = "patients"

    patient_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    certno: Mapped[str] = mapped_column(String(50), index=True)
    name: Mapped[str] = mapped_column(String(50))


class PatientCode(Row):
    """What is printed on a patient's card, slip or wristband."""

    __tablename__ = "patient_codes"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    patient_no: Mapped[str] = mapped_column(ForeignKey("patients.patient_no"))


class Bill(Row):
    """One fee batch; `body` is the FeeBatch as JSON. Whether it is unpaid follows from bookings."""

    __tablename__ = "bills"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_no: Mapped[str] = mapped_column(String(30), unique=True)
    chrg_bchno: Mapped[str] = mapped_column(String(30), unique=True)
    certno: Mapped[str] = mapped_column(String(50), index=True)
    patient_no: Mapped[str] = mapped_column(String(30), index=True)
    total: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(Text)
    next_steps: Mapped[str] = mapped_column(Text)


class Hold(Row):
    """One session's claim on one bill. A released row stays, so that a hold that comes after its release fails."""

    __tablename__ = "holds"
    __table_args__ = (UniqueConstraint("hold_key", "batch_no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hold_key: Mapped[str] = mapped_column(String(64))
    batch_no: Mapped[str] = mapped_column(String(30), index=True)
    owner: Mapped[str] = mapped_column(String(64))
    held_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    released_at: Mapped[datetime | None]


class Booking(Row):
    """The hospital's word that a bill is paid, with the copy of the settlement it was told."""

    __tablename__ = "bookings"
    __table_args__ = (UniqueConstraint("book_key", "batch_no"),)

    book_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    book_key: Mapped[str] = mapped_column(String(64))
    hold_key: Mapped[str] = mapped_column(String(64))
    batch_no: Mapped[str] = mapped_column(String(30), index=True)
    setl_id: Mapped[str] = mapped_column(String(30), index=True)
    msgid: Mapped[str] = mapped_column(String(30))
    medfee: Mapped[int] = mapped_column(BigInteger)
    fund: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[int] = mapped_column(BigInteger)
    cash: Mapped[int] = mapped_column(BigInteger)
    booked_at: Mapped[datetime]
    reply: Mapped[str] = mapped_column(Text)


class StayDeposit(Row):
    """One deposit of a stay; `batch_no` is the stay's bill, or what was asked for while there is no such bill yet.

    `asked_no` is the batch_no it was asked for under at a kiosk, `terminal` that kiosk, `take_key` and `reply` what it
    was taken with and answered; "" for what other tills took. `surplus` is what of it goes back, known with the
    booking; `refund_order` the key under which the kiosk gives that back, `back` where it is in the end: a
    wire.hospital.Back, None while nobody has said. `back_key` is what the kiosk said it with, `back_at` when.
    """

    __tablename__ = "stay_deposits"

    deposit_no: Mapped[str] = mapped_column(String(40), primary_key=True)
    batch_no: Mapped[str] = mapped_column(String(30), index=True)
    order_no: Mapped[str] = mapped_column(String(32), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(32))
    payer: Mapped[str] = mapped_column(String(50))
    returnable: Mapped[bool]
    paid_at: Mapped[datetime]
    surplus: Mapped[int | None] = mapped_column(BigInteger)
    refund_order: Mapped[str | None] = mapped_column(String(64))
    back: Mapped[str | None] = mapped_column(String(12))
    asked_no: Mapped[str] = mapped_column(String(30), index=True, default="")
    terminal: Mapped[str] = mapped_column(String(64), default="")
    take_key: Mapped[str] = mapped_column(String(64), default="")
    reply: Mapped[str] = mapped_column(Text, default="")
    back_key: Mapped[str] = mapped_column(String(64), default="")
    back_at: Mapped[datetime | None] = mapped_column(default=None)


class AdmissionOrder(Row):
    """A stay that a doctor ordered (住院证). `visit_no` and `reply` stand there once it is registered."""

    __tablename__ = "admission_orders"

    admission_no: Mapped[str] = mapped_column(String(30), primary_key=True)
    certno: Mapped[str] = mapped_column(String(50), index=True)
    patient_no: Mapped[str] = mapped_column(String(30))
    scenario: Mapped[str] = mapped_column(String(64))
    doctor: Mapped[str] = mapped_column(String(50))
    ordered_at: Mapped[datetime]
    visit_no: Mapped[str] = mapped_column(String(30))
    seen: Mapped[str] = mapped_column(String(12))
    reply: Mapped[str] = mapped_column(Text)


class BookedPart(Row):
    """One collected order, or a share of it, that a booking names."""

    __tablename__ = "booked_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    book_no: Mapped[str] = mapped_column(ForeignKey("bookings.book_no"), index=True)
    order_no: Mapped[str] = mapped_column(String(32), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(32))
