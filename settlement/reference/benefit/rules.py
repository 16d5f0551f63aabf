"""The benefit rules of one area, read from TOML: which deductible, ratio and limit apply to whom."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from settlement.wire.values import Amount, Ratio, to_fen

FICTIONAL_AREA = Path(__file__).parent / "area-000000.toml"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Major(_Data):
    """职工大额: pays above the pool's year limit."""

    ratio: Ratio
    fund: str


class Catastrophic(_Data):
    """居民大病: pays on the year's compliant own payments above its threshold."""

    threshold: Amount
    ratio: Ratio
    fund: str


class Plan(_Data):
    """One row of the rules. Deductible and limit are counted over the year and over the plan's med_types together."""

    name: str
    insutype: str
    psn_types: tuple[str, ...]
    med_types: tuple[str, ...]
    deductible: Amount
    ratio: Ratio
    limit: Amount
    fund: str
    account: str = ""
    major: Major | None = None
    catastrophic: Catastrophic | None = None

    def fits(self, insutype: str, psn_type: str, med_type: str) -> bool:
        return self.insutype == insutype and med_type in self.med_types and psn_type.startswith(self.psn_types)


class Supplement(_Data):
    """A fund that takes a share of what the earlier funds left of the policy scope."""

    ratio: Ratio
    fund: str


class Area(_Data):
    """All rules of one area."""

    code: str
    name: str
    account_covers_full_self_pay: bool
    hospital_part: dict[str, Amount]
    civil_servant: Supplement
    relief: dict[str, Ratio]
    relief_fund: str
    fund_names: dict[str, str]
    plans: tuple[Plan, ...]

    def plan(self, insutype: str, psn_type: str, med_type: str) -> Plan | None:
        """The first plan that fits; None when this kind of visit cannot be settled under this insurance."""
        return next((plan for plan in self.plans if plan.fits(insutype, psn_type, med_type)), None)

    def waived(self, med_type: str) -> int:
        """Fen that the hospital bears itself."""
        return to_fen(self.hospital_part.get(med_type, Decimal("0.00")))


def read_area(path: Path = FICTIONAL_AREA) -> Area:
    with path.open("rb") as file:
        return Area.model_validate(tomllib.load(file))
