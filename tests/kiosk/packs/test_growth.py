"""只减不增: an update may ask less of people, and never more without saying why."""

import json
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.packs.growth import Growth, growths
from tests.kiosk.packs.samples import PACKS, change, copy

LIMIT = 'days = 15, zh = "15 个工作日", en = "15 working days", document = "sim", place = "第9项", quote = "15'
MATERIAL = '    { key = "list", name = { zh = "费用清单", en = "List of charges" }'
MORE = '    { key = "bankbook", name = { zh = "存折", en = "Bank book" }, ways = ["window"] },\n'


def longer(folder: Path) -> Path:
    return change(copy(folder), LIMIT, LIMIT.replace("15", "25"))


def test_a_pack_does_not_grow_over_itself() -> None:
    assert growths(PACKS / "000000", PACKS / "000000") == ()


def test_a_longer_limit_and_a_further_material_are_named(tmp_path: Path) -> None:
    assert growths(PACKS / "000000", longer(tmp_path)) == (Growth("transfer", "limit", "15 d", "25 d"),)
    pack = change(copy(tmp_path / "more"), MATERIAL, MORE + MATERIAL)
    assert growths(PACKS / "000000", pack) == (Growth("claim-precheck", "material", "-", "存折"),)


def test_less_is_always_allowed(tmp_path: Path) -> None:
    pack = longer(tmp_path)
    assert growths(pack, PACKS / "000000") == ()
    pack = change(copy(tmp_path / "more"), MATERIAL, MORE + MATERIAL)
    assert growths(pack, PACKS / "000000") == ()


def test_a_way_that_is_taken_from_a_material_is_more_to_bring(tmp_path: Path) -> None:
    old = '{ zh = "费用清单", en = "List of charges" }, ways = ["fetched", "photographed", "deferred", "window"]'
    pack = change(copy(tmp_path), old, old.replace('"fetched", ', ""))
    assert growths(PACKS / "000000", pack) == (Growth("claim-precheck", "material list", "fetched", "-"),)


def test_a_stated_reason_excuses_it_and_stands_in_the_list(tmp_path: Path) -> None:
    pack = change(
        longer(tmp_path), 'form = "transfer"', 'form = "transfer"\noverride = { reason = "两省对账", document = "sim" }'
    )
    (growth,) = growths(PACKS / "000000", pack)
    assert growth.allowed
    assert growth.reason == "两省对账 (sim)"


def test_the_command_refuses_growth_without_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = longer(tmp_path)
    assert main(["packs", "diff", "000000", str(pack), "--json"]) == 3
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["growths"] == [
        {"item": "transfer", "what": "limit", "old": "15 d", "new": "25 d", "reason": None},
    ]
    assert main(["packs", "diff", str(pack), "000000", "--json"]) == 1
