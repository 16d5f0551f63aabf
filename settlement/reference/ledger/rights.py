"""Tables of what the platform knows of a person besides the insurances: registered diseases, filings, whose account may
be used, and stays in hospital.

Rows from the people's files are replaced at every start; rows that transactions made stay.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from settlement.reference.ledger.row import Row


class ChronicDisease(Row):
    """One registered disease (5301): opsp_dise_code and until when. `institution` "" means any hospital."""

    __tablename__ = "chronic_diseases"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(200))
    since: Mapped[date]
    until: Mapped[date | None]
    institution: Mapped[str] = mapped_column(String(30))
    from_file: Mapped[bool]


class CareElsewhere(Row):
    """One 异地就医备案: where, of which kind (`benefit.rules.Filing`) and for how long."""

    __tablename__ = "care_elsewhere"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    area: Mapped[str] = mapped_column(String(6))
    kind: Mapped[str] = mapped_column(String(12))
    since: Mapped[date]
    until: Mapped[date | None]
    from_file: Mapped[bool]


class FamilyGrant(Row):
    """家庭共济: `owner` lets `psn_no` use the account of his employees' insurance. Bound by the owner alone.

    `relation` is what the owner is to that person, in this platform's codes; "" where nobody wrote it down.
    """

    __tablename__ = "family_grants"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    owner: Mapped[str] = mapped_column(String(30), index=True)
    relation: Mapped[str] = mapped_column(String(2), default="")
    since: Mapped[date]
    from_file: Mapped[bool]


class Stay(Row):
    """One stay in hospital as the platform knows it (5303); while it lasts no outpatient bill is settled."""

    __tablename__ = "stays"

    id: Mapped[int] = mapped_column(primary_key=True)
    psn_no: Mapped[str] = mapped_column(ForeignKey("persons.psn_no"), index=True)
    mdtrt_id: Mapped[str] = mapped_column(String(30))
    institution: Mapped[str] = mapped_column(String(30))
    institution_name: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(100))
    ipt_no: Mapped[str] = mapped_column(String(30))
    since: Mapped[date]
    until: Mapped[date | None]
    from_file: Mapped[bool]
