"""Two kiosks, a window and an app want to charge one bill, and some of them die: it is charged at most once."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.simulation.tills import play
from tests.support.proofs import Proved

CHUNKS, SHORT, LONG = 4, 250, 5_000


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_bill_is_charged_at_most_once(chunk: int, proved: Proved, *, long_run: bool) -> None:
    size = LONG if long_run else SHORT
    payers = Counter[str]()
    for seed in range(chunk * size, (chunk + 1) * size):
        payer, wrong = play(seed)
        assert wrong == [], f"seed {seed}"
        payers[payer] += 1
    assert min(payers[payer] for payer in ("kiosk", "window", "app")) > size // 10
    proved("interleavings of four tills", size)


def test_a_hospital_that_frees_bills_with_money_on_them_is_found() -> None:
    found = [wrong for seed in range(100) for wrong in play(seed, careful=False)[1]]
    assert any(objection.startswith("I8") for objection in found)


def test_the_same_seed_interleaves_alike() -> None:
    assert [play(seed) for seed in range(30)] == [play(seed) for seed in range(30)]
