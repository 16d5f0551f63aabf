"""Tables of the mobile payment centre: bills uploaded to it, and what was given back of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row

CENTRE = "MOBILE"
"""The operator in whose name the centre settles."""
PHONE = "APP01"
"""Who holds a bill that waits on a phone: the hospital's app, which collects there."""


class OrderStatus(StrEnum):
    """ordStas, as far as this centre uses it."""

    UPLOADED = "0"
    SETTLED = "3"
    WITHDRAWN = "7"
    REFUNDED = "8"


class MobileBill(Row):
    """One 6201. `org_ord` is the institution's own order number, by which a repeat is known again; `sha256` is of what
    was uploaded under it, `body` the 6201 itself, `told` what 6202 answered, for a repeat.
    """

    __tablename__ = "mobile_bills"

    pay_ord_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    pay_token: Mapped[str] = mapped_column(String(64))
    org_ord: Mapped[str] = mapped_column(String(64), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"))
    mdtrt_id: Mapped[str] = mapped_column(String(30))
    registered: Mapped[bool]
    status: Mapped[str] = mapped_column(String(2))
    setl_id: Mapped[str | None] = mapped_column(String(30))
    body: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class MobileRefund(Row):
    """One 6203, under the institution's own number; `status` is the refStatus it was answered with."""

    __tablename__ = "mobile_refunds"

    app_refd_sn: Mapped[str] = mapped_column(String(64), primary_key=True)
    pay_ord_id: Mapped[str] = mapped_column(ForeignKey("mobile_bills.pay_ord_id"))
    status: Mapped[str] = mapped_column(String(4))
    at: Mapped[datetime]


class Handing(Row):
    """One bill that a kiosk handed to a phone. The phone's hold bears the same key, and tells whether it still waits.
    `reply` is what the kiosk was answered, for a repeat.
    """

    __tablename__ = "handings"

    hand_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    batch_no: Mapped[str] = mapped_column(String(30), index=True)
    pay_ord_id: Mapped[str] = mapped_column(String(64), index=True)
    until: Mapped[datetime]
    reply: Mapped[str] = mapped_column(Text)
