"""What the tests of a run say of each device: checks, claims, and the tier they earn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from devices.conformance.groups import Group

ENOUGH_VISITS: Final = 1_000


class Outcome(StrEnum):
    """How a check ended; the last three are no failures, and each names its reason.

    EXEMPT: the bench file leaves it out. NOT_CLAIMED: it would prove what nobody claims. CANNOT: this bench has no way
    of doing it.
    """

    PASSED = "passed"
    FAILED = "failed"
    EXEMPT = "exempt"
    NOT_CLAIMED = "not_claimed"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Check:
    """One test on one device. `figures` are what it measured, in the units their names end with."""

    device: str
    group: Group
    test: str
    outcome: Outcome
    reason: str = ""
    seconds: float = 0.0
    claims: tuple[str, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict[str, float])


class Claim(StrEnum):
    """What became of a claimed capability. One that no test could try is as little proved as one that failed."""

    PROVED = "proved"
    BROKEN = "broken"
    UNPROVED = "unproved"


class Tier(IntEnum):
    """How far a driver may be trusted; docs/drivers.md says it in words.

    BRONZE: it opens, keeps its deadlines and tells nothing about people. SILVER: it also does what devices of its kind
    do, survives a bad line and bad days, and its claims are proved. GOLD: nothing was left out for want of a way to do
    it, and a thousand visits left it whole. PLATINUM: all that on the device itself.
    """

    NONE = 0
    BRONZE = 1
    SILVER = 2
    GOLD = 3
    PLATINUM = 4


_BRONZE: Final = (Group.DISCOVERY, Group.LIFECYCLE, Group.DEADLINES, Group.PRIVACY)


def claims_of(checks: Iterable[Check], claimed: Iterable[str]) -> dict[str, Claim]:
    """Each claimed capability, judged by the checks that bear its name."""
    done = list(checks)
    return {name: _judge([check.outcome for check in done if name in check.claims]) for name in sorted(claimed)}


def _judge(outcomes: list[Outcome]) -> Claim:
    if Outcome.FAILED in outcomes:
        return Claim.BROKEN
    return Claim.PROVED if Outcome.PASSED in outcomes else Claim.UNPROVED


def tier_of(checks: Iterable[Check], claims: Mapping[str, Claim], *, simulated: bool) -> Tier:
    """The highest tier whose rules, and those of all tiers below it, are kept."""
    done = list(checks)
    if not all(_kept(done, group) for group in _BRONZE):
        return Tier.NONE
    if any(check.outcome is Outcome.FAILED for check in done) or set(claims.values()) - {Claim.PROVED}:
        return Tier.BRONZE
    if not _own(done):
        return Tier.BRONZE
    if any(check.outcome is Outcome.CANNOT for check in done) or visits(done) < ENOUGH_VISITS:
        return Tier.SILVER
    return Tier.GOLD if simulated else Tier.PLATINUM


def _kept(checks: list[Check], group: Group) -> bool:
    """Something in the group passed and nothing failed."""
    outcomes = {check.outcome for check in checks if check.group is group}
    return Outcome.PASSED in outcomes and Outcome.FAILED not in outcomes


def _own(checks: list[Check]) -> bool:
    """What its kind promises was tried at all."""
    own = {Group.OWN, Group.CARD, Group.ID_CARD, Group.SCANNER, Group.PRINTER}
    return any(check.group in own and check.outcome is Outcome.PASSED for check in checks)


def visits(checks: Iterable[Check]) -> int:
    """Visits of the longest soak that the device survived."""
    passed = [check for check in checks if check.group is Group.SOAK and check.outcome is Outcome.PASSED]
    return max((int(check.figures.get("visits", 0)) for check in passed), default=0)


def tally(checks: Iterable[Check]) -> dict[Group, Counter[Outcome]]:
    """Outcomes by group, in the order of the groups; groups without a check are left out."""
    found: dict[Group, Counter[Outcome]] = {}
    for check in sorted(checks, key=lambda check: check.group):
        found.setdefault(check.group, Counter())[check.outcome] += 1
    return found


def worst(checks: Iterable[Check], figure: str) -> float | None:
    """The largest of the figures whose name ends so; None when nothing was measured."""
    values = [value for check in checks for name, value in check.figures.items() if name.endswith(figure)]
    return max(values, default=None)
