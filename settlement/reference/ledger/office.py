"""Tables of the insurance office: cases by the key they came under, drafts, and scores."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class FiledCase(Row):
    """One application. `key` is unique: a repeat finds the first. `body` is the digest of what came under it."""

    __tablename__ = "filed_cases"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_no: Mapped[str] = mapped_column(String(40), unique=True)
    certno: Mapped[str] = mapped_column(String(50), index=True)
    item: Mapped[str] = mapped_column(String(41))
    pack: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(200))
    accepted: Mapped[date]
    at: Mapped[datetime]
    due: Mapped[date | None]
    body: Mapped[str] = mapped_column(String(64))
    answers: Mapped[str] = mapped_column(Text)


class FiledPart(Row):
    """One item of a case that stands for several."""

    __tablename__ = "filed_parts"

    case_no: Mapped[str] = mapped_column(String(40), primary_key=True)
    whole: Mapped[str] = mapped_column(ForeignKey("filed_cases.case_no"), index=True)
    item: Mapped[str] = mapped_column(String(41))
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(200))


class Draft(Row):
    """What a person left unfinished; one a person and item. `ref` and `until` stand in the code that continues it."""

    __tablename__ = "drafts"

    certno: Mapped[str] = mapped_column(String(50), primary_key=True)
    item: Mapped[str] = mapped_column(String(41), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    answers: Mapped[str] = mapped_column(Text)
    ref: Mapped[str] = mapped_column(String(16), index=True)
    until: Mapped[date]


class OfficeOffer(Row):
    """What a doctor, a pharmacy or somebody else has begun, for a person to take up: a row of the people's files.

    `scope` are items (authority) or an area (referral), by commas; `fen` what is due (premiums).
    """

    __tablename__ = "office_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    item: Mapped[str] = mapped_column(String(41))
    field: Mapped[str] = mapped_column(String(41))
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str] = mapped_column(String(200))
    fen: Mapped[int]
    until: Mapped[date | None]


class AssistedCase(Row):
    """Who of the staff helped with a case."""

    __tablename__ = "assisted_cases"

    case_no: Mapped[str] = mapped_column(ForeignKey("filed_cases.case_no"), primary_key=True)
    helper: Mapped[str] = mapped_column(String(200))


class FiledPicture(Row):
    """A photograph of a material that came: whose, of what, and its digest. The picture itself is not kept."""

    __tablename__ = "filed_pictures"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    certno: Mapped[str] = mapped_column(String(50), index=True)
    item: Mapped[str] = mapped_column(String(41))
    material: Mapped[str] = mapped_column(String(41))
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]


class OfficeNotice(Row):
    """Something that the person of a case is to know, and whether they have read it."""

    __tablename__ = "office_notices"

    number: Mapped[int] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("filed_cases.case_no"), index=True)
    certno: Mapped[str] = mapped_column(String(50), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(200))
    due: Mapped[date | None]
    at: Mapped[datetime]
    read: Mapped[bool]


class CaseScore(Row):
    """好差评 of a case: one, and at most one more after a low one was followed up."""

    __tablename__ = "case_scores"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("filed_cases.case_no"), index=True)
    level: Mapped[int]
    labels: Mapped[str] = mapped_column(String(60))


class CaseConfirmation(Row):
    """That a doctor confirmed a case: once. `here`: at a kiosk; else the hospital's own system brought it."""

    __tablename__ = "case_confirmations"

    case_no: Mapped[str] = mapped_column(ForeignKey("filed_cases.case_no"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    doctor: Mapped[str] = mapped_column(String(50))
    at: Mapped[datetime]
    here: Mapped[bool]
