"""What a province decides, as values. `kiosk.packs` is the only maker of these; no province's number stands in code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Gateway(StrEnum):
    """How transactions reach the platform: all to one endpoint, or one path for each infno."""

    SINGLE = "single"
    PER_INFNO = "per_infno"


@dataclass(frozen=True, slots=True)
class Limits:
    """Waits of the settlement in seconds; `reply` is by infno, `longest_request` is L of the Watched state."""

    connect: float
    reply: dict[str, float]
    reply_default: float
    longest_request: float
    patient_waits: float
    payment: float
    reversal_attempts: int
    manual_after: float

    def reply_to(self, infno: str) -> float:
        return self.reply.get(infno, self.reply_default)


@dataclass(frozen=True, slots=True)
class SettlementProfile:
    """How this province's platform wants to be spoken to, and which amount identities hold there."""

    mdtrtarea_admvs: str
    recer_sys_code: str
    gateway: Gateway
    limits: Limits
    fund_total_includes_account: bool
    acct_pay_includes_mulaid: bool
    infver: str = "V1.0"
    clock_tolerance: float = 60.0
    pools: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """One validated policy pack: whose it is, since when, and its sections."""

    area: str
    name: str
    version: str
    effective: date
    expires: date | None
    simulated: bool
    settlement: SettlementProfile
