"""The areas whose rules we have: each of them a place of care to some bills and the place of insurance to some people.

One file is one area's rules from one day on. All areas are invented, and so is every figure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from settlement.reference.benefit.rules import Data, Insured
from settlement.reference.benefit.split import Terms
from settlement.wire.values import Amount, Ratio, UnitPrice, to_fen

HOME = "000000"
"""模拟统筹区, in which the reference hospital stands."""
_FOLDER = Path(__file__).parent
_LEVELS = ("01", "02", "03")


class Deviation(Data):
    """An item that this place treats otherwise than the common catalogue does."""

    level: str
    own_ratio: Ratio
    limit: UnitPrice | None = None

    @property
    def terms(self) -> Terms:
        return Terms(self.level, self.own_ratio, self.limit)


class Care(Data):
    """就医地: how the lines of a bill are split. `hospital_part` is yuan a settlement, by med_type."""

    hospital_part: dict[str, Amount] = Field(default_factory=dict[str, Amount])
    terms: dict[str, Deviation] = Field(default_factory=dict[str, Deviation])

    def waived(self, med_type: str) -> int:
        """Fen that the hospital bears itself."""
        return to_fen(self.hospital_part.get(med_type, Decimal("0.00")))


class Area(Data):
    """The rules of one area from `effective` on.

    `acct_pay_includes_mulaid` is how its platform words a settlement: whether acct_pay already holds what the family's
    account paid. `tells_family`: it says whose account that was. `family_choice` names the field of a request by which
    a relative's account may be left alone ("0"); "" where nobody has the choice.
    """

    code: str
    name: str
    province: str
    effective: date
    acct_pay_includes_mulaid: bool = True
    tells_family: bool = True
    family_choice: str = ""
    care: Care
    insured: Insured


class Relation(StrEnum):
    """Of the place of care to the place of insurance; the values are pay_loc."""

    HERE = "2"
    SAME_PROVINCE = "3"
    OTHER_PROVINCE = "4"


def relation(insured: Area, care: Area) -> Relation:
    """No arithmetic on codes: a county may be a pool of its own, and a province has one in the midst of its capital."""
    if insured.code == care.code:
        return Relation.HERE
    return Relation.SAME_PROVINCE if insured.province == care.province else Relation.OTHER_PROVINCE


@dataclass(frozen=True, slots=True)
class Areas:
    """All that were read, in any order."""

    known: tuple[Area, ...]

    def at(self, code: str, day: date) -> Area | None:
        """The rules in force that day; None for a code of which we know nothing, or nothing yet."""
        in_force = [area for area in self.known if area.code == code and area.effective <= day]
        return max(in_force, key=lambda area: area.effective, default=None)


def read_area(path: Path) -> Area:
    """Raises ValueError when the file does not fit, or leaves a hospital level without a figure."""
    with path.open("rb") as file:
        area = Area.model_validate(tomllib.load(file))
    for plan in area.insured.plans:
        for table in (plan.deductible, plan.ratio, *(disease.ratio for disease in plan.diseases.values())):
            if "*" not in table and set(_LEVELS) - set(table):
                raise ValueError(f"{path.name}: {plan.name} says nothing about some level of hospital")
    return area


def read_areas(paths: Iterable[Path]) -> Areas:
    return Areas(tuple(read_area(path) for path in sorted(paths)))


@cache
def shipped_areas() -> Areas:
    """Those beside this file."""
    return read_areas(_FOLDER.glob("area-*.toml"))
