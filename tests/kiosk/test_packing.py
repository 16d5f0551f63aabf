"""`kiosk packs verify` says in sentences what it found, and the same as data."""

import json
import shutil
from pathlib import Path

import pytest

from kiosk.packing import inspect_packs
from kiosk.terminal import OK, OTHER_END
from tests.kiosk.packs.samples import PACKS, change


def test_every_shipped_pack_is_verified_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect_packs("verify", None, as_json=False) == OK
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len([one for one in PACKS.iterdir() if one.is_dir()])
    for line in lines:
        assert "完整 · whole" in line
        assert "in force" in line
        assert not {"True", "None", "False"} & set(line.split())
    assert inspect_packs("verify", "220000", as_json=True) == OK
    (row,) = json.loads(capsys.readouterr().out)["packs"]
    assert (row["in_force"], row["signed_by"]) == (True, "moni-ed25519")


def test_a_bad_pack_is_refused_in_a_sentence_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for area in ("000000", "220000"):
        shutil.copytree(PACKS / area, tmp_path / area)
    change(tmp_path / "220000", 'zh = "关系转移接续办理时限', 'zh = "转移接续时限')
    assert inspect_packs("verify", str(tmp_path / "220000"), as_json=False) == OTHER_END
    said = capsys.readouterr().out
    assert "不能用 · refused: 220000/services.toml: changed after it was signed (pack.sig line" in said
