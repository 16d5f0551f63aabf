"""Histories of a stay with deposits of which an insurer has a part: what is left over waits for its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.domain.money import Money
from tests.kiosk.saga import scenarios
from tests.kiosk.saga.history import Scenario
from tests.kiosk.saga.memory_book import Death, Side
from tests.support.people import INSURED_STAY

COVERED = tuple(Scenario(batch=INSURED_STAY, own_part=Money(own)) for own in (400, 1000, 1900))
"""A stay with deposits and an insurer: it pays all of the own part, or its no takes a part of the surplus, or all."""
COVERS = tuple(
    scenarios._with(stay, *more, deaths=killed)
    for stay in COVERED
    for more in ((), *((one,) for one in scenarios._CLAIMING))
    for killed in ((), (Death(15, Side.AFTER),))
)
"""Each misfortune of the insurer's part of a stay alone, and with a kill right behind the claim's intent, row 15."""


def covering() -> Iterator[Scenario]:
    """A surplus of deposits that waits for an insurer: each misfortune of either, two together, killed at every row."""
    yield from COVERS
    for stay in COVERED:
        yield from (scenarios._with(stay, one) for one in scenarios._RETURNING)
        yield from (scenarios._with(stay, deaths=(death,), wall_leap=86_400.0) for death in scenarios.deaths(32))
        yield from (replace(stay, full=range(at, at + many)) for at in range(1, 30) for many in (1, 3, 40))
    for first in scenarios._CLAIMING:
        yield from (scenarios._with(COVERED[1], first, second) for second in scenarios._RETURNING)
        yield from (scenarios._with(COVERED[1], first, deaths=(death,)) for death in scenarios.deaths(32))
    for path in scenarios.PATHS:
        yield from (scenarios._with(COVERED[2], *path, one) for one in scenarios._CLAIMING)
