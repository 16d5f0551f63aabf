"""Whose rules hold where is read from the province's table, never from the digits of a code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.policy import Area, Reach
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from tests.support.parties import PROFILE

_POOLS = {
    "420100": Area("420100", "42"),
    "429004": Area("429004", "42"),  # a city directly under the province: a pool of its own
    "429005": Area("429005", "42"),
    "420199": Area("429900", "42"),  # the province's own employees, in the midst of its capital
    "500101": Area("500000", "50"),
    "500229": Area("500000", "50"),  # other first four digits, one pool
}


def reach(here: str, there: str) -> Reach | None:
    return replace(PROFILE, mdtrtarea_admvs=here, pools=_POOLS).reach_of(there)


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [
        ("429004", "429004", Reach.LOCAL),
        ("429004", "429005", Reach.SAME_PROVINCE),
        ("420100", "420199", Reach.SAME_PROVINCE),
        ("500101", "500229", Reach.SAME_POOL),
        ("420100", "500101", Reach.CROSS_PROVINCE),
        ("420100", "639900", None),
    ],
)
def test_digits_tell_nothing(here: str, there: str, found: Reach | None) -> None:
    assert reach(here, there) is found


@given(st.text("0123456789", min_size=6, max_size=6).filter(lambda code: code not in _POOLS))
def test_a_code_that_is_not_in_the_table_is_never_guessed(code: str) -> None:
    assert reach("420100", code) is None


def test_without_a_table_only_the_own_area_is_known() -> None:
    alone = replace(PROFILE, pools={})
    assert (alone.reach_of(alone.mdtrtarea_admvs), alone.reach_of("000100")) == (Reach.LOCAL, None)


def test_the_shipped_table_has_each_kind() -> None:
    shipped = read_pack(config_dir() / "packs" / "000000").settlement
    assert {shipped.reach_of(code) for code in shipped.pools} == {
        Reach.LOCAL,
        Reach.SAME_PROVINCE,
        Reach.CROSS_PROVINCE,
    }
