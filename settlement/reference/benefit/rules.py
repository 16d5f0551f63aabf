"""What the place of insurance decides: which deductible, ratio and limit apply to whom, and who pays after the pool."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from settlement.wire.values import Amount, Ratio

_EVERY = "*"


class Data(BaseModel):
    """Part of a TOML file of ours: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _for_every_level(value: object) -> object:
    return cast("object", value) if isinstance(value, dict) else {_EVERY: value}


LevelAmount = Annotated[dict[str, Amount], BeforeValidator(_for_every_level)]
"""One amount, or a table of them by hospital level (hosp_lv 01 一级, 02 二级, 03 三级)."""
LevelRatio = Annotated[dict[str, Ratio], BeforeValidator(_for_every_level)]


def at_level(table: Mapping[str, Decimal], level: str) -> Decimal:
    """KeyError where the rules are silent about this level, which reading them has ruled out."""
    return table.get(level, table[_EVERY]) if _EVERY in table else table[level]


class Supplement(Data):
    """A fund that takes a share of what the earlier funds left; `limit` is what it pays one person in a year."""

    ratio: Ratio
    fund: str
    limit: Amount | None = None


class Catastrophic(Supplement):
    """居民大病: pays on the year's compliant own payments above its threshold."""

    threshold: Amount


class Disease(Data):
    """One chronic disease (opsp_dise_code) of a plan for med_type 14. `elsewhere`: other provinces may settle it."""

    name: str
    ratio: LevelRatio
    limit: Amount
    elsewhere: bool = True


class Plan(Data):
    """One row of the rules.

    Deductible and limit are counted over the year and over the plan's med_types together, or the deductible anew with
    each visit; a disease has a limit of its own.
    """

    name: str
    insutype: str
    psn_types: tuple[str, ...]
    med_types: tuple[str, ...]
    deductible: LevelAmount
    deductible_per: Literal["year", "visit"] = "year"
    ratio: LevelRatio
    limit: Amount
    fund: str
    account: str = ""
    major: Supplement | None = None
    catastrophic: Catastrophic | None = None
    diseases: dict[str, Disease] = Field(default_factory=dict[str, Disease])

    def fits(self, insutype: str, psn_type: str, med_type: str) -> bool:
        return self.insutype == insutype and med_type in self.med_types and psn_type.startswith(self.psn_types)


class Filing(StrEnum):
    """备案 of care elsewhere, by which the ratio there goes; EMERGENCY counts as filed without anybody's doing."""

    NONE = "none"
    TEMPORARY = "temporary"
    REFERRAL = "referral"
    RESIDENCE = "residence"
    EMERGENCY = "emergency"


class Away(Data):
    """By how much the pool's ratio falls elsewhere, by filing; within the province and beyond it."""

    same_province: dict[Filing, Ratio]
    other_province: dict[Filing, Ratio]


class Insured(Data):
    """参保地: everything but the split of the lines. `family_first`: a relative's account before one's own."""

    account_covers_full_self_pay: bool
    account_for_family: bool
    family_first: bool = False
    civil_servant: Supplement
    enterprise: Supplement
    relief: dict[str, Supplement]
    away: Away
    fund_names: dict[str, str]
    plans: tuple[Plan, ...]

    def plan(self, insutype: str, psn_type: str, med_type: str) -> Plan | None:
        """The first plan that fits; None when this kind of visit cannot be settled under this insurance."""
        return next((plan for plan in self.plans if plan.fits(insutype, psn_type, med_type)), None)
