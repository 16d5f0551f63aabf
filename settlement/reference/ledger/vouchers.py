"""Tables of the e-voucher centre: codes shown on telephones, faces that a terminal vouched for, results it was told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class VoucherCode(Row):
    """A code on somebody's telephone. It is read once, within its minute."""

    __tablename__ = "voucher_codes"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"))
    issued_at: Mapped[datetime]
    read_for: Mapped[str | None] = mapped_column(String(64))


class FaceAuth(Row):
    """One authorisation by a certified terminal (cn.nhsa.ec.auth), spent by the check that asks whose face it was."""

    __tablename__ = "face_auths"

    auth_no: Mapped[str] = mapped_column(String(64), primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"))
    out_biz_no: Mapped[str] = mapped_column(String(64))
    business_type: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]
    spent: Mapped[bool]


class SettleNotice(Row):
    """cn.nhsa.settle.notify: what a terminal was told to show."""

    __tablename__ = "settle_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    out_biz_no: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16))
    setl_id: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
