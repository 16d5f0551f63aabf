"""What the platform has on file about a person's benefits. What anything will cost is said by 2206A alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class ChronicRegistration:
    """5301: one 门诊慢特病 that is on file for the person. A bill of med_type 14 is of one of these."""

    code: str = field(repr=False)
    name: str = field(repr=False)
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OnFile:
    """What is known about a person before a bill is settled; empty where nothing is on file, or nobody could say."""

    chronic: tuple[ChronicRegistration, ...] = ()
    stays: tuple[HospitalStay, ...] = ()


NOTHING_ON_FILE = OnFile()


@dataclass(frozen=True, slots=True)
class Paid:
    """5203 of a settlement that stands: the charges, and what funds, the account and the purse paid of them."""

    total: Money
    fund: Money
    account: Money
    cash: Money


@dataclass(frozen=True, slots=True)
class PastVisit:
    """5201: one visit. `paid` is None where nothing was settled, or nobody could say; `drugs` are names of 5204."""

    begun: date | None
    med_type: str
    department: str = field(repr=False)
    paid: Paid | None = None
    drugs: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Rights:
    """What the platform has of a person's year. `failed`: it did not answer, or not to everything."""

    accumulators: tuple[Accumulator, ...] = ()
    chronic: tuple[ChronicRegistration, ...] = ()
    failed: bool = False
    visits: tuple[PastVisit, ...] = ()


@dataclass(frozen=True, slots=True)
class Accumulator:
    """5206: one of the year's sums, up to and including `month` (yyyyMM, "" for the year as a whole).

    `kind` is a cum_type_code: Q0000 the deductible paid so far, D and a fund's code what that fund paid, C0000 visits
    (then `amount` counts them and is no money). The limits themselves are told by no transaction.
    """

    insutype: str
    year: str
    month: str
    kind: str
    amount: Money


@dataclass(frozen=True, slots=True)
class BenefitCheck:
    """2001: whether a fund pays for such a visit. `words` are the platform's, for the person to read."""

    kind: str
    fund: str
    enjoyed: bool
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class HospitalStay:
    """5303: a stay that is not over. While there is one, outpatient bills settle differently, or not at all."""

    mdtrt_id: str
    insutype: str
    med_type: str
    since: date | None = None
    number: str = ""
