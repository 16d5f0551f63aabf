"""What stands around a settlement adapter under test: people, bills, a far end with books, and mishaps on order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

import pytest

from kiosk.domain.insured import Credential, Person
from kiosk.domain.money import Money
from kiosk.domain.visit import FeeBatch
from kiosk.ports.clock import Clock
from kiosk.ports.settlement import Prepared, SettlementPort


class Step(Enum):
    """The calls to which something may happen."""

    QUOTE = auto()
    SETTLE = auto()
    REVERSE = auto()
    CANCEL = auto()


class Mishap(Enum):
    """LOST_REQUEST and LATE never answer; LATE arrives when everybody has given it up. All from LOST_REPLY to
    WRONG_ECHO are carried out.
    """

    LOST_REQUEST = auto()
    LATE = auto()
    SERVER_ERROR = auto()
    REFUSED = auto()
    LOST_REPLY = auto()
    HALF_A_REPLY = auto()
    SOME_PAGE = auto()
    DELIVERED_TWICE = auto()
    WRONG_AMOUNTS = auto()
    WRONG_ECHO = auto()


@dataclass(frozen=True, slots=True)
class Booked:
    """A settlement as the insurance's own books have it."""

    setl_id: str
    stands: bool
    medfee: Money
    fund: Money
    account: Money
    cash: Money


class SettlementBench(Protocol):
    """One far end. Adapters are newly made at each call; all but those of `adapter` reach nobody they may talk to.

    `settling` shows a credential of somebody who can settle, the others of people who cannot; `incomplete` is a card
    that kept its number. `remembered` are all numbers the host was told to keep so far, oldest first. `fresh_bill` is
    unpaid and held for this kiosk. `misbehave` spoils the next call of that step and no other.
    """

    settling: Credential
    unknown: Credential
    stopped: Credential
    incomplete: Credential

    @property
    def clock(self) -> Clock: ...

    @property
    def mishaps(self) -> frozenset[Mishap]: ...

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may repeat: names and numbers of the people above."""
        ...

    @property
    def remembered(self) -> Sequence[str]: ...

    def adapter(self) -> SettlementPort: ...

    def lost(self) -> SettlementPort:
        """At an address where nobody listens."""
        ...

    def distrusting(self) -> SettlementPort:
        """Its authority did not sign the far end's certificate."""
        ...

    def distrusted(self) -> SettlementPort:
        """The far end's authority did not sign its certificate."""
        ...

    def fresh_bill(self, person: Person) -> FeeBatch: ...

    def misbehave(self, step: Step, mishap: Mishap) -> None: ...

    def arrived(self, sent: Prepared) -> str | None:
        """SHA-256 of the settle as it arrived, in hexadecimal; None when it has not."""
        ...

    def booked(self, sent: Prepared) -> Booked | None:
        """What the books say of the settlement that this settle asked for."""
        ...

    def standing(self, batch: FeeBatch) -> int:
        """How many settlements of the bill stand."""
        ...


def need(bench: SettlementBench, mishap: Mishap) -> None:
    """Skip the running test when the bench cannot make this happen."""
    if mishap not in bench.mishaps:
        pytest.skip(f"this bench cannot do: {mishap.name.lower().replace('_', ' ')}")
