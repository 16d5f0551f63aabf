"""The official 医保结算单 of a settlement, as the platform or the hospital's own system makes it.

It is a document of theirs: it is printed as it came, to the byte, and nothing is written on it. Asking for it moves no
money and may be repeated; that it cannot be had is never a failure of the visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kiosk.domain.personal import PersonNumber
from kiosk.ports.answers import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """Whose settlement it is, and where they are insured: another pool's settlement has a transaction of its own."""

    psn_no: PersonNumber
    setl_id: str
    insuplc_admdvs: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole PDF. It names a person, so its text is none of any log's."""

    pdf: bytes

    def __repr__(self) -> str:
        return f"Sheet({len(self.pdf)} bytes)"


NoSheet = NotSent | Refused | Unknown
"""OFFICIAL_NOT_MADE, OFFICIAL_BROKEN or OFFICIAL_SILENT; `Refused.reason` is the far party's own sentence."""


@runtime_checkable
class SheetMaking(Protocol):
    """A settlement adapter behind which somebody makes the sheet."""

    def official(self, asked: SheetAsked) -> Sheet | NoSheet: ...
