"""docs/drivers.md names every claim, place and outcome a vendor has to know."""

from pathlib import Path

import pytest

from devices.conformance.groups import Group
from devices.conformance.kinds import kind, kind_names
from devices.conformance.results import Tier
from tests.devices.support.simulator import Running

TEXT = (Path(__file__).parents[3] / "docs" / "drivers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", kind_names())
def test_every_claim_is_told_under_its_kind(name: str) -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith(f"| `{name}` |")]
    assert [claim for claim in kind(name).claims if f"`{claim}`" not in "".join(rows)] == []


def test_every_group_and_tier_is_told() -> None:
    assert all(f"| {int(group)} |" in TEXT for group in Group if group not in {0, 5, 6, 7, 8})
    assert all(tier.name.lower() in TEXT for tier in Tier if tier)


def test_the_places_of_the_simulator_are_told(sim: Running) -> None:
    assert all(f"{{sim.{place}}}" in TEXT for place in sim.ready if place not in {"ready", "control"})
