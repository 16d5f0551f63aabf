"""The settings file for a hospital whose HIS settles, and that its two halves fit together."""

from __future__ import annotations

import tomllib
from typing import Any

from kiosk.installed import config_dir
from settlement.his.driver import HisSettings
from settlement.hospital import HospitalSettings
from settlement.wire.hospital import Settler


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((config_dir() / name).read_text(encoding="utf-8"))


def test_it_differs_from_the_demos_only_in_who_settles() -> None:
    demo, site = _read("kiosk.toml"), _read("sites/his.toml")
    assert {name for name in demo | site if demo.get(name) != site.get(name)} == {"settlement", "hospital"}
    assert site["settlement"] == demo["settlement"] | {"driver": "his"}
    assert site["hospital"] == demo["hospital"] | {"settled_by": "his"}


def test_both_drivers_take_it() -> None:
    site = _read("sites/his.toml")
    filled = {"url": "https://127.0.0.1:1"}
    settlement = {name: value for name, value in (site["settlement"] | filled).items() if name != "driver"}
    hospital = {name: value for name, value in (site["hospital"] | filled).items() if name != "driver"}
    assert HisSettings(**settlement).cashier is None
    assert HospitalSettings(**hospital).settled_by is Settler.HIS
