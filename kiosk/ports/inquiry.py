"""Questions to the insurance platform that move no money and change nothing: they may be asked again at any time.

All run on the query thread. An answer without rows is an answer: nothing is on file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar, runtime_checkable

from kiosk.domain.benefits import Accumulator, BenefitCheck, ChronicRegistration, HospitalStay, PastVisit
from kiosk.domain.dictionaries import Dictionary
from kiosk.domain.insured import Insurance, Person
from kiosk.ports.settlement import Failure

RowT_co = TypeVar("RowT_co", covariant=True)


@dataclass(frozen=True)  # with slots, Told[Row](...) cannot be written on Python 3.11
class Told(Generic[RowT_co]):
    """What is on file, in the platform's order."""

    rows: tuple[RowT_co, ...]

    def __repr__(self) -> str:
        return f"Told({len(self.rows)} rows)"


@dataclass(frozen=True, slots=True)
class VisitKind:
    """What kind of visit a benefit is asked about; the disease where the kind is a chronic one's."""

    med_type: str
    begun: date
    disease_code: str = ""
    disease: str = ""


class InquiryPort(Protocol):
    """One platform, asked under one of the person's insurances."""

    def chronic_registrations(self, person: Person, insurance: Insurance) -> Told[ChronicRegistration] | Failure:
        """5301; those that have ended may be among them."""
        ...

    def accumulators(
        self, person: Person, insurance: Insurance, month: str | None = None
    ) -> Told[Accumulator] | Failure:
        """5206, of all insurances of the person; `month` yyyyMM, None for all months of the year."""
        ...

    def benefits(self, person: Person, insurance: Insurance, visit: VisitKind) -> Told[BenefitCheck] | Failure:
        """2001: one row a fund."""
        ...

    def past_visits(self, person: Person, insurance: Insurance, since: date, until: date) -> Told[PastVisit] | Failure:
        """5201, 5204 and 5203: the newest visits of a period, each with what it cost and the drugs that were given."""
        ...

    def stays(self, person: Person, insurance: Insurance, since: date, until: date) -> Told[HospitalStay] | Failure:
        """5303: the stays that began between the two days and are not over."""
        ...


@runtime_checkable
class Defining(Protocol):
    """Tells the codes a province has in force; asked for by whoever writes its pack, never during a visit."""

    def dictionary(self, name: str, day: date) -> Dictionary | Failure:
        """1901; without terms when the platform knows no such dictionary."""
        ...


@runtime_checkable
class Inquiring(Protocol):
    """A settlement adapter that can ask the platform itself; one behind a hospital's front may not."""

    @property
    def inquiries(self) -> InquiryPort: ...
