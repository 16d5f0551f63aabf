"""`kiosk packs`: every shipped pack verifies, and says where each figure comes from."""

import json

import pytest

from kiosk.cli import main


def test_every_shipped_pack_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "verify", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["packs"]
    assert [row["area"] for row in rows] == ["000000", "000300", "220000", "370400", "411300", "421000", "530000"]
    assert all(row["in_force"] for row in rows)
    assert {row["area"] for row in rows if row["signed_by"] is None} == {"000000", "000300"}


def test_a_pack_is_shown_with_its_sources_and_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "show", "370400", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["packs"]
    items = {item["key"]: item for item in row["items"]}
    assert items["claim-precheck"]["stated"]["limit"] == "9 个工作日"
    assert "30个工作日分别缩短至9个和3个工作日" in items["claim-precheck"]["sources"]["limit"]["quote"]
    assert "materials" in items["claim-precheck"]["not_stated"]
    assert main(["packs", "show", "370400"]) == 0
    assert "文件未载明" in capsys.readouterr().out


def test_a_pack_nobody_has_is_wrong_use() -> None:
    assert main(["packs", "show", "999999"]) == 2
